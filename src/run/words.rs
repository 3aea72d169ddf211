//! A command as typed, in words.

use std::ffi::OsString;

/// What only a shell understands.
const SHELL: &[char] = &[
    '|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '"', '\'', '*', '?', '[', ']', '#', '~',
    '=', '%', '!', '{', '}', '\n',
];

/// The words of `command`; those of a shell that runs it where it is more than words.
pub(super) fn words(command: &str) -> Vec<OsString> {
    if command.contains(SHELL) {
        return ["sh", "-c", command].map(OsString::from).to_vec();
    }
    command.split_whitespace().map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_runs_what_only_a_shell_understands() {
        assert_eq!(
            words("python3  servidor.py 5050"),
            ["python3", "servidor.py", "5050"]
        );
        assert_eq!(words("echo oi | nc 127.0.0.1 5050")[..2], ["sh", "-c"]);
        assert_eq!(words("PORT=5050 ./servidor")[2], "PORT=5050 ./servidor");
    }
}
