//! A view without a terminal: keys in, screens out.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use netlab::analysis::AnalyzerOptions;
use netlab::model::frame::{Frame, LinkType};
use netlab::pipeline::indexed::Indexed;
use netlab::render::ascii::Letters;
use netlab::report::moment::Moment;
use netlab::source::file::FileSource;
use netlab::text::Lang;
use netlab::text::visible::is_shown;
use netlab::view::capture::Capture;
use netlab::view::{Options, Outside, View};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Style;

use crate::support::root;

/// Frames that come when they are let, and files that are only named.
#[derive(Default)]
pub(super) struct World {
    pub(super) frames: Vec<(Frame<'static>, Vec<u8>)>,
    /// Calls, and what the kernel says of their sockets behind each.
    pub(super) calls: Vec<(Moment, String)>,
    pub(super) ended: bool,
    pub(super) written: Vec<PathBuf>,
}

impl Outside for World {
    fn feed(&mut self, view: &mut View) -> bool {
        let came = self.ended || !self.frames.is_empty() || !self.calls.is_empty();
        for (frame, bytes) in self.frames.drain(..) {
            view.capture.frame(&Frame {
                bytes: &bytes,
                ..frame
            });
        }
        for (call, state) in self.calls.drain(..) {
            view.capture.call(call);
            view.capture.state(&state);
        }
        if self.ended {
            view.end();
        }
        came
    }

    fn export(&mut self, _: &mut Capture, path: &Path) -> Result<(), String> {
        self.written.push(path.to_owned());
        Ok(())
    }
}

pub(super) struct Walk {
    pub(super) view: View,
    pub(super) world: World,
    terminal: Terminal<TestBackend>,
    pub(super) now: Instant,
}

pub(super) fn options(lang: Lang) -> Options {
    Options {
        lang,
        letters: Letters::Unicode,
        color: true,
        contrast: false,
        large: false,
        name: "x".to_owned(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a clock of the test's own begins here"
)]
fn now() -> Instant {
    Instant::now()
}

/// The frames of one of our captures.
pub(super) fn frames(file: &str) -> Vec<(Frame<'static>, Vec<u8>)> {
    let path = root().join("captures").join(file);
    let mut source = FileSource::open(path.to_str().unwrap()).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = source.next_frame().unwrap() {
        let bytes = frame.bytes.to_vec();
        frames.push((
            Frame {
                bytes: &[],
                ..frame
            },
            bytes,
        ));
    }
    frames
}

impl Walk {
    /// Of a file, in a terminal of this size.
    pub(super) fn of(path: &str, options: Options, size: (u16, u16)) -> Self {
        let (mut source, kept) = FileSource::open_kept(path).unwrap();
        let capture = Capture::read(&mut source, &kept, AnalyzerOptions::default(), || {});
        Self::begin(View::new(capture.unwrap(), options, false), size)
    }

    /// Of a live capture of this link type, of which nothing has come.
    pub(super) fn live(options: Options, size: (u16, u16), link: LinkType) -> Self {
        let analysis = AnalyzerOptions::default();
        let capture = Indexed::live(link, 9, analysis).unwrap();
        Self::begin(View::new(Capture::of(capture), options, true), size)
    }

    fn begin(view: View, (width, height): (u16, u16)) -> Self {
        let mut walk = Self {
            view,
            world: World::default(),
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            now: now(),
        };
        walk.screen();
        walk
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.event(&Event::Resize(width, height));
    }

    pub(super) fn event(&mut self, event: &Event) {
        self.view.event(event, self.now, &mut self.world);
        self.screen();
    }

    pub(super) fn key(&mut self, code: KeyCode) {
        self.event(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    /// Types a text; `⏎` is Enter, `↓` and `↑` are those keys.
    pub(super) fn keys(&mut self, text: &str) {
        for key in text.chars() {
            self.key(match key {
                '⏎' => KeyCode::Enter,
                '↓' => KeyCode::Down,
                '↑' => KeyCode::Up,
                '→' => KeyCode::Right,
                '⇥' => KeyCode::Tab,
                '⎋' => KeyCode::Esc,
                key => KeyCode::Char(key),
            });
        }
    }

    /// Time passes, and what has come is taken.
    pub(super) fn pass(&mut self, time: Duration) {
        self.now += time;
        self.view.take(&mut self.world);
        self.view.tick(self.now);
    }

    /// How long the view would wait for a key.
    pub(super) fn pause(&self) -> Duration {
        self.view.pause(self.now)
    }

    /// What the screen shows, without blanks at the ends of lines.
    pub(super) fn screen(&mut self) -> String {
        let Self { view, terminal, .. } = self;
        terminal.draw(|frame| view.draw(frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                assert!(symbol.chars().all(is_shown), "{symbol:?} at {x}, {y}");
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// How the cells of the screen look that are not blank.
    pub(super) fn styles(&mut self) -> Vec<Style> {
        self.screen();
        let cells = self.terminal.backend().buffer().content.iter();
        let shown = cells.filter(|cell| cell.symbol() != " ");
        shown.map(ratatui::buffer::Cell::style).collect()
    }

    /// The line that the mark of the stop at hand stands in.
    pub(super) fn here(&mut self) -> String {
        let screen = self.screen();
        let line = screen.lines().find(|line| line.starts_with('▶'));
        line.unwrap_or_default().to_owned()
    }

    pub(super) fn bottom(&mut self) -> String {
        self.screen().lines().last().unwrap_or_default().to_owned()
    }
}
