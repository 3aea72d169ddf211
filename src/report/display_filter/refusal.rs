//! Why an expression is no display filter.

use super::fields;
use crate::text::near::near;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// Why an expression is no display filter that netlab knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no field of this name here.
    Field(String),
    /// The field has no such value.
    Value {
        /// The field.
        field: &'static str,
        /// What it was to be compared with.
        value: String,
    },
    /// Wireshark knows this operator, netlab does not.
    Operator(String),
    /// A single `=`.
    SingleEqual,
    /// A protocol or an analysis flag is there or not; it has no value to compare.
    NoValue(&'static str),
    /// This does not belong here; empty where the expression ends too early.
    Unexpected(String),
    /// Parentheses and `not` stand inside each other more often than is read.
    TooDeep,
}

static UNKNOWN_FIELD: Text = Text::new(
    "-Y does not know the field {name}",
    "-Y não conhece o campo {name}",
);
static BAD_VALUE: Text = Text::new(
    "{value} is no value for the field {field}",
    "{value} não é um valor para o campo {field}",
);
static OPERATOR: Text = Text::new(
    "-Y does not know the operator {operator}: there are == != > < >= <= and, or, not",
    "-Y não conhece o operador {operator}: existem == != > < >= <= and, or, not",
);
phrase! {
    SINGLE_EQUAL: "in a display filter, equal is written ==",
        "em um filtro de exibição, igual se escreve ==";
}
static NO_VALUE: Text = Text::new(
    "{field} is there or not, and has no value to compare",
    "{field} está presente ou não, e não tem valor para comparar",
);
static UNEXPECTED: Text = Text::new(
    "in the display filter, {what} is not expected there",
    "no filtro de exibição, {what} não é esperado ali",
);
phrase! {
    INCOMPLETE: "the display filter is not complete", "o filtro de exibição não está completo";
    TOO_DEEP: "the display filter has too many parentheses inside each other",
        "o filtro de exibição tem parênteses demais uns dentro dos outros";
    EXAMPLE:
        "an example: tcp.port == 5050 and not tcp.flags.syn == 1; \
         -f takes tcpdump's language instead",
        "um exemplo: tcp.port == 5050 and not tcp.flags.syn == 1; \
            já -f aceita a linguagem do tcpdump";
}
static DID_YOU_MEAN: Text = Text::new(
    "did you mean {it}? The fields are: {known}",
    "você quis dizer {it}? Os campos são: {known}",
);
static KNOWN: Text = Text::new("the fields are: {known}", "os campos são: {known}");
static SYNTAX_ALONE: Text = Text::new(
    "write {field} alone, or not {field}",
    "escreva só {field}, ou not {field}",
);

impl Refusal {
    /// What is wrong, in one sentence without an end mark.
    pub fn message(&self, lang: Lang) -> String {
        let quoted = |text: &str| format!("{text:?}");
        match self {
            Refusal::Field(name) => UNKNOWN_FIELD.fill(lang, &[("name", &quoted(name))]),
            Refusal::Value { field, value } => {
                BAD_VALUE.fill(lang, &[("value", &quoted(value)), ("field", field)])
            }
            Refusal::Operator(operator) => OPERATOR.fill(lang, &[("operator", &quoted(operator))]),
            Refusal::SingleEqual => SINGLE_EQUAL.get(lang).to_owned(),
            Refusal::NoValue(field) => NO_VALUE.fill(lang, &[("field", field)]),
            Refusal::Unexpected(what) if what.is_empty() => INCOMPLETE.get(lang).to_owned(),
            Refusal::Unexpected(what) => UNEXPECTED.fill(lang, &[("what", &quoted(what))]),
            Refusal::TooDeep => TOO_DEEP.get(lang).to_owned(),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Refusal::Field(name) => {
                let mut known: Vec<_> = fields::names().collect();
                let mut seen = std::collections::BTreeSet::new();
                known.retain(|name| seen.insert(*name));
                let list = known.join(" ");
                match near(name, known) {
                    Some(it) => DID_YOU_MEAN.fill(lang, &[("it", &it), ("known", &list)]),
                    None => KNOWN.fill(lang, &[("known", &list)]),
                }
            }
            Refusal::NoValue(field) => SYNTAX_ALONE.fill(lang, &[("field", field)]),
            _ => EXAMPLE.get(lang).to_owned(),
        }
    }
}
