//! Any programs beside a capture: a server and its clients, unmodified, with the calls that they
//! make on their sockets.
//!
//! [`run`] is the engine of `netlab run`, in the order of a lab: the capture is opened first, then
//! the server is started, then, once it listens, the clients; what was sent until their end is
//! read, and a server that goes on is stopped. Nothing is left running.

mod director;
mod end;
mod farewell;
mod frames;
mod job;
mod lines;
mod probe;
mod stage;
mod streams;
mod wanted;
mod words;

pub use self::end::Ended;
pub use self::end::LastStates;
pub use self::end::Why;
pub use self::job::{Job, PORT, RunOptions};
pub use self::lines::Lines;
pub use self::stage::RunReport;
pub use self::stage::run;
pub use self::streams::Input;
