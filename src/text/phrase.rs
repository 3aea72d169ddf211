//! Phrases with values in them: written once in each language, checked by the compiler.

use std::fmt::{Display, Formatter, Result};

/// Writes itself by a closure.
pub(crate) struct Written<F>(pub(crate) F);

impl<F: Fn(&mut Formatter<'_>) -> Result> Display for Written<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (self.0)(f)
    }
}

/// Defines phrases, each in English first and then in Portuguese:
///
/// ```ignore
/// phrase! {
///     /// Without values, a constant.
///     pub(super) TITLE: "Socket calls", "Chamadas de soquete";
///     /// `the client sends 55 bytes`
///     pub(super) sends(the, bytes): "{the} sends {bytes}", "{the} envia {bytes}";
///     /// `1 byte`, `55 bytes`: the first value, a `u64`, chooses between one and many.
///     pub(super) bytes(count;):
///         "1 byte" | "{count} bytes",
///         "1 byte" | "{count} bytes";
/// }
/// ```
///
/// The first is a `const TITLE: Text`. The second becomes `fn sends(lang: Lang, the: impl Display,
/// bytes: impl Display) -> impl Display`. Nothing is written before it is shown, and then straight
/// to where it goes. A value that a phrase names and does not have, or has and never names, does
/// not compile.
macro_rules! phrase {
    () => {};
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident: $en:literal, $pt_br:literal;
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        $vis const $name: $crate::text::Text = $crate::text::Text::new($en, $pt_br);
        $crate::text::phrase::phrase! { $($rest)* }
    };
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident($($value:ident),*): $en:literal, $pt_br:literal;
        $($rest:tt)*
    ) => {
        $crate::text::phrase::phrase! {
            $(#[$meta])* $vis $name($($value),*) { en: $en, pt_br: $pt_br } $($rest)*
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident($count:ident; $($value:ident),*):
            $en_one:literal | $en_many:literal,
            $pt_one:literal | $pt_many:literal;
        $($rest:tt)*
    ) => {
        $crate::text::phrase::phrase! {
            $(#[$meta])* $vis $name($count; $($value),*) {
                en: $en_one | $en_many,
                pt_br: $pt_one | $pt_many,
            }
            $($rest)*
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident($($value:ident),* $(,)?) {
            en: $en:literal,
            pt_br: $pt_br:literal $(,)?
        }
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments, reason = "a phrase has as many values as it says")]
        $vis fn $name(
            lang: $crate::text::Lang,
            $($value: impl std::fmt::Display),*
        ) -> impl std::fmt::Display {
            $crate::text::phrase::Written(move |f: &mut std::fmt::Formatter<'_>| match lang {
                $crate::text::Lang::En => write!(f, $en),
                $crate::text::Lang::PtBr => write!(f, $pt_br),
            })
        }
        $crate::text::phrase::phrase! { $($rest)* }
    };
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident($count:ident; $($value:ident),* $(,)?) {
            en: $en_one:literal | $en_many:literal,
            pt_br: $pt_one:literal | $pt_many:literal $(,)?
        }
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments, reason = "a phrase has as many values as it says")]
        $vis fn $name(
            lang: $crate::text::Lang,
            $count: u64,
            $($value: impl std::fmt::Display),*
        ) -> impl std::fmt::Display {
            $crate::text::phrase::Written(move |f: &mut std::fmt::Formatter<'_>| {
                match (lang, $count) {
                    ($crate::text::Lang::En, 1) => write!(f, $en_one),
                    ($crate::text::Lang::En, _) => write!(f, $en_many),
                    ($crate::text::Lang::PtBr, 1) => write!(f, $pt_one),
                    ($crate::text::Lang::PtBr, _) => write!(f, $pt_many),
                }
            })
        }
        $crate::text::phrase::phrase! { $($rest)* }
    };
}
pub(crate) use phrase;

#[cfg(test)]
mod tests {
    use crate::text::Lang;

    phrase! {
        /// One and many, with another value.
        sent(count; by) {
            en: "1 byte by {by}" | "{count} bytes by {by}",
            pt_br: "1 byte, de {by}" | "{count} bytes, de {by}",
        }
        /// No plural.
        quoted(what) {
            en: "it says \"{what}\" {{once}}",
            pt_br: "diz \"{what}\" {{uma vez}}",
        }
    }

    #[test]
    fn a_phrase_says_its_values_in_each_language() {
        assert_eq!(sent(Lang::En, 1, "A").to_string(), "1 byte by A");
        assert_eq!(sent(Lang::PtBr, 55, 'B').to_string(), "55 bytes, de B");
        let inner = sent(Lang::En, 2, "C");
        assert_eq!(
            quoted(Lang::PtBr, inner).to_string(),
            "diz \"2 bytes by C\" {uma vez}"
        );
    }
}
