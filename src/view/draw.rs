//! The panes on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::areas::{LEAST, areas};
use super::capture::Stop;
use super::{Ask, Drawn, View, ansi, large, words};
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
            let text = Paragraph::new(self.fit(text)).wrap(ratatui::widgets::Wrap { trim: true });
            return frame.render_widget(text, all);
        }
        let areas = areas(all, self.options.large);
        self.drawn = Drawn {
            main: areas.main,
            explanation: areas.explanation,
            details: areas
                .bytes
                .map_or(areas.fields, |bytes| areas.fields.union(bytes)),
            stops: Vec::new(),
            height: usize::from(areas.main.height),
        };
        self.page();
        self.title(frame, areas.title);
        self.main(frame, areas.main);
        self.states(frame, areas.states);
        self.explanation(frame, areas.explanation);
        if !self.options.large {
            self.details(frame, areas.fields, areas.bytes);
        }
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
        if self.options.contrast {
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
        let here = match self.capture.stop(self.at) {
            Some(Stop::Packet(no)) => self.capture.index.talk(no),
            _ => None,
        };
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
        let talk = self.capture.index.talks().get(at)?;
        let protocol = match talk.protocol {
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
        };
        let [a, b] = talk.ends.map(text_address::end);
        Some(format!("{protocol} {}  {a} ↔ {b}", talk.stream))
    }

    fn main(&mut self, frame: &mut Frame<'_>, area: Rect) {
        let Some((_, _, page)) = &self.page else {
            return;
        };
        if self.capture.is_empty() {
            let text = match self.live {
                true => words::WAITING,
                false => words::NOTHING,
            };
            let text = self.fit(text.get(self.options.lang));
            return frame.render_widget(Paragraph::new(text), area);
        }
        let (head, body): (Vec<&str>, Vec<(Option<usize>, &str)>) = if self.options.large {
            (Vec::new(), Vec::new())
        } else if self.table || page.ladder.is_none() {
            let stops = page.stops.clone().map(Some);
            let rows = page.rows.iter().map(String::as_str);
            (
                page.head.iter().map(String::as_str).collect(),
                stops.zip(rows).collect(),
            )
        } else {
            let (head, body) = page.lines.split_at(page.above.min(page.lines.len()));
            let names = head.iter().skip_while(|(_, line)| !line.is_empty());
            let names = names.map(|(_, line)| line.as_str());
            let body = body.iter().map(|(stop, line)| (*stop, line.as_str()));
            (
                names.filter(|line| !line.is_empty()).collect(),
                body.collect(),
            )
        };
        let mut lines = Vec::new();
        let mut stops = Vec::new();
        if self.options.large {
            let facts = large::Look {
                width: usize::from(area.width),
                letters: self.options.letters,
                lang: self.options.lang,
            };
            let drawn = page
                .ladder
                .as_ref()
                .map(|it| large::lines(it, &facts, &self.capture));
            let drawn = drawn.unwrap_or_default();
            let at = drawn.iter().position(|(stop, _)| *stop == Some(self.at));
            let skip = at.unwrap_or(0).saturating_sub(usize::from(area.height) / 3);
            for (stop, text) in drawn.into_iter().skip(skip).take(area.height.into()) {
                let line =
                    Line::from(self.fit(&text)).style(Style::new().add_modifier(Modifier::BOLD));
                lines.push(self.marked(line, stop));
                stops.push(stop);
            }
        } else {
            for line in &head {
                lines.push(self.marked(self.written(line), None));
                stops.push(None);
            }
            let room = usize::from(area.height).saturating_sub(head.len());
            let at = body.iter().rposition(|(stop, _)| *stop == Some(self.at));
            let most = body.len().saturating_sub(room);
            let skip = at.unwrap_or(0).saturating_sub(room / 2).min(most);
            for (stop, text) in body.iter().skip(skip).take(room) {
                lines.push(self.marked(self.written(text), *stop));
                stops.push(*stop);
            }
        }
        self.drawn.stops = stops;
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

    fn states(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some((_, _, page)) = &self.page else {
            return;
        };
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

    fn explanation(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some((_, _, page)) = &self.page else {
            return;
        };
        let title = words::EXPLANATION.get(self.options.lang);
        self.pane(frame, area, title, &page.explanation, self.scrolled[0]);
    }

    fn details(&self, frame: &mut Frame<'_>, fields: Rect, bytes: Option<Rect>) {
        let Some((_, _, page)) = &self.page else {
            return;
        };
        let lang = self.options.lang;
        let scrolled = self.scrolled[1];
        let [of_fields, of_bytes] = [words::FIELDS, words::BYTES].map(|it| it.get(lang));
        match bytes {
            Some(bytes) => {
                self.pane(frame, fields, of_fields, &page.fields, scrolled);
                self.pane(frame, bytes, of_bytes, &page.bytes, scrolled);
            }
            None if self.bytes => {
                self.pane(
                    frame,
                    fields,
                    &format!("{of_bytes} (x)"),
                    &page.bytes,
                    scrolled,
                );
            }
            None => {
                self.pane(
                    frame,
                    fields,
                    &format!("{of_fields} (x)"),
                    &page.fields,
                    scrolled,
                );
            }
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
        let room = usize::from(area.height).saturating_sub(1);
        let most = text.len().saturating_sub(room);
        let skip = scrolled.min(most);
        let (more, less) = match self.options.letters.plain() {
            true => ("v", "^"),
            false => ("▼", "▲"),
        };
        let up = if skip > 0 { less } else { "" };
        let down = if skip < most { more } else { "" };
        let title = self.fit(&format!("{title} {up}{down}"));
        let mut lines = vec![Line::styled(
            title,
            Style::new().add_modifier(Modifier::BOLD),
        )];
        lines.extend(
            text.iter()
                .skip(skip)
                .take(room)
                .map(|line| self.written(line)),
        );
        let area = Rect {
            width: area.width.saturating_sub(1),
            ..area
        };
        frame.render_widget(Paragraph::new(lines), area);
    }

    fn bottom(&self, frame: &mut Frame<'_>, area: Rect) {
        let lang = self.options.lang;
        let text = match (&self.prompt, &self.told) {
            (Some(prompt), _) => {
                let asked = match prompt.kind {
                    Ask::Search => words::SEARCH.get(lang).to_owned(),
                    Ask::Filter => words::FILTER.get(lang).to_owned(),
                    Ask::Export => words::EXPORT.get(lang).to_owned(),
                    Ask::Predict => self.asked(),
                };
                format!(" {asked} {}_", prompt.text)
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
    fn asked(&self) -> String {
        let lang = self.options.lang;
        let next = self
            .page
            .as_ref()
            .and_then(|(_, _, page)| page.next.as_ref());
        let (Some(next), Some(question)) = (next, self.predict.question) else {
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
