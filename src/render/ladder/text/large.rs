//! The ladder of one conversation with few, big parts, to be read from the back row.

use super::TextOptions;
use crate::report::ladder::{Arrow, Item, Ladder, words};
use crate::report::phase;

/// The names of the lanes, and each item: as [`super::parts`], without what is small.
pub fn large_parts(ladder: &Ladder, options: &TextOptions) -> Vec<String> {
    let (lane, shaft, right, left) = match options.letters.plain() {
        true => ("|", "=", ">", "<"),
        false => ("┃", "━", "▶", "◀"),
    };
    // Room for a state on each side.
    let inside = options.width.saturating_sub(2 * 14 + 2);
    let beside = |[a, b]: [&str; 2], middle: &str| {
        format!("{a:>13} {lane}{middle:^inside$.inside$}{lane} {b}\n")
    };
    let lanes = ladder.lanes.iter();
    let names: Vec<String> = lanes
        .map(|it| words::name(it, options.lang).to_uppercase())
        .collect();
    let mut parts = vec![match &names[..] {
        [a, .., b] => {
            let before_b = options.width.saturating_sub(b.chars().count() + 10);
            format!("\n    {a:<before_b$}{b}\n")
        }
        _ => String::new(),
    }];
    let items = ladder.items.iter();
    parts.extend(items.map(|item| match item {
        Item::Arrow(arrow) => {
            let states = [0, 1].map(|end| match arrow.fresh[end] {
                true => phase::state(arrow.states[end]),
                false => "",
            });
            let line = shaft.repeat(inside.saturating_sub(1));
            let line = match arrow.from < arrow.to {
                true => format!("{line}{right}"),
                false => format!("{left}{line}"),
            };
            let numbers = format!("{} {}", arrow.label.numbers, arrow.label.len);
            [
                beside(states, &spaced(arrow)),
                beside([&format!("#{}", arrow.frame), ""], &line),
                beside([""; 2], numbers.trim()),
                beside([""; 2], ""),
            ]
            .concat()
        }
        Item::Call(call) => beside([""; 2], &call.call.to_string()),
        Item::Gap(gap) if gap.silence => beside([""; 2], &words::gap(gap, options.lang)),
        _ => String::new(),
    }));
    let parts = parts.iter();
    parts
        .map(|it| options.letters.fit(it).into_owned())
        .collect()
}

/// `S Y N ,  A C K`: letters apart are read from farther away.
fn spaced(arrow: &Arrow) -> String {
    let kind = arrow.label.kind.trim_matches(['[', ']']);
    let letters: Vec<String> = kind.chars().map(String::from).collect();
    let marks = &arrow.label.marks;
    format!("{marks}  {}", letters.join(" ")).trim().to_owned()
}
