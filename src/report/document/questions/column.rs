//! A column of the tables of questions.

use crate::report::document::table::Column;
use crate::report::record::{CellKind, Heading};
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// A column with this heading.
pub(super) fn column(id: &'static str, header: &Text, kind: CellKind, lang: Lang) -> Column {
    Column::new(
        Heading {
            id,
            header: *header,
            kind,
        },
        lang,
    )
}

phrase! {
    pub(super) WAY: "Way", "Sentido";
}
