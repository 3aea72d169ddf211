//! A long ladder in pieces, each of which fits a page of paper.

use super::layout::{Layout, layout};
use super::{TOP, drawn, heading};
use crate::report::ladder::{Item, Ladder};
use crate::text::Lang;

/// How much height the items of one piece take at most, in pixels. With the names of the lanes
/// above them and a line below, A4 holds them at three quarters of their size, which can be read.
const PIECE: f64 = 1150.0 - TOP;
/// A ladder wider than this is drawn smaller on paper: pieces of so much of its width take a third
/// of a page, so that several of them share one.
const WIDE: f64 = 1000.0;
const PART: f64 = 0.5;
/// How much more than its share a piece may take.
const SLACK: f64 = 60.0;

/// The ladder as SVG documents from top to bottom, cut between items where one page cannot hold
/// it. Each has the names of the lanes, and the columns stand at the same places in all of them.
pub fn pages(ladder: &Ladder, lang: Lang) -> Vec<String> {
    let mut layout = layout(ladder, lang);
    let pieces = cut(&ladder.items, &layout);
    let count = pieces.len();
    if count > 1 {
        layout.entitle(&heading(ladder, (count, count), lang));
    }
    pieces
        .into_iter()
        .zip(1..)
        .map(|(items, place)| {
            let piece = Ladder {
                items,
                lanes: ladder.lanes.clone(),
                streams: ladder.streams.clone(),
                ..*ladder
            };
            drawn(&piece, layout.clone(), (place, count), lang).2
        })
        .collect()
}

/// The items in pieces of about the same height. A piece that begins inside of a phase names it.
fn cut(items: &[Item], layout: &Layout) -> Vec<Vec<Item>> {
    let all: f64 = items.iter().map(|item| layout.room(item)).sum();
    let piece = match layout.width > WIDE {
        true => layout.width * PART - TOP,
        false => PIECE,
    };
    if all <= piece {
        return vec![items.to_vec()];
    }
    let limit = all / ((all + SLACK) / (piece - SLACK)).ceil() + SLACK;
    let mut pieces = vec![Vec::new()];
    let mut band = None;
    let mut height = 0.0;
    for item in items {
        let room = layout.room(item);
        let begins = matches!(item, Item::Band(_));
        // The name of a phase does not stand alone at the end.
        let wanted = if begins { 3.0 * room } else { room };
        if height + wanted > limit && height > 0.0 {
            height = 0.0;
            pieces.push(match band {
                Some(phase) if !begins => vec![Item::Band(phase)],
                _ => Vec::new(),
            });
        }
        if let Item::Band(phase) = item {
            band = Some(*phase);
        }
        height += room;
        if let Some(piece) = pieces.last_mut() {
            piece.push(item.clone());
        }
    }
    pieces
}
