//! What placing tries for, in the order that a fair gives: the first counts most, the next only where it is equal.

use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::say;

/// One aim of placing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// As many firms as possible get a place.
    Placed,
    /// Those with more points before those with fewer.
    Priority,
    /// Everyone in the zone it asked for.
    Zone,
    /// Rivals not near each other.
    Apart,
    /// Firms that asked for each other side by side.
    Beside,
    /// Wishes met, weighed by points.
    Wishes,
    /// Good places for those with points, and not to the same firm every year.
    Quality,
}

impl Aim {
    /// Every aim, in the usual order.
    pub const ALL: [Self; 7] =
        [Self::Placed, Self::Priority, Self::Zone, Self::Apart, Self::Beside, Self::Wishes, Self::Quality];

    /// The key that is written.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Priority => "priority",
            Self::Zone => "zone",
            Self::Apart => "apart",
            Self::Beside => "beside",
            Self::Wishes => "wishes",
            Self::Quality => "quality",
        }
    }

    /// The aim in words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Placed => Words::new("số đơn vị được xếp", "firms placed"),
            Self::Priority => Words::new("điểm ưu tiên", "priority points"),
            Self::Zone => Words::new("đúng khu vực", "zone"),
            Self::Apart => Words::new("tách đối thủ", "rivals apart"),
            Self::Beside => Words::new("gần đơn vị quen", "partners side by side"),
            Self::Wishes => Words::new("nguyện vọng", "wishes"),
            Self::Quality => Words::new("vị trí tốt, luân phiên", "good places, by turns"),
        }
    }
}

/// Reads an order of aims: `placed, zone, priority`. Aims that are not named follow in their usual order.
///
/// # Errors
/// A refusal at the field for a word that is no aim, or one said twice.
pub fn read_order(text: &str) -> Result<Vec<Aim>, Refusal> {
    let mut order: Vec<Aim> = Vec::new();
    for word in text.split([',', ';', '>', ' ']).map(str::trim).filter(|word| !word.is_empty()) {
        let folded = crate::base::text::fold(word);
        let aim = Aim::ALL.into_iter().find(|aim| aim.key() == folded && !order.contains(aim));
        let Some(aim) = aim else {
            let (word, keys) = (crate::base::text::Text::new(word), Aim::ALL.map(Aim::key).join(", "));
            return Err(Refusal::new(
                "aim-unknown",
                say!(
                    "“{word}” không phải là mục tiêu, hoặc ghi hai lần.",
                    "“{word}” is no aim, or stands there twice."
                ),
                say!("Chọn trong: {keys}.", "Choose from: {keys}."),
            )
            .at("tiers"));
        };
        order.push(aim);
    }
    order.extend(Aim::ALL.into_iter().filter(|aim| !order.contains(aim)).collect::<Vec<_>>());
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_follows_in_the_usual_order() {
        assert_eq!(read_order(""), Ok(Aim::ALL.to_vec()));
        let order = read_order("Wishes > placed").unwrap_or_default();
        assert_eq!(order[..3], [Aim::Wishes, Aim::Placed, Aim::Priority]);
        assert_eq!(order.len(), Aim::ALL.len());
        assert_eq!(read_order("zone, zone").map_err(|refusal| refusal.code), Err("aim-unknown"));
        assert_eq!(read_order("luck").map_err(|refusal| refusal.field), Err("tiers".to_owned()));
    }
}
