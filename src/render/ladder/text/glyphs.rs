//! The characters a ladder is drawn with.

/// A set of them.
#[derive(Debug)]
pub(super) struct Glyphs {
    pub(super) lane: char,
    /// A lane where time passes.
    pub(super) dotted: char,
    pub(super) silence: char,
    pub(super) shaft: char,
    pub(super) crossing: char,
    pub(super) right: char,
    pub(super) left: char,
    /// From left to below, and from above to right: an arrow to the right that takes time.
    pub(super) down_right: [char; 2],
    /// From below to right, and from left to above: an arrow to the left that takes time.
    pub(super) down_left: [char; 2],
    pub(super) rule: char,
    pub(super) rule_crossing: char,
    pub(super) call: char,
}

pub(super) static UNICODE: Glyphs = Glyphs {
    lane: '│',
    dotted: '┊',
    silence: '≈',
    shaft: '─',
    crossing: '┼',
    right: '→',
    left: '←',
    down_right: ['╮', '╰'],
    down_left: ['╭', '╯'],
    rule: '┄',
    rule_crossing: '┼',
    call: '●',
};

pub(super) static ASCII: Glyphs = Glyphs {
    lane: '|',
    dotted: ':',
    silence: '~',
    shaft: '-',
    crossing: '+',
    right: '>',
    left: '<',
    down_right: ['.', '\''],
    down_left: ['.', '\''],
    rule: '.',
    rule_crossing: '+',
    call: '*',
};
