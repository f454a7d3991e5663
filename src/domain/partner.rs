//! Partners: buyers, organisers and other outside organisations.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What a partner is.
    PartnerKind {
        Distributor = "distributor" ("nhà phân phối", "distributor"),
        Supermarket = "supermarket" ("siêu thị", "supermarket"),
        WholesaleMarket = "wholesale_market" ("chợ đầu mối", "wholesale market"),
        MiniMart = "mini_mart" ("chuỗi cửa hàng tiện lợi", "mini-mart chain"),
        Exporter = "exporter" ("doanh nghiệp xuất khẩu", "exporter"),
        Importer = "importer" ("nhà nhập khẩu nước ngoài", "importer abroad"),
        Platform = "platform" ("sàn thương mại điện tử", "e-commerce platform"),
        Horeca = "horeca" ("nhà hàng, khách sạn", "restaurant, hotel, catering"),
        Canteen = "canteen" ("bếp ăn tập thể", "canteen"),
        Souvenir = "souvenir" ("cửa hàng đặc sản, quà lưu niệm", "souvenir shop"),
        Processor = "processor" ("nhà máy chế biến", "processing plant"),
        Organiser = "organiser" ("đơn vị tổ chức hội chợ", "fair organiser"),
        Logistics = "logistics" ("vận tải, kho bãi", "logistics"),
        Bank = "bank" ("ngân hàng", "bank"),
        Government = "government" ("cơ quan nhà nước", "government"),
    }
}

noun! {
    /// A buyer, an organiser or another outside organisation.
    Partner {
        /// Its name.
        name: Text = Field::text("name", "Tên đối tác", "Name").required().listed().unique(Unique::Name)
            .also(&["doi tac", "ten cong ty", "khach hang", "account", "company", "ben mua"]);
        /// What it is.
        kind: PartnerKind = Field::new("kind", "Loại đối tác", "Kind", Shape::Choice(PartnerKind::CHOICES)).listed().also(&["loai"]);
        /// Its city or province.
        city: Text = Field::text("city", "Tỉnh, thành phố", "City").listed().also(&["dia ban", "office location"]);
        /// Its country; empty is Vietnam.
        country: Text = Field::text("country", "Quốc gia", "Country").also(&["nuoc"]);
        /// Its tax or registration number, as it writes it.
        tax_no: Text = Field::text("tax_no", "Mã số thuế / đăng ký", "Tax or registration no.").unique(Unique::Name).also(&["ma so thue", "mst"]);
        /// Its public phone.
        phone: Text = Field::worded("phone", "Điện thoại", "Phone", Wording::Phone).also(&["so dien thoai"]);
        /// Its public e-mail address.
        email: Text = Field::worded("email", "Thư điện tử", "E-mail", Wording::Email);
        /// Its web site.
        website: Text = Field::text("website", "Trang web", "Website");
        /// What it looks for.
        wants: Text = Field::text("wants", "Cần mua", "Looks for").listed().also(&["nhu cau", "mat hang can mua"]);
        /// The record into which this one was merged.
        merged_into: Option<Id> = Field::new("merged_into", "Đã gộp vào", "Merged into", Shape::Link(Kind::Partner)).kept();
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
