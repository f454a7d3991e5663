//! A trade-connection conference: its day, its slots, its tables.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::conference::problem::SLOTS_MAX;
use crate::domain::field::{Field, Shape, Unique, Wording};
use crate::domain::record::Kind;
use crate::domain::refusal::{Refusal, refuse};
use crate::{noun, say};

/// When the day begins and ends, and how long a meeting is, where nobody says otherwise.
const USUAL: (&str, &str, i64) = ("08:00", "16:30", 20);

noun! {
    /// A conference at which buyers and businesses meet by a timetable.
    Conference {
        /// The code by which people and the shell name it.
        code: Text = Field::worded("code", "Mã hội nghị", "Code", Wording::Code).required().listed().unique(Unique::Book).also(&["ma"]);
        /// Its name.
        name: Text = Field::text("name", "Tên hội nghị", "Name").listed().unique(Unique::Name).also(&["hoi nghi"]);
        /// The event that it belongs to.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).also(&["su kien"]);
        /// The day.
        on: Option<Date> = Field::new("on", "Ngày", "Date", Shape::Date).required().listed().also(&["ngay to chuc"]);
        /// When the first meeting begins; empty is 08:00.
        starts: Text = Field::text("starts", "Bắt đầu (giờ:phút)", "Starts (hh:mm)").also(&["gio bat dau", "tu gio"]);
        /// When the last meeting has ended; empty is 16:30.
        ends: Text = Field::text("ends", "Kết thúc (giờ:phút)", "Ends (hh:mm)").also(&["gio ket thuc", "den gio"]);
        /// When lunch begins.
        lunch_from: Text = Field::text("lunch_from", "Nghỉ trưa từ", "Lunch from");
        /// When lunch is over.
        lunch_until: Text = Field::text("lunch_until", "Nghỉ trưa đến", "Lunch until");
        /// How many minutes a meeting lasts; empty is 20.
        slot_minutes: Option<i64> = Field::new("slot_minutes", "Mỗi cuộc hẹn", "A meeting", Shape::Number(5, 240, "min")).listed().also(&["so phut"]);
        /// How many minutes lie between two meetings.
        pause_minutes: Option<i64> = Field::new("pause_minutes", "Nghỉ giữa hai cuộc", "Between meetings", Shape::Number(0, 120, "min"));
        /// How many tables there are.
        tables: Option<i64> = Field::new("tables", "Số bàn", "Tables", Shape::Number(1, 1_000, "")).required().listed().also(&["ban"]);
        /// The most meetings of anybody; empty is as many as there are slots.
        meetings_most: Option<i64> = Field::new("meetings_most", "Tối đa mỗi bên", "Most a person", Shape::Number(1, 64, ""));
        /// True for invented records of the demonstration.
        sample: bool = Field::new("sample", "Dữ liệu mẫu", "Sample", Shape::Flag);
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

/// A time of day in minutes: `8:00`, `08.30`, `14h`, `14h30`.
#[must_use]
pub fn clock(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let (hours, minutes) = text.split_once([':', '.', 'h', 'g']).unwrap_or((&text, ""));
    let number = |part: &str| if part.is_empty() { Some(0) } else { part.parse::<u32>().ok() };
    let (hours, minutes) = (hours.trim().parse::<u32>().ok()?, number(minutes.trim())?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A time of day as it is written: `08:00`.
#[must_use]
pub fn show_clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Conference {
    /// When each meeting begins, in minutes of the day. Meetings lie before or after lunch, none in it.
    ///
    /// # Errors
    /// A time that cannot be read, times in the wrong order, or more slots than there may be.
    pub fn slots(&self) -> Result<Vec<u32>, Refusal> {
        let read = |key: &'static str, text: &Text, usual: &str| {
            let written = if text.is_empty() { usual } else { text.as_str() };
            clock(written).ok_or_else(|| {
                Refusal::new(
                    "clock-unreadable",
                    say!("“{written}” không phải là giờ.", "“{written}” is no time of day."),
                    say!("Ghi như 08:30.", "Write it as 08:30."),
                )
                .at(key)
            })
        };
        let (starts, ends) = (read("starts", &self.starts, USUAL.0)?, read("ends", &self.ends, USUAL.1)?);
        let lunch = if self.lunch_from.is_empty() && self.lunch_until.is_empty() {
            (ends, ends)
        } else {
            (read("lunch_from", &self.lunch_from, "11:30")?, read("lunch_until", &self.lunch_until, "13:30")?)
        };
        if starts >= ends || lunch.0 > lunch.1 || (lunch.0 < lunch.1 && lunch.0 < starts) {
            return refuse(
                "clock-order",
                say!("Giờ bắt đầu, nghỉ trưa, kết thúc không theo thứ tự.", "Start, lunch and end are not in order."),
                say!("Sửa lại các giờ.", "Correct the times."),
            )
            .map_err(|refusal: Refusal| refusal.at("ends"));
        }
        let minutes = self.meeting_minutes();
        let pause = u32::try_from(self.pause_minutes.unwrap_or(0)).unwrap_or(0);
        let (mut slots, mut at) = (Vec::new(), starts);
        while at + minutes <= ends {
            if at < lunch.1 && at + minutes > lunch.0 {
                at = lunch.1.max(at + 1);
                continue;
            }
            slots.push(at);
            at += minutes + pause;
        }
        if slots.is_empty() || slots.len() > SLOTS_MAX {
            let count = slots.len();
            return Err(Refusal::new(
                "slots-unfit",
                say!("Ngày này có {count} lượt hẹn.", "The day has {count} slots."),
                say!("Chọn thời gian để có từ 1 đến {SLOTS_MAX} lượt.", "Choose times that give 1 to {SLOTS_MAX}."),
            )
            .at("slot_minutes"));
        }
        Ok(slots)
    }

    /// How many minutes a meeting lasts.
    #[must_use]
    pub fn meeting_minutes(&self) -> u32 {
        u32::try_from(self.slot_minutes.unwrap_or(USUAL.2)).unwrap_or(1).max(1)
    }

    /// True when the day has the slot and the room the table; both count from 1.
    #[must_use]
    pub fn has(&self, slot: i64, table: i64) -> bool {
        let slots = self.slots().map_or(0, |slots| i64::try_from(slots.len()).unwrap_or(0));
        (1..=slots).contains(&slot) && (1..=self.tables.unwrap_or(0)).contains(&table)
    }

    /// When a slot begins, as it is written; empty when there is no such slot.
    #[must_use]
    pub fn time(&self, slot: i64) -> String {
        let place = usize::try_from(slot - 1).ok();
        let slots = self.slots().unwrap_or_default();
        place.and_then(|place| slots.get(place)).map(|minutes| show_clock(*minutes)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_leave_lunch_free() {
        let mut day = Conference { slot_minutes: Some(30), ..Conference::default() };
        day.starts = Text::new("8h");
        day.ends = Text::new("15:00");
        day.lunch_from = Text::new("11:45");
        day.lunch_until = Text::new("13.30");
        let times: Vec<String> = day.slots().unwrap().into_iter().map(show_clock).collect();
        assert_eq!(times, ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "13:30", "14:00", "14:30"]);
        assert_eq!(day.time(8), "13:30");
        day.pause_minutes = Some(30);
        assert_eq!(day.slots().unwrap().len(), 6);
        day.ends = Text::new("7:00");
        assert_eq!(day.slots().unwrap_err().code, "clock-order");
        day.ends = Text::new("xx");
        assert_eq!(day.slots().unwrap_err().code, "clock-unreadable");
    }

    proptest::proptest! {
        #[test]
        fn any_times_are_read_calmly(starts in "\\PC{0,6}", lunch in "[0-9:h]{0,5}", until in "[0-9:]{0,5}", minutes in 5_i64..240) {
            let day = Conference {
                starts: Text::new(&starts),
                lunch_from: Text::new(&lunch),
                lunch_until: Text::new(&until),
                slot_minutes: Some(minutes),
                ..Conference::default()
            };
            let _ = day.slots();
        }
    }
}
