//! Where the panes stand, by the size of the screen.

use ratatui::layout::{Constraint, Layout, Rect};

/// From this width on the panes stand side by side.
const WIDE: u16 = 160;
/// The columns of the panes at the side: a line of sixteen bytes.
const SIDE: u16 = 74;
/// The least that the panes need.
pub(super) const LEAST: (u16, u16) = (80, 24);

/// Where everything goes.
pub(super) struct Areas {
    pub(super) title: Rect,
    pub(super) main: Rect,
    pub(super) states: Rect,
    pub(super) explanation: Rect,
    pub(super) fields: Rect,
    /// Where there is room for both, else it stands in the place of the fields.
    pub(super) bytes: Option<Rect>,
    pub(super) bottom: Rect,
}

/// The places of everything on a screen.
pub(super) fn areas(all: Rect, large: bool) -> Areas {
    let rows = [
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ];
    let [title, middle, bottom] = Layout::vertical(rows).areas(all);
    let states = Constraint::Length(1);
    if large {
        let rows = [Constraint::Min(8), states, Constraint::Length(4)];
        let [main, states, explanation] = Layout::vertical(rows).areas(middle);
        return Areas {
            title,
            main,
            states,
            explanation,
            fields: Rect::default(),
            bytes: None,
            bottom,
        };
    }
    if all.width < WIDE {
        let below = (middle.height * 2 / 5).max(8);
        let rows = [Constraint::Min(8), states, Constraint::Length(below)];
        let [main, states, below] = Layout::vertical(rows).areas(middle);
        let half = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]);
        let [explanation, fields] = half.areas(below);
        return Areas {
            title,
            main,
            states,
            explanation,
            fields,
            bytes: None,
            bottom,
        };
    }
    let columns = [Constraint::Min(80), Constraint::Length(SIDE)];
    let [left, side] = Layout::horizontal(columns).areas(middle);
    let [main, states] = Layout::vertical([Constraint::Min(8), states]).areas(left);
    let thirds = [Constraint::Fill(1); 3];
    let [explanation, fields, bytes] = Layout::vertical(thirds).areas(side);
    Areas {
        title,
        main,
        states,
        explanation,
        fields,
        bytes: Some(bytes),
        bottom,
    }
}
