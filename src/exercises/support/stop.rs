//! Asking a server to end.

use std::future::Future;

use tokio::sync::watch;

/// Asks every [`Stop`] made from it to end. Dropping it asks nothing.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// The wish that a server should end, as the server sees it.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// A pair: who can ask, and who listens.
pub fn stopper() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    /// Asks.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Returns once someone has asked, which may be never.
    pub async fn asked(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|asked| *asked).await.is_err() {
            // Nobody is left who could ask.
            std::future::pending::<()>().await;
        }
    }

    /// Runs `work` to its end, or gives it up where it is and returns `None` once someone asks.
    pub async fn unless_asked<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.asked() => None,
            output = work => Some(output),
        }
    }
}
