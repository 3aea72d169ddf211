//! Where packets go in. Whoever puts them there never waits for whoever takes them out.

use std::fs::File;
use std::future::Future;
use std::sync::Arc;

use super::frames::Frames;
use super::store::{Store, Stretch};
use super::{MEMORY, Part, SPILLED, Shared};
use crate::model::frame::{Frame, LinkType};
use crate::model::interface_counts::InterfaceCounts;
use crate::source::save::{Input, SaveError, SaveFormat, Saver};

/// Packets are handed on at least when they are so many bytes.
const BATCH: usize = 128 * 1024;

/// What is captured, and where it is written.
pub struct Source {
    /// What its frames begin with.
    pub link: LinkType,
    /// How many decimals of a second its times have.
    pub decimals: u8,
    /// The capture file, where there is one.
    pub file: Option<Saver>,
}

/// Where packets go in. Dropped, it ends the queue.
pub struct Inlet {
    shared: Arc<Shared>,
    link: LinkType,
    decimals: u8,
    batch: Frames,
    /// The capture file.
    file: Option<Saver>,
    /// How long it was when the last batch was handed on.
    at: u64,
    /// The same, to read back from, or the temporary one.
    filed: Option<Arc<Store>>,
    spilled: Option<(Saver, Arc<Store>)>,
}

impl Inlet {
    pub(super) fn new(source: Source, shared: Arc<Shared>) -> Self {
        let filed = source.file.as_ref().and_then(Saver::to_read);
        let filed = filed.and_then(|(file, head)| Store::new(file, head).ok());
        Self {
            shared,
            link: source.link,
            decimals: source.decimals,
            batch: Frames::default(),
            at: source.file.as_ref().map_or(0, Saver::written),
            file: source.file,
            filed: filed.map(Arc::new),
            spilled: None,
        }
    }

    /// Puts a packet in, and writes it to the capture file.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written there.
    pub fn frame(&mut self, frame: &Frame<'_>) -> Result<(), SaveError> {
        let written = match &mut self.file {
            Some(file) => file.write(frame),
            None => Ok(()),
        };
        self.batch.push(frame);
        if self.batch.size() >= BATCH {
            self.hand_on()?;
        }
        written
    }

    /// Hands on what was put in: to be called where no packet follows at once.
    ///
    /// # Errors
    /// As [`Inlet::frame`].
    pub fn hand_on(&mut self) -> Result<(), SaveError> {
        let flushed = match &mut self.file {
            Some(file) => file.flush().map(|()| {
                let to = file.written();
                Some((std::mem::replace(&mut self.at, to), to))
            }),
            None => Ok(None),
        };
        if self.batch.is_empty() {
            return flushed.map(|_| ());
        }
        let mut state = self.shared.state();
        if state.bytes + self.batch.size() <= MEMORY {
            state.bytes += self.batch.size();
            let room = state.empty.pop().unwrap_or_default();
            drop(state);
            let batch = std::mem::replace(&mut self.batch, room);
            self.shared.add(Part::Here(batch));
            return flushed.map(|_| ());
        }
        let read_back = state.stored == 0;
        drop(state);
        let (first, count) = (self.batch.first(), self.batch.count());
        let place = match (&flushed, &self.filed) {
            (Ok(Some((from, to))), Some(store)) => Some((Arc::clone(store), *from, *to)),
            _ => self.spill(read_back),
        };
        self.batch.clear();
        self.shared.add(match place {
            Some((store, from, to)) => Part::Stored(Stretch {
                store,
                from,
                to,
                first,
                count,
            }),
            None => Part::Skipped { first, count },
        });
        flushed.map(|_| ())
    }

    /// Writes the packets to the temporary file; `None` where it takes no more. A new one is begun
    /// once all of the old one was read back.
    fn spill(&mut self, read_back: bool) -> Option<(Arc<Store>, u64, u64)> {
        if read_back {
            self.spilled = None;
        }
        if self.spilled.is_none() {
            self.spilled = temporary(self.link, self.decimals).ok();
        }
        let (saver, store) = self.spilled.as_mut()?;
        let from = saver.written();
        if from >= SPILLED {
            return None;
        }
        for frame in self.batch.iter() {
            saver.write(&frame).ok()?;
        }
        saver.flush().ok()?;
        Some((Arc::clone(store), from, saver.written()))
    }

    /// Ready once whoever takes packets out wants no more of them.
    pub fn enough(&self) -> impl Future<Output = ()> + Send + 'static {
        let shared = Arc::clone(&self.shared);
        async move { shared.enough.notified().await }
    }

    /// Ends the queue, and the capture file with what the kernel counted.
    ///
    /// # Errors
    /// As [`Inlet::frame`].
    pub fn finish(mut self, counts: Option<&InterfaceCounts>) -> Result<(), SaveError> {
        let handed = self.hand_on();
        let Some(mut file) = self.file.take() else {
            return handed;
        };
        let counted = counts.map_or(Ok(()), |counts| file.count(counts));
        handed.and(counted).and(file.finish())
    }
}

impl Drop for Inlet {
    fn drop(&mut self) {
        self.shared.state().closed = true;
        self.shared.came.notify_one();
    }
}

/// A capture file without a name.
fn temporary(link: LinkType, decimals: u8) -> std::io::Result<(Saver, Arc<Store>)> {
    let file: File = tempfile::tempfile()?;
    let input = Input::Live { link, decimals };
    let out = Box::new(file.try_clone()?);
    let saver = Saver::to_writer("", out, SaveFormat::Pcap, input);
    let mut saver = saver.map_err(|_| std::io::Error::from(std::io::ErrorKind::StorageFull))?;
    saver.in_batches();
    let store = Store::new(file, saver.written())?;
    Ok((saver, Arc::new(store)))
}
