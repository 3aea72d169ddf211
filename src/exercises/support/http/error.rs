//! What can go wrong in the web exercise, beyond its sockets.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::text::phrase::phrase;
use crate::text::{Lang, system};

/// What can go wrong in the web exercise, beyond its sockets.
#[derive(Debug, Error)]
#[error("{}", self.message(Lang::En))]
#[non_exhaustive]
pub enum HttpError {
    /// The folder to serve cannot be read, or is none.
    Root {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// What the server sent is not HTTP/1.
    NotHttp,
    /// The server answered with a status of 400 or more.
    Status {
        /// The status code.
        code: u16,
        /// The words beside it.
        reason: String,
    },
}

phrase! {
    root(path, cause): "the folder {path} cannot be served: {cause}",
        "não é possível servir a pasta {path}: {cause}";
    ROOT_HINT: "Give an existing folder with --root, or leave it out for the bundled site.",
        "Indique uma pasta existente com --root ou omita a opção para usar o site embutido.";
    NOT_HTTP: "recv: the answer is not HTTP/1", "recv: a resposta não é HTTP/1";
    NOT_HTTP_HINT: "Check that a web server listens at this port, without TLS.",
        "Confira se há um servidor web, sem TLS, nessa porta.";
    status(code, reason): "the server answered {code} {reason}",
        "o servidor respondeu {code} {reason}";
    STATUS_HINT: "Check the path; 4xx blames the request, 5xx the server.",
        "Confira o caminho; 4xx aponta erro na requisição, 5xx no servidor.";
}

impl HttpError {
    /// One sentence: what failed and why.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Root { path, cause } => {
                root(lang, path.display(), system::cause(cause, lang)).to_string()
            }
            Self::NotHttp => NOT_HTTP.get(lang).to_owned(),
            Self::Status { code, reason } => status(lang, code, reason).to_string(),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        let hint = match self {
            Self::Root { .. } => ROOT_HINT,
            Self::NotHttp => NOT_HTTP_HINT,
            Self::Status { .. } => STATUS_HINT,
        };
        hint.get(lang).to_owned()
    }
}
