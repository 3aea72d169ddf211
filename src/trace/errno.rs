//! The names of error numbers.

use nix::errno::Errno;

macro_rules! names {
    ($($name:ident)*) => {
        /// The name of an error number as POSIX's `<errno.h>` has it, of those that calls on
        /// sockets return.
        pub(super) fn name(number: i32) -> &'static str {
            match Errno::from_raw(number) {
                $(Errno::$name => stringify!($name),)*
                _ => "error",
            }
        }
    };
}

names! {
    EPERM ENOENT EINTR EIO EBADF EAGAIN ENOMEM EACCES EFAULT EBUSY EEXIST ENODEV EINVAL ENFILE
    EMFILE EFBIG ENOSPC ESPIPE EPIPE EDOM ENOSYS EPROTO EOVERFLOW EILSEQ ENOTSOCK EDESTADDRREQ
    EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT
    EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET
    ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH
    EALREADY EINPROGRESS ESTALE ECANCELED
}
