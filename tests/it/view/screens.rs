//! Exact screens of the walk through an echo, a retransmission and a live lab.

use std::fmt::Write;
use std::time::Duration;

use netlab::model::address::Endpoint;
use netlab::model::call::{Call, CallResult, Party, SocketCall};
use netlab::report::moment::{Moment, Part};
use netlab::text::Lang;
use ratatui::crossterm::event::KeyCode;

use super::walk::{Walk, frames, options};
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

/// What a live lab shows as it goes on: nothing yet; the handshake with a call and what the kernel
/// says behind it; more that comes below while somebody has gone back; its end.
fn live(lang: Lang, size: (u16, u16)) -> String {
    let frames = frames("echo-log.pcap");
    let mut walk = Walk::live(options(lang), size, frames[0].0.link);
    let mut coming = frames.into_iter();
    let mut out = String::new();
    let mut show = |walk: &mut Walk, what: &str| {
        walk.pass(Duration::ZERO);
        writeln!(out, "== live {what}").unwrap();
        out.push_str(&walk.screen());
    };
    show(&mut walk, "nothing");
    let handshake: Vec<_> = coming.by_ref().take(3).collect();
    let ends = [57128, 5050].map(|port| {
        Some(Endpoint {
            ip: [127, 0, 0, 1].into(),
            port,
        })
    });
    let acted = handshake[2].0.time.unwrap();
    let accept = SocketCall {
        party: Party::SERVER,
        call: Call::Accept,
        tcp: true,
        local: ends[1],
        peer: ends[0],
        began: handshake[0].0.time.unwrap(),
        acted,
        ended: acted,
        result: CallResult::Done,
        origin: None,
        kernel: None,
    };
    walk.world.frames.extend(handshake);
    walk.world.calls.push((
        Moment {
            call: accept,
            part: Part::Whole,
            several: false,
        },
        "5050 – 57128: ESTABLISHED".to_owned(),
    ));
    show(&mut walk, "handshake");
    walk.keys("↑");
    walk.world.frames.extend(coming.by_ref().take(2));
    show(&mut walk, "back");
    walk.key(KeyCode::End);
    walk.world.frames.extend(coming);
    walk.world.ended = true;
    show(&mut walk, "end");
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
            shown += &live(lang, size);
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
