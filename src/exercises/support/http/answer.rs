//! Answers: what is found, their heads, the pages that go with an error, and sending all that.

use std::io::{ErrorKind, Read};
use std::time::Duration;

use super::date::http_date;
use super::request::Request;
use super::site::{Content, Found, Site};
use super::status::Status;
use super::target;
use crate::exercises::support::error::{ExerciseError, within};
use crate::exercises::support::journal::now;
use crate::exercises::support::tcp::Connection;

/// Bytes of a file that are sent at once.
const PART: u64 = 64 * 1024;

/// What is answered.
#[derive(Debug)]
pub(in crate::exercises) struct Answer {
    pub(in crate::exercises) status: Status,
    content_type: &'static str,
    content: Option<Content>,
    page: String,
    location: Option<String>,
    /// The client asked for the head alone.
    pub(in crate::exercises) head_only: bool,
}

impl Answer {
    /// The answer to a request; `status` where it was found bad, OK otherwise.
    pub(in crate::exercises) fn to(request: Option<&Request>, status: Status, site: &Site) -> Self {
        let mut answer = Self {
            status,
            content_type: "text/html; charset=utf-8",
            content: None,
            page: String::new(),
            location: None,
            head_only: request.is_some_and(|request| request.method == "HEAD"),
        };
        if let Some(request) = request {
            answer.look_up(request, site);
        }
        if answer.status != Status::OK {
            answer.page = page(answer.status);
        }
        answer
    }

    fn look_up(&mut self, request: &Request, site: &Site) {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            self.status = Status::NOT_ALLOWED;
            return;
        }
        self.status = match target::read(&request.target).map(|target| site.find(&target)) {
            Ok(Found::File(content, content_type)) => {
                self.content = Some(content);
                self.content_type = content_type;
                Status::OK
            }
            Ok(Found::Moved(location)) => {
                self.location = Some(location);
                Status::MOVED
            }
            Ok(Found::Forbidden) => Status::FORBIDDEN,
            Ok(Found::Nothing) | Err(target::Refusal::Outside) => Status::NOT_FOUND,
            Err(target::Refusal::Malformed) => Status::BAD_REQUEST,
        };
    }

    /// Bytes of its content.
    pub(in crate::exercises) fn len(&self) -> u64 {
        match &self.content {
            Some(content) => content.len(),
            None => self.page.len() as u64,
        }
    }

    /// Sends it; returns how many bytes that were. The client has `patience` for each part.
    ///
    /// # Errors
    /// Those of send, and of reading the file.
    pub(in crate::exercises) async fn send(
        &self,
        connection: &Connection,
        keep_alive: bool,
        patience: Duration,
    ) -> Result<u64, ExerciseError> {
        let mut part = Head {
            status: self.status,
            content_type: self.content_type,
            content_length: self.len(),
            keep_alive,
            location: self.location.as_deref(),
        }
        .bytes();
        let (mut file, mut left) = (None, 0);
        if !self.head_only {
            match &self.content {
                Some(Content::Here(bytes)) => part.extend_from_slice(bytes),
                Some(Content::File(open, len)) => (file, left) = (Some(open), *len),
                None => part.extend_from_slice(self.page.as_bytes()),
            }
        }
        let mut sent = 0;
        loop {
            // The first part of a file goes out with the head.
            if let Some(file) = file {
                let room = PART.min(left);
                let got = file
                    .take(room)
                    .read_to_end(&mut part)
                    .map_err(|cause| ExerciseError::of("read", None, cause))?;
                left -= got as u64;
                if got == 0 && left > 0 {
                    // It has become shorter: only closing tells the client that the rest is missing.
                    let cause = ErrorKind::UnexpectedEof.into();
                    return Err(ExerciseError::of("read", None, cause));
                }
            }
            within(patience, "send", connection.send_all(&part)).await?;
            sent += part.len() as u64;
            part.clear();
            if left == 0 {
                return Ok(sent);
            }
        }
    }
}

/// The head of an answer (RFC 9112, 4).
#[derive(Debug)]
struct Head<'a> {
    status: Status,
    content_type: &'a str,
    /// Bytes of the content, also where it is not sent (HEAD).
    content_length: u64,
    /// The connection stays open for another request.
    keep_alive: bool,
    /// Where a folder that moved is.
    location: Option<&'a str>,
}

impl Head<'_> {
    /// Its bytes, with the empty line at its end.
    fn bytes(&self) -> Vec<u8> {
        let Status { code, reason } = self.status;
        let mut head = format!("HTTP/1.1 {code} {reason}\r\n");
        let mut field = |name: &str, value: &str| {
            head.push_str(name);
            head.push_str(": ");
            head.push_str(value);
            head.push_str("\r\n");
        };
        field("Date", &http_date(now()));
        field("Server", "netlab");
        field("Content-Type", self.content_type);
        field("Content-Length", &self.content_length.to_string());
        if let Some(location) = self.location {
            field("Location", location);
        }
        if self.status == Status::NOT_ALLOWED {
            field("Allow", "GET, HEAD");
        }
        field(
            "Connection",
            if self.keep_alive {
                "keep-alive"
            } else {
                "close"
            },
        );
        head.push_str("\r\n");
        head.into_bytes()
    }
}

/// The page that goes with a status other than 200. It quotes nothing of the request.
fn page(status: Status) -> String {
    let Status { code, reason } = status;
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <title>{code} {reason}</title></head>\n<body><h1>{code} {reason}</h1></body>\n</html>\n"
    )
}
