//! Why an expression is no display filter.

use super::fields;
use crate::text::Lang;
use crate::text::near::near;
use crate::text::phrase::phrase;

/// Why an expression is no display filter that netlab knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

phrase! {
    unknown_field(name): "-Y does not know the field {name}", "-Y não conhece o campo {name}";
    bad_value(value, field): "{value} is no value for the field {field}",
        "{value} não é um valor para o campo {field}";
    unknown_operator(operator):
        "-Y does not know the operator {operator}: there are == != > < >= <= and, or, not",
        "-Y não conhece o operador {operator}: existem == != > < >= <= and, or, not";
    SINGLE_EQUAL: "in a display filter, equal is written ==",
        "em um filtro de exibição, igual se escreve ==";
    no_value(field): "{field} is there or not, and has no value to compare",
        "{field} está presente ou não, e não tem valor para comparar";
    unexpected(what): "in the display filter, {what} is not expected there",
        "no filtro de exibição, {what} não é esperado ali";
    INCOMPLETE: "the display filter is not complete", "o filtro de exibição não está completo";
    TOO_DEEP: "the display filter has too many parentheses inside each other",
        "o filtro de exibição tem parênteses demais uns dentro dos outros";
    EXAMPLE:
        "an example: tcp.port == 5050 and not tcp.flags.syn == 1; \
         -f takes tcpdump's language instead",
        "um exemplo: tcp.port == 5050 and not tcp.flags.syn == 1; \
            já -f aceita a linguagem do tcpdump";
    did_you_mean(it, known): "did you mean {it}? The fields are: {known}",
        "você quis dizer {it}? Os campos são: {known}";
    fields_are(known): "the fields are: {known}", "os campos são: {known}";
    syntax_alone(field): "write {field} alone, or not {field}",
        "escreva só {field}, ou not {field}";
}

impl Refusal {
    /// What is wrong, in one sentence without an end mark.
    pub fn message(&self, lang: Lang) -> String {
        let quoted = |text: &str| format!("{text:?}");
        match self {
            Refusal::Field(name) => unknown_field(lang, quoted(name)).to_string(),
            Refusal::Value { field, value } => bad_value(lang, quoted(value), field).to_string(),
            Refusal::Operator(operator) => unknown_operator(lang, quoted(operator)).to_string(),
            Refusal::SingleEqual => SINGLE_EQUAL.get(lang).to_owned(),
            Refusal::NoValue(field) => no_value(lang, field).to_string(),
            Refusal::Unexpected(what) if what.is_empty() => INCOMPLETE.get(lang).to_owned(),
            Refusal::Unexpected(what) => unexpected(lang, quoted(what)).to_string(),
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
                    Some(it) => did_you_mean(lang, &it, &list).to_string(),
                    None => fields_are(lang, &list).to_string(),
                }
            }
            Refusal::NoValue(field) => syntax_alone(lang, field).to_string(),
            _ => EXAMPLE.get(lang).to_owned(),
        }
    }
}
