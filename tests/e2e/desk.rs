//! Work at the real program: what is typed arrives, whatever the terminal does with it on the way.

use super::place::Place;
use super::terminal::{Kind, USUAL};

#[test]
fn what_was_added_is_there_after_a_restart() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[]);
    terminal.see("1 Today").text("4").see("Commune").text("n").see("New business");
    terminal.text("Cơ sở Đường thốt nốt Ánh Dương\x13").see("takes it back");
    terminal.text("/thot not").see("Cơ sở Đường thốt nốt").text("\rq");
    assert_eq!(terminal.end(), 0);
    let mut again = place.start(USUAL, &[]);
    again.see("1 Today").text("4").see("Commune").text("/thot not").see("Cơ sở Đường thốt nốt").text("\rq");
    assert_eq!(again.end(), 0);
}

#[test]
fn a_burst_of_an_input_method_is_put_together() {
    // Telex: every mark is put on by going back, with either of the two bytes that terminals send.
    for back in ["\x7f", "\x08"] {
        let place = Place::demo();
        let mut terminal = place.start(USUAL, &[]);
        terminal.see("1 Today").text("4").see("Commune").text("n").see("New business");
        let burst = format!("d{back}đu{back}ư{back}{back}đưo{back}{back}ươ{back}ờng thoo{back}{back}ốt");
        terminal
            .text(&burst)
            .see("đường thốt")
            .text("\x1b")
            .see("draft is kept")
            .text("q")
            .see("Unsaved drafts")
            .text("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn a_paste_goes_into_the_filter_and_runs_no_command() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[]);
    terminal.see("1 Today").text("4").see("Commune");
    terminal.send(b"\x1b[200~q\x1b[201~").see("Nothing can be pasted here");
    terminal.text("/").send("\x1b[200~bến tre\r\n\x1b[201~".as_bytes()).see("bến tre").text("\r").see("/bến tre");
    terminal.text("q");
    assert_eq!(terminal.end(), 0);
    terminal.expect_given_back();
}

#[test]
fn a_click_opens_a_tab_and_a_resize_is_followed() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[]);
    terminal.see("6 Leads");
    let (column, row) = terminal.find("6 Leads");
    terminal.text(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")).see("Partner");
    terminal.resize(59, 19).see("too small").resize(120, 35).see("Partner");
    terminal.text("q");
    assert_eq!(terminal.end(), 0);
    terminal.expect_given_back();
}

#[test]
fn a_window_that_is_too_small_says_so() {
    let place = Place::demo();
    let mut terminal = place.start(Kind { columns: 59, rows: 19, ..USUAL }, &[]);
    terminal.see("too small").text("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn without_colour_the_selected_row_is_reversed() {
    let place = Place::demo();
    let mut terminal = place.start(USUAL, &[("NO_COLOR", "1")]);
    terminal.see("1 Today").text("4").see("Commune");
    terminal.until("a row in reverse", |screen| {
        (3..28).any(|row| (2..20).all(|column| screen.cell(row, column).is_some_and(vt100::Cell::inverse)))
    });
    let (rows, columns) = terminal.cells().size();
    for row in 0..rows.get() {
        for column in 0..columns.get() {
            let Some(cell) = terminal.cells().cell(row, column) else { continue };
            let plain = cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default;
            assert!(plain, "a colour at {column},{row}: {}", cell.contents());
        }
    }
    terminal.text("q");
    assert_eq!(terminal.end(), 0);
    terminal.expect_given_back();
}
