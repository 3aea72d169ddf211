//! Ctrl-C and requests to end, as normal ends of a run.

use std::io;

/// What asked the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C (SIGINT).
    Interrupt,
    /// A request to end (SIGTERM).
    Terminate,
}

/// Listens for [`Signal`]s.
///
/// The first one is a normal end. The second one ends the process at once, with code 130 or 143
/// as a shell would show it, even while a write blocks: whoever asks twice does not want to wait
/// for a summary.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Starts to listen, for the rest of the process. To be called inside a tokio runtime.
    ///
    /// # Errors
    /// Where the system allows no handler.
    pub fn listen() -> io::Result<Self> {
        use signal_hook::consts::SIGINT;
        use signal_hook::consts::SIGTERM;
        use signal_hook::flag;
        use std::sync::Arc;
        use std::sync::atomic::AtomicBool;
        use tokio::signal::unix::SignalKind;
        use tokio::signal::unix::signal;

        let asked = Arc::new(AtomicBool::new(false));
        for (number, code) in [(SIGINT, 130), (SIGTERM, 143)] {
            // Handlers run in this order: the first signal only sets the flag.
            flag::register_conditional_shutdown(number, code, Arc::clone(&asked))?;
            flag::register(number, Arc::clone(&asked))?;
        }
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for a signal. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
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
