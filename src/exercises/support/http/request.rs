//! A request as the server reads it (RFC 9112, 3 and 6).

use httparse::{EMPTY_HEADER, Error, Header, Status as Parsed};

use super::status::Status;

/// The longest head of a request, in bytes: request line and header fields.
pub(in crate::exercises) const HEAD_LIMIT: usize = 16 * 1024;
/// The longest request line, in bytes.
const LINE_LIMIT: usize = 8 * 1024;
/// The most header fields of a request.
const FIELDS: usize = 64;

/// The head of a request.
#[derive(Debug)]
pub(in crate::exercises) struct Request {
    pub(in crate::exercises) method: String,
    pub(in crate::exercises) target: String,
    /// The client would send another request on this connection.
    pub(in crate::exercises) keep_alive: bool,
    /// How many bytes of content follow; `None` where only reading them would tell.
    pub(in crate::exercises) content: Option<u64>,
}

/// What the bytes received so far are.
#[derive(Debug)]
pub(in crate::exercises) enum Head {
    /// A whole head of so many bytes.
    Whole(Request, usize),
    /// The beginning of one.
    Begun,
    /// None that can be answered otherwise than with this status.
    Refused(Status),
}

/// Reads the head of a request.
pub(in crate::exercises) fn parse(bytes: &[u8]) -> Head {
    let mut fields = [EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let parsed = request.parse(bytes);
    // A server should ignore an empty line before the request line (RFC 9112, 2.2).
    let line = bytes.trim_ascii_start();
    let line_len = line
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(line.len());
    if line_len > LINE_LIMIT {
        return Head::Refused(Status::URI_TOO_LONG);
    }
    match parsed {
        Ok(Parsed::Complete(len)) if len <= HEAD_LIMIT => match whole(&request) {
            Some(request) => Head::Whole(request, len),
            None => Head::Refused(Status::BAD_REQUEST),
        },
        Ok(Parsed::Partial) if bytes.len() <= HEAD_LIMIT => Head::Begun,
        Ok(_) | Err(Error::TooManyHeaders) => Head::Refused(Status::HEADER_TOO_LARGE),
        Err(_) => Head::Refused(Status::BAD_REQUEST),
    }
}

/// The request of a well-formed head; `None` where its fields contradict each other.
fn whole(parsed: &httparse::Request<'_, '_>) -> Option<Request> {
    let (method, target, minor) = (parsed.method?, parsed.path?, parsed.version?);
    // A request of HTTP/1.1 has exactly one Host (RFC 9112, 3.2).
    let hosts = all(parsed.headers, "host").count();
    if hosts > 1 || (minor == 1 && hosts == 0) {
        return None;
    }
    let says = |option: &str| {
        all(parsed.headers, "connection")
            .flat_map(|value| value.split(|byte| *byte == b','))
            .any(|token| token.trim_ascii().eq_ignore_ascii_case(option.as_bytes()))
    };
    let keep_alive = match minor {
        1 => !says("close"),
        _ => says("keep-alive"),
    };
    Some(Request {
        method: method.to_owned(),
        target: target.to_owned(),
        keep_alive,
        content: content(parsed.headers)?,
    })
}

/// How much content follows the head; `None` where that cannot be told for certain, which is how
/// one request is smuggled behind another (RFC 9112, 6.3).
fn content(fields: &[Header<'_>]) -> Option<Option<u64>> {
    let mut lengths = all(fields, "content-length");
    let length = lengths.next();
    if all(fields, "transfer-encoding").next().is_some() {
        return length.is_none().then_some(None);
    }
    let Some(length) = length else {
        return Some(Some(0));
    };
    if lengths.any(|other| other != length) || !length.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length = std::str::from_utf8(length).ok()?.parse().ok()?;
    Some(Some(length))
}

/// The values of every field named `name`.
fn all<'a>(fields: &'a [Header<'a>], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    fields
        .iter()
        .filter(move |field| field.name.eq_ignore_ascii_case(name))
        .map(|field| field.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(head: &str) -> Request {
        match parse(head.as_bytes()) {
            Head::Whole(request, len) => {
                assert_eq!(len, head.len());
                request
            }
            other => panic!("{head:?}: {other:?}"),
        }
    }

    fn refused(head: &str) -> u16 {
        match parse(head.as_bytes()) {
            Head::Refused(status) => status.code,
            other => panic!("{head:?}: {other:?}"),
        }
    }

    #[test]
    fn http_1_1_keeps_the_connection_unless_told_and_1_0_does_not() {
        assert!(request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keep_alive);
        assert!(!request("GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n").keep_alive);
        assert!(!request("GET / HTTP/1.0\r\n\r\n").keep_alive);
        assert!(request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
    }

    #[test]
    fn requests_that_contradict_themselves_are_bad() {
        for head in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "\x16\x03\x01\x02\x00",
        ] {
            assert_eq!(refused(head), 400, "{head:?}");
        }
    }

    #[test]
    fn heads_have_limits() {
        assert_eq!(refused(&format!("GET /{}", "a".repeat(LINE_LIMIT))), 414);
        let fields = "x: y\r\n".repeat(65);
        assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{fields}")), 431);
        let field = format!("x: {}", "y".repeat(HEAD_LIMIT));
        assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{field}")), 431);
        assert!(matches!(parse(b"GET / HTTP/1.1\r\nHo"), Head::Begun));
    }

    #[test]
    fn content_is_told_by_its_length_or_not_at_all() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n";
        assert_eq!(request(head).content, Some(12));
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(request(head).content, None);
    }
}
