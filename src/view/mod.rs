//! `netlab view`: an exchange walked through in a terminal. Panes over what the other modules make;
//! nothing is analysed here.
//!
//! [`Capture`] indexes the frames, [`View`] knows where the user is and what a key does, `page`
//! makes what a screen shows, `draw` puts it there, and [`terminal`] is the loop around a terminal.

mod ansi;
mod areas;
pub mod capture;
mod draw;
mod keys;
mod over;
mod page;
mod predict;
pub mod select;
pub mod terminal;
mod words;

use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::model::frame::FrameNo;
use crate::pipeline::index::Index;
use crate::render::ascii::Letters;
use crate::text::{Lang, Text};
use areas::Areas;
use capture::{Capture, Stop};
use page::{Form, Page};
use predict::Predict;
use select::Selection;

/// How a view looks.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language of words.
    pub lang: Lang,
    /// The characters of lines and words.
    pub letters: Letters,
    /// Colours. Nothing is said by colour alone.
    pub color: bool,
    /// Everything bold, for projectors.
    pub contrast: bool,
    /// The ladder of one conversation in big parts.
    pub large: bool,
    /// What the title calls the capture.
    pub name: String,
}

/// What a view asks of the outside.
pub trait Outside {
    /// Gives the view what has come of a live capture since the last time, without waiting; says
    /// whether anything has.
    fn feed(&mut self, view: &mut View) -> bool;

    /// Writes what is shown to a file whose suffix names the format.
    ///
    /// # Errors
    /// What went wrong, in a sentence.
    fn export(&mut self, capture: &mut Capture, path: &Path) -> Result<(), String>;
}

/// What a line at the bottom is for that the user types into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Search,
    Filter,
    Export,
    Predict,
}

/// What lies over the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Keys,
    /// The list of conversations; 0 is all of them.
    Talks(usize),
}

/// A view: a capture, where the user is in it, and what is shown beside it.
pub struct View {
    /// The capture.
    pub capture: Capture,
    options: Options,
    at: usize,
    table: bool,
    bytes: bool,
    /// How far the explanation and the details are scrolled.
    scrolled: [usize; 2],
    over: Option<Over>,
    /// What is being typed, for what, and what it is called there.
    prompt: Option<(Ask, String, String)>,
    told: Option<String>,
    searched: String,
    predict: Predict,
    /// When the next packet is due.
    playing: Option<Instant>,
    /// There is more to prepare.
    busy: bool,
    live: bool,
    follow: bool,
    /// What is shown, until something changes.
    page: Option<Rc<Page>>,
    areas: Areas,
    /// The stop of each line of the main pane.
    stops: Vec<Option<usize>>,
    ended: bool,
}

impl View {
    /// A view of a capture; `live` where more of it may come.
    pub fn new(capture: Capture, options: Options, live: bool) -> Self {
        let mut view = Self {
            capture,
            options,
            at: 0,
            table: false,
            bytes: false,
            scrolled: [0; 2],
            over: None,
            prompt: None,
            told: None,
            searched: String::new(),
            predict: Predict::default(),
            playing: None,
            busy: false,
            live,
            follow: live,
            page: None,
            areas: Areas::default(),
            stops: Vec::new(),
            ended: false,
        };
        view.choose_for_large();
        view
    }

    /// Whether the user has asked to end it.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Takes what has come of a live capture; says whether anything has.
    pub fn take(&mut self, outside: &mut dyn Outside) -> bool {
        if !self.live || !outside.feed(self) {
            return false;
        }
        self.choose_for_large();
        if self.follow {
            self.at = self.capture.len().saturating_sub(1);
        }
        self.page = None;
        true
    }

    /// Says something in the line at the bottom.
    pub fn tell(&mut self, text: &str) {
        self.told = Some(text.to_owned());
    }

    /// No more will come of a live capture.
    pub fn end(&mut self) {
        self.live = false;
        self.tell(words::ENDED.get(self.options.lang));
    }

    /// Plays on, where that is due at `now`, else prepares what a jump will need; says whether
    /// anything changed.
    pub fn tick(&mut self, now: Instant) -> bool {
        self.busy = !self.live && self.capture.indexed.ahead();
        if self.playing.is_none_or(|due| now < due) {
            return false;
        }
        self.step(1);
        self.play(now);
        true
    }

    /// How long nothing will change by itself.
    pub fn pause(&self, now: Instant) -> Duration {
        const OFTEN: Duration = Duration::from_millis(40);
        const SELDOM: Duration = Duration::from_millis(250);
        let usual = match (self.busy, self.live) {
            (true, _) => Duration::ZERO,
            (false, true) => OFTEN,
            (false, false) => SELDOM,
        };
        let due = self.playing.map(|due| due.saturating_duration_since(now));
        due.unwrap_or(usual).min(usual)
    }

    /// Lets the next packet come as long after this one as it did in the capture.
    fn play(&mut self, now: Instant) {
        self.playing = None;
        if self.at + 1 >= self.capture.len() {
            return;
        }
        let page = self.page();
        let next = page.next.as_ref().and_then(|it| it.time);
        let times = page.this.time.zip(next);
        let wait = times.map_or(0, |(this, next)| next.since(this).nanos_clamped());
        let wait = Duration::from_nanos(u64::try_from(wait).unwrap_or(0));
        self.playing = Some(now + wait);
    }

    /// Goes so many stops on, or back.
    fn step(&mut self, by: isize) {
        self.go(self.at.saturating_add_signed(by));
        self.follow = self.follow && by >= 0;
    }

    /// Goes to a stop.
    fn go(&mut self, at: usize) {
        let last = self.capture.len().saturating_sub(1);
        self.at = at.min(last);
        self.scrolled = [0; 2];
        self.page = None;
    }

    /// Goes to the nearest stop in a direction that is `wanted`, else says what there is not.
    fn seek(&mut self, forward: bool, wanted: fn(&Capture, Stop) -> bool, none: Text) {
        let capture = &self.capture;
        let is = |at: &usize| capture.stop(*at).is_some_and(|it| wanted(capture, it));
        let found = match forward {
            true => (self.at + 1..capture.len()).find(is),
            false => (0..self.at).rev().find(is),
        };
        match found {
            Some(at) => {
                self.follow = false;
                self.go(at);
            }
            None => self.tell(none.get(self.options.lang)),
        }
    }

    /// The packet at hand.
    fn here(&self) -> Option<FrameNo> {
        self.capture.stop(self.at)?.packet()
    }

    /// Shows other stops, and stays as near as can be.
    fn select(&mut self, selection: Selection) {
        let near = self.here();
        self.capture.select(selection);
        self.go(self.capture.place(near.unwrap_or(1)));
    }

    /// Shows one conversation, or all where `None`, filtered as before.
    fn choose(&mut self, talk: Option<usize>) {
        let selection = std::mem::take(&mut self.capture.selection);
        self.select(Selection { talk, ..selection });
    }

    /// The big ladder shows one conversation: that of the packet at hand.
    fn choose_for_large(&mut self) {
        if !self.options.large || self.capture.selection.talk.is_some() {
            return;
        }
        let index = self.index();
        let any = (!index.talks().is_empty()).then_some(0);
        let talk = self.here().and_then(|no| index.talk(no)).or(any);
        if talk.is_some() {
            self.choose(talk);
        }
    }

    fn index(&self) -> &Index {
        &self.capture.indexed.index
    }

    /// What the screen shows, made when it is asked for.
    fn page(&mut self) -> Rc<Page> {
        let form = Form {
            options: &self.options,
            areas: self.areas,
            table: self.table,
            at: self.at,
            hidden: self.predict.on,
        };
        let page = self.page.take();
        let page = page.unwrap_or_else(|| Rc::new(page::make(&mut self.capture, form)));
        Rc::clone(self.page.insert(page))
    }
}
