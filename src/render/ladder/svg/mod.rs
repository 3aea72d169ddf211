//! x
use crate::report::ladder::{Ladder, Ladders};
use crate::text::Lang;
/// x
pub fn document(_: &Ladders, _: Lang) -> String {
    String::new()
}
/// x
pub fn svg(_: &Ladder, _: Lang) -> String {
    String::new()
}
