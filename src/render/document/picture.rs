//! The pictures of documents, as SVG or in characters.

use crate::render::ascii::Letters;
use crate::render::ladder;
use crate::render::ladder::TextOptions;
use crate::render::plots;
use crate::report::document::{Drawing, Picture};
use crate::text::Lang;

/// The columns of a picture in characters: what a page holds.
const WIDTH: usize = 96;

/// The picture as an SVG document.
pub(super) fn svg(picture: &Picture, lang: Lang) -> String {
    match &picture.drawing {
        Drawing::Ladder(it) => ladder::svg(it, lang),
        Drawing::Plot(it) => plots::svg(it, lang),
    }
}

/// The picture as SVG documents below each other, each of which fits a page.
pub(super) fn pages(picture: &Picture, lang: Lang) -> Vec<String> {
    match &picture.drawing {
        Drawing::Ladder(it) => ladder::pages(it, lang),
        Drawing::Plot(it) => vec![plots::svg(it, lang)],
    }
}

/// The picture in characters, of `letters` alone.
pub(super) fn characters(picture: &Picture, letters: Letters, lang: Lang) -> String {
    let options = TextOptions {
        lang,
        width: WIDTH,
        letters,
        color: false,
    };
    match &picture.drawing {
        Drawing::Ladder(it) => ladder::text(it, &options),
        Drawing::Plot(it) => plots::text(it, &options),
    }
}
