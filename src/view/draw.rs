//! The panes on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style, Stylize};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Padding, Paragraph, Wrap};

use super::areas::{Areas, LEAST, areas};
use super::page::Page;
use super::{View, ansi, words};
use crate::analysis::conversation::Protocol;
use crate::pipeline::index::Talk;
use crate::report::phase;
use crate::report::text_address;
use crate::text::ui;

impl View {
    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let all = frame.area();
        if all.width < LEAST.0 || all.height < LEAST.1 {
            let text = words::TOO_SMALL.get(self.options.lang);
            let text = Paragraph::new(self.fit(text)).wrap(Wrap { trim: true });
            return frame.render_widget(text, all);
        }
        let areas = areas(all, self.options.large);
        if areas != self.areas {
            (self.areas, self.page) = (areas, None);
        }
        let page = self.page();
        self.title(frame, areas.title);
        self.main(frame, areas.main, &page);
        self.states(frame, areas.states, &page);
        self.beside(frame, &areas, &page);
        self.bottom(frame, areas.bottom);
        self.over(frame, areas.main.union(areas.explanation));
    }

    /// Text in the characters there are.
    pub(super) fn fit(&self, text: &str) -> String {
        ansi::harmless(&self.options.letters.fit(text))
    }

    /// A line that another part of netlab wrote.
    fn written(&self, text: &str) -> Line<'static> {
        let mut line = ansi::line(&self.options.letters.fit(text));
        if self.options.contrast || self.options.large {
            line.style = Style::new().bold();
        }
        line
    }

    /// The mark of the stop at hand.
    pub(super) fn mark(&self) -> &'static str {
        match self.options.letters.plain() {
            true => ">",
            false => "▶",
        }
    }

    fn title(&self, frame: &mut Frame<'_>, area: Rect) {
        let lang = self.options.lang;
        let selection = &self.capture.selection;
        let here = self.here().and_then(|no| self.index().talk(no));
        let mut parts = vec![self.options.name.clone()];
        if !selection.text.is_empty() {
            parts.push(format!("{}: {}", words::FILTER.get(lang), selection.text));
        }
        let count = self.capture.len();
        parts.push(format!("{}/{count}", (self.at + 1).min(count)));
        if self.live {
            let below = count.saturating_sub(self.at + 1);
            let below = u64::try_from(below).unwrap_or(u64::MAX);
            parts.push(match self.follow {
                true => format!("{}, {}", words::LIVE.get(lang), words::FOLLOWING.get(lang)),
                false => format!("{}, {}", words::LIVE.get(lang), words::paused(lang, below)),
            });
        }
        if self.playing.is_some() {
            parts.push(words::PLAYING.get(lang).to_owned());
        }
        if self.predict.on || self.predict.asked > 0 {
            let score = words::score(lang, self.predict.right, self.predict.asked);
            parts.push(score.to_string());
        }
        // It is known from the ladder too, and cut where there is little room.
        if selection.talk.is_none() {
            parts.push(words::ALL.get(lang).to_owned());
        }
        let talk = selection.talk.or(here);
        let talk = talk.and_then(|at| self.index().talks().get(at));
        parts.extend(talk.map(talk_name));
        let text = self.fit(&format!(" {} ", parts.join(" · ")));
        frame.render_widget(Paragraph::new(text).reversed().bold(), area);
    }

    fn main(&mut self, frame: &mut Frame<'_>, area: Rect, page: &Page) {
        if self.capture.is_empty() {
            let text = if self.live {
                words::WAITING
            } else {
                words::NOTHING
            };
            let text = self.fit(text.get(self.options.lang));
            return frame.render_widget(Paragraph::new(text), area);
        }
        let room = usize::from(area.height).saturating_sub(page.head.len());
        let is_here = |(stop, _): &(Option<usize>, String)| *stop == Some(self.at);
        let at = page.lines.iter().rposition(is_here);
        let most = page.lines.len().saturating_sub(room);
        let skip = at.unwrap_or(0).saturating_sub(room / 2).min(most);
        let head = page.head.iter().map(|line| (None, line));
        let lines = page.lines.iter().map(|(stop, line)| (*stop, line));
        let shown = head.chain(lines.skip(skip).take(room));
        let (stops, lines): (Vec<_>, Vec<_>) = shown
            .map(|(stop, line)| (stop, self.marked(self.written(line), stop)))
            .unzip();
        self.stops = stops;
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// A line of the main pane with its marks: the stop at hand, trouble.
    fn marked(&self, mut line: Line<'static>, stop: Option<usize>) -> Line<'static> {
        let here = stop == Some(self.at);
        let trouble = stop.and_then(|at| self.capture.stop(at));
        let trouble = trouble.is_some_and(|stop| self.capture.is_trouble(stop));
        let mark = if here { self.mark() } else { " " };
        let bad = if trouble { "!" } else { " " };
        let mark = Span::from(format!("{mark}{bad}")).bold();
        line.spans.insert(
            0,
            match trouble && self.options.color {
                true => mark.red(),
                false => mark,
            },
        );
        match here {
            true => Line::from(line.to_string()).style(line.style).reversed(),
            false => line,
        }
    }

    fn states(&self, frame: &mut Frame<'_>, area: Rect, page: &Page) {
        let lang = self.options.lang;
        let text = page.states.map_or_else(String::new, |[client, server]| {
            format!(
                " {} {} · {} {} ",
                ui::CLIENT.get(lang),
                phase::state(client),
                ui::SERVER.get(lang),
                phase::state(server)
            )
        });
        let kernel = self.capture.kernel(page.after);
        let kernel = kernel.map(|line| format!("· {}: {line} ", words::KERNEL.get(lang)));
        let text = text + kernel.as_deref().unwrap_or_default();
        frame.render_widget(Paragraph::new(self.fit(&text)).bold().underlined(), area);
    }

    /// The explanation, header fields and bytes.
    fn beside(&self, frame: &mut Frame<'_>, areas: &Areas, page: &Page) {
        let titles = [words::EXPLANATION, words::FIELDS, words::BYTES];
        let [said, fields, bytes] = titles.map(|it| it.get(self.options.lang));
        self.pane(frame, areas.explanation, 0, said, &page.explanation);
        let (both, key) = (
            areas.bytes.is_some(),
            if areas.bytes.is_some() { "" } else { " (x)" },
        );
        if both || !self.bytes {
            self.pane(
                frame,
                areas.fields,
                1,
                &format!("{fields}{key}"),
                &page.fields,
            );
        }
        if both || self.bytes {
            self.pane(
                frame,
                areas.of_bytes(),
                1,
                &format!("{bytes}{key}"),
                &page.bytes,
            );
        }
    }

    /// A pane with a title, as far down as `self.scrolled[by]` says.
    fn pane(&self, frame: &mut Frame<'_>, area: Rect, by: usize, title: &str, text: &[String]) {
        let room = usize::from(area.height.saturating_sub(1));
        let most = text.len().saturating_sub(room);
        let skip = self.scrolled[by].min(most);
        let [up, down] = match self.options.letters.plain() {
            true => ["^", "v"],
            false => ["▲", "▼"],
        };
        let up = if skip > 0 { up } else { "" };
        let down = if skip < most { down } else { "" };
        let block = Block::new()
            .title(self.fit(&format!("{title} {up}{down}")))
            .title_style(Modifier::BOLD)
            .padding(Padding::right(1));
        let lines = text.iter().skip(skip).take(area.height.into());
        let lines: Vec<Line<'_>> = lines.map(|line| self.written(line)).collect();
        frame.render_widget(Paragraph::new(lines).block(block), area);
    }

    fn bottom(&self, frame: &mut Frame<'_>, area: Rect) {
        let text = match (&self.prompt, &self.told) {
            (Some((_, asked, typed)), _) => format!(" {asked} {typed}_"),
            (None, Some(told)) => format!(" {told}"),
            (None, None) => format!(" {}", words::HINT.get(self.options.lang)),
        };
        let line = Paragraph::new(self.fit(&text));
        let line = match self.prompt.is_some() || self.told.is_some() {
            true => line.bold(),
            false => line,
        };
        frame.render_widget(line, area);
    }
}

/// `TCP 0  127.0.0.1:57128 ↔ 127.0.0.1:5050`.
pub(super) fn talk_name(talk: &Talk) -> String {
    let protocol = match talk.protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
    };
    let [a, b] = talk.ends.map(text_address::end);
    format!("{protocol} {}  {a} ↔ {b}", talk.stream)
}
