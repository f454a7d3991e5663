//! What is planted in a claim is found by its checks, and a clean claim has nothing that stops it.

use hoicho::base::ids::Id;
use hoicho::domain::field::Value;
use hoicho::domain::record::Kind;
use hoicho::domain::view::doctor::findings;
use hoicho::domain::{Claim, Evidence, Registration};

use super::world::{World, on, text, vnd};

/// A fair that is over, two firms at it, each with a claim that has nothing wrong.
struct Planted {
    world: World,
    claim: Id,
    other: Id,
    firm: Id,
    twin: Id,
    fair: Id,
}

/// What plants something.
type Sow = dyn Fn(&mut Planted);

fn clean() -> Planted {
    let mut world = World::new();
    let scheme = world.scheme("BT", []);
    let organiser = world.add(Kind::Partner, [("name", text("Công ty Hội chợ")), ("tax_no", text("0100109106"))]);
    let fair = world.fair("H1", "20/02/2026", "25/02/2026");
    world.edit(Kind::Fair, fair, [("organiser", Value::Link(organiser))]);
    let (firm, twin) = (world.business("Công ty TNHH Dừa Mỏ Cày"), world.business("Hợp tác xã Bưởi Chợ Lách"));
    let mut claims = Vec::new();
    for (place, business) in [firm, twin].into_iter().enumerate() {
        world.edit(
            Kind::Business,
            business,
            [("bank", text("BIDV")), ("account", text(&format!("99006129000{place}")))],
        );
        let (booth, registration) = (world.booth(fair, &format!("A{place}")), world.registration(fair, business));
        world.place(registration, booth);
        let papers = [
            ("cost", vnd(9_000_000)),
            ("vat", vnd(720_000)),
            ("invoice_no", text(&format!("1C26TMH/{place}"))),
            ("invoice_on", on("22/02/2026")),
            ("seller_tax_code", text("0100109106")),
            ("contract_no", text(&format!("{place}/HĐ"))),
            ("contract_on", on("01/02/2026")),
            ("contract_amount", vnd(9_000_000)),
            ("payer", text(if place == 0 { "Cty Dừa Mỏ Cày" } else { "HTX Bưởi Chợ Lách" })),
            ("paid_by", text("bank")),
            ("submitted_on", on("01/03/2026")),
        ];
        claims.push(world.claim(registration, scheme, papers));
    }
    world.wait(80);
    Planted { world, claim: claims[0], other: claims[1], firm, twin, fair }
}

impl Planted {
    fn codes(&self) -> Vec<&'static str> {
        let claim = self.world.get::<Claim>(self.claim);
        findings(&self.world.book, claim, self.world.at.date()).into_iter().map(|found| found.code).collect()
    }

    fn claim_says<const N: usize>(&mut self, list: [(&str, Value); N]) {
        self.world.edit(Kind::Claim, self.claim, list);
    }

    fn twin_says<const N: usize>(&mut self, list: [(&str, Value); N]) {
        self.world.edit(Kind::Business, self.twin, list);
    }
}

#[test]
fn a_clean_claim_has_no_finding() {
    assert_eq!(clean().codes(), Vec::<&str>::new());
}

#[test]
fn what_is_planted_in_its_papers_is_found() {
    let plants: [(&str, &Sow); 17] = [
        ("payer-unlike", &|plant| plant.claim_says([("payer", text("Nguyễn Văn Tám"))])),
        ("seller-code-wrong", &|plant| plant.claim_says([("seller_tax_code", text("0100109107"))])),
        ("seller-not-organiser", &|plant| plant.claim_says([("seller_tax_code", text("0301464830"))])),
        ("invoice-used", &|plant| plant.claim_says([("invoice_no", text("1c26tmh/00000001"))])),
        ("invoice-before-contract", &|plant| plant.claim_says([("invoice_on", on("31/01/2026"))])),
        ("invoice-late", &|plant| plant.claim_says([("invoice_on", on("26/02/2026"))])),
        ("invoice-future", &|plant| plant.claim_says([("invoice_on", on("26/02/2027"))])),
        ("claim-late", &|plant| plant.claim_says([("submitted_on", on("20/05/2026"))])),
        ("above-contract", &|plant| plant.claim_says([("contract_amount", vnd(8_999_999))])),
        ("contract-late", &|plant| plant.claim_says([("contract_on", on("21/02/2026"))])),
        ("bank-record", &|plant| plant.claim_says([("paid_by", text("cash"))])),
        ("bank-record-unknown", &|plant| plant.claim_says([("paid_by", text("unknown"))])),
        ("second-funding", &|plant| plant.claim_says([("other_public", vnd(1))])),
        ("account-missing", &|plant| {
            plant.world.edit(Kind::Business, plant.firm, [("account", Value::Empty)]);
        }),
        ("bank-unknown", &|plant| {
            plant.world.edit(Kind::Business, plant.firm, [("bank", text("Quỹ tín dụng xã"))]);
        }),
        ("not-attended", &|plant| {
            let registration = plant.world.get::<Claim>(plant.claim).registration.unwrap();
            plant.world.step("Mai", Kind::Registration, registration, "no_show");
        }),
        ("scan-used", &|plant| {
            for claim in [plant.claim, plant.other] {
                let row = plant.world.book.pointing::<Evidence>(claim).next().unwrap().id;
                plant.world.edit(Kind::Evidence, row, [("file", text("a.pdf")), ("sha256", text(&"ab".repeat(32)))]);
            }
        }),
    ];
    for (code, sow) in plants {
        let mut plant = clean();
        sow(&mut plant);
        assert!(plant.codes().contains(&code), "{code} is not found: {:?}", plant.codes());
    }
}

#[test]
fn one_taxpayer_under_two_names_is_found_unless_the_group_is_known() {
    let plants: [&Sow; 4] = [
        &|plant| plant.twin_says([("account", text("990061290000"))]),
        &|plant| plant.twin_says([("name", text("HTX Dừa Mỏ Cày"))]),
        &|plant| {
            plant.world.edit(Kind::Business, plant.firm, [("citizen_no", text("083075000011"))]);
            plant.twin_says([("citizen_no", text("083075000011"))]);
        },
        // A branch is no taxpayer of its own.
        &|plant| {
            plant.world.edit(Kind::Business, plant.firm, [("tax_code", text("0301464830"))]);
            plant.twin_says([("tax_code", text("0301464830-001"))]);
        },
    ];
    for (place, sow) in plants.into_iter().enumerate() {
        let mut plant = clean();
        sow(&mut plant);
        assert_eq!(plant.codes(), ["one-taxpayer"], "{place}");
        let group = [("group", text("Nhóm Dừa"))];
        plant.world.edit(Kind::Business, plant.firm, group.clone());
        plant.twin_says(group);
        assert_eq!(plant.codes(), Vec::<&str>::new(), "{place}: connected firms share their limits");
    }
    // A second registration of the same firm at the fair is refused before it comes to money.
    let plant = clean();
    let registrations = plant.world.book.pointing::<Registration>(plant.firm);
    assert_eq!(registrations.filter(|one| one.fair == Some(plant.fair)).count(), 1);
}
