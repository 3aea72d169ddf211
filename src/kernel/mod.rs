//! What the kernel knows of sockets, and who has them: sock_diag(7) and `/proc`, as `ss` asks
//! them. A plain user may, too.

mod diag;
mod message;
mod owner;
mod watch;

pub use self::diag::Diag;
pub use self::owner::Owner;
pub use self::owner::owners;
pub use self::watch::Change;
pub use self::watch::Watch;
