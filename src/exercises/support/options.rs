//! What a server and a client can be asked to do. `None` is the exercise's own default.
//!
//! [`Exercise::server_options`](crate::exercises::Exercise::server_options) and
//! [`Exercise::client_options`](crate::exercises::Exercise::client_options) name those that an exercise
//! takes beyond the common ones, as they are typed (without the dashes).

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use tokio::io::AsyncBufRead;

/// How many clients a server serves before it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clients {
    /// So many (`--clients N`), at least 1.
    Count(u32),
    /// All that come, until it is stopped (`--forever`).
    Forever,
}

impl Clients {
    /// Whether a server that has served `count` clients goes on.
    pub const fn more_than(self, count: u32) -> bool {
        match self {
            Clients::Count(wanted) => count < wanted,
            Clients::Forever => true,
        }
    }
}

/// How a server deals with several clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Many at once, in one thread.
    Async,
    /// Many at once, a thread for each.
    Threads,
    /// One after another. `one` (a single request at a time) is the same to a web server.
    Iterative,
}

impl Mode {
    /// As typed after `--mode`.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Async => "async",
            Mode::Threads => "threads",
            Mode::Iterative => "iterative",
        }
    }

    /// The mode of a typed name. `one` (a single request at a time) is iterative.
    pub fn from_name(name: &str) -> Option<Mode> {
        match name {
            "async" => Some(Mode::Async),
            "threads" => Some(Mode::Threads),
            "iterative" | "one" => Some(Mode::Iterative),
            _ => None,
        }
    }
}

/// What a server is asked to do.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Where to listen: an address or a name (common to all).
    pub host: String,
    /// The port, 0 for any that is free (common to all).
    pub port: Option<u16>,
    /// Set SO_REUSEADDR before bind (common to all).
    pub reuse_addr: bool,
    /// `clients` and `forever`.
    pub clients: Option<Clients>,
    /// `buffer`: how many bytes each recv has room for, at least 1.
    pub buffer: Option<usize>,
    /// `backlog`: how many connections may wait to be accepted.
    pub backlog: Option<u32>,
    /// `close-delay`: how long to wait between the end of the client's stream and close.
    pub close_delay: Option<Duration>,
    /// `idle-timeout`: how long a silent client is kept.
    pub idle_timeout: Option<Duration>,
    /// `mode`.
    pub mode: Option<Mode>,
    /// `answers`: how many messages of a client are answered before the server closes; with UDP,
    /// how many datagrams are taken before it ends.
    pub messages: Option<u32>,
    /// `loss`: the probability to drop a datagram, 0 to 1.
    pub loss: Option<f64>,
    /// `seed` of the losses.
    pub seed: Option<u64>,
    /// `root`: the folder to serve.
    pub root: Option<PathBuf>,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            host: LOOPBACK.to_owned(),
            port: None,
            reuse_addr: false,
            clients: None,
            buffer: None,
            backlog: None,
            close_delay: None,
            idle_timeout: None,
            mode: None,
            messages: None,
            loss: None,
            seed: None,
            root: None,
        }
    }
}

/// What a client is asked to do.
#[derive(Debug)]
pub struct ClientOptions {
    /// The server's address or name (common to all).
    pub host: String,
    /// The server's port (common to all).
    pub port: Option<u16>,
    /// How long to wait for an answer (`timeout`, common to all).
    pub timeout: Option<Duration>,
    /// `message`.
    pub message: Message,
    /// `times` (`-c`): how often to connect, or how many pings.
    pub times: Option<u32>,
    /// `clients`: how many clients at once.
    pub clients: Option<u32>,
    /// `pause` between messages.
    pub pause: Option<Duration>,
    /// `messages`: how many each client sends.
    pub messages: Option<u32>,
    /// `buffer`: how many bytes each recv has room for, at least 1.
    pub buffer: Option<usize>,
    /// `unconnected`: a UDP socket without connect, which hears of no refusal.
    pub unconnected: bool,
    /// `path`: what to ask a web server for.
    pub path: Option<String>,
    /// `keep-alive`: several requests on one connection.
    pub keep_alive: bool,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            host: LOOPBACK.to_owned(),
            port: None,
            timeout: None,
            message: Message::Default,
            times: None,
            clients: None,
            pause: None,
            messages: None,
            buffer: None,
            unconnected: false,
            path: None,
            keep_alive: false,
        }
    }
}

/// Where servers listen and clients call unless told otherwise.
pub const LOOPBACK: &str = "127.0.0.1";

/// Lines to send.
pub type Input = Box<dyn AsyncBufRead + Send + Sync + Unpin>;

/// What a client sends.
#[derive(Default)]
pub enum Message {
    /// The exercise's own message.
    #[default]
    Default,
    /// This one (`--message TEXT`).
    Text(String),
    /// Each line of an input, until its end (`--message -`).
    Lines(Input),
}

impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Message::Default => out.write_str("Default"),
            Message::Text(text) => write!(out, "Text({text:?})"),
            Message::Lines(_) => out.write_str("Lines"),
        }
    }
}
