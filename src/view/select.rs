//! Which packets are shown, and how the user says so.

use crate::analysis::row::Row;
use crate::model::filter::CaptureFilter;
use crate::report::display_filter::DisplayFilter;
use crate::source::filter::FileFilter;
use crate::text::Lang;

/// Which stops are shown.
#[derive(Default)]
pub struct Selection {
    /// One conversation, by its place in [`crate::pipeline::index::Index::talks`].
    pub talk: Option<usize>,
    /// Those that a display filter admits.
    pub display: Option<DisplayFilter>,
    /// Those that libpcap's filter admits.
    pub capture: Option<FileFilter>,
    /// The filter as it was typed.
    pub text: String,
}

impl Selection {
    pub(super) fn filters(&self) -> bool {
        self.display.is_some() || self.capture.is_some()
    }

    pub(super) fn admits(&mut self, row: &Row<'_>) -> bool {
        let displayed = self.display.as_ref().is_none_or(|it| it.admits(row));
        let captured = self.capture.as_mut();
        displayed && captured.is_none_or(|it| it.admits(&row.frame).unwrap_or(false))
    }
}

/// Reads a filter as `-Y` does, else as `-f` does.
///
/// # Errors
/// What is wrong with it: as a display filter, unless only libpcap's refusal says more.
pub(super) fn filter(text: &str, lang: Lang) -> Result<Selection, String> {
    let mut selection = Selection {
        text: text.trim().to_owned(),
        ..Selection::default()
    };
    if selection.text.is_empty() {
        return Ok(selection);
    }
    match DisplayFilter::parse(&selection.text) {
        Ok(filter) => selection.display = Some(filter),
        Err(refusal) => {
            let wanted = CaptureFilter {
                expression: Some(selection.text.clone()),
                ..CaptureFilter::default()
            };
            match FileFilter::new(wanted) {
                Ok(filter) => selection.capture = Some(filter),
                Err(_) => return Err(refusal.message(lang)),
            }
        }
    }
    Ok(selection)
}
