//! First lines, and what the fields behind them say of the body.

use httparse::{EMPTY_HEADER, Header, Status};

/// The methods of RFC 9110 (9) and RFC 5789.
const METHODS: &[&[u8]] = &[
    b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"CONNECT", b"OPTIONS", b"TRACE", b"PATCH",
];
const VERSION: &[u8] = b"HTTP/1.";
/// The longest first line that is read.
pub(super) const LONGEST: usize = 8000;
/// How many fields a head may have.
const FIELDS: usize = 128;

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First<'a> {
    Request { line: &'a [u8], method: &'a [u8] },
    Response { line: &'a [u8], code: u16 },
}

/// How the end of a body is found (RFC 9112, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// After so many bytes.
    Length(u64),
    /// In chunks.
    Chunked,
    /// Where the connection is closed.
    Close,
    /// What follows is not HTTP any more.
    Tunnel,
    /// The fields cannot be read.
    Unknown,
}

/// The first line of HTTP/1 at the beginning of `text`: `None` where it is none, or not whole.
pub(super) fn first(text: &[u8]) -> Option<First<'_>> {
    let head = text.get(..LONGEST).unwrap_or(text);
    let end = head.iter().position(|byte| *byte == b'\n')?;
    let line = head.get(..end)?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if let Some(rest) = version(line) {
        let [b' ', a, b, c, after @ ..] = rest else {
            return None;
        };
        let digits = [*a, *b, *c];
        let sound = digits.iter().all(u8::is_ascii_digit)
            && (b'1'..=b'5').contains(a)
            && matches!(after, [] | [b' ', ..]);
        let code = digits.iter().fold(0, |code, digit| {
            code * 10 + u16::from(digit.wrapping_sub(b'0'))
        });
        return sound.then_some(First::Response { line, code });
    }
    let mut words = line.split(|byte| *byte == b' ');
    let (method, target, last) = (words.next()?, words.next()?, words.next()?);
    let sound = METHODS.contains(&method)
        && !target.is_empty()
        && version(last).is_some_and(<[u8]>::is_empty)
        && words.next().is_none();
    sound.then_some(First::Request { line, method })
}

/// Whether `text` begins as a first line does: a quick look.
pub(super) fn promising(text: &[u8]) -> bool {
    let begins = |method: &&[u8]| {
        text.strip_prefix(*method)
            .is_some_and(|rest| rest.starts_with(b" "))
    };
    text.starts_with(VERSION) || METHODS.iter().any(begins)
}

/// Whether `text`, which holds no whole line, may become a first line.
pub(super) fn may_become(text: &[u8]) -> bool {
    let begins = |word: &[u8]| {
        let common = word.len().min(text.len());
        word.get(..common) == text.get(..common)
            && text
                .get(common)
                .is_none_or(|byte| *byte == b' ' || word == VERSION)
    };
    text.len() < LONGEST && (begins(VERSION) || METHODS.iter().any(|method| begins(method)))
}

/// What follows `HTTP/1.x`.
fn version(text: &[u8]) -> Option<&[u8]> {
    match text.strip_prefix(VERSION)? {
        [b'0' | b'1', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Where the head of a message ends: behind its empty line.
pub(super) fn head_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == b'\n')? + 1;
        match text.get(at..)? {
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            _ => {}
        }
    }
}

/// How the body behind a request's head ends.
pub(super) fn of_request(head: &[u8]) -> Framing {
    let mut fields = [EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        // Without length there is no body (RFC 9112, 6.3).
        Ok(Status::Complete(_)) => stated(request.headers).unwrap_or(Framing::Length(0)),
        _ => Framing::Unknown,
    }
}

/// How the body behind the head of a response with `code` ends; `method` is that of its request,
/// where it is known.
pub(super) fn of_response(head: &[u8], code: u16, method: Option<&[u8]>) -> Framing {
    match (code, method) {
        (101, _) | (200..300, Some(b"CONNECT")) => return Framing::Tunnel,
        (100..200 | 204 | 304, _) | (_, Some(b"HEAD")) => return Framing::Length(0),
        _ => {}
    }
    let mut fields = [EMPTY_HEADER; FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    match response.parse(head) {
        Ok(Status::Complete(_)) => stated(response.headers).unwrap_or(Framing::Close),
        _ => Framing::Unknown,
    }
}

/// What the fields state of the body.
fn stated(fields: &[Header<'_>]) -> Option<Framing> {
    let named = |name: &'static str| {
        let these = fields
            .iter()
            .filter(move |it| it.name.eq_ignore_ascii_case(name));
        these.map(|field| field.value.trim_ascii())
    };
    if let Some(coding) = named("transfer-encoding").next_back() {
        let last = coding
            .rsplit(|byte| *byte == b',')
            .next()
            .unwrap_or_default();
        return Some(match last.trim_ascii().eq_ignore_ascii_case(b"chunked") {
            true => Framing::Chunked,
            false => Framing::Close,
        });
    }
    let length = named("content-length").next()?;
    let length = std::str::from_utf8(length).ok();
    Some(
        length
            .and_then(|text| text.parse().ok())
            .map_or(Framing::Unknown, Framing::Length),
    )
}

#[cfg(test)]
mod tests {
    use super::{First, Framing, first, head_end, may_become, of_request, of_response};

    fn kind(payload: &[u8]) -> &'static str {
        match first(payload) {
            Some(First::Request { .. }) => "request",
            Some(First::Response { .. }) => "response",
            None => "none",
        }
    }

    #[test]
    fn only_whole_first_lines_of_http_count() {
        assert_eq!(kind(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "request");
        assert_eq!(kind(b"GET / HTTP/1.0\n"), "request");
        assert_eq!(kind(b"HTTP/1.1 404 Not Found\r\n"), "response");
        assert_eq!(kind(b"HTTP/1.0 200\r\n"), "response");
        for text in [
            b"GET / HTTP/1.1".as_slice(),
            b"GET a b HTTP/1.1\r\n",
            b"GET  HTTP/1.1\r\n",
            b"get / HTTP/1.1\r\n",
            b"HTTP/2 200 OK\r\n",
            b"HTTP/1.1 2000 OK\r\n",
            b"HTTP/1.1 abc\r\n",
            b"GETTING started\n",
            b"",
        ] {
            assert_eq!(kind(text), "none", "{}", String::from_utf8_lossy(text));
        }
        assert!(may_become(b"GE") && may_become(b"GET /x HTT") && may_become(b"HTTP/1.1 2"));
        assert!(!may_become(b"GETTING") && !may_become(b"hello") && !may_become(b"HTTP/2"));
    }

    #[test]
    fn a_body_ends_where_its_head_says() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nrest";
        assert_eq!(head_end(head), Some(39));
        assert_eq!(of_response(head, 200, None), Framing::Length(12));
        assert_eq!(of_response(head, 200, Some(b"HEAD")), Framing::Length(0));
        assert_eq!(of_response(head, 304, None), Framing::Length(0));
        assert_eq!(of_response(head, 200, Some(b"CONNECT")), Framing::Tunnel);
        let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, Chunked\r\n\r\n";
        assert_eq!(of_response(chunked, 200, None), Framing::Chunked);
        assert_eq!(
            of_response(b"HTTP/1.0 200 OK\n\n", 200, None),
            Framing::Close
        );
        let request = |head: &[u8]| of_request(head);
        assert_eq!(request(b"GET / HTTP/1.1\r\n\r\n"), Framing::Length(0));
        let post = b"POST / HTTP/1.1\r\nContent-Length:3\r\n\r\n";
        assert_eq!(request(post), Framing::Length(3));
        let bad = b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n";
        assert_eq!(request(bad), Framing::Unknown);
    }
}
