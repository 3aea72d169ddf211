//! What keys and the mouse do.

use std::path::Path;
use std::time::Instant;

use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;

use super::capture::Capture;
use super::select::{self, Selection};
use super::{Ask, Outside, Over, View, words};
use crate::report::columns::{CellOptions, READING};

impl View {
    /// Takes what the user did, `now`.
    pub fn event(&mut self, event: &Event, now: Instant, outside: &mut dyn Outside) {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(*key, now, outside),
            Event::Mouse(mouse) => self.mouse(*mouse),
            _ => {}
        }
    }

    fn key(&mut self, key: KeyEvent, now: Instant, outside: &mut dyn Outside) {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            self.ended |= matches!(key.code, KeyCode::Char('c' | 'd'));
            return;
        }
        if self.prompt.is_some() {
            return self.typed(key.code, outside);
        }
        if let Some(over) = self.over {
            return self.over_key(over, key.code);
        }
        (self.told, self.page) = (None, None);
        self.playing = self.playing.filter(|_| key.code == KeyCode::Char(' '));
        let lang = self.options.lang;
        let is_trouble = |capture: &Capture, stop| capture.is_trouble(stop);
        let is_call = |capture: &Capture, stop| capture.call_at(stop).is_some();
        let screen = isize::try_from(self.areas.main.height.max(2) - 1).unwrap_or(1);
        match key.code {
            KeyCode::Char('q') => self.ended = true,
            KeyCode::Down | KeyCode::Char('j') | KeyCode::Enter if self.predict.on => {
                self.start_predicting();
            }
            KeyCode::Down | KeyCode::Char('j') | KeyCode::Enter => self.step(1),
            KeyCode::Up | KeyCode::Char('k') => self.step(-1),
            KeyCode::Right | KeyCode::Char('l') => self.seek(true, is_call, words::NO_CALL),
            KeyCode::Left | KeyCode::Char('h') => self.seek(false, is_call, words::NO_CALL),
            KeyCode::PageDown => self.step(screen),
            KeyCode::PageUp => self.step(-screen),
            KeyCode::Home | KeyCode::Char('g') => {
                self.follow = false;
                self.go(0);
            }
            KeyCode::End | KeyCode::Char('G') => {
                self.follow = self.live;
                self.go(usize::MAX);
            }
            KeyCode::Tab => self.table = !self.table,
            KeyCode::Char(' ') => match self.playing.take() {
                Some(_) => {}
                None => self.play(now),
            },
            KeyCode::Char('c') => {
                let chosen = self.capture.selection.talk.map_or(0, |it| it + 1);
                self.over = Some(Over::Talks(chosen));
            }
            KeyCode::Char('?') => self.over = Some(Over::Keys),
            KeyCode::Char('n') => self.seek(true, is_trouble, words::NO_TROUBLE),
            KeyCode::Char('N') => self.seek(false, is_trouble, words::NO_TROUBLE_BEFORE),
            KeyCode::Char('/') => self.ask(Ask::Search, words::SEARCH.get(lang), ""),
            KeyCode::Char('f') => {
                let text = self.capture.selection.text.clone();
                self.ask(Ask::Filter, words::FILTER.get(lang), &text);
            }
            KeyCode::Char('e') => {
                self.ask(Ask::Export, words::EXPORT.get(lang), "netlab-view.html")
            }
            KeyCode::Char('p') => self.start_predicting(),
            KeyCode::Char('x') => {
                self.bytes = !self.bytes;
                self.scrolled[1] = 0;
            }
            KeyCode::Char('L') => {
                self.options.large = !self.options.large;
                self.choose_for_large();
            }
            KeyCode::Char('[') => self.scroll(0, -3),
            KeyCode::Char(']') => self.scroll(0, 3),
            KeyCode::Char('{') => self.scroll(1, -3),
            KeyCode::Char('}') => self.scroll(1, 3),
            KeyCode::Esc => self.predict.on = false,
            _ => {}
        }
    }

    fn ask(&mut self, kind: Ask, asked: &str, text: &str) {
        self.prompt = Some((kind, asked.to_owned(), text.to_owned()));
    }

    fn scroll(&mut self, pane: usize, by: isize) {
        self.scrolled[pane] = self.scrolled[pane].saturating_add_signed(by);
    }

    /// A key while a line is typed.
    fn typed(&mut self, key: KeyCode, outside: &mut dyn Outside) {
        let Some((kind, asked, mut text)) = self.prompt.take() else {
            return;
        };
        match key {
            KeyCode::Enter => return self.answered(kind, &text, outside),
            KeyCode::Esc => {
                self.predict.on &= kind != Ask::Predict;
                self.page = None;
                return;
            }
            KeyCode::Char(typed) => text.push(typed),
            KeyCode::Backspace => drop(text.pop()),
            _ => {}
        }
        self.prompt = Some((kind, asked, text));
    }

    fn answered(&mut self, kind: Ask, text: &str, outside: &mut dyn Outside) {
        let lang = self.options.lang;
        match kind {
            Ask::Search => {
                if !text.is_empty() {
                    text.clone_into(&mut self.searched);
                }
                self.search();
            }
            Ask::Filter => match select::filter(text, lang) {
                Ok(selection) => {
                    let talk = self.capture.selection.talk;
                    self.select(Selection { talk, ..selection });
                }
                Err(cause) => self.tell(&cause),
            },
            Ask::Export => match outside.export(&mut self.capture, Path::new(text.trim())) {
                Ok(()) => self.tell(&words::written(lang, text.trim()).to_string()),
                Err(cause) => self.tell(&cause),
            },
            Ask::Predict => self.foretold(text),
        }
    }

    /// Goes to the next packet whose row or payload has the text, from the start again at the end.
    fn search(&mut self) {
        let wanted = self.searched.to_lowercase();
        if wanted.is_empty() {
            return;
        }
        let cells = CellOptions {
            lang: self.options.lang,
            ..CellOptions::default()
        };
        let (mut text, mut found) = (Vec::new(), Vec::new());
        self.capture.indexed.each(0, |row| {
            text.clear();
            for column in READING {
                (column.write)(row, &cells, &mut text);
                text.push(b' ');
            }
            text.extend_from_slice(row.frame.bytes);
            let text = String::from_utf8_lossy(&text).to_lowercase();
            found.extend(text.contains(&wanted).then_some(row.frame.no));
            true
        });
        found.retain(|no| self.capture.shows_packet(*no));
        let here = self.here();
        let next = found.partition_point(|no| Some(*no) <= here);
        match found.get(next).or(found.first()) {
            Some(no) => {
                self.follow = false;
                self.go(self.capture.place(*no));
            }
            None => {
                let text = words::not_found(self.options.lang, &self.searched).to_string();
                self.tell(&text);
            }
        }
    }

    /// Asks what the next packet will be.
    fn start_predicting(&mut self) {
        let lang = self.options.lang;
        (self.predict.on, self.page) = (true, None);
        let next = &self.page().next;
        match (self.predict.ask(next.as_ref(), lang), next) {
            (Some(asked), _) => self.ask(Ask::Predict, &asked, ""),
            // Nothing can be asked of it.
            (None, Some(next)) => self.go(self.capture.place(next.no)),
            (None, None) => {
                self.predict.on = false;
                self.tell(words::LAST.get(lang));
            }
        }
    }

    /// Compares with the next packet, and shows it.
    fn foretold(&mut self, said: &str) {
        let lang = self.options.lang;
        let Some(next) = self.page().next.clone() else {
            return;
        };
        let Some((right, what)) = self.predict.judge(said, &next, lang) else {
            return;
        };
        self.go(self.capture.place(next.no));
        let verdict = if right { words::RIGHT } else { words::WRONG };
        let (verdict, more) = (verdict.get(lang), words::NEXT_QUESTION.get(lang));
        // Why, the explanation beside says.
        self.tell(&format!("{verdict}: {what}. {more}."));
    }

    /// A key while something lies over the panes.
    fn over_key(&mut self, over: Over, key: KeyCode) {
        let screen = isize::try_from(self.areas.main.height / 2).unwrap_or(1);
        let by = match (over, key) {
            (_, KeyCode::Esc | KeyCode::Char('q')) | (Over::Keys, _) => {
                self.over = None;
                return;
            }
            (Over::Talks(at), KeyCode::Enter) => {
                self.over = None;
                self.choose(at.checked_sub(1));
                return self.choose_for_large();
            }
            (_, KeyCode::Down | KeyCode::Char('j')) => 1,
            (_, KeyCode::Up | KeyCode::Char('k')) => -1,
            (_, KeyCode::PageDown) => screen,
            (_, KeyCode::PageUp) => -screen,
            (_, KeyCode::Home) => isize::MIN,
            (_, KeyCode::End) => isize::MAX,
            _ => 0,
        };
        self.move_in_talks(by);
    }

    /// Moves in the list of conversations, where that is shown; says whether it is.
    fn move_in_talks(&mut self, by: isize) -> bool {
        let last = self.index().talks().len();
        let Some(Over::Talks(at)) = &mut self.over else {
            return false;
        };
        *at = at.saturating_add_signed(by).min(last);
        true
    }

    fn mouse(&mut self, mouse: MouseEvent) {
        let (here, areas) = (Position::new(mouse.column, mouse.row), self.areas);
        let by = match mouse.kind {
            MouseEventKind::ScrollDown => 1,
            MouseEventKind::ScrollUp => -1,
            MouseEventKind::Down(MouseButton::Left) if self.over.is_none() => {
                return self.click(here);
            }
            _ => return,
        };
        if self.move_in_talks(by) {
        } else if areas.explanation.contains(here) {
            self.scroll(0, by * 2);
        } else if areas.fields.union(areas.of_bytes()).contains(here) {
            self.scroll(1, by * 2);
        } else if !self.predict.on {
            self.step(by);
        }
    }

    /// Goes to the stop that was clicked on.
    fn click(&mut self, here: Position) {
        let main = self.areas.main;
        let line = usize::from(here.y.saturating_sub(main.y));
        let stop = self.stops.get(line).filter(|_| main.contains(here));
        if let Some(Some(at)) = stop.copied() {
            self.follow = false;
            self.go(at);
        }
    }
}
