//! Names that are known only at run time and kept for its whole length.

use std::collections::HashSet;

/// How many names are kept.
const LIMIT: usize = 10_000;

/// Keeps each name once. Kept names live as long as the process, so that a call can be copied
/// with the name of its source file; their number has a limit.
#[derive(Debug, Default)]
pub struct Names(HashSet<&'static str>);

impl Names {
    /// `name`, kept; `None` once there are 10,000 of them and this is another one.
    pub fn keep(&mut self, name: &str) -> Option<&'static str> {
        if let Some(known) = self.0.get(name) {
            return Some(known);
        }
        if self.0.len() >= LIMIT {
            return None;
        }
        let kept: &'static str = Box::leak(name.into());
        self.0.insert(kept);
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once_and_their_number_has_a_limit() {
        let mut names = Names::default();
        let first = names.keep("servidor.py").unwrap();
        assert!(std::ptr::eq(first, names.keep("servidor.py").unwrap()));
        for number in 1..LIMIT {
            assert!(names.keep(&number.to_string()).is_some());
        }
        assert_eq!(names.keep("one more"), None);
        assert_eq!(names.keep("7"), Some("7"));
    }
}
