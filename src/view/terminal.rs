//! The loop around a real terminal, which is left as it was found: at the end, after a panic, while
//! the program is stopped, and where it is asked to end.

use std::io::{self, Stdout, stdout};
use std::time::Instant;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    self, DisableMouseCapture, EnableMouseCapture, Event, KeyCode, KeyModifiers,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

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
    let mut screen = Screen::enter()?;
    let mut stale = true;
    while !view.has_ended() && !asked.to_end() {
        stale |= view.take(outside);
        stale |= view.tick(now());
        if stale {
            screen.0.draw(|frame| view.draw(frame))?;
            stale = false;
        }
        let mut pause = view.pause(now());
        let mut suspend = asked.to_stop();
        while event::poll(pause)? {
            let event = event::read()?;
            suspend |= is_suspend(&event);
            view.event(&event, now(), outside);
            stale = true;
            pause = std::time::Duration::ZERO;
        }
        if suspend {
            drop(screen);
            Asked::stop()?;
            screen = Screen::enter()?;
            stale = true;
        }
    }
    Ok(())
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

/// A terminal that shows the view.
struct Screen(Terminal<CrosstermBackend<Stdout>>);

impl Screen {
    fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        // From here on it is left again whatever fails.
        let entered = execute!(stdout(), EnterAlternateScreen, EnableMouseCapture);
        let terminal = entered.and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
        let terminal = terminal.inspect_err(|_| leave());
        terminal.map(Self)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.0.show_cursor();
        leave();
    }
}

/// Leaves the terminal as it was. Where it is gone, nobody looks at it.
fn leave() {
    let _ = disable_raw_mode();
    let _ = execute!(
        stdout(),
        DisableMouseCapture,
        LeaveAlternateScreen,
        ratatui::crossterm::cursor::Show
    );
}
