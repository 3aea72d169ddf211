//! Ctrl-C and requests to end, as normal ends of a run.

use std::io;

/// What asked the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C (SIGINT).
    Interrupt,
    /// A request to end (SIGTERM).
    Terminate,
    /// The terminal has gone (SIGHUP).
    HangUp,
}

/// From here on Ctrl-C does nothing to this program: another one in the terminal has it.
pub fn ignore_interrupt() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default());
}

/// Listens for [`Signal`]s.
///
/// The first one is a normal end. The second one ends the process at once, with code 130, 143 or
/// 129 as a shell would show it, even while a write blocks: whoever asks twice does not want to wait
/// for a summary.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    /// Where whoever started the program (nohup) wants it to go on, nothing is listened for.
    #[cfg(unix)]
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    /// Starts to listen, for the rest of the process. To be called inside a tokio runtime.
    ///
    /// # Errors
    /// Where the system allows no handler.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::SignalKind;
        use tokio::signal::unix::signal;

        let hang_up = ends_at_second()?.contains(&signal_hook::consts::SIGHUP);
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: hang_up.then(|| signal(SignalKind::hangup())).transpose()?,
        })
    }

    /// Waits for a signal. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            () = async {
                match &mut self.hang_up {
                    Some(hang_up) => drop(hang_up.recv().await),
                    None => std::future::pending().await,
                }
            } => Signal::HangUp,
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    /// Starts to listen. To be called inside a tokio runtime.
    ///
    /// # Errors
    /// Where the system allows no handler.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for a signal. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            Err(_) => std::future::pending().await,
        }
    }
}

/// What can be read once a [`Signal`] has come, for those who wait outside a runtime. The second
/// one ends the process as it does for [`Signals`].
///
/// # Errors
/// Where the system allows no handler.
#[cfg(unix)]
pub(in crate::source) fn asked() -> io::Result<std::os::unix::net::UnixStream> {
    let (asked, asking) = std::os::unix::net::UnixStream::pair()?;
    for number in ends_at_second()? {
        signal_hook::low_level::pipe::register(number, asking.try_clone()?)?;
    }
    Ok(asked)
}

/// Has the second signal end the process at once. Answers which ones are to be listened for.
#[cfg(unix)]
fn ends_at_second() -> io::Result<Vec<i32>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    let asked = Arc::new(AtomicBool::new(false));
    let mut listened = vec![(SIGINT, 130), (SIGTERM, 143)];
    if !is_ignored(SIGHUP) {
        listened.push((SIGHUP, 129));
    }
    for (number, code) in &listened {
        // Handlers run in this order: the first signal only sets the flag.
        flag::register_conditional_shutdown(*number, *code, Arc::clone(&asked))?;
        flag::register(*number, Arc::clone(&asked))?;
    }
    Ok(listened.into_iter().map(|(number, _)| number).collect())
}

/// Whether the process was started with a signal ignored, where the system tells (proc(5)).
#[cfg(unix)]
fn is_ignored(number: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

/// From now on does `last` when a [`Signal`] comes, and then ends the process by it, as if nobody
/// had listened: for runs that have nothing to finish.
///
/// # Errors
/// Where the system allows no handler.
#[cfg(unix)]
pub fn before_the_end(last: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::SIGINT;
    use signal_hook::consts::SIGTERM;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let wait = move || {
        for signal in signals.forever() {
            last();
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().spawn(wait).map(|_| ())
}

/// Without signals there is nothing to listen for.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn before_the_end(_: impl Fn() + Send + 'static) -> io::Result<()> {
    Ok(())
}

/// Signals that a program with the terminal to itself has to answer, asked now and then.
#[cfg(unix)]
#[derive(Debug)]
pub struct Asked {
    end: std::sync::Arc<std::sync::atomic::AtomicBool>,
    stop: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

#[cfg(unix)]
impl Asked {
    /// Listens from here on.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn listen() -> io::Result<Self> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
        use signal_hook::flag::register;

        let asked = Self {
            end: std::sync::Arc::default(),
            stop: std::sync::Arc::default(),
        };
        for number in [SIGHUP, SIGINT, SIGTERM] {
            register(number, std::sync::Arc::clone(&asked.end))?;
        }
        register(SIGTSTP, std::sync::Arc::clone(&asked.stop))?;
        Ok(asked)
    }

    /// Whether the program was asked to end, or the terminal that it writes to is gone.
    pub fn to_end(&self) -> bool {
        self.end.load(std::sync::atomic::Ordering::Relaxed)
            || nix::sys::termios::tcgetattr(io::stdout()).is_err()
    }

    /// Whether it was asked to stop since the last time.
    pub fn to_stop(&self) -> bool {
        self.stop.swap(false, std::sync::atomic::Ordering::Relaxed)
    }

    /// Stops the process until somebody lets it go on.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn stop() -> io::Result<()> {
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
    }
}

/// The same where only Ctrl-C is known, which comes as a key.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Asked;

#[cfg(not(unix))]
impl Asked {
    /// Nothing to listen to.
    pub fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Never.
    pub fn to_end(&self) -> bool {
        false
    }

    /// Never.
    pub fn to_stop(&self) -> bool {
        false
    }

    /// There is no such thing.
    pub fn stop() -> io::Result<()> {
        Ok(())
    }
}
