//! A socket call as the comment on the packets that it sent: `client, pid 4242: send(13) = 13  cliente.py:6`.

use super::call::SocketCall;

/// What stands before the number of the process, which a call has where its program was watched.
const PID: &str = ", pid ";

/// The comment on the packets of a call by `who`.
pub fn write(who: &str, call: &SocketCall) -> String {
    let pid = call.origin.map(|it| format!("{PID}{}", it.pid));
    let place = call.origin.and_then(|it| it.place);
    let place = place.map(|it| format!("  {it}")).unwrap_or_default();
    format!("{who}{}: {call}{place}", pid.unwrap_or_default())
}

/// Whether a comment is the one on a call of a program that was watched.
pub fn is_watched(comment: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(comment) else {
        return false;
    };
    let made = |(who, rest): (&str, &str)| {
        let (pid, call) = rest.split_once(": ")?;
        let (name, _) = call.split_once('(')?;
        let digits = !pid.is_empty() && pid.bytes().all(|it| it.is_ascii_digit());
        let word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
        let number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let (role, count) = who.split_once(' ').unwrap_or((who, ""));
        Some(digits && word(name) && word(role) && number(count))
    };
    text.split_once(PID).and_then(made).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_on_a_call_of_a_watched_program_is_known_by_its_form() {
        for comment in [
            "client, pid 4242: send(13) = 13  cliente.py:6",
            "cliente 2, pid 7: connect(127.0.0.1:5050)",
            "programa, pid 7: sendto(4, 127.0.0.1:9999) = 4",
        ] {
            assert!(is_watched(comment.as_bytes()), "{comment}");
        }
        for comment in [
            "client: send(13) = 13",
            "the client, pid 7: here is the SYN (first of three)",
            "data: the server, pid 7, answers",
            "client, pid : send(13) = 13",
            "",
        ] {
            assert!(!is_watched(comment.as_bytes()), "{comment}");
        }
    }
}
