//! The exercises in other words: server and client in about twenty lines each, as a sheet shows them.

/// A programming language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Python 3.
    Python,
    /// C, with the POSIX calls.
    C,
    /// Rust, with its standard library alone.
    Rust,
}

impl Language {
    /// The suffix of its files.
    pub const fn suffix(self) -> &'static str {
        match self {
            Language::Python => "py",
            Language::C => "c",
            Language::Rust => "rs",
        }
    }
}

macro_rules! sources {
    ($($id:literal),*) => {
        /// Server and client of an exercise; `None` where there is no such exercise. Both take the
        /// port as their only argument.
        pub fn of(id: &str, language: Language) -> Option<[&'static str; 2]> {
            match (id, language) {
                $(
                    ($id, Language::Python) => Some(sources!(@both $id, "py")),
                    ($id, Language::C) => Some(sources!(@both $id, "c")),
                    ($id, Language::Rust) => Some(sources!(@both $id, "rs")),
                )*
                _ => None,
            }
        }
    };
    (@both $id:literal, $suffix:literal) => {
        [
            include_str!(concat!("../../examples/source/", $id, "/server.", $suffix)),
            include_str!(concat!("../../examples/source/", $id, "/client.", $suffix)),
        ]
    };
}

sources!("echo", "ports", "multi", "udp-echo", "pinger", "web");
