//! LaTeX that compiles with a plain TeX distribution.

use super::{Format, RenderOptions, Rendered};
use crate::report::document::Report;

pub(super) static FORMAT: Format = Format {
    id: "tex",
    suffixes: &["tex", "latex"],
    render,
};

fn render(_: &Report, _: &RenderOptions) -> Rendered {
    Rendered::default()
}
