//! Businesses: the register that every fair, claim and lead draws on.

use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::{choices, noun};

choices! {
    /// What kind of applicant it is, as support rules tell them apart.
    BusinessKind {
        Enterprise = "enterprise" ("doanh nghiệp", "enterprise"),
        Cooperative = "cooperative" ("hợp tác xã", "cooperative"),
        CooperativeUnion = "cooperative_union" ("liên hiệp hợp tác xã", "union of cooperatives"),
        CooperativeGroup = "cooperative_group" ("tổ hợp tác", "cooperative group"),
        Household = "household" ("hộ kinh doanh", "household business"),
        CraftVillage = "craft_village" ("cơ sở làng nghề", "craft-village establishment"),
        RuralIndustry = "rural_industry" ("cơ sở công nghiệp nông thôn", "rural industrial establishment"),
        Farm = "farm" ("trang trại", "farm"),
        Association = "association" ("hội, hiệp hội", "association"),
    }
}

choices! {
    /// Whether it still trades.
    BusinessStatus {
        Active = "active" ("đang hoạt động", "active"),
        Suspended = "suspended" ("tạm ngừng", "suspended"),
        Dissolved = "dissolved" ("đã giải thể", "dissolved"),
    }
}

choices! {
    /// The old province whose resolutions go on applying in its territory after the merger of 1 July 2025.
    LegacyProvince {
        Unknown = "unknown" ("chưa rõ", "not known"),
        BenTre = "83" ("Bến Tre", "Bến Tre"),
        TraVinh = "84" ("Trà Vinh", "Trà Vinh"),
        VinhLong = "86" ("Vĩnh Long", "Vĩnh Long"),
        Elsewhere = "other" ("nơi khác", "elsewhere"),
    }
}

noun! {
    /// An enterprise, cooperative, household or other producer.
    Business {
        /// Its full Vietnamese name.
        name: Text = Field::text("name", "Tên doanh nghiệp", "Name").required().listed().unique(Unique::Name)
            .also(&["ten don vi", "doanh nghiep", "don vi", "chu the", "ten chu the", "ten co so", "company", "business", "exhibitor", "ten cong ty"]);
        /// Its short or sign name.
        short_name: Text = Field::text("short_name", "Tên viết tắt", "Short name").unique(Unique::Name).also(&["ten giao dich", "bang hieu"]);
        /// Its English name.
        name_en: Text = Field::text("name_en", "Tên tiếng Anh", "English name");
        /// What kind of applicant it is.
        kind: BusinessKind = Field::new("kind", "Loại hình", "Kind", Shape::Choice(BusinessKind::CHOICES))
            .listed().also(&["loai hinh", "loai chu the", "loai"]);
        /// Its tax code; a household's is a citizen number and so personal.
        tax_code: Text = Field::worded("tax_code", "Mã số thuế", "Tax code", Wording::TaxCode)
            .listed().unique(Unique::Book).also(&["mst", "ma so thue dn", "tax id", "tax no"]);
        /// Registration number, where it differs.
        registration_no: Text = Field::text("registration_no", "Số đăng ký kinh doanh", "Registration no.").also(&["so dkkd", "gcn dkkd"]);
        /// Its representative.
        representative: Text = Field::text("representative", "Người đại diện", "Representative").personal().also(&["nguoi dai dien phap luat", "dai dien", "chu ho"])
            .group("Người đại diện và liên hệ", "Representative and contact");
        /// The representative's citizen number.
        citizen_no: Text = Field::worded("citizen_no", "Số định danh cá nhân", "Citizen number", Wording::Citizen).sensitive().also(&["cccd", "so cccd", "cmnd"]);
        /// Phone.
        phone: Text = Field::worded("phone", "Điện thoại", "Phone", Wording::Phone).personal().listed().also(&["sdt", "so dien thoai", "dien thoai lien he", "mobile", "tel"]);
        /// E-mail address.
        email: Text = Field::worded("email", "Thư điện tử", "E-mail", Wording::Email).personal().also(&["email", "e mail", "thu dien tu"]);
        /// Commune or ward of today.
        commune: Text = Field::text("commune", "Xã, phường", "Commune").listed().also(&["xa", "phuong", "xa phuong", "xa/phuong"])
            .group("Địa chỉ và mặt hàng", "Address and goods");
        /// Street line.
        address: Text = Field::text("address", "Địa chỉ", "Address").also(&["dia chi", "dia chi tru so"]);
        /// The address as old papers have it, with its district.
        address_old: Text = Field::text("address_old", "Địa chỉ trước sáp nhập", "Address before merger").also(&["huyen", "quan huyen", "dia chi cu"]);
        /// The old province.
        legacy_province: LegacyProvince = Field::new("legacy_province", "Tỉnh trước sáp nhập", "Province before merger", Shape::Choice(LegacyProvince::CHOICES)).also(&["tinh cu"]);
        /// What it makes.
        goods: Text = Field::text("goods", "Mặt hàng", "Goods").also(&["san pham chinh", "nganh hang", "mat hang chinh"]);
        /// The bank.
        bank: Text = Field::text("bank", "Ngân hàng", "Bank").also(&["ten ngan hang", "mo tai"])
            .group("Tài khoản", "Bank account");
        /// The account number.
        account: Text = Field::worded("account", "Số tài khoản", "Account", Wording::Account).sensitive().also(&["stk", "so tk"]);
        /// In whose name the account is.
        account_holder: Text = Field::text("account_holder", "Chủ tài khoản", "Account holder").personal();
        /// Owned by women (a tie-break of Decree 80/2021/NĐ-CP).
        women_owned: bool = Field::new("women_owned", "Do phụ nữ làm chủ", "Women-owned", Shape::Flag)
            .group("Khác", "Other");
        /// The connected group whose limits are shared.
        group: Text = Field::text("group", "Nhóm liên kết", "Connected group");
        /// Whether it still trades.
        status: BusinessStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(BusinessStatus::CHOICES));
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note").also(&["ghi chu"]);
    }
}
