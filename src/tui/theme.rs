//! What each part of a screen looks like: roles instead of colours, and the four themes that give the roles a style.
//!
//! Widgets ask for a [`Role`]; only this file names colours. No role means something by its colour alone: a sign or a
//! word always stands beside it, so that the theme without colours says the same.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::base::words::Words;
use crate::say;

/// A part that a thing on the screen plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Plain text.
    Text,
    /// What is there but not now important.
    Muted,
    /// The heading of a screen, a window or a column.
    Title,
    /// What should be seen first.
    Accent,
    /// Lines around parts.
    Frame,
    /// Lines around the part that has the keyboard.
    FrameFocus,
    /// The row or cell under the cursor.
    Selected,
    /// The same in a part that has not the keyboard.
    SelectedIdle,
    /// A marked row.
    Marked,
    /// The name of a key in a hint.
    Key,
    /// The letters that a search found.
    Match,
    /// Done, paid, in order.
    Good,
    /// Soon due, nearly full, unusual.
    Warn,
    /// Refused, overdue, wrong.
    Bad,
    /// A message that asks for nothing.
    Notice,
    /// An amount of money.
    Money,
    /// An amount below zero.
    Negative,
    /// A value that differs from what is stored.
    Changed,
    /// The inside of a field.
    Input,
    /// The inside of a field that was refused.
    InputFault,
    /// A booth that can be given.
    BoothFree,
    /// A booth that is held for somebody until a date.
    BoothHeld,
    /// A booth that is given.
    BoothRented,
    /// A booth that cannot be given.
    BoothBlocked,
    /// A booth of the business that is looked at.
    BoothMine,
    /// The lowest of five steps of a heat map.
    Heat0,
    /// The second step.
    Heat1,
    /// The middle step.
    Heat2,
    /// The fourth step.
    Heat3,
    /// The highest step.
    Heat4,
    /// The bars of a chart.
    Chart,
    /// A booth that is offered to somebody.
    BoothOffered,
    /// A booth whose keys were handed over.
    BoothHanded,
    /// A booth on which somebody stands.
    BoothUsed,
    /// A booth that was given back.
    BoothReturned,
    /// The colour of one zone in eight.
    Zone0,
    /// The colour of one zone in eight.
    Zone1,
    /// The colour of one zone in eight.
    Zone2,
    /// The colour of one zone in eight.
    Zone3,
    /// The colour of one zone in eight.
    Zone4,
    /// The colour of one zone in eight.
    Zone5,
    /// The colour of one zone in eight.
    Zone6,
    /// The colour of one zone in eight.
    Zone7,
    /// The floor of a hall.
    Ground,
    /// What stands on a floor and is no booth.
    Fixture,
    /// A way out that must stay free.
    Exit,
    /// A way in.
    Entrance,
    /// A part of a floor with a purpose that one walks through: a way, a zone, seats.
    Aisle,
    /// A place of a plan where something is wrong.
    Problem,
    /// A place that a proposal would change.
    Proposed,
    /// Lines around the place under the cursor of a map.
    MapFrame,
    /// The place under the cursor of a map.
    MapCursor,
    /// A marked place of a map.
    MapMark,
}

/// Every role with its name in a theme file and the role whose style it takes when the file does not name it.
const ROLES: [(Role, &str, Role); 53] = [
    (Role::Text, "text", Role::Text),
    (Role::Muted, "muted", Role::Text),
    (Role::Title, "title", Role::Text),
    (Role::Accent, "accent", Role::Title),
    (Role::Frame, "frame", Role::Muted),
    (Role::FrameFocus, "frame_focus", Role::Accent),
    (Role::Selected, "selected", Role::Accent),
    (Role::SelectedIdle, "selected_idle", Role::Text),
    (Role::Marked, "marked", Role::Accent),
    (Role::Key, "key", Role::Accent),
    (Role::Match, "match", Role::Accent),
    (Role::Good, "good", Role::Text),
    (Role::Warn, "warn", Role::Accent),
    (Role::Bad, "bad", Role::Warn),
    (Role::Notice, "notice", Role::Text),
    (Role::Money, "money", Role::Text),
    (Role::Negative, "negative", Role::Bad),
    (Role::Changed, "changed", Role::Accent),
    (Role::Input, "input", Role::Text),
    (Role::InputFault, "input_fault", Role::Bad),
    (Role::BoothFree, "booth_free", Role::Good),
    (Role::BoothHeld, "booth_held", Role::Warn),
    (Role::BoothRented, "booth_rented", Role::Notice),
    (Role::BoothBlocked, "booth_blocked", Role::Muted),
    (Role::BoothMine, "booth_mine", Role::Accent),
    (Role::Heat0, "heat0", Role::Muted),
    (Role::Heat1, "heat1", Role::Heat0),
    (Role::Heat2, "heat2", Role::Heat1),
    (Role::Heat3, "heat3", Role::Heat2),
    (Role::Heat4, "heat4", Role::Heat3),
    (Role::Chart, "chart", Role::Accent),
    (Role::BoothOffered, "booth_offered", Role::BoothHeld),
    (Role::BoothHanded, "booth_handed", Role::BoothRented),
    (Role::BoothUsed, "booth_used", Role::BoothRented),
    (Role::BoothReturned, "booth_returned", Role::BoothBlocked),
    (Role::Zone0, "zone0", Role::Notice),
    (Role::Zone1, "zone1", Role::Zone0),
    (Role::Zone2, "zone2", Role::Zone1),
    (Role::Zone3, "zone3", Role::Zone2),
    (Role::Zone4, "zone4", Role::Zone3),
    (Role::Zone5, "zone5", Role::Zone4),
    (Role::Zone6, "zone6", Role::Zone5),
    (Role::Zone7, "zone7", Role::Zone6),
    (Role::Ground, "ground", Role::Muted),
    (Role::Fixture, "fixture", Role::Muted),
    (Role::Exit, "exit", Role::Good),
    (Role::Entrance, "entrance", Role::Exit),
    (Role::Aisle, "aisle", Role::Ground),
    (Role::Problem, "problem", Role::Bad),
    (Role::Proposed, "proposed", Role::Changed),
    (Role::MapFrame, "map_frame", Role::FrameFocus),
    (Role::MapCursor, "map_cursor", Role::Selected),
    (Role::MapMark, "map_mark", Role::Marked),
];

impl Role {
    /// Every role, in the order of their declaration.
    pub fn all() -> impl Iterator<Item = Self> {
        ROLES.iter().map(|(role, _, _)| *role)
    }

    /// The name in a theme file.
    #[must_use]
    pub fn name(self) -> &'static str {
        ROLES.get(self as usize).map_or("text", |(_, name, _)| name)
    }

    /// The colour of the zone with this number; eight go round.
    #[must_use]
    pub const fn zone(at: usize) -> Self {
        [Self::Zone0, Self::Zone1, Self::Zone2, Self::Zone3, Self::Zone4, Self::Zone5, Self::Zone6, Self::Zone7][at % 8]
    }
}

/// The themes that come with the program, the default first.
const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../data/themes/dark.toml")),
    ("light", include_str!("../../data/themes/light.toml")),
    ("contrast", include_str!("../../data/themes/contrast.toml")),
    ("mono", include_str!("../../data/themes/mono.toml")),
];

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    background: Option<Color>,
    styles: Vec<Style>,
}

impl Default for Theme {
    /// The dark theme.
    fn default() -> Self {
        Self::named("dark").unwrap_or_else(|| Self { background: None, styles: Vec::new() })
    }
}

impl Theme {
    /// The names of the themes that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// One of the themes that come with the program.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, file) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::read(file).ok()
    }

    /// Reads a theme file: a background (`"#rrggbb"`, or `"default"` for that of the terminal) and a style per role,
    /// where a role that is not named takes the style of the role that it is a kind of.
    ///
    /// # Errors
    /// Says which entry cannot be read and how it should be written.
    pub fn read(file: &str) -> Result<Self, Words> {
        let written: ThemeFile = toml::from_str(file).map_err(|fault| {
            let fault = fault.message();
            say!("Không đọc được giao diện màu: {fault}.", "The theme cannot be read: {fault}.")
        })?;
        if let Some(name) = written.roles.keys().find(|name| ROLES.iter().all(|(_, known, _)| known != name)) {
            return Err(say!(
                "Giao diện màu không có vai trò “{name}”. Hãy sửa hoặc xóa dòng đó.",
                "A theme has no role “{name}”. Correct or remove that line."
            ));
        }
        let background = match written.background.as_str() {
            "default" => None,
            colour => Some(read_colour(colour)?),
        };
        let mut styles: Vec<Style> = Vec::with_capacity(ROLES.len());
        for (_, name, kind_of) in ROLES {
            let style = match written.roles.get(name) {
                Some(written) => written.style()?,
                None => styles.get(kind_of as usize).copied().unwrap_or_default(),
            };
            styles.push(style);
        }
        Ok(Self { background, styles })
    }

    /// How a role looks. It is laid over [`base`](Self::base), so a role without a background of its own keeps that.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// False for a theme that says everything by strokes and signs.
    #[must_use]
    pub fn has_colours(&self) -> bool {
        self.background.is_some() || self.styles.iter().any(|style| style.bg.is_some())
    }

    /// Plain text on the theme's background: what an area is filled with before anything is drawn.
    #[must_use]
    pub fn base(&self) -> Style {
        let text = self.style(Role::Text);
        self.background.map_or(text, |colour| text.bg(colour))
    }

    /// White on black in every theme, for a code that a camera reads: it knows neither the colours of a theme nor a code
    /// turned round.
    #[must_use]
    pub const fn code() -> Style {
        Style::new().fg(Color::Rgb(255, 255, 255)).bg(Color::Rgb(0, 0, 0))
    }
}

/// A theme file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    background: String,
    roles: BTreeMap<String, Written>,
}

/// A style as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    fg: Option<String>,
    #[serde(default)]
    bg: Option<String>,
    #[serde(default)]
    with: Vec<Stroke>,
}

/// What a terminal can do to letters besides colour.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Stroke {
    Bold,
    Dim,
    Underline,
    Reverse,
}

impl Written {
    fn style(&self) -> Result<Style, Words> {
        let mut style = Style::new();
        if let Some(colour) = &self.fg {
            style = style.fg(read_colour(colour)?);
        }
        if let Some(colour) = &self.bg {
            style = style.bg(read_colour(colour)?);
        }
        Ok(self.with.iter().fold(style, |style, stroke| {
            style.add_modifier(match stroke {
                Stroke::Bold => Modifier::BOLD,
                Stroke::Dim => Modifier::DIM,
                Stroke::Underline => Modifier::UNDERLINED,
                Stroke::Reverse => Modifier::REVERSED,
            })
        }))
    }
}

/// Reads `#rrggbb`.
fn read_colour(text: &str) -> Result<Color, Words> {
    let parts = text
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match parts {
        Some(rgb) => Ok(Color::from_u32(rgb)),
        None => Err(say!(
            "“{text}” không phải là màu. Hãy viết như #87d7af.",
            "“{text}” is not a colour. Write it as #87d7af."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [u8; 3];

    fn rgb(colour: Color) -> Rgb {
        match colour {
            Color::Rgb(red, green, blue) => [red, green, blue],
            other => panic!("a theme file gives RGB only, not {other:?}"),
        }
    }

    /// Relative luminance of WCAG 2.2.
    fn luminance(colour: Rgb) -> f64 {
        let [red, green, blue] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    /// The nearest of the 256 colours, as a terminal multiplexer without true colour rounds.
    fn rounded(colour: Rgb) -> Rgb {
        let steps: [u8; 6] = [0, 95, 135, 175, 215, 255];
        let cube = colour.map(|part| steps.into_iter().min_by_key(|step| step.abs_diff(part)).unwrap());
        let mean = colour.iter().map(|part| u32::from(*part)).sum::<u32>() / 3;
        let grey = [u8::try_from(8 + 10 * (mean.saturating_sub(3) / 10).min(23)).unwrap(); 3];
        let apart = |other: Rgb| -> u32 {
            colour.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
        };
        if apart(grey) < apart(cube) { grey } else { cube }
    }

    fn pair(theme: &Theme, role: Role) -> (Rgb, Rgb) {
        let style = theme.base().patch(theme.style(role));
        (rgb(style.fg.unwrap()), rgb(style.bg.unwrap()))
    }

    fn coloured() -> impl Iterator<Item = (&'static str, Theme)> {
        Theme::names().filter(|name| *name != "mono").map(|name| (name, Theme::named(name).unwrap()))
    }

    #[test]
    fn the_table_of_roles_is_in_the_order_of_their_declaration() {
        for (at, role) in Role::all().enumerate() {
            assert_eq!(role as usize, at, "{role:?}");
            let (_, name, kind_of) = ROLES[at];
            assert_eq!(role.name(), name);
            assert!(kind_of as usize <= at, "{role:?} takes its style from an earlier role");
        }
    }

    #[test]
    fn every_built_in_theme_reads_and_gives_every_role_a_style() {
        for (name, file) in BUILT_IN {
            let theme = Theme::read(file).unwrap_or_else(|fault| panic!("{name}: {}", fault.en));
            assert_eq!(theme.styles.len(), Role::all().count());
            assert_eq!(Theme::named(name), Some(theme));
        }
        assert_eq!(Theme::named("hồng"), None);
        assert_eq!(Theme::default(), Theme::named("dark").unwrap());
    }

    #[test]
    fn every_pair_of_colours_can_be_read_even_in_256_colours() {
        for (name, theme) in coloured() {
            let least = if name == "contrast" { 7.0 } else { 4.5 };
            for role in Role::all() {
                let (letters, ground) = pair(&theme, role);
                let (full, few) = (contrast(letters, ground), contrast(rounded(letters), rounded(ground)));
                assert!(full >= least, "{name} {role:?}: contrast {full:.2}");
                assert!(few >= 4.5, "{name} {role:?}: contrast {few:.2} in 256 colours");
            }
        }
    }

    #[test]
    fn roles_that_stand_side_by_side_differ_even_in_256_colours() {
        use Role::*;
        for (name, theme) in coloured() {
            for group in [
                &[BoothFree, BoothHeld, BoothOffered, BoothRented, BoothHanded, BoothUsed, BoothReturned, BoothBlocked]
                    [..],
                &[BoothMine, BoothFree, BoothHeld, BoothRented, BoothBlocked],
                &[Zone0, Zone1, Zone2, Zone3, Zone4, Zone5, Zone6, Zone7, BoothBlocked],
                &[Ground, Fixture, Exit, Problem, Proposed, MapCursor, MapMark, BoothFree, BoothHeld],
                &[Heat0, Heat1, Heat2, Heat3, Heat4],
                &[Text, Muted, Good, Warn, Bad, Changed],
                &[Text, Selected, SelectedIdle, Marked, Match],
                &[Frame, FrameFocus],
                &[Input, InputFault],
            ] {
                for (at, one) in group.iter().enumerate() {
                    for other in &group[at + 1..] {
                        let look = |role| {
                            let (letters, ground) = pair(&theme, role);
                            (rounded(letters), rounded(ground))
                        };
                        assert_ne!(look(*one), look(*other), "{name}: {one:?} and {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn mono_has_no_colour_and_says_everything_by_strokes() {
        let mono = Theme::named("mono").unwrap();
        let plain = [Role::Text, Role::Frame, Role::Money, Role::Chart, Role::Notice, Role::Ground];
        for role in Role::all() {
            let style = mono.base().patch(mono.style(role));
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            assert_eq!(style.add_modifier.is_empty(), plain.contains(&role), "{role:?}");
        }
    }

    #[test]
    fn a_role_that_is_not_named_looks_like_what_it_is_a_kind_of() {
        let theme =
            Theme::read("background = '#000000'\n[roles]\ntext = { fg = '#ffffff' }\nbad = { with = ['bold'] }");
        let theme = theme.unwrap();
        assert_eq!(theme.style(Role::Negative), Style::new().add_modifier(Modifier::BOLD));
        assert_eq!(theme.style(Role::Heat4), theme.style(Role::Text));
    }

    #[test]
    fn a_wrong_theme_says_what_is_wrong() {
        for (file, part) in [
            ("background = '#zz0000'\n[roles]", "#zz0000"),
            ("background = 'default'\n[roles]\nhồng = {}", "cannot be read"),
            ("background = 'default'\n[roles]\npink = {}", "pink"),
            ("background = 'default'\n[roles]\ntext = { fg = '#€1' }", "#€1"),
            ("", "background"),
        ] {
            let fault = Theme::read(file).unwrap_err();
            assert!(fault.en.contains(part), "{}", fault.en);
        }
    }
}
