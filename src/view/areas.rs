//! Where the panes stand, by the size of the screen.

use ratatui::layout::{Constraint, Layout, Rect};

/// From this width on the panes stand side by side.
const WIDE: u16 = 160;
/// The columns of the panes at the side: a line of sixteen bytes.
const SIDE: u16 = 74;
/// The least that the panes need.
pub(super) const LEAST: (u16, u16) = (80, 24);

/// Where everything goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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

impl Areas {
    /// Where bytes stand.
    pub(super) fn of_bytes(&self) -> Rect {
        self.bytes.unwrap_or(self.fields)
    }
}

/// The places of everything on a screen.
pub(super) fn areas(all: Rect, large: bool) -> Areas {
    let line = Constraint::Length(1);
    let rows = |below| Layout::vertical([Constraint::Min(8), line, below]);
    let halves = Layout::horizontal([Constraint::Fill(1); 2]);
    let thirds = Layout::vertical([Constraint::Fill(1); 3]);
    let mut areas = Areas::default();
    let middle;
    [areas.title, middle, areas.bottom] =
        Layout::vertical([line, Constraint::Min(1), line]).areas(all);
    if large {
        [areas.main, areas.states, areas.explanation] = rows(Constraint::Length(4)).areas(middle);
    } else if all.width < WIDE {
        let below;
        let height = (middle.height * 2 / 5).max(8);
        [areas.main, areas.states, below] = rows(Constraint::Length(height)).areas(middle);
        [areas.explanation, areas.fields] = halves.areas(below);
    } else {
        let columns = [Constraint::Min(80), Constraint::Length(SIDE)];
        let [left, side] = Layout::horizontal(columns).areas(middle);
        [areas.main, areas.states, _] = rows(Constraint::Length(0)).areas(left);
        let bytes;
        [areas.explanation, areas.fields, bytes] = thirds.areas(side);
        areas.bytes = Some(bytes);
    }
    areas
}
