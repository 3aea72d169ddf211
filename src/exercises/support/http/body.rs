//! An answer as the client reads it (RFC 9112, 4, 6 and 7).

use httparse::{EMPTY_HEADER, Status as Parsed};

use super::error::HttpError;
use super::reader::Reader;
use crate::exercises::error::ExerciseError;

/// The longest head of an answer, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;
/// Content that is kept; the rest is counted.
const KEPT: usize = 1 << 20;

/// The head of an answer.
#[derive(Debug)]
pub(in crate::exercises) struct Answer {
    pub(in crate::exercises) code: u16,
    pub(in crate::exercises) reason: String,
    /// The status line and the header fields, a line each.
    pub(in crate::exercises) lines: Vec<String>,
    /// The server will keep the connection open.
    pub(in crate::exercises) keep_alive: bool,
    content: Length,
}

/// How the end of the content is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Bytes(u64),
    Chunked,
    UntilClose,
}

/// Content that came.
#[derive(Debug, Default)]
pub(in crate::exercises) struct Content {
    /// Its beginning, at most 1 MiB.
    pub(in crate::exercises) bytes: Vec<u8>,
    /// Its length.
    pub(in crate::exercises) len: u64,
}

impl Content {
    fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        let room = KEPT.saturating_sub(self.bytes.len());
        self.bytes
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

/// Receives the head of an answer; informational ones (1xx) before it are skipped.
///
/// # Errors
/// [`HttpError::NotHttp`], and those of recv.
pub(in crate::exercises) async fn head(reader: &mut Reader<'_>) -> Result<Answer, ExerciseError> {
    loop {
        match parse(reader.kept())? {
            Some((answer, len)) => {
                reader.take(len);
                if !(100..200).contains(&answer.code) {
                    return Ok(answer);
                }
            }
            None if reader.kept().len() > HEAD_LIMIT => return Err(HttpError::NotHttp.into()),
            None => {
                if !reader.more().await? {
                    return Err(HttpError::NotHttp.into());
                }
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Option<(Answer, usize)>, HttpError> {
    let mut fields = [EMPTY_HEADER; 128];
    let mut response = httparse::Response::new(&mut fields);
    let len = match response.parse(bytes) {
        Ok(Parsed::Complete(len)) => len,
        Ok(Parsed::Partial) => return Ok(None),
        Err(_) => return Err(HttpError::NotHttp),
    };
    let (Some(code), Some(minor)) = (response.code, response.version) else {
        return Err(HttpError::NotHttp);
    };
    let reason = response.reason.unwrap_or_default().to_owned();
    let mut lines = vec![
        format!("HTTP/1.{minor} {code} {reason}")
            .trim_end()
            .to_owned(),
    ];
    let (mut length, mut chunked, mut close) = (None, false, minor == 0);
    for field in response.headers.iter() {
        let value = String::from_utf8_lossy(field.value);
        lines.push(format!("{}: {value}", field.name));
        let is = |name: &str| field.name.eq_ignore_ascii_case(name);
        let says = |token: &str| {
            value
                .split(',')
                .any(|part| part.trim().eq_ignore_ascii_case(token))
        };
        if is("content-length") {
            length = Some(value.trim().parse().map_err(|_| HttpError::NotHttp)?);
        } else if is("transfer-encoding") {
            chunked = says("chunked");
        } else if is("connection") {
            close = !says("keep-alive") && (close || says("close"));
        }
    }
    let content = match (code, chunked, length) {
        // These have no content, whatever their fields say.
        (100..=199 | 204 | 304, _, _) => Length::Bytes(0),
        (_, true, _) => Length::Chunked,
        (_, _, Some(length)) => Length::Bytes(length),
        (_, _, None) => Length::UntilClose,
    };
    let answer = Answer {
        code,
        reason,
        lines,
        keep_alive: !close && content != Length::UntilClose,
        content,
    };
    Ok(Some((answer, len)))
}

/// Receives the content of an answer.
///
/// # Errors
/// [`ExerciseError::Ended`], [`HttpError::NotHttp`], and those of recv.
pub(in crate::exercises) async fn content(
    reader: &mut Reader<'_>,
    answer: &Answer,
) -> Result<Content, ExerciseError> {
    let mut content = Content::default();
    match answer.content {
        Length::Bytes(length) => bytes(reader, length, &mut content).await?,
        Length::Chunked => chunks(reader, &mut content).await?,
        Length::UntilClose => loop {
            let kept = reader.take(usize::MAX);
            content.add(&kept);
            if !reader.more().await? {
                break;
            }
        },
    }
    Ok(content)
}

async fn bytes(
    reader: &mut Reader<'_>,
    length: u64,
    content: &mut Content,
) -> Result<(), ExerciseError> {
    let mut left = length;
    loop {
        let part = reader.take(usize::try_from(left).unwrap_or(usize::MAX));
        left -= part.len() as u64;
        content.add(&part);
        if left == 0 {
            return Ok(());
        }
        if !reader.more().await? {
            let count = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
            return Err(ExerciseError::Ended {
                received: count(length - left),
                expected: count(length),
            });
        }
    }
}

/// RFC 9112, 7.1: a size in hexadecimal, that many bytes, an empty line; a size of 0 ends it.
async fn chunks(reader: &mut Reader<'_>, content: &mut Content) -> Result<(), ExerciseError> {
    loop {
        let (line, size) = loop {
            match httparse::parse_chunk_size(reader.kept()) {
                Ok(Parsed::Complete(found)) => break found,
                Ok(Parsed::Partial) if reader.kept().len() < HEAD_LIMIT => {}
                _ => return Err(HttpError::NotHttp.into()),
            }
            if !reader.more().await? {
                return Err(HttpError::NotHttp.into());
            }
        };
        reader.take(line);
        if size == 0 {
            return trailer(reader).await;
        }
        bytes(reader, size, content).await?;
        bytes(reader, 2, &mut Content::default()).await?;
    }
}

/// The fields behind the last chunk, up to the empty line.
async fn trailer(reader: &mut Reader<'_>) -> Result<(), ExerciseError> {
    loop {
        let mut fields = [EMPTY_HEADER; 32];
        match httparse::parse_headers(reader.kept(), &mut fields) {
            Ok(Parsed::Complete((len, _))) => {
                reader.take(len);
                return Ok(());
            }
            Ok(Parsed::Partial) if reader.kept().len() < HEAD_LIMIT => {}
            _ => return Err(HttpError::NotHttp.into()),
        }
        if !reader.more().await? {
            return Err(HttpError::NotHttp.into());
        }
    }
}
