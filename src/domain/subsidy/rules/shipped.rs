//! The schemes that come with the program: real ones, to try, to compare and to copy from.

macro_rules! shipped {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../data/schemes/", $name, ".toml")))
    };
}

/// Name and text of each, in the order of the design's table.
pub const SHIPPED: &[(&str, &str)] = &[
    shipped!("01-vn-ben-tre-2024"),
    shipped!("02-vn-dong-thap-2021-domestic"),
    shipped!("03-vn-dong-thap-2021-foreign"),
    shipped!("04-vn-binh-dinh-2012-enterprise"),
    shipped!("05-vn-binh-dinh-2012-craft-village"),
    shipped!("06-vn-hanoi-goods-week"),
    shipped!("07-vn-nghe-an-draft-2026"),
    shipped!("08-vn-national-domestic-2009"),
    shipped!("09-vn-draft-foreign"),
    shipped!("10-vn-khuyen-cong-abroad-2018"),
    shipped!("11-de-young-innovators"),
    shipped!("12-uk-tap"),
    shipped!("13-au-emdg-r4"),
    shipped!("14-my-mdg"),
    shipped!("15-hk-emf"),
    shipped!("16-sg-mra"),
    shipped!("17-kr-individual"),
    shipped!("18-kr-kotra-group"),
    shipped!("19-eu-de-minimis"),
    shipped!("20-us-step-utah"),
];

/// The text of a shipped scheme by its name, the number before it, or its code.
#[must_use]
pub fn shipped(wanted: &str) -> Option<&'static str> {
    let wanted = wanted.trim().trim_end_matches(".toml");
    let by_name = |name: &str| name == wanted || name.split('-').next() == Some(wanted);
    let coded = format!("code = \"{wanted}\"");
    SHIPPED
        .iter()
        .find(|(name, _)| by_name(name))
        .or_else(|| SHIPPED.iter().find(|(_, text)| text.lines().any(|line| line.eq_ignore_ascii_case(&coded))))
        .map(|(_, text)| *text)
}
