//! Targets: what the office wants to come to in a year.

use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape};
use crate::{choices, noun};

choices! {
    /// What is counted.
    Measure {
        Fairs = "fairs" ("Hội chợ", "Fairs"),
        Firms = "firms" ("Doanh nghiệp tham gia", "Firms that took part"),
        Turnover = "turnover" ("Doanh thu tại hội chợ", "Turnover at fairs"),
        Meetings = "meetings" ("Lượt gặp", "Meetings"),
        Partners = "partners" ("Đối tác", "Partners"),
        Mous = "mous" ("Biên bản ghi nhớ", "MOU"),
        MouValue = "mou_value" ("Giá trị ghi nhớ", "MOU value"),
        Contracts = "contracts" ("Hợp đồng", "Contracts"),
        ContractValue = "contract_value" ("Giá trị hợp đồng", "Contract value"),
        DeliveredValue = "delivered_value" ("Giá trị đã giao", "Delivered value"),
        NewMarkets = "new_markets" ("Thị trường mới", "New markets"),
        RepeatOrders = "repeat_orders" ("Mua lại", "Repeat orders"),
    }
}

impl Measure {
    /// True where it is an amount rather than a count.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Turnover | Self::MouValue | Self::ContractValue | Self::DeliveredValue)
    }
}

noun! {
    /// What the office wants to come to in a year by one measure.
    Target {
        /// The year.
        year: Option<i64> = Field::new("year", "Năm", "Year", Shape::Number(2_000, 2_100, "")).required().listed().also(&["nam ke hoach"]);
        /// What is counted.
        measure: Measure = Field::new("measure", "Chỉ tiêu", "Measure", Shape::Choice(Measure::CHOICES)).listed().also(&["ten chi tieu"]);
        /// How many, where it is a count.
        count: Option<i64> = Field::count("count", "Số lượng", "Count", 1_000_000_000).listed().also(&["ke hoach"]);
        /// How much, where it is an amount.
        value: Option<Money> = Field::new("value", "Giá trị", "Value", Shape::Money).listed();
        /// The paper that sets it.
        basis: Text = Field::text("basis", "Căn cứ", "Set by").also(&["quyet dinh giao"]);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
