//! One taxpayer under two names: the same number, person or account behind two firms that ask at one fair.

use std::collections::BTreeSet;

use super::{Case, Stage};
use crate::base::firm_name::kernel;
use crate::base::ids::Id;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Business, Claim, Registration};
use crate::say;

/// The first ten digits of a tax code: a branch has three more and is no taxpayer of its own.
const ROOT: usize = 10;

/// Looks at the other firms with a claim at the fair. Firms of one connected group share their limits and are known.
pub(super) fn taxpayers(case: &mut Case<'_>) {
    let book = case.book;
    let (Some(own), Some(fair)) = (case.business, case.fair) else { return };
    let name = kernel(own.name.as_str());
    for registration in book.pointing::<Registration>(fair.id).filter(|other| other.fair == Some(fair.id)) {
        let Some(business) = book.follow::<Business>(registration.business).filter(|other| other.id != own.id) else {
            continue;
        };
        let Some((same, stops)) = in_common(own, business, &name) else { continue };
        let Some(other) = book.pointing::<Claim>(registration.id).find(|other| other.status.is_alive()) else {
            continue;
        };
        tell(case, other.id, business, (same, stops));
    }
}

/// What two firms have in common, and what that stops; the name alone is a reminder.
fn in_common(own: &Business, other: &Business, name: &BTreeSet<String>) -> Option<(Words, Stage)> {
    if !own.group.is_empty() && fold(own.group.as_str()) == fold(other.group.as_str()) {
        return None;
    }
    fn root(code: &Text) -> impl Iterator<Item = char> + '_ {
        code.as_str().chars().filter(char::is_ascii_digit).take(ROOT)
    }
    let same = |one: &Text, two: &Text| !one.is_empty() && one == two;
    if !own.tax_code.is_empty() && root(&own.tax_code).eq(root(&other.tax_code)) {
        return Some((Words::new("cùng mã số thuế", "one tax code"), Stage::Decision));
    }
    if same(&own.citizen_no, &other.citizen_no) {
        return Some((Words::new("cùng số định danh", "one citizen number"), Stage::Decision));
    }
    if same(&own.account, &other.account) {
        return Some((Words::new("cùng số tài khoản", "one account"), Stage::Decision));
    }
    // A word of the name is looked for first: taking a name apart costs, and a fair has hundreds.
    let is_near = name.last().is_some_and(|word| fold(other.name.as_str()).contains(word.as_str()));
    (is_near && kernel(other.name.as_str()) == *name)
        .then(|| (Words::new("tên gần như nhau", "nearly one name"), Stage::Nothing))
}

fn tell(case: &mut Case<'_>, other: Id, business: &Business, (same, stops): (Words, Stage)) {
    let (firm, named) = (&business.name, title(case.book, Kind::Claim, other, Lang::Vi));
    let about = other.to_string();
    case.find(
        "one-taxpayer",
        stops,
        &about,
        say!("{}: {firm} cũng có hồ sơ ở hội chợ này ({named}).", "{}: {firm} has a claim at this fair too ({named})."; same),
        say!(
            "Hai đơn vị có phải là một không? Là một thì rút một hồ sơ; là hai thì ghi lý do.",
            "Are they one firm? If so withdraw one claim; if not, say why."
        ),
    )
    .other = Some((Kind::Claim, other));
}
