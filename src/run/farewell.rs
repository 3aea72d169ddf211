//! The last lines of programs that netlab stopped.

use super::streams::Said;

/// What the programs said of their own: a Python program says where Ctrl-C met it, which is no
/// error of its own.
pub(super) fn of_their_own(said: Vec<Said>) -> Vec<Said> {
    let interrupted = |party| {
        said.iter()
            .any(|it| it.party == party && it.line.starts_with("KeyboardInterrupt"))
    };
    let mut own = Vec::new();
    let mut within = Vec::new();
    for it in &said {
        let begins = [
            "Traceback (most recent call last)",
            "Exception ignored",
            "^C",
        ];
        let begin = begins.iter().any(|begin| it.line.starts_with(begin));
        if begin && interrupted(it.party) && !within.contains(&it.party) {
            within.push(it.party);
        }
        own.push(!within.contains(&it.party));
    }
    let mut own = own.into_iter();
    said.into_iter()
        .filter(|_| own.next().unwrap_or(true))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::Party;

    #[test]
    fn where_ctrl_c_met_a_python_program_is_no_error() {
        let said = |party, lines: &[&str]| -> Vec<Said> {
            let said = lines.iter().map(|line| Said {
                party,
                line: (*line).to_owned(),
                error: true,
            });
            said.collect()
        };
        let own = |lines: &[&str]| -> Vec<String> {
            let own = of_their_own(said(Party::SERVER, lines));
            own.into_iter().map(|it| it.line).collect()
        };
        let traceback = [
            "até logo",
            "Traceback (most recent call last):",
            "  File \"s.py\", line 7",
            "KeyboardInterrupt",
        ];
        assert_eq!(own(&traceback), ["até logo"]);
        let error = ["Traceback (most recent call last):", "OSError: [Errno 98]"];
        assert_eq!(own(&error), error);
    }
}
