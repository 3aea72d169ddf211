//! HTML in one file.

use super::{Format, RenderOptions, Rendered};
use crate::report::document::Report;

pub(super) static FORMAT: Format = Format {
    id: "html",
    suffixes: &["html", "htm"],
    render,
};

fn render(_: &Report, _: &RenderOptions) -> Rendered {
    Rendered::default()
}
