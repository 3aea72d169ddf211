//! A payload as far as it is kept to be compared, and how much two of them are alike.

use std::hash::{BuildHasher, Hash};
use std::sync::OnceLock;

use foldhash::SharedSeed;
use foldhash::quality::SeedableRandomState;

/// How many bytes of a payload are kept.
pub(super) const KEPT: usize = 241;
/// How many bytes at the same places say which binary request a reply belongs to.
const PLACES: usize = 64;
/// The ports of DNS, multicast DNS, LLMNR and the NetBIOS name service, which read alike.
const DNS: [u16; 4] = [53, 5353, 5355, 137];
/// The port of NTP (RFC 5905).
const NTP: u16 = 123;
/// The length of a DNS header (RFC 1035, 4.1.1).
const DNS_HEADER: usize = 12;

/// A payload that is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Payload {
    /// Its beginning.
    pub(super) bytes: Box<[u8]>,
    /// What tells equal payloads; `None` where the capture does not hold all of it, or there is
    /// nothing in it.
    pub(super) digest: Option<u64>,
    /// A number of its own where it is text: the text without its numbers. Most are never asked for it.
    form: OnceLock<Option<u64>>,
}

/// How much a reply says that it belongs to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It belongs to another one.
    Denied,
    /// Nothing.
    None,
    /// So many bytes at the same places, or of the beginning of a text.
    Bytes(usize),
    /// So many numbers of the request.
    Numbers(usize),
    /// The whole text, of so many bytes.
    Text(usize),
    /// An identifier made for that (DNS, NTP), or the same bytes.
    Same,
}

impl Payload {
    /// What is kept of `bytes`, which are those captured of a payload of `len` bytes.
    pub(super) fn new(bytes: &[u8], len: u32) -> Payload {
        let whole = usize::try_from(len).is_ok_and(|len| len == bytes.len() && len > 0);
        let digest = whole.then(|| digest(bytes));
        let bytes = bytes.get(..KEPT).unwrap_or(bytes);
        Payload {
            bytes: bytes.into(),
            digest,
            form: OnceLock::new(),
        }
    }

    fn form(&self) -> Option<u64> {
        *self.form.get_or_init(|| form(&self.bytes))
    }

    /// Whether it is text of the same form as `other`: the same but for the numbers in it.
    pub(super) fn same_form(&self, other: &Payload) -> bool {
        self.form().is_some() && self.form() == other.form()
    }

    /// Whether the bytes are the same for certain.
    pub(super) fn same(&self, other: &Payload) -> bool {
        self.digest.is_some() && self.digest == other.digest
    }

    /// How much `self`, a reply, says that it belongs to `request`; the server listens on `port`.
    pub(super) fn answers(&self, request: &Payload, port: u16) -> Likeness {
        let (asked, said) = (&*request.bytes, &*self.bytes);
        if let Some(likeness) = dns(asked, said, DNS.contains(&port)) {
            return likeness;
        }
        if port == NTP
            && let Some(likeness) = ntp(asked, said)
        {
            return likeness;
        }
        if asked.is_empty() || said.is_empty() {
            return Likeness::None;
        }
        if asked.eq_ignore_ascii_case(said) || asked.iter().rev().eq(said) {
            return Likeness::Same;
        }
        if request.form().is_none() || self.form().is_none() {
            let pairs = asked.iter().zip(said).take(PLACES);
            return match pairs.filter(|(a, b)| a == b).count() {
                0 => Likeness::None,
                same => Likeness::Bytes(same),
            };
        }
        let (asked, said) = (trimmed(asked), trimmed(said));
        if holds(said, asked) {
            return Likeness::Text(asked.len());
        }
        if self.same_form(request) && numbers(asked).next() != numbers(said).next() {
            return Likeness::Denied;
        }
        let named: Vec<&[u8]> = numbers(said).collect();
        let shared = numbers(asked)
            .filter(|number| named.contains(number))
            .count();
        if shared > 0 {
            return Likeness::Numbers(shared);
        }
        let beginning = asked.iter().zip(said);
        match (beginning.take_while(|(a, b)| a.eq_ignore_ascii_case(b))).count() {
            0..4 => Likeness::None,
            same => Likeness::Bytes(same),
        }
    }
}

/// DNS: the identifier and the question (RFC 1035, 4.1.1). On a port of `its` own, another
/// identifier denies it; elsewhere the message only counts where all of it fits.
fn dns(asked: &[u8], said: &[u8], its: bool) -> Option<Likeness> {
    let (query, asked) = asked.split_at_checked(DNS_HEADER)?;
    let (response, said) = said.split_at_checked(DNS_HEADER)?;
    let is_response = |header: &[u8]| header.get(2).is_some_and(|byte| byte & 0x80 != 0);
    if is_response(query) || !is_response(response) {
        return None;
    }
    let [id, questions] = [0..2, 4..6].map(|field| query.get(field.clone()) == response.get(field));
    let one = query.get(4..6) == Some(&[0, 1]);
    // Additional records may follow the question: it is as long as both have in common.
    let common = asked.iter().zip(said);
    let common = common
        .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
        .count();
    let question = one && questions && common >= 5 && common >= question(asked);
    match (its, id) {
        (true, true) if question || !questions => Some(Likeness::Same),
        (true, _) => Some(Likeness::Denied),
        (false, true) if question => Some(Likeness::Same),
        (false, _) => None,
    }
}

/// How many bytes the first question takes: a name, a type, a class.
fn question(mut rest: &[u8]) -> usize {
    let whole = rest.len();
    while let Some((&len, after)) = rest.split_first() {
        let Some(after) = after.get(usize::from(len)..).filter(|_| len > 0) else {
            return whole - after.len() + 4;
        };
        rest = after;
    }
    whole
}

/// NTP: the reply repeats the time stamp with which the request left (RFC 5905, 8).
fn ntp(asked: &[u8], said: &[u8]) -> Option<Likeness> {
    let mode = |bytes: &[u8]| bytes.first().map(|byte| byte & 7);
    if mode(asked) != Some(3) || mode(said) != Some(4) {
        return None;
    }
    let (left, origin) = (asked.get(40..48)?, said.get(24..32)?);
    Some(match left == origin {
        true => Likeness::Same,
        false => Likeness::Denied,
    })
}

fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

/// Whether `text` holds `part` as whole words, without regard to upper and lower case.
fn holds(text: &[u8], part: &[u8]) -> bool {
    if part.is_empty() || part.len() > text.len() {
        return false;
    }
    let joins = |outside: Option<&u8>, inside: Option<&u8>| {
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        word(outside) && word(inside)
    };
    (0..=text.len() - part.len()).any(|at| {
        let found = text.get(at..at + part.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(part))
            && !joins(at.checked_sub(1).and_then(|at| text.get(at)), part.first())
            && !joins(text.get(at + part.len()), part.last())
    })
}

/// The runs of digits in a text.
fn numbers(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let parts = text.split(|byte| !byte.is_ascii_digit());
    parts.filter(|part| !part.is_empty())
}

/// The same for the same bytes, in this run.
fn digest(bytes: impl Hash) -> u64 {
    SeedableRandomState::with_seed(0, SharedSeed::global_random()).hash_one(bytes)
}

/// The text without its numbers; `None` where it is no text.
fn form(bytes: &[u8]) -> Option<u64> {
    let text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte >= 0x80;
    let valid = || match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A character may have been cut where the kept bytes end.
        Err(at) => (at.error_len()).is_none_or(|len| at.valid_up_to() + len == bytes.len()),
    };
    if !bytes.iter().all(text) || !valid() {
        return None;
    }
    let mut kept = [0; KEPT];
    let (mut len, mut number) = (0, false);
    for byte in bytes {
        let digit = byte.is_ascii_digit();
        if let Some(place) = kept.get_mut(len) {
            *place = if digit {
                b'0'
            } else {
                byte.to_ascii_lowercase()
            };
        }
        // What comes next takes the place of a digit that goes on with a number.
        len += usize::from(!(digit && number));
        number = digit;
    }
    Some(digest(kept.get(..len)))
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Payload};

    fn likeness(request: &[u8], reply: &[u8], port: u16) -> Likeness {
        let kept = |bytes: &[u8]| Payload::new(bytes, u32::try_from(bytes.len()).unwrap());
        kept(reply).answers(&kept(request), port)
    }

    #[test]
    fn a_reply_says_by_its_text_which_request_it_belongs_to() {
        assert_eq!(likeness(b"ping 2", b"PING 2", 9), Likeness::Same);
        assert_eq!(likeness(b"hello", b"olleh", 9), Likeness::Same);
        assert_eq!(likeness(b"hello\n", b"5 HELLO!", 9), Likeness::Text(5));
        assert_eq!(
            likeness(b"Ping 3 16.25", b"pong 3", 9),
            Likeness::Numbers(1)
        );
        assert_eq!(
            likeness(b"Ping 3 16.25", b"pong 3 16.25", 9),
            Likeness::Numbers(3)
        );
        assert_eq!(
            likeness(b"ping 3 at 7", b"PING 3 at 8", 9),
            Likeness::Numbers(1)
        );
        assert_eq!(likeness(b"ping 1", b"PING 10", 9), Likeness::Denied);
        assert_eq!(likeness(b"ping 3", b"pong", 9), Likeness::None);
        assert_eq!(likeness(b"aaaa", b"ok3", 9), Likeness::None);
        assert_eq!(likeness(b"ping", b"pinged", 9), Likeness::Bytes(4));
        assert_eq!(likeness(b"", b"x", 9), Likeness::None);
        assert_eq!(
            likeness(b"\x01\x02\x03", b"\x01\x09\x03\x04", 9),
            Likeness::Bytes(2)
        );
    }

    #[test]
    fn dns_and_ntp_have_identifiers_for_that() {
        let query = |id: u8, name: &[u8]| {
            let head = [0, id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
            [&head, name, &[0, 0, 1, 0, 1]].concat()
        };
        let response = |id: u8, name: &[u8]| {
            let head = [0, id, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
            [&head, name, &[0, 0, 1, 0, 1], b"\xc0\x0c and more"].concat()
        };
        let of = |a: &[u8], b: &[u8], port| likeness(a, b, port);
        assert_eq!(
            of(&query(7, b"\x01a"), &response(7, b"\x01A"), 53),
            Likeness::Same
        );
        assert_eq!(
            of(&query(7, b"\x01a"), &response(8, b"\x01a"), 53),
            Likeness::Denied
        );
        assert_eq!(
            of(&query(7, b"\x01a"), &response(7, b"\x01b"), 53),
            Likeness::Denied
        );
        assert_eq!(
            of(&query(7, b"\x01a"), &response(7, b"\x01a"), 5300),
            Likeness::Same
        );
        let (mut asked, mut said) = ([0; 48], [0; 48]);
        (asked[0], asked[47]) = (0x23, 9);
        (said[0], said[31]) = (0x24, 9);
        assert_eq!(of(&asked, &said, 123), Likeness::Same);
        said[31] = 8;
        assert_eq!(of(&asked, &said, 123), Likeness::Denied);
    }
}
