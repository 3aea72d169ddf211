//! Wireshark's display filters (`-Y`), as far as exercises ask for them: which rows are shown.
//!
//! An expression means what it means in Wireshark 4 (wireshark-filter(4)): a field alone asks
//! whether the packet has it; `==` and the other comparisons are true where one of the field's
//! values fits, `!=` where there are values and none is equal; `and` binds closer than `or`. The
//! fields are those of `fields`, and netlab's own `phase`. Of a packet in a tunnel only the
//! innermost layers count, and of an ICMP error also the datagram that it quotes.

mod fields;
mod parse;
mod refusal;

use std::net::IpAddr;

pub use self::refusal::Refusal;

use self::fields::Field;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row::Row;

/// A display filter, read.
#[derive(Clone, Debug)]
pub struct DisplayFilter {
    tree: Node,
}

impl DisplayFilter {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`Refusal`] where it cannot be read, or asks for what netlab does not know.
    pub fn parse(expression: &str) -> Result<Self, Refusal> {
        parse::expression(expression).map(|tree| Self { tree })
    }

    /// Whether a row is shown.
    pub fn admits(&self, row: &Row<'_>) -> bool {
        self.tree.admits(row)
    }
}

/// A part of an expression.
#[derive(Clone, Debug)]
enum Node {
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Present(Field),
    Compare(Field, Comparison, Value),
}

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}

/// What a field holds, or is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Number(u64),
    /// An address, and how many of its leading bits count.
    Address(IpAddr, u32),
    Phase(Phase),
}

impl Node {
    fn admits(&self, row: &Row<'_>) -> bool {
        match self {
            Node::Not(inner) => !inner.admits(row),
            Node::And(parts) => parts.iter().all(|part| part.admits(row)),
            Node::Or(parts) => parts.iter().any(|part| part.admits(row)),
            Node::Present(field) => field.values(row).next().is_some(),
            Node::Compare(field, comparison, wanted) => {
                let mut values = field.values(row).peekable();
                match comparison {
                    Comparison::NotEqual => {
                        values.peek().is_some()
                            && values.all(|value| Comparison::NotEqual.holds(value, *wanted))
                    }
                    other => values.any(|value| other.holds(value, *wanted)),
                }
            }
        }
    }
}

impl Comparison {
    fn holds(self, value: Value, wanted: Value) -> bool {
        let (value, wanted) = match (value, wanted) {
            (Value::Address(value, _), Value::Address(wanted, prefix)) => {
                match (leading(value, prefix), leading(wanted, prefix)) {
                    (Some(value), Some(wanted)) => (value, wanted),
                    _ => return self == Comparison::NotEqual,
                }
            }
            (Value::Number(value), Value::Number(wanted)) => (value.into(), wanted.into()),
            (value, wanted) => return (value == wanted) == (self == Comparison::Equal),
        };
        match self {
            Comparison::Equal => value == wanted,
            Comparison::NotEqual => value != wanted,
            Comparison::Greater => value > wanted,
            Comparison::Less => value < wanted,
            Comparison::GreaterOrEqual => value >= wanted,
            Comparison::LessOrEqual => value <= wanted,
        }
    }
}

/// The leading bits of an address, as a number; `None` where it has fewer.
fn leading(address: IpAddr, prefix: u32) -> Option<u128> {
    let (bits, width) = match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let rest = u32::checked_sub(width, prefix)?;
    Some(bits.checked_shr(rest).unwrap_or(0))
}
