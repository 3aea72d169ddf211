//! The set of analysis marks of a segment.

/// tshark's analysis marks as a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Marks(pub u16);
