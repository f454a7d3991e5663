//! Expenses: what a claim asks support for beside the rent of its booths.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::noun;

noun! {
    /// A cost of a claim beside the rent: transport, stay, a ticket, whatever items its scheme has.
    Expense {
        /// The claim.
        claim: Option<Id> = Field::new("claim", "Hồ sơ", "Claim", Shape::Link(Kind::Claim)).required().listed();
        /// Which item of the scheme (`transport`, `stay`, `ticket`).
        kind: Text = Field::text("kind", "Khoản hỗ trợ", "Scheme item").required().listed().also(&["khoan", "khoan theo chuong trinh", "loai chi phi"]);
        /// What it is for.
        label: Text = Field::text("label", "Nội dung", "What for").listed().also(&["noi dung chi"]);
        /// What it costs before tax, all units together.
        cost: Option<Money> = Field::new("cost", "Chi phí trước thuế", "Cost before tax", Shape::Money).required().listed().also(&["so tien", "thanh tien"]);
        /// Tax on it.
        vat: Option<Money> = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money);
        /// How many units: persons, days, trips; empty is one.
        quantity: Option<i64> = Field::new("quantity", "Số lượng", "Quantity", Shape::Number(1, 1_000_000, "")).listed().also(&["so nguoi", "so ngay", "so luot"]);
        /// The norm of one unit; empty takes the scheme's.
        norm: Option<Money> = Field::new("norm", "Định mức một đơn vị", "Norm of one unit", Shape::Money).also(&["dinh muc"]);
        /// The tender price of all units.
        tender: Option<Money> = Field::new("tender", "Giá trúng thầu", "Tender price", Shape::Money);
        /// Public money from elsewhere for the same cost.
        other_public: Option<Money> = Field::new("other_public", "Đã nhận hỗ trợ công khác", "Other public money", Shape::Money);
        /// The invoice: symbol and number.
        invoice_no: Text = Field::worded("invoice_no", "Hóa đơn", "Invoice", Wording::Code).unique(Unique::Name).listed();
        /// Its day.
        invoice_on: Option<Date> = Field::new("invoice_on", "Ngày hóa đơn", "Invoice date", Shape::Date);
        /// What of the cost was proved, where it is not all of it; entered after the decision.
        accepted_cost: Option<Money> = Field::new("accepted_cost", "Chi phí được chấp nhận", "Cost accepted", Shape::Money);
        /// Tax on what was proved.
        accepted_vat: Option<Money> = Field::new("accepted_vat", "Thuế GTGT được chấp nhận", "VAT accepted", Shape::Money);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

impl Expense {
    /// Cost before tax and tax, as accepted where that was said, else as asked.
    #[must_use]
    pub fn proved(&self) -> (Option<Money>, Option<Money>) {
        match self.accepted_cost {
            Some(cost) => (Some(cost), self.accepted_vat),
            None => (self.cost, self.vat),
        }
    }

    /// What it is called in a calculation: its own words, else its invoice.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.label.is_empty() { self.invoice_no.as_str() } else { self.label.as_str() }
    }
}
