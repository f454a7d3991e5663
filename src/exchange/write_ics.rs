//! What waits as a calendar (RFC 5545), each with alarms: next steps of leads, the follow-ups after their fairs, the meetings of
//! conferences. A step keeps its identity from file to file, so that a calendar that takes the next file changes its entries
//! instead of doubling them.

use chrono::NaiveTime;

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::base::working_days::on_or_after;
use crate::domain::book::Book;
use crate::domain::lead::LeadStage;
use crate::domain::meeting::MeetingStatus;
use crate::domain::record::Kind;
use crate::domain::view::consent::is_contact_barred;
use crate::domain::view::lead_care::follow_ups;
use crate::domain::view::title::title;
use crate::domain::{Conference, Contact, Lead, Meeting};
use crate::exchange::content_line::ContentLines;
use crate::exchange::outgoing::Going;
use crate::say;

/// At this hour of its day a step stands in the calendar: the first calls of an office day.
const HOUR: (u32, u32) = (8, 30);

/// Before the step: at the end of the day before, and when its time has come.
const ALARMS: [&str; 2] = ["-PT16H", "PT0S"];

/// Vietnam is seven hours ahead all year since 13 June 1975.
const ZONE: &str = "Asia/Ho_Chi_Minh";

/// One entry of the calendar.
struct Step {
    /// What makes it the same in the next file.
    name: String,
    on: Date,
    words: Words,
}

/// The calendar of these leads.
#[must_use]
pub fn write_ics(book: &Book, leads: &[Id], today: Date, going: Going) -> Vec<u8> {
    let mut lines = begun(&Words::new("Việc với đầu mối", "Lead follow-up"), going.lang);
    for lead in leads.iter().filter_map(|id| book.get::<Lead>(*id)) {
        let told = description(book, lead, today, going);
        for step in steps(book, lead, today, going.lang) {
            event(book, lead, &step, &told, going, &mut lines);
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.into_bytes()
}

/// The calendar of these meetings of conferences: whoever it is given to sees with whom, when and at which table.
#[must_use]
pub fn write_meetings(book: &Book, meetings: &[Id], going: Going) -> Vec<u8> {
    let mut lines = begun(&Words::new("Lịch hẹn kết nối", "Conference meetings"), going.lang);
    for meeting in meetings.iter().filter_map(|id| book.get::<Meeting>(*id)) {
        meeting_event(book, meeting, going.lang, &mut lines);
    }
    lines.plain("END", "VCALENDAR");
    lines.into_bytes()
}

/// A calendar with its name and its zone, open for entries.
fn begun(name: &Words, lang: Lang) -> ContentLines {
    let mut lines = ContentLines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", "-//hoicho//hoicho//VI");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", name.in_lang(lang));
    lines.plain("X-WR-TIMEZONE", ZONE);
    lines.plain("BEGIN", "VTIMEZONE");
    lines.plain("TZID", ZONE);
    lines.plain("BEGIN", "STANDARD");
    lines.plain("DTSTART", "19750613T000000");
    lines.plain("TZOFFSETFROM", "+0700");
    lines.plain("TZOFFSETTO", "+0700");
    lines.plain("TZNAME", "+07");
    lines.plain("END", "STANDARD");
    lines.plain("END", "VTIMEZONE");
    lines
}

fn meeting_event(book: &Book, meeting: &Meeting, lang: Lang, lines: &mut ContentLines) {
    let Some(conference) = book.follow::<Conference>(meeting.conference) else { return };
    let slot = meeting.slot.and_then(|slot| usize::try_from(slot - 1).ok());
    let begins = slot.and_then(|slot| conference.slots().ok()?.get(slot).copied());
    let (Some(on), Some(begins)) = (conference.on, begins) else { return };
    let time = NaiveTime::from_num_seconds_from_midnight_opt(begins * 60, 0).unwrap_or_default();
    let name = |kind, id: Option<Id>| id.map(|id| title(book, kind, id, lang)).unwrap_or_default();
    let who = format!("{} – {}", name(Kind::Partner, meeting.partner), name(Kind::Business, meeting.business));
    let table = meeting.table.unwrap_or_default();
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("meeting-{}@hoicho", meeting.id));
    lines.plain("DTSTAMP", &stamp(book.at));
    lines.plain("SEQUENCE", &book.touched(Kind::Meeting, meeting.id).to_string());
    lines.plain(&format!("DTSTART;TZID={ZONE}"), &on.and_time(time).format("%Y%m%dT%H%M%S").to_string());
    lines.plain("DURATION", &format!("PT{}M", conference.meeting_minutes()));
    lines.plain("STATUS", if meeting.status == MeetingStatus::Missed { "CANCELLED" } else { "CONFIRMED" });
    lines.text("SUMMARY", &who);
    lines.text("LOCATION", say!("Bàn {table}", "Table {table}").in_lang(lang));
    let of = if conference.name.is_empty() { &conference.code } else { &conference.name };
    lines.text("DESCRIPTION", of.as_str());
    lines.plain("BEGIN", "VALARM");
    lines.plain("ACTION", "DISPLAY");
    lines.plain("TRIGGER", "-PT10M");
    lines.text("DESCRIPTION", &who);
    lines.plain("END", "VALARM");
    lines.plain("END", "VEVENT");
}

/// The next step or the end of a rest, and the follow-ups that are still to come.
fn steps(book: &Book, lead: &Lead, today: Date, lang: Lang) -> Vec<Step> {
    let who = title(book, Kind::Lead, lead.id, lang);
    let mut steps = Vec::new();
    let resting = lead.stage == LeadStage::OnHold;
    let on = if resting { lead.held_until } else { lead.due_on };
    if let Some(on) = on.filter(|_| lead.stage.is_open()) {
        let next = &lead.next_step;
        let words = if is_contact_barred(book, lead, today) {
            say!("Không được liên hệ người này, chọn người khác: {who}", "Not this person, choose another: {who}")
        } else if resting {
            say!("Hết thời gian hoãn: {who}", "Rest is over: {who}")
        } else if next.is_empty() {
            say!("Chưa ghi việc tiếp theo: {who}", "No next step: {who}")
        } else {
            say!("{next}: {who}", "{next}: {who}")
        };
        steps.push(Step { name: format!("lead-{}", lead.id), on, words });
    }
    for (months, day) in follow_ups(book, lead, today) {
        let words = say!("Hỏi lại sau {months} tháng: {who}", "The {months}-month follow-up: {who}");
        steps.push(Step { name: format!("lead-{}-{months}m", lead.id), on: on_or_after(day), words });
    }
    steps
}

fn event(book: &Book, lead: &Lead, step: &Step, told: &str, going: Going, lines: &mut ContentLines) {
    let start = step.on.and_time(NaiveTime::from_hms_opt(HOUR.0, HOUR.1, 0).unwrap_or_default());
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("{}@hoicho", step.name));
    // A later file of the same book is never older than an earlier one.
    lines.plain("DTSTAMP", &stamp(book.at));
    lines.plain("SEQUENCE", &book.touched(Kind::Lead, lead.id).to_string());
    lines.plain(&format!("DTSTART;TZID={ZONE}"), &start.format("%Y%m%dT%H%M%S").to_string());
    lines.plain("DURATION", "PT15M");
    lines.plain("TRANSP", "TRANSPARENT");
    let words = step.words.in_lang(going.lang);
    lines.text("SUMMARY", words);
    if !told.is_empty() {
        lines.text("DESCRIPTION", told);
    }
    for alarm in ALARMS {
        lines.plain("BEGIN", "VALARM");
        lines.plain("ACTION", "DISPLAY");
        lines.plain("TRIGGER", alarm);
        lines.text("DESCRIPTION", words);
        lines.plain("END", "VALARM");
    }
    lines.plain("END", "VEVENT");
}

/// What helps at the telephone; the person and the number only when personal data is asked for.
fn description(book: &Book, lead: &Lead, today: Date, going: Going) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut tell = |label: Words, text: &str| {
        if !text.is_empty() {
            told.push(format!("{}: {text}", label.in_lang(going.lang)));
        }
    };
    tell(Words::new("Quan tâm", "Interest"), lead.interest.as_str());
    tell(Words::new("Sản lượng", "Volume"), lead.volume.as_str());
    let stage = crate::domain::field::Chosen::words(lead.stage);
    tell(Words::new("Giai đoạn", "Stage"), stage.in_lang(going.lang));
    tell(Words::new("Người theo dõi", "Owner"), lead.owner.as_str());
    let may = going.with_personal && !is_contact_barred(book, lead, today);
    if let Some(contact) = book.follow::<Contact>(lead.contact).filter(|_| may) {
        tell(Words::new("Người liên hệ", "Contact"), contact.name.as_str());
        tell(Words::new("Điện thoại", "Phone"), contact.phone.as_str());
    }
    told.join("\n")
}

/// A moment in UTC.
fn stamp(at: Moment) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}
