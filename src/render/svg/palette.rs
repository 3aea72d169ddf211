//! The colours of pictures, light and dark. Each stands beside a shape, a word or a pattern that
//! says the same.

use std::fmt::Write;

/// What a colour is for. Each is a class in the picture's own style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The ground of the whole picture.
    Ground,
    /// Text and what it is about.
    Text,
    /// Text that says less: times, units, notes.
    Faint,
    /// Lines that only hold things together: lanes, axes.
    Rule,
    /// Lines of a grid.
    Grid,
    /// The first of two: segments, the client's bytes.
    First,
    /// The second of two: acknowledgments, the server's bytes.
    Second,
    /// A limit: the window.
    Limit,
    /// Something went wrong: marks, retransmissions.
    Alarm,
    /// Something special: SACK blocks, socket calls.
    Special,
    /// The ground of an opening.
    Opening,
    /// The ground of a transfer.
    Transfer,
    /// The ground of a close.
    Close,
    /// The ground of an end that is no close, and of a zero window.
    Abort,
    /// The ground of anything else.
    Other,
}

/// An ink, its class, and its colours in light and in dark.
struct Colour {
    ink: Ink,
    class: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn colour(ink: Ink, class: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour {
        ink,
        class,
        light,
        dark,
    }
}

/// Text has a contrast of 4.5 or more on every ground, lines of 3 or more (WCAG 2.2).
static COLOURS: [Colour; 15] = [
    colour(Ink::Ground, "nl-ground", "#ffffff", "#14181f"),
    colour(Ink::Text, "nl-text", "#1b2330", "#e8ecf2"),
    colour(Ink::Faint, "nl-faint", "#566070", "#a5afbd"),
    colour(Ink::Rule, "nl-rule", "#7b8594", "#7e8998"),
    colour(Ink::Grid, "nl-grid", "#e1e5ea", "#2b323d"),
    colour(Ink::First, "nl-first", "#0b5cad", "#6cb3ff"),
    colour(Ink::Second, "nl-second", "#b04a00", "#ffab5c"),
    colour(Ink::Limit, "nl-limit", "#4d6a12", "#a9cf58"),
    colour(Ink::Alarm, "nl-alarm", "#b3162e", "#ff8593"),
    colour(Ink::Special, "nl-special", "#7a2e9d", "#d79cf5"),
    colour(Ink::Opening, "nl-opening", "#e8f1fc", "#182639"),
    colour(Ink::Transfer, "nl-transfer", "#f1f7e8", "#1c2618"),
    colour(Ink::Close, "nl-close", "#fdf1e1", "#2d2417"),
    colour(Ink::Abort, "nl-abort", "#fde9eb", "#331c22"),
    colour(Ink::Other, "nl-other", "#f1f2f4", "#20252d"),
];

impl Ink {
    /// Its place among all inks.
    pub fn place(self) -> u8 {
        let place = COLOURS.iter().position(|colour| colour.ink == self);
        u8::try_from(place.unwrap_or(0)).unwrap_or(0)
    }

    /// The ink at a place.
    pub fn at(place: u8) -> Ink {
        COLOURS
            .get(usize::from(place))
            .map_or(Ink::Text, |colour| colour.ink)
    }

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        let colour = COLOURS.iter().find(|colour| colour.ink == self);
        colour.map_or("", |colour| colour.class)
    }
}

/// Rules that every picture has beside its colours. An ink is the `color` of its class: areas and
/// text are filled with it, lines drawn with it.
const SHAPES: &str = "\
.nl *{fill:currentColor}\
.nl text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
white-space:pre}\
.nl .nl-small{font-size:11.5px}\
.nl .nl-name{font-weight:600}\
.nl .nl-head{font:600 15px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}\
.nl .nl-words{font:12.5px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}\
.nl .nl-line{fill:none;stroke:currentColor;stroke-width:1.5}\
.nl .nl-thin{stroke-width:1}\
.nl .nl-bold{stroke-width:2.2}\
.nl .nl-dots{stroke-dasharray:1.5 4}\
.nl .nl-dashes{stroke-dasharray:7 4}\
.nl .nl-points{stroke-width:4.5;stroke-linecap:round}\
.nl .nl-halo{paint-order:stroke;stroke-width:4;stroke-linejoin:round}\
.nl .nl-mid{text-anchor:middle}\
.nl .nl-end{text-anchor:end}";

/// The classes of the inks with their light colours.
pub fn colours() -> impl Iterator<Item = (&'static str, &'static str)> {
    COLOURS.iter().map(|colour| (colour.class, colour.light))
}

/// The style sheet of a picture.
pub(super) fn style(out: &mut String) {
    out.push_str("<style>");
    out.push_str(SHAPES);
    sheet(|colour| colour.light, out);
    out.push_str("@media screen and (prefers-color-scheme:dark){");
    sheet(|colour| colour.dark, out);
    out.push_str("}</style>");
}

fn sheet(pick: fn(&Colour) -> &'static str, out: &mut String) {
    for colour in &COLOURS {
        let _ = write!(out, ".nl .{}{{color:{}}}", colour.class, pick(colour));
        if colour.ink == Ink::Ground {
            let _ = write!(out, ".nl .nl-halo{{stroke:{}}}", pick(colour));
        }
    }
}
