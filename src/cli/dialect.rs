//! Which version of Wireshark the rows follow: `--wireshark`, else `NETLAB_WIRESHARK`, else the
//! newest.

use clap::builder::PossibleValuesParser;

use crate::cli::fail::Failure;
use crate::model::dialect::Dialect;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// The variable of the environment that settles it for every run.
const VARIABLE: &str = "NETLAB_WIRESHARK";

phrase! {
    unknown(variable, value):
        "{variable} is {value}, which is no version of Wireshark that netlab can follow",
        "{variable} é {value}, que não é uma versão do Wireshark que o netlab saiba seguir";
    hint(known): "set it to one of {known}, or choose with --wireshark",
        "use um destes: {known}, ou escolha com --wireshark";
    said_version(first, others):
        "rows worded as in Wireshark {first}; with --wireshark also as in {others}",
        "linhas descritas como no Wireshark {first}; com --wireshark também como em {others}";
}

/// What `--version` says: netlab's own version, and which versions of Wireshark it follows, the one
/// it follows by itself first.
pub(super) fn version(lang: Lang) -> String {
    let first = choose(None, lang).unwrap_or_default();
    let others = Dialect::ALL.into_iter().rev().filter(|it| *it != first);
    let others: Vec<_> = others.map(Dialect::name).collect();
    let said = said_version(lang, first.name(), others.join(", ")).to_string();
    format!("{}\n{said}", env!("CARGO_PKG_VERSION"))
}

/// What can be typed.
pub(super) fn names() -> PossibleValuesParser {
    Dialect::ALL.map(Dialect::name).into()
}

/// The version `typed`, or the one that the environment names.
pub(super) fn choose(typed: Option<&str>, lang: Lang) -> Result<Dialect, Failure> {
    if let Some(dialect) = typed.and_then(Dialect::find) {
        return Ok(dialect);
    }
    let Some(value) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) else {
        return Ok(Dialect::default());
    };
    value.to_str().and_then(Dialect::find).ok_or_else(|| {
        let value = format!("{value:?}");
        let known = Dialect::ALL.map(Dialect::name).join(" ");
        Failure::usage(
            unknown(lang, &VARIABLE, &value).to_string(),
            hint(lang, &known).to_string(),
        )
    })
}
