//! The panes on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Padding, Paragraph, Wrap};

use super::areas::{Areas, LEAST, areas};
use super::capture::Stop;
use super::page::Page;
use super::{Ask, View, ansi, words};
use crate::analysis::conversation::Protocol;
use crate::model::side::Direction;
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
        self.bottom(frame, areas.bottom, &page);
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
            line.style = Style::new().add_modifier(Modifier::BOLD);
        }
        line
    }

    fn bar(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
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
        let here = self.capture.stop(self.at).and_then(Stop::packet);
        let here = here.and_then(|no| self.index().talk(no));
        let mut parts = vec![self.options.name.clone()];
        if selection.talk.is_none() {
            parts.push(words::ALL.get(lang).to_owned());
        }
        parts.extend(selection.talk.or(here).and_then(|at| self.talk_name(at)));
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
        let text = self.fit(&format!(" {} ", parts.join(" · ")));
        frame.render_widget(Paragraph::new(text).style(self.bar()), area);
    }

    /// `TCP 0  127.0.0.1:57128 ↔ 127.0.0.1:5050`.
    pub(super) fn talk_name(&self, at: usize) -> Option<String> {
        let talk = self.index().talks().get(at)?;
        let protocol = match talk.protocol {
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
        };
        let [a, b] = talk.ends.map(text_address::end);
        Some(format!("{protocol} {}  {a} ↔ {b}", talk.stream))
    }

    fn main(&mut self, frame: &mut Frame<'_>, area: Rect, page: &Page) {
        if self.capture.is_empty() {
            let text = match self.live {
                true => words::WAITING,
                false => words::NOTHING,
            };
            let text = self.fit(text.get(self.options.lang));
            return frame.render_widget(Paragraph::new(text), area);
        }
        let room = usize::from(area.height).saturating_sub(page.head.len());
        let at = page
            .lines
            .iter()
            .rposition(|(stop, _)| *stop == Some(self.at));
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
        let mut style = Style::new().add_modifier(Modifier::BOLD);
        if trouble && self.options.color {
            style = style.fg(Color::Red);
        }
        line.spans
            .insert(0, Span::styled(format!("{mark}{bad}"), style));
        if here {
            line.style = line.style.add_modifier(Modifier::REVERSED);
            for span in &mut line.spans {
                span.style = Style::new();
            }
        }
        line
    }

    fn states(&self, frame: &mut Frame<'_>, area: Rect, page: &Page) {
        let lang = self.options.lang;
        let text = page.states.map_or_else(String::new, |[client, server]| {
            format!(
                " {}: {} {} · {} {} ",
                words::STATES.get(lang),
                ui::CLIENT.get(lang),
                phase::state(client),
                ui::SERVER.get(lang),
                phase::state(server)
            )
        });
        let kernel = self.capture.kernel(page.after);
        let kernel = kernel.map(|line| format!("· {}: {line} ", words::KERNEL.get(lang)));
        let text = text + kernel.as_deref().unwrap_or_default();
        let style = Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        frame.render_widget(Paragraph::new(self.fit(&text)).style(style), area);
    }

    /// The explanation, header fields and bytes.
    fn beside(&self, frame: &mut Frame<'_>, areas: &Areas, page: &Page) {
        let titles = [words::EXPLANATION, words::FIELDS, words::BYTES];
        let [explanation, fields, bytes] = titles.map(|it| it.get(self.options.lang).to_owned());
        let [above, scrolled] = self.scrolled;
        self.pane(
            frame,
            areas.explanation,
            &explanation,
            &page.explanation,
            above,
        );
        if self.options.large {
            return;
        }
        let (other, text) = match self.bytes {
            true => (format!("{bytes} (x)"), &page.bytes),
            false => (format!("{fields} (x)"), &page.fields),
        };
        match areas.bytes {
            Some(area) => {
                self.pane(frame, areas.fields, &fields, &page.fields, scrolled);
                self.pane(frame, area, &bytes, &page.bytes, scrolled);
            }
            None => self.pane(frame, areas.fields, &other, text, scrolled),
        }
    }

    /// A pane with a title, from its line `scrolled` on.
    fn pane(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        title: &str,
        text: &[String],
        scrolled: usize,
    ) {
        let most = text.len().saturating_sub(usize::from(area.height) - 1);
        let skip = scrolled.min(most);
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

    fn bottom(&self, frame: &mut Frame<'_>, area: Rect, page: &Page) {
        let lang = self.options.lang;
        let text = match (&self.prompt, &self.told) {
            (Some((kind, typed)), _) => {
                let asked = match kind {
                    Ask::Search => words::SEARCH.get(lang).to_owned(),
                    Ask::Filter => words::FILTER.get(lang).to_owned(),
                    Ask::Export => words::EXPORT.get(lang).to_owned(),
                    Ask::Predict => self.asked(page),
                };
                format!(" {asked} {typed}_")
            }
            (None, Some(told)) => format!(" {told}"),
            (None, None) => format!(" {}", words::HINT.get(lang)),
        };
        let style = match self.prompt.is_some() || self.told.is_some() {
            true => Style::new().add_modifier(Modifier::BOLD),
            false => Style::new(),
        };
        frame.render_widget(Paragraph::new(self.fit(&text)).style(style), area);
    }

    /// What is asked of the next packet.
    fn asked(&self, page: &Page) -> String {
        let lang = self.options.lang;
        let (Some(next), Some(question)) = (&page.next, self.predict.question) else {
            return String::new();
        };
        let (client, server) = (ui::CLIENT.get(lang), ui::SERVER.get(lang));
        let way = match next.direction {
            Some(Direction::ToServer) => format!("{client} → {server}"),
            Some(Direction::ToClient) => format!("{server} → {client}"),
            None => "?".to_owned(),
        };
        let way = match next.len {
            Some(len) => format!("{way}, Len={len}"),
            None => way,
        };
        words::expect(lang, next.no, way, question.name(lang)).to_string()
    }
}
