//! Products of a business.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Several, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// The six OCOP product groups (Decision 148/QĐ-TTg of 24 February 2023).
    ProductGroup {
        Food = "F" ("Thực phẩm", "Food"),
        Drink = "B" ("Đồ uống", "Beverages"),
        Herb = "M" ("Dược liệu", "Medicinal herbs"),
        Craft = "H" ("Thủ công mỹ nghệ", "Handicrafts"),
        Ornament = "O" ("Sinh vật cảnh", "Ornamental plants and animals"),
        Tourism = "T" ("Du lịch cộng đồng", "Community tourism"),
    }
}

choices! {
    /// What buyers ask to see beside OCOP stars.
    Paper {
        FoodSafety = "food_safety" ("an toàn thực phẩm", "food safety"),
        SelfDeclaration = "self_declaration" ("bản tự công bố", "self-declaration"),
        Traceability = "traceability" ("truy xuất nguồn gốc", "traceability"),
        VietGap = "vietgap" ("VietGAP", "VietGAP"),
        GlobalGap = "globalgap" ("GlobalGAP", "GlobalGAP"),
        Organic = "organic" ("hữu cơ", "organic"),
        Haccp = "haccp" ("HACCP", "HACCP"),
        Iso22000 = "iso22000" ("ISO 22000", "ISO 22000"),
        Halal = "halal" ("Halal", "Halal"),
        Fda = "fda" ("FDA", "FDA"),
    }
}

choices! {
    /// A month of the year.
    Month {
        January = "1" ("tháng 1", "January"),
        February = "2" ("tháng 2", "February"),
        March = "3" ("tháng 3", "March"),
        April = "4" ("tháng 4", "April"),
        May = "5" ("tháng 5", "May"),
        June = "6" ("tháng 6", "June"),
        July = "7" ("tháng 7", "July"),
        August = "8" ("tháng 8", "August"),
        September = "9" ("tháng 9", "September"),
        October = "10" ("tháng 10", "October"),
        November = "11" ("tháng 11", "November"),
        December = "12" ("tháng 12", "December"),
    }
}

noun! {
    /// A product of a business.
    Product {
        /// The maker.
        business: Option<Id> = Field::new("business", "Doanh nghiệp", "Business", Shape::Link(Kind::Business)).required().listed()
            .also(&["chu the", "ten chu the", "don vi", "ten doanh nghiep"]);
        /// Its name.
        name: Text = Field::text("name", "Tên sản phẩm", "Name").required().listed().unique(Unique::Name).also(&["san pham", "product"]);
        /// Its brand.
        brand: Text = Field::text("brand", "Nhãn hiệu", "Brand").also(&["thuong hieu"]);
        /// Its code in the national OCOP register (`83-829-28780-3-2022`).
        code: Text = Field::worded("code", "Mã sản phẩm", "Product code", Wording::Code).unique(Unique::Book).also(&["ma san pham", "ma sp"]);
        /// Its OCOP group.
        group: ProductGroup = Field::new("group", "Nhóm sản phẩm", "Group", Shape::Choice(ProductGroup::CHOICES)).listed().also(&["nhom", "nganh"]);
        /// Its set within the group.
        product_set: Text = Field::text("product_set", "Bộ sản phẩm", "Product set");
        /// What it can deliver: `2 tấn`, `500 hộp x 0,5 kg`, `5 tấn/vụ`; without a period it is a month's.
        capacity: Text = Field::text("capacity", "Năng lực mỗi tháng", "Monthly capacity").also(&["san luong"]);
        /// The months in which it can be delivered; none is the whole year.
        season: Several<Month> = Field::new("season", "Mùa vụ (tháng)", "Season (months)", Shape::Choices(Month::CHOICES)).also(&["mua vu", "thang thu hoach"]);
        /// Its wholesale price for one `price_per`.
        price: Option<Money> = Field::new("price", "Giá sỉ", "Wholesale price", Shape::Money).also(&["gia ban si", "don gia"]);
        /// What that price buys: `kg`, `hộp x 0,5 kg`.
        price_per: Text = Field::text("price_per", "Đơn vị giá", "Price for").also(&["don vi tinh", "dvt"]);
        /// Which papers it has beside OCOP certificates.
        papers: Several<Paper> = Field::new("papers", "Giấy tờ", "Papers", Shape::Choices(Paper::CHOICES)).also(&["chung nhan", "tieu chuan"]);
        /// Until when all these papers are valid; empty is not known.
        papers_until: Option<Date> = Field::new("papers_until", "Giấy tờ còn hạn đến", "Papers valid until", Shape::Date).also(&["han giay to"]);
        /// Trade item number.
        gtin: Text = Field::worded("gtin", "Mã vạch", "GTIN", Wording::Gtin).also(&["barcode", "ean"]);
        /// Where it is sold on-line and exported.
        channels: Text = Field::text("channels", "Kênh bán", "Channels").also(&["san tmdt", "thi truong"]);
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
