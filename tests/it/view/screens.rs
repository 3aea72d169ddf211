//! Exact screens of the walk through an echo, a retransmission and a live lab.

use std::fmt::Write;

use netlab::text::Lang;

use super::walk::{Walk, options};
use crate::support::root;

/// What a walk shows: the keys before each screen, and the screen.
fn walked(file: &str, lang: Lang, size: (u16, u16), steps: &[&str]) -> String {
    let path = root().join("captures").join(file);
    let mut walk = Walk::of(path.to_str().unwrap(), options(lang), size);
    let mut out = String::new();
    for keys in steps {
        walk.keys(keys);
        writeln!(out, "== {file} {keys}").unwrap();
        out.push_str(&walk.screen());
    }
    out
}

#[test]
fn the_walks_show_exactly_these_screens() {
    let mut others = Vec::new();
    for (lang, name) in [(Lang::En, "en"), (Lang::PtBr, "pt-BR")] {
        for size in [(80, 24), (120, 40)] {
            let mut shown = walked("echo-log.pcap", lang, size, &["", "↓↓↓", "⇥", "x", "?"]);
            let steps = ["n", "n⇥", "pPSH ACK⏎"];
            shown += &walked("retransmission.pcapng", lang, size, &steps);
            shown += &walked("two-clients.pcapng", lang, size, &["↓↓↓↓", "c", "↓↓⏎", "L"]);
            let file = format!("tests/it/view/screens/{name}-{}x{}.txt", size.0, size.1);
            let path = root().join(&file);
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            if expected != shown {
                let actual = std::env::temp_dir().join(file.replace('/', "-"));
                std::fs::write(&actual, &shown).unwrap();
                others.push(format!("{file} is not what is shown: {}", actual.display()));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}
