//! The ladder of one conversation with few, big parts, for the back row.

use super::capture::{Capture, Stop};
use crate::render::ascii::Letters;
use crate::report::ladder::{Arrow, Item, Ladder, words};
use crate::report::phase;
use crate::text::Lang;

/// How it looks.
pub(super) struct Look {
    pub(super) width: usize,
    pub(super) letters: Letters,
    pub(super) lang: Lang,
}

/// Its lines, each with the place of its stop.
pub(super) fn lines(
    ladder: &Ladder,
    look: &Look,
    capture: &Capture,
) -> Vec<(Option<usize>, String)> {
    let (lane, shaft, right, left) = match look.letters.plain() {
        true => ("|", "=", ">", "<"),
        false => ("┃", "━", "▶", "◀"),
    };
    // Room for a state on each side.
    let inside = look.width.saturating_sub(2 * 14 + 4);
    let mut out = Vec::new();
    let names: Vec<String> = ladder
        .lanes
        .iter()
        .map(|it| words::name(it, look.lang))
        .collect();
    if let [a, .., b] = &names[..] {
        let (a, b) = (a.to_uppercase(), b.to_uppercase());
        let gap = look
            .width
            .saturating_sub(a.chars().count() + b.chars().count() + 12);
        out.push((None, format!("    {a}{}{b}", " ".repeat(gap))));
    }
    let beside = |states: [&str; 2], middle: &str| {
        let [a, b] = states;
        format!("{a:>13} {lane}{middle}{lane} {b}")
    };
    for item in &ladder.items {
        match item {
            Item::Arrow(arrow) => {
                let stop = Some(capture.place(arrow.frame));
                let states = [0, 1].map(|end| match arrow.fresh[end] {
                    true => phase::state(arrow.states[end]),
                    false => "",
                });
                out.push((stop, beside(states, &centred(&spaced(arrow), inside))));
                let line = shaft.repeat(inside.saturating_sub(1));
                let line = match arrow.from < arrow.to {
                    true => format!("{line}{right}"),
                    false => format!("{left}{line}"),
                };
                out.push((stop, beside([&format!("#{}", arrow.frame), ""], &line)));
                let numbers = format!("{} {}", arrow.label.numbers, arrow.label.len);
                out.push((stop, beside([""; 2], &centred(numbers.trim(), inside))));
                out.push((None, beside([""; 2], &" ".repeat(inside))));
            }
            Item::Call(call) => {
                let is_its = |at: &usize| match capture.stop(*at) {
                    Some(Stop::Call(place)) => capture
                        .calls
                        .get(place)
                        .is_some_and(|(_, it)| it.call == call.call),
                    _ => false,
                };
                let stop = (0..capture.len().min(10_000)).find(is_its);
                let text = centred(&call.call.to_string(), inside);
                out.push((stop, beside([""; 2], &text)));
            }
            Item::Gap(gap) if gap.silence => {
                let text = centred(&words::gap(gap, look.lang), inside);
                out.push((None, beside([""; 2], &text)));
            }
            _ => {}
        }
    }
    out
}

/// `S Y N ,  A C K`: letters apart are read from farther away.
fn spaced(arrow: &Arrow) -> String {
    let marks = &arrow.label.marks;
    let kind = arrow.label.kind.trim_matches(['[', ']']);
    let letters: Vec<String> = kind.chars().map(String::from).collect();
    let spaced = letters.join(" ");
    match marks.is_empty() {
        true => spaced,
        false => format!("{marks}  {spaced}"),
    }
}

fn centred(text: &str, width: usize) -> String {
    let text: String = text.chars().take(width).collect();
    format!("{text:^width$}")
}
