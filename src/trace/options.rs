//! Socket options in words (socket(7), tcp(7)): those that a course speaks of.

use super::memory;

/// How the value of an option is written.
#[derive(Clone, Copy)]
enum Value {
    /// On where it is not 0.
    Switch,
    /// A number.
    Number,
    /// struct timeval.
    Time,
    /// struct linger.
    Linger,
}

const OPTIONS: &[(i32, i32, &str, Value)] = &[
    (
        libc::SOL_SOCKET,
        libc::SO_REUSEADDR,
        "SO_REUSEADDR",
        Value::Switch,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_REUSEPORT,
        "SO_REUSEPORT",
        Value::Switch,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_KEEPALIVE,
        "SO_KEEPALIVE",
        Value::Switch,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_BROADCAST,
        "SO_BROADCAST",
        Value::Switch,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_LINGER,
        "SO_LINGER",
        Value::Linger,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_RCVTIMEO,
        "SO_RCVTIMEO",
        Value::Time,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_SNDTIMEO,
        "SO_SNDTIMEO",
        Value::Time,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_RCVBUF,
        "SO_RCVBUF",
        Value::Number,
    ),
    (
        libc::SOL_SOCKET,
        libc::SO_SNDBUF,
        "SO_SNDBUF",
        Value::Number,
    ),
    (
        libc::IPPROTO_TCP,
        libc::TCP_NODELAY,
        "TCP_NODELAY",
        Value::Switch,
    ),
    (
        libc::IPPROTO_TCP,
        libc::TCP_QUICKACK,
        "TCP_QUICKACK",
        Value::Switch,
    ),
    (libc::IPPROTO_TCP, libc::TCP_CORK, "TCP_CORK", Value::Switch),
    (
        libc::IPPROTO_IPV6,
        libc::IPV6_V6ONLY,
        "IPV6_V6ONLY",
        Value::Switch,
    ),
];

/// The name of an option that is shown.
pub(super) fn name(level: i32, option: i32) -> Option<&'static str> {
    find(level, option).map(|(name, _)| name)
}

fn find(level: i32, option: i32) -> Option<(&'static str, Value)> {
    let known = OPTIONS.iter().find(|it| (it.0, it.1) == (level, option));
    known.map(|it| (it.2, it.3))
}

/// The option with its value as in `SO_LINGER, 0 s`; one that is only switched on is its name.
pub(super) fn with_value(level: i32, option: i32, value: &[u8]) -> String {
    let Some((name, kind)) = find(level, option) else {
        return String::new();
    };
    let first = memory::int(value).unwrap_or(0);
    match kind {
        Value::Switch if first != 0 => name.to_owned(),
        Value::Linger if first != 0 => {
            let secs = value.get(4..).and_then(memory::int).unwrap_or(0);
            format!("{name}, {secs} s")
        }
        Value::Switch | Value::Linger => format!("{name}, off"),
        Value::Number => format!("{name}, {first}"),
        Value::Time => {
            let (secs, micros) = (memory::word(value, 0), memory::word(value, 8));
            let fraction = format!(".{micros:06}");
            let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
            format!("{name}, {secs}{fraction} s")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_with_their_values() {
        let told = |option, words: &[i32]| {
            let bytes: Vec<u8> = words.iter().flat_map(|it| it.to_ne_bytes()).collect();
            with_value(libc::SOL_SOCKET, option, &bytes)
        };
        assert_eq!(told(libc::SO_REUSEADDR, &[1]), "SO_REUSEADDR");
        assert_eq!(told(libc::SO_REUSEADDR, &[0]), "SO_REUSEADDR, off");
        assert_eq!(told(libc::SO_LINGER, &[1, 0]), "SO_LINGER, 0 s");
        assert_eq!(told(libc::SO_RCVBUF, &[4096]), "SO_RCVBUF, 4096");
        assert_eq!(
            told(libc::SO_RCVTIMEO, &[2, 0, 500_000, 0]),
            "SO_RCVTIMEO, 2.5 s"
        );
        assert_eq!(told(libc::SO_RCVTIMEO, &[5, 0, 0, 0]), "SO_RCVTIMEO, 5 s");
        assert_eq!(name(libc::SOL_SOCKET, libc::SO_TYPE), None);
    }
}
