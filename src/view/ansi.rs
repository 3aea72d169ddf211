//! What other parts of netlab write for a terminal, as styled text: the colours they choose, and no
//! character that acts on a terminal.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use crate::text::visible::is_shown;

/// A line with its colours.
pub(super) fn line(text: &str) -> Line<'static> {
    let mut spans = Vec::new();
    let mut style = Style::new();
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once("\x1b[") {
        push(plain, style, &mut spans);
        let Some((codes, after)) = after.split_once('m') else {
            rest = "";
            break;
        };
        style = styled(codes, style);
        rest = after;
    }
    push(rest, style, &mut spans);
    Line::from(spans)
}

fn push(text: &str, style: Style, spans: &mut Vec<Span<'static>>) {
    if !text.is_empty() {
        spans.push(Span::styled(harmless(text), style));
    }
}

/// The text without what acts on a terminal.
pub(super) fn harmless(text: &str) -> String {
    let shown = |character: char| if is_shown(character) { character } else { '?' };
    text.chars().map(shown).collect()
}

/// The style after some codes.
fn styled(codes: &str, mut style: Style) -> Style {
    let mut codes = codes.split(';').map(|code| code.parse().unwrap_or(0_u8));
    while let Some(code) = codes.next() {
        style = match code {
            0 => Style::new(),
            1 => style.add_modifier(Modifier::BOLD),
            2 => style.add_modifier(Modifier::DIM),
            3 => style.add_modifier(Modifier::ITALIC),
            4 => style.add_modifier(Modifier::UNDERLINED),
            30..=37 => style.fg(Color::Indexed(code - 30)),
            90..=97 => style.fg(Color::Indexed(code - 82)),
            38 | 48 => {
                let color = codes.nth(1).map_or(Color::Reset, Color::Indexed);
                match code {
                    38 => style.fg(color),
                    _ => style.bg(color),
                }
            }
            _ => style,
        };
    }
    style
}
