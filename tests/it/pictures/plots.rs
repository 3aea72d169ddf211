//! Plots: which points they have, and how they are drawn.

use netlab::render::ascii::Letters;
use netlab::render::ladder::TextOptions;
use netlab::render::plots::{document, svg, text};
use netlab::report::ladder::Choice;
use netlab::report::plots::{Fact, Panel, PlotBuilder, PlotKind, PlotOptions, Plots, What};
use netlab::text::Lang;

use super::wire::{ACK, PSH_ACK, Sent, Wire};
use super::{closed, texts};
use crate::support::{run, stderr, stdout};

fn plots(wire: &Wire, kind: PlotKind) -> Plots {
    let options = PlotOptions {
        kind,
        choice: Choice::First,
        conversations: 4,
    };
    let builder = std::cell::RefCell::new(Some(PlotBuilder::new(options)));
    wire.rows(
        |row| builder.borrow_mut().as_mut().unwrap().push(row),
        |conversations| builder.take().unwrap().finish(conversations),
    )
}

/// The frames of a series' points.
fn frames(panel: &Panel, what: What) -> Vec<u32> {
    let series = panel.series.iter().find(|series| series.what == what);
    let marks = series
        .map(|series| series.marks.clone())
        .unwrap_or_default();
    marks.iter().map(|mark| mark.frame).collect()
}

/// A retransmission, a SACK block and a zero window with its probe.
fn troubled() -> Wire {
    let mut wire = Wire::apart();
    wire.handshake(5_000);
    wire.client(20_000, PSH_ACK, [1, 1], 100);
    wire.client(20_100, PSH_ACK, [101, 1], 100);
    wire.client(20_200, PSH_ACK, [201, 1], 100);
    let answer = Sent {
        flags: ACK,
        seq: 1,
        window: 400,
        ..Sent::default()
    };
    wire.send(Sent {
        at: 30_100,
        ack: 101,
        sack: Some([201, 301]),
        ..answer
    });
    wire.client(250_000, PSH_ACK, [101, 1], 100);
    wire.send(Sent {
        at: 260_000,
        ack: 301,
        window: 0,
        ..answer
    });
    wire.client(500_000, ACK, [301, 1], 1);
    wire.send(Sent {
        at: 510_000,
        ack: 301,
        window: 0,
        ..answer
    });
    wire.send(Sent {
        at: 900_000,
        ack: 301,
        ..answer
    });
    wire
}

#[test]
fn the_sequence_plot_marks_what_went_wrong() {
    let plots = plots(&troubled(), PlotKind::Sequence);
    let [panel] = &plots.plots[0].panels[..] else {
        panic!("only the client sent data");
    };
    assert_eq!(panel.from, Some(0));
    assert_eq!(frames(panel, What::Segment), [4, 5, 6]);
    assert_eq!(frames(panel, What::Again), [8]);
    assert_eq!(frames(panel, What::Sack), [7]);
    assert_eq!(frames(panel, What::Probe), [10]);
    assert_eq!(frames(panel, What::Acked), [2, 7, 9, 11, 12]);
    let sack = panel
        .series
        .iter()
        .find(|it| it.what == What::Sack)
        .unwrap();
    assert_eq!((sack.marks[0].low, sack.marks[0].high), (201.0, 301.0));
    let [[since, until]] = panel.zero_windows[..] else {
        panic!("{:?}", panel.zero_windows);
    };
    assert!((since - 0.26).abs() < 1e-9 && (until - 0.9).abs() < 1e-9);
    assert!(panel.facts.contains(&Fact::Marked {
        what: What::Again,
        count: 1,
        frames: vec![8],
    }));
    // No end offered window scaling, but both SYNs were seen: the window is what it says.
    let window = panel.series.iter().find(|it| it.what == What::Window);
    let windows = panel
        .facts
        .iter()
        .any(|it| matches!(it, Fact::WindowAbove(_)));
    assert!(window.is_some() || windows);
}

#[test]
fn both_forms_of_the_sequence_plot_say_the_same() {
    let plots = plots(&troubled(), PlotKind::Sequence);
    let picture = svg(&plots.plots[0], Lang::En);
    assert!(closed(&picture));
    let texts = texts(&picture);
    let lines = text(
        &plots.plots[0],
        &TextOptions {
            lang: Lang::En,
            width: 100,
            letters: Letters::Unicode,
            color: false,
        },
    );
    for words in [
        "retransmissions: 1 (frame 8)",
        "SACK blocks: 1 (frame 7)",
        "probes: 1 (frame 10)",
        "the window was zero once, for 640.000 ms",
        "Data client → server",
    ] {
        assert!(
            texts.iter().any(|it| it.contains(words)),
            "{words}: {texts:?}"
        );
        assert!(lines.contains(words), "{words}:\n{lines}");
    }
    // Letters beside the colours: once in the plot and once in the legend.
    for letter in ["R", "S", "P"] {
        assert_eq!(texts.iter().filter(|it| *it == letter).count(), 2);
    }
    assert!(lines.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn a_window_without_its_scale_is_not_drawn() {
    let mut wire = Wire::apart();
    wire.client(0, PSH_ACK, [1, 1], 100);
    wire.server(10_000, ACK, [1, 101], 0);
    wire.client(20_000, PSH_ACK, [101, 1], 100);
    let plots = plots(&wire, PlotKind::Sequence);
    let panel = &plots.plots[0].panels[0];
    assert!(frames(panel, What::Window).is_empty());
    assert!(panel.facts.contains(&Fact::ScaleUnknown));
}

#[test]
fn round_trips_belong_to_the_data_that_was_acknowledged() {
    let plots = plots(&troubled(), PlotKind::Rtt);
    let panel = &plots.plots[0].panels[0];
    // Frame 2 acknowledges the SYN, 7 the first segment; 3 acknowledges the server's SYN.
    assert_eq!(frames(panel, What::Of(0))[..2], [2, 7]);
    assert_eq!(frames(panel, What::Of(1)), [3]);
    let mine = &panel.series[0].marks[1];
    assert!((mine.low - 0.0101).abs() < 1e-9, "{mine:?}");
    // Data was sent again, and its time is not that of one round trip.
    assert_eq!(panel.facts.last(), Some(&Fact::FromFirst));
}

#[test]
fn throughput_counts_payload_of_each_side() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    wire.client(1_000, PSH_ACK, [1, 1], 1000);
    wire.server(500_000, ACK, [1, 1001], 0);
    wire.client(1_000_000, PSH_ACK, [1001, 1], 1000);
    let plots = plots(&wire, PlotKind::Throughput);
    let panel = &plots.plots[0].panels[0];
    assert_eq!(panel.series.len(), 1, "the server sent none");
    let marks = &panel.series[0].marks;
    let Some(Fact::Step(step)) = panel.facts.first() else {
        panic!("{:?}", panel.facts);
    };
    let bytes: f64 = marks.iter().map(|mark| mark.low * step / 8.0).sum();
    assert!((bytes - 2000.0).abs() < 1e-6);
    assert!(panel.facts.contains(&Fact::Average {
        from: 0,
        rate: 16_000.0,
    }));
}

#[test]
fn a_long_transfer_is_thinned_and_says_so() {
    let mut wire = Wire::apart();
    wire.handshake(1_000);
    for place in 0..20_000_u32 {
        let at = 3_000 + u64::from(place) * 500;
        wire.client(at, PSH_ACK, [1 + place * 100, 1], 100);
        wire.server(at + 300, ACK, [1, 101 + place * 100], 0);
    }
    for kind in PlotKind::ALL {
        let plots = plots(&wire, kind);
        let picture = document(&plots, Lang::PtBr);
        assert!(closed(&picture));
        assert!(picture.len() < 150_000, "{kind:?}: {}", picture.len());
        let [count, drawn] = plots.plots[0].points;
        if kind != PlotKind::Throughput {
            assert!(count > 20_000 && drawn < 7_000, "{kind:?}: {count} {drawn}");
            assert!(picture.contains(&format!("{drawn} de {count} pontos desenhados")));
        }
    }
}

#[test]
fn the_program_plots_in_ascii_and_in_portuguese() {
    let args = [
        "plot",
        "captures/echo-log.pcap",
        "--width",
        "80",
        "--ascii",
        "--lang",
        "pt-BR",
    ];
    let plot = stdout(&run(&args));
    assert!(plot.is_ascii());
    for words in [
        "Dados cliente -> servidor",
        "Dados servidor -> cliente",
        "  cliente -> servidor: 1 segmento com 55 bytes de carga util",
        "numero de sequencia (relativo, bytes)",
    ] {
        assert!(plot.contains(words), "{words}:\n{plot}");
    }
    assert!(plot.lines().all(|line| line.len() <= 80), "{plot}");
}

#[test]
fn udp_alone_has_no_sequence_plot_and_the_way_out_is_said() {
    let output = run(&["plot", "captures/udp-echo.pcapng"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("only UDP conversations"), "{said}");
    assert!(said.contains("--kind throughput"), "{said}");
    let args = ["plot", "captures/udp-echo.pcapng", "--kind", "throughput"];
    assert_eq!(run(&args).status.code(), Some(0));
}
