//! What keys, the mouse, time and packets that arrive do.

use std::time::Duration;

use netlab::render::ascii::Letters;
use netlab::text::Lang;
use ratatui::crossterm::event::{
    Event, KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::style::{Color, Modifier};

use super::walk::{Walk, frames, options};
use crate::support::{files, root};

fn of(file: &str) -> Walk {
    let path = root().join("captures").join(file);
    Walk::of(path.to_str().unwrap(), options(Lang::En), (120, 40))
}

#[test]
fn keys_step_search_filter_and_find_trouble() {
    let mut walk = of("retransmission.pcapng");
    walk.keys("↓↓↓↑");
    assert!(walk.here().contains(" 3 "), "{}", walk.here());
    walk.keys("n");
    assert!(walk.here().starts_with("▶!  5 "), "{}", walk.here());
    walk.keys("nnn");
    assert!(
        walk.bottom().contains("no retransmission, zero window"),
        "{}",
        walk.bottom()
    );
    walk.keys("N");
    assert!(walk.here().starts_with("▶!  6 "), "{}", walk.here());
    // A payload is searched too, from the start again at the end.
    walk.keys("/MY NAME⏎");
    assert!(walk.here().contains(" 7 "), "{}", walk.here());
    walk.keys("/fin, ack⏎");
    assert!(walk.here().contains(" 11 "), "{}", walk.here());
    walk.keys("/no such text⏎");
    assert!(walk.bottom().contains("no such text is not found"));
    // As -Y, as -f, and as neither.
    walk.keys("ftcp.flags.fin == 1⏎");
    assert!(walk.screen().contains("· 1/2"), "{}", walk.screen());
    walk.keys("f");
    for _ in 0..30 {
        walk.key(KeyCode::Backspace);
    }
    walk.keys("greater 100⏎");
    assert!(walk.screen().contains("/5"), "{}", walk.screen());
    walk.keys("f and and⏎");
    assert!(
        walk.screen().contains("/5"),
        "the filter stays: {}",
        walk.screen()
    );
    walk.keys("f");
    for _ in 0..30 {
        walk.key(KeyCode::Backspace);
    }
    walk.keys("⏎");
    assert!(walk.screen().contains("/13"), "{}", walk.screen());
    walk.keys("e⏎");
    assert_eq!(walk.world.written.len(), 1);
    let screen = walk.screen();
    assert!(screen.contains("written: netlab-view.html"), "{screen}");
}

#[test]
fn it_plays_at_the_pace_of_the_capture() {
    let mut walk = of("retransmission.pcapng");
    walk.keys(" ");
    walk.pass(Duration::from_millis(1));
    walk.pass(Duration::from_millis(1));
    walk.pass(Duration::from_millis(1));
    assert!(walk.here().contains(" 4 "), "{}", walk.here());
    walk.pass(Duration::from_millis(200));
    assert!(
        walk.here().contains(" 4 "),
        "203.492 ms have not passed: {}",
        walk.here()
    );
    walk.pass(Duration::from_millis(4));
    assert!(walk.here().contains(" 5 "), "{}", walk.here());
    walk.keys(" ");
    walk.pass(Duration::from_secs(9));
    assert!(
        walk.here().contains(" 5 "),
        "it was stopped: {}",
        walk.here()
    );
}

#[test]
fn predictions_are_judged_with_reasons_and_scores() {
    let mut walk = of("echo-log.pcap");
    walk.keys("p");
    let screen = walk.screen();
    assert!(
        !screen.contains("[SYN, ACK]"),
        "what is asked is not shown: {screen}"
    );
    assert!(
        walk.bottom()
            .contains("packet 2 (server → client, Len=0): which flags?")
    );
    walk.keys("ack, syn⏎");
    let screen = walk.screen();
    assert!(screen.contains("Right: flags = SYN, ACK"), "{screen}");
    assert!(screen.contains("1 of 1 right"), "{screen}");
    assert!(screen.contains("#2 (SYN, ACK): "), "it says why: {screen}");
    walk.keys("⏎7⏎");
    let screen = walk.screen();
    assert!(screen.contains("Not quite: Seq = 1"), "{screen}");
    assert!(screen.contains("1 of 2 right"), "{screen}");
    assert!(
        screen.contains("Seq = 268435457 − 268435456 = 1"),
        "{screen}"
    );
    walk.keys("⎋");
    assert!(walk.screen().contains("1 of 2 right"), "scores stay");
    // Flags in any order and case, phases in either language, blanks around numbers.
    let mut walk = of("echo-log.pcap");
    walk.keys("↓pack⏎⏎ 1 ⏎⏎ 56 ⏎⏎DADOS⏎");
    assert!(walk.screen().contains("4 of 4 right"), "{}", walk.screen());
}

#[test]
fn the_mouse_chooses_and_scrolls() {
    let mut walk = of("echo-log.pcap");
    let screen = walk.screen();
    let row = screen
        .lines()
        .position(|line| line.contains("[FIN, ACK]"))
        .unwrap();
    let mouse = |kind, row: usize| {
        Event::Mouse(MouseEvent {
            kind,
            column: 40,
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        })
    };
    walk.event(&mouse(MouseEventKind::Down(MouseButton::Left), row));
    assert!(walk.here().contains("[FIN, ACK]"), "{}", walk.here());
    walk.event(&mouse(MouseEventKind::ScrollUp, 3));
    assert!(walk.here().contains(" 7 "), "{}", walk.here());
}

#[test]
fn a_live_capture_is_followed_until_somebody_goes_back_and_nothing_is_lost() {
    let frames = frames("two-clients.pcapng");
    let count = frames.len();
    let mut walk = Walk::live(options(Lang::En), (120, 40), frames[0].0.link);
    assert!(walk.screen().contains("no packet yet"));
    let mut coming = frames.into_iter();
    walk.world.frames.extend(coming.by_ref().take(5));
    walk.pass(Duration::ZERO);
    assert!(
        walk.screen().contains("5/5 · live, following"),
        "{}",
        walk.screen()
    );
    walk.keys("↑↑");
    walk.world.frames.extend(coming.by_ref().take(1));
    walk.pass(Duration::ZERO);
    assert!(
        walk.screen().contains("3/6 · live, 3 new packets below"),
        "{}",
        walk.screen()
    );
    walk.key(KeyCode::End);
    walk.world.frames.extend(coming);
    walk.world.ended = true;
    walk.pass(Duration::ZERO);
    assert!(
        walk.screen().contains(&format!("{count}/{count}")),
        "{}",
        walk.screen()
    );
    assert!(walk.bottom().contains("the capture has ended"));
    walk.key(KeyCode::Home);
    walk.keys("⇥");
    let screen = walk.screen();
    for no in 1..=count {
        let row = format!("{no:>5} ");
        assert!(
            screen.lines().any(|line| line.get(..).is_some_and(|it| it
                .trim_start_matches(['▶', ' ', '!'])
                .starts_with(row.trim_start()))),
            "{no}: {screen}"
        );
    }
}

#[test]
fn every_size_and_every_capture_fits_and_shows_no_byte_that_acts() {
    let folder = root().join("captures");
    let mut paths = files(&folder, "pcapng");
    paths.extend(files(&crate::support::shared("cases"), "pcapng"));
    assert!(paths.len() > 10);
    for (place, path) in paths.iter().enumerate() {
        let lang = if place % 2 == 0 { Lang::En } else { Lang::PtBr };
        let mut walk = Walk::of(path.to_str().unwrap(), options(lang), (80, 24));
        for (width, height) in [(80, 24), (119, 33), (240, 60), (160, 24), (79, 24), (20, 5)] {
            walk.resize(width, height);
            walk.keys("↓⇥");
            let screen = walk.screen();
            for line in screen.lines() {
                let wide = unicode_width::UnicodeWidthStr::width(line);
                assert!(wide <= width.into(), "{wide} in {width}: {line}");
            }
            walk.keys("L↓L");
        }
    }
}

#[test]
fn colour_says_nothing_alone_and_ascii_is_enough() {
    let path = root().join("captures/retransmission.pcapng");
    let mut plain = options(Lang::PtBr);
    plain.color = false;
    plain.letters = Letters::Ascii;
    let mut walk = Walk::of(path.to_str().unwrap(), plain, (100, 30));
    walk.keys("n");
    for keys in ["", "⇥", "c", "⎋?", "⎋L"] {
        walk.keys(keys);
        let screen = walk.screen();
        assert!(screen.is_ascii(), "{screen}");
    }
    walk.keys("L");
    assert!(walk.screen().contains(">! 5 "), "{}", walk.screen());
    let colours = |walk: &mut Walk| {
        let styles = walk.styles().into_iter();
        let mut colours: Vec<_> = styles.flat_map(|it| [it.fg, it.bg]).collect();
        colours.retain(|it| it.is_some_and(|it| it != Color::Reset));
        colours.len()
    };
    assert_eq!(colours(&mut walk), 0, "there is no colour without --color");
    let mut walk = Walk::of(path.to_str().unwrap(), options(Lang::En), (100, 30));
    walk.keys("n");
    assert!(colours(&mut walk) > 10);
}

#[test]
fn high_contrast_is_bold_all_over() {
    let path = root().join("captures/retransmission.pcapng");
    let mut contrast = options(Lang::En);
    contrast.contrast = true;
    let faint = |options| {
        let mut walk = Walk::of(path.to_str().unwrap(), options, (120, 40));
        let styles = walk.styles().into_iter();
        styles
            .filter(|it| !it.add_modifier.contains(Modifier::BOLD))
            .count()
    };
    // The line of keys at the bottom alone is as the terminal writes.
    let hint = "↑↓ step  Tab table  n trouble  / find  f filter  p predict  ? keys  q end";
    assert!(faint(options(Lang::En)) > 500);
    assert_eq!(faint(contrast), hint.replace(' ', "").chars().count());
}

#[test]
fn a_jump_finds_what_was_prepared_while_nobody_did_anything() {
    let walk = of("retransmission.pcapng");
    assert!(!walk.pause().is_zero(), "a short capture needs nothing");
    let frames = frames("echo-log.pcap");
    let mut live = Walk::live(options(Lang::En), (120, 40), frames[0].0.link);
    for _ in 0..1_000 {
        live.world.frames.extend(frames.iter().cloned());
    }
    live.world.ended = true;
    live.pass(Duration::ZERO);
    let mut rounds = 0;
    while live.pause().is_zero() {
        live.pass(Duration::ZERO);
        rounds += 1;
    }
    let packets = frames.len() * 1_000;
    assert_eq!(rounds, packets / 4096, "of {packets} packets");
    live.keys("G");
    let title = format!("{packets}/{packets}");
    assert!(live.screen().contains(&title), "{}", live.screen());
}
