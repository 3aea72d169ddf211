//! Words, in every language at once.
//!
//! A phrase stands in the file of the feature that says it, in a `phrase!` block: with values it is
//! a function, without them a [`Text`]. Both languages stand side by side; a missing one, or a
//! missing value, does not compile. TCP words (SYN, ACK, `ESTABLISHED`), the
//! Info column and JSON keys are never translated.

pub mod digits;
pub mod grant;
pub mod near;
pub(crate) mod phrase;
pub mod quantity;
pub mod system;
pub mod ui;
pub mod visible;

/// A language that netlab speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English, where nothing else was asked for.
    #[default]
    En,
    /// Brazilian Portuguese.
    PtBr,
}

impl Lang {
    /// The language that a locale name such as `pt_BR.UTF-8` or a tag such as `pt-BR` asks for;
    /// `None` where it is neither English nor Portuguese.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "pt" | "ptbr" => Some(Lang::PtBr),
            "en" | "c" | "posix" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
    /// set and not empty decides (POSIX.1-2017, 8.2), English where it names another language.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Lang {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .and_then(|value| Lang::from_tag(&value))
            .unwrap_or_default()
    }

    /// What stands between a whole number and its decimals.
    pub const fn point(self) -> char {
        match self {
            Lang::En => '.',
            Lang::PtBr => ',',
        }
    }

    /// A number that was written with a decimal point, unit included, as this language writes it:
    /// `14.6 ms`, `14,6 ms`. For sentences, pictures and the tables of reports. The Time column,
    /// Info, tshark's fields and the formats for programs have a point in every language.
    pub fn decimal(self, number: String) -> String {
        match self {
            Lang::En => number,
            Lang::PtBr => number.replace('.', ","),
        }
    }
}

/// One phrase in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Brazilian Portuguese.
    pub pt_br: &'static str,
}

impl Text {
    /// A phrase in English and in Brazilian Portuguese.
    pub const fn new(en: &'static str, pt_br: &'static str) -> Self {
        Self { en, pt_br }
    }

    /// The phrase in `lang`.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::PtBr => self.pt_br,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let env = |pairs: &'static [(&str, &str)]| {
            move |name: &str| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, value)| value.to_string())
            }
        };
        assert_eq!(
            Lang::from_environment(env(&[("LANG", "pt_BR.UTF-8")])),
            Lang::PtBr
        );
        assert_eq!(
            Lang::from_environment(env(&[("LC_ALL", "C.UTF-8"), ("LANG", "pt_BR.UTF-8")])),
            Lang::En
        );
        assert_eq!(
            Lang::from_environment(env(&[("LC_ALL", ""), ("LANG", "pt_BR.UTF-8")])),
            Lang::PtBr
        );
        assert_eq!(
            Lang::from_environment(env(&[("LANG", "de_DE.UTF-8")])),
            Lang::En
        );
    }

    #[test]
    fn decimals_have_the_sign_of_the_language() {
        assert_eq!(Lang::En.decimal("14.6 ms".to_owned()), "14.6 ms");
        assert_eq!(Lang::PtBr.decimal("14.6 ms".to_owned()), "14,6 ms");
        assert_eq!(Lang::PtBr.decimal("206 ns".to_owned()), "206 ns");
    }
}
