//! Products of a business.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
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
        /// What it can deliver in a month.
        capacity: Text = Field::text("capacity", "Năng lực mỗi tháng", "Monthly capacity").also(&["san luong"]);
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
