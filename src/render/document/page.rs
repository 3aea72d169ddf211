//! The frame of every HTML page: its head, with a policy that lets nothing run but the one script.

use crate::render::xml::escaped;
use crate::text::Lang;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");
/// The SHA-256 of the script: the only one that the page may run, whatever else gets into it.
const SCRIPT_HASH: &str = include_str!("html/script.sha256");

/// The page up to its heading.
pub(in crate::render) fn begin(title: &str, lang: Lang) -> String {
    let lang = match lang {
        Lang::En => "en",
        Lang::PtBr => "pt-BR",
    };
    let hash = SCRIPT_HASH.trim();
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; \
         form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n\
         {STYLE}</style>\n<noscript><style>tr.more[hidden]{{display:table-row}}.tools{{display:none}}\
         </style></noscript>\n</head>\n<body>\n<header><h1>{title}</h1></header>\n"
    )
}

/// The end of the page, with what stands behind the name of the program in its foot.
pub(in crate::render) fn end(about: &str) -> String {
    let about = escaped(about);
    format!("<footer>netlab{about}</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")
}
