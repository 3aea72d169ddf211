//! What lies over the panes: the keys, the list of conversations.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph};

use super::draw::talk_name;
use super::{Over, View, words};
use crate::pipeline::index::Talk;
use crate::text::quantity;

impl View {
    /// Draws it, where there is something.
    pub(super) fn over(&self, frame: &mut Frame<'_>, area: Rect) {
        match self.over {
            Some(Over::Keys) => self.keys(frame, area),
            Some(Over::Talks(at)) => self.talks(frame, area, at),
            None => {}
        }
    }

    fn keys(&self, frame: &mut Frame<'_>, area: Rect) {
        let lang = self.options.lang;
        let keys = words::KEY_LIST.iter();
        let lines = keys.map(|(key, does)| format!("{key:<11} {}", does.get(lang)));
        let lines: Vec<Line<'_>> = lines.map(|line| Line::from(self.fit(&line))).collect();
        self.panel(frame, area, words::KEYS.get(lang), lines);
    }

    fn talks(&self, frame: &mut Frame<'_>, area: Rect, at: usize) {
        let lang = self.options.lang;
        let room = usize::from(area.height).saturating_sub(2);
        let skip = at.saturating_sub(room / 2);
        let talks = self.index().talks();
        let lines = (skip..=talks.len()).take(room).map(|place| {
            let talk = place.checked_sub(1).and_then(|it| talks.get(it));
            let text = talk.map_or_else(
                || words::ALL_TALKS.get(lang).to_owned(),
                |talk| self.talk_line(talk),
            );
            let here = place == at;
            let mark = if here { self.mark() } else { " " };
            let line = Line::from(self.fit(&format!("{mark} {text}")));
            match here {
                true => line.style(Style::new().add_modifier(Modifier::REVERSED)),
                false => line,
            }
        });
        let lines = lines.collect();
        self.panel(frame, area, words::TALKS.get(lang), lines);
    }

    fn talk_line(&self, talk: &Talk) -> String {
        let lang = self.options.lang;
        let packets = quantity::packets(lang, talk.packets.into());
        let line = format!("{}  {packets}", talk_name(talk));
        match talk.troubles {
            0 => line,
            count => format!("{line}  ! {}", words::troubles(lang, count.into())),
        }
    }

    /// A box over the panes.
    fn panel(&self, frame: &mut Frame<'_>, area: Rect, title: &str, lines: Vec<Line<'_>>) {
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let width = lines.iter().map(Line::width).max().unwrap_or(0) + 4;
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        let area = area.centered(
            Constraint::Length(width.max(40).min(area.width)),
            Constraint::Length(height.min(area.height)),
        );
        let mut block = Block::bordered().title(self.fit(&format!(" {title} ")));
        if self.options.letters.plain() {
            block = block.border_set(ASCII);
        }
        frame.render_widget(Clear, area);
        frame.render_widget(Paragraph::new(lines).block(block), area);
    }
}

const ASCII: border::Set<'static> = border::Set {
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
    ..border::EMPTY
};
