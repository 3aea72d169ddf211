//! The loop around a real terminal, which is left as it was found: at the end, after a panic, while
//! the program is stopped, and where it is asked to end.

use std::io::{self, stdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::DefaultTerminal;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    self, DisableMouseCapture, EnableMouseCapture, Event, KeyCode, KeyModifiers,
};
use ratatui::crossterm::execute;

use super::{Outside, View};
use crate::source::live::signals::Asked;

/// Shows a view until the user ends it.
///
/// # Errors
/// What the terminal refuses.
pub fn run(view: &mut View, outside: &mut dyn Outside) -> io::Result<()> {
    let asked = Asked::listen()?;
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        leave();
        hook(about);
    }));
    // On a thread of its own: where the terminal is gone, reading from it may never return.
    let (sender, events) = channel();
    let read = move || while event::read().is_ok_and(|event| sender.send(event).is_ok()) {};
    thread::Builder::new().spawn(read)?;
    loop {
        let walked =
            enter().and_then(|mut screen| walk(view, outside, (&asked, &events), &mut screen));
        leave();
        if !walked? {
            return Ok(());
        }
        Asked::stop()?;
    }
}

/// Walks until the end, or until the program is to be stopped: then it goes on later.
fn walk(
    view: &mut View,
    outside: &mut dyn Outside,
    (asked, events): (&Asked, &Receiver<Event>),
    screen: &mut DefaultTerminal,
) -> io::Result<bool> {
    let mut stale = true;
    while !view.has_ended() && !asked.to_end() {
        stale |= view.take(outside) | view.tick(now());
        if stale {
            screen.draw(|frame| view.draw(frame))?;
            stale = false;
        }
        let mut pause = view.pause(now());
        if asked.to_stop() {
            return Ok(true);
        }
        loop {
            match events.recv_timeout(pause) {
                Ok(event) if is_suspend(&event) => return Ok(true),
                Ok(event) => view.event(&event, now(), outside),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(false),
            }
            stale = true;
            pause = Duration::ZERO;
        }
    }
    Ok(false)
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is played goes by the clock of whoever looks at it"
)]
fn now() -> Instant {
    Instant::now()
}

fn is_suspend(event: &Event) -> bool {
    matches!(event, Event::Key(key)
        if key.code == KeyCode::Char('z') && key.modifiers.contains(KeyModifiers::CONTROL))
}

fn enter() -> io::Result<DefaultTerminal> {
    let screen = ratatui::try_init()?;
    execute!(stdout(), EnableMouseCapture)?;
    Ok(screen)
}

/// Leaves the terminal as it was. Where it is gone, nobody looks at it.
fn leave() {
    let _ = execute!(stdout(), DisableMouseCapture, Show);
    let _ = ratatui::try_restore();
}
