//! A socket that loses what it receives: real loss on loopback, without any privilege over the
//! network.

use super::error::ExerciseError;
use super::tcp::Connection;

impl Connection {
    /// `setsockopt(SO_ATTACH_FILTER)`, or `SO_DETACH_FILTER`: while it is deaf, the kernel drops
    /// every segment that reaches this socket, as if the network had lost it. The filter is a
    /// classic BPF program of one instruction, "keep 0 bytes" (socket(7)).
    ///
    /// # Errors
    /// [`ExerciseError::Io`] on systems other than Linux, and where a plain user may not.
    pub fn set_deaf(&self, deaf: bool) -> Result<(), ExerciseError> {
        let option = if deaf {
            "SO_ATTACH_FILTER"
        } else {
            "SO_DETACH_FILTER"
        };
        self.set_option(option, |stream| set_deaf(stream, deaf))
    }
}

#[cfg(target_os = "linux")]
fn set_deaf(stream: &tokio::net::TcpStream, deaf: bool) -> std::io::Result<()> {
    /// BPF_RET | BPF_K of `<linux/bpf_common.h>`: ends the program with the constant.
    const RETURN: u16 = 0x06;
    let socket = socket2::SockRef::from(stream);
    if deaf {
        socket.attach_filter(&[socket2::SockFilter::new(RETURN, 0, 0, 0)])
    } else {
        socket.detach_filter()
    }
}

#[cfg(not(target_os = "linux"))]
fn set_deaf(_stream: &tokio::net::TcpStream, _deaf: bool) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
