//! The ladder as SVG.

use netlab::render::ladder::{document, pages, svg};
use netlab::report::ladder::{Item, Label, LadderOptions};
use netlab::text::Lang;

use super::ladder::ladders;
use super::wire::{ACK, PSH_ACK, Wire};
use super::{closed, texts};
use crate::support::{Folder, run, stderr};

#[test]
fn the_published_log_as_svg_says_what_the_text_says() {
    let folder = Folder::new("ladder-svg");
    for (lang, words) in [
        (
            "en",
            [
                "client",
                "server",
                "handshake",
                "data",
                "close",
                "14.600 ms later",
            ],
        ),
        (
            "pt-BR",
            [
                "cliente",
                "servidor",
                "handshake",
                "dados",
                "encerramento",
                "14,600 ms depois",
            ],
        ),
    ] {
        let path = folder.file("echo.svg");
        let output = run(&[
            "ladder",
            "captures/echo-log.pcap",
            "-o",
            &path,
            "--lang",
            lang,
        ]);
        assert_eq!(stderr(&output), "");
        let picture = std::fs::read_to_string(&path).unwrap();
        let texts = texts(&picture);
        for word in words {
            assert!(texts.iter().any(|text| text == word), "{word}: {texts:?}");
        }
        for word in [
            "[PSH, ACK] Seq=1 Ack=1 Win=65495 Len=55",
            "0.014640",
            "TIME-WAIT",
            "127.0.0.1:57128",
        ] {
            assert!(texts.iter().any(|text| text == word), "{word}: {texts:?}");
        }
        assert!(closed(&picture));
        assert!(picture.contains("@media screen and (prefers-color-scheme:dark)"));
    }
}

#[test]
fn every_packet_has_a_sentence_for_those_who_do_not_see_it() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    let ladders = ladders(&wire, LadderOptions::default(), &[]);
    let picture = svg(&ladders.ladders[0], Lang::PtBr);
    let document = roxmltree::Document::parse(&picture).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("graphics-document document"));
    assert!(root.attribute("aria-label").is_some());
    let child = |name| root.children().find(|it| it.has_tag_name(name));
    assert!(child("title").is_some() && child("desc").is_some());
    let sentences: Vec<&str> = document
        .descendants()
        .filter(|it| it.has_tag_name("g") && it.attribute("role") == Some("img"))
        .map(|it| it.first_element_child().unwrap().text().unwrap())
        .collect();
    assert_eq!(
        sentences[1],
        "Quadro 2, 0.000010 s, servidor → cliente: [SYN, ACK] Seq=0 Ack=1 Win=60000 Len=0. \
         Fase: handshake. Depois dele, o cliente está em ESTABLISHED, o servidor em SYN-RECEIVED."
    );
    assert_eq!(sentences.len(), 3);
}

#[test]
fn nothing_from_a_packet_becomes_markup() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    let mut ladders = ladders(&wire, LadderOptions::default(), &[]);
    for item in &mut ladders.ladders[0].items {
        if let Item::Arrow(arrow) = item {
            arrow.label = Label {
                kind: "</text><script>alert(1)</script>".to_owned(),
                numbers: "\u{1b}[31m\u{202e}\0\"'&".to_owned(),
                ..Label::default()
            };
        }
    }
    let picture = svg(&ladders.ladders[0], Lang::En);
    assert!(closed(&picture));
    let shown = "</text><script>alert(1)</script> \\x1b[31m\\u{202e}\\x00\"'&";
    assert!(texts(&picture).iter().any(|text| text == shown));
}

#[test]
fn several_ladders_stand_below_each_other_and_the_size_is_bounded() {
    let mut wire = Wire::apart();
    wire.handshake(1_000);
    for place in 0..20_000_u32 {
        let at = 3_000 + u64::from(place) * 700;
        match place % 2 {
            0 => wire.client(at, PSH_ACK, [1 + place, 1], 2),
            _ => wire.server(at, ACK, [1, 2 + place], 0),
        }
    }
    let ladders = ladders(&wire, LadderOptions::default(), &[]);
    let picture = document(&ladders, Lang::En);
    assert!(closed(&picture));
    assert!(picture.len() < 200_000, "{} bytes", picture.len());
    assert!(
        texts(&picture)
            .iter()
            .any(|text| text == "… 19803 packets not drawn (frames 151 to 19953) …")
    );
}

#[test]
fn a_long_ladder_comes_in_pages_that_lose_no_packet() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    let mut sent = 1;
    for turn in 0..25 {
        wire.client(100 + 20 * turn, PSH_ACK, [sent, 1], 10);
        sent += 10;
        wire.server(110 + 20 * turn, ACK, [1, sent], 0);
    }
    let ladders = ladders(&wire, LadderOptions::default(), &[]);
    let pages = pages(&ladders.ladders[0], Lang::En);
    assert_eq!(pages.len(), 2);
    let mut frames = Vec::new();
    for (page, no) in pages.iter().zip(1..) {
        assert!(closed(page));
        let texts = texts(page);
        assert!(
            texts[0].ends_with(&format!("53 packets ({no}/2)")),
            "{texts:?}"
        );
        for name in ["client", "server", "data"] {
            assert!(texts.iter().any(|text| text == name), "{name}: {texts:?}");
        }
        frames.extend(texts.iter().filter_map(|text| text.parse::<u32>().ok()));
        let height = page.split(" height=\"").nth(1).unwrap();
        let height: f64 = height.split('"').next().unwrap().parse().unwrap();
        assert!(height <= 1200.0, "{height}");
    }
    assert_eq!(frames, (1..=53).collect::<Vec<_>>());
    let log = svg(&ladders.ladders[0], Lang::En);
    assert!(texts(&log).iter().all(|text| !text.contains("(1/")));
}
