//! What the kernel knows of sockets, and who has them: sock_diag(7) and `/proc`, as `ss` asks
//! them. A plain user may, too.

mod diag;
mod message;
mod owner;
mod rights;
mod spaces;
mod watch;

pub use self::diag::Diag;
pub use self::owner::Owner;
pub use self::owner::owners;
pub use self::rights::Limit;
pub use self::rights::limits;
pub use self::rights::passed;
pub use self::spaces::Elsewhere;
pub use self::spaces::elsewhere;
pub use self::watch::Change;
pub use self::watch::Watch;
pub use self::watch::now;
