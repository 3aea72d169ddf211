//! The one place that takes frames out of libpcap.

use std::fmt;
use std::ops::ControlFlow;

use pcap::Active;
use pcap::BreakLoop;
use pcap::Capture;

use crate::model::frame::Frame;
use crate::model::frame::FrameNo;
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;

/// What one read lent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// How many frames were lent.
    pub frames: usize,
    /// The kernel may hold more of them already.
    pub more: bool,
    /// The one who was lent them asked to stop.
    pub stopped: bool,
}

/// A non-blocking capture and how far it was read.
pub(super) struct Reader {
    capture: Capture<Active>,
    breaker: BreakLoop,
    link: LinkType,
    decimals: u8,
    no: FrameNo,
    seen: u64,
    more: bool,
}

impl Reader {
    /// Reads from `capture`, whose times have `decimals` decimals (9 or 6).
    pub(super) fn new(mut capture: Capture<Active>, decimals: u8) -> Self {
        let breaker = capture.breakloop_handle();
        let link = link_type(capture.get_datalink());
        Self {
            capture,
            breaker,
            link,
            decimals,
            no: 0,
            seen: 0,
            more: false,
        }
    }

    /// Lends at most `limit` of the frames that wait; never blocks.
    pub(super) fn take(
        &mut self,
        limit: usize,
        mut each: impl FnMut(Frame<'_>) -> ControlFlow<()>,
    ) -> Result<Batch, pcap::Error> {
        let Self {
            capture,
            breaker,
            link,
            decimals,
            no,
            ..
        } = self;
        let (link, decimals) = (*link, *decimals);
        let mut frames = 0;
        let mut stopped = false;
        let read = capture.dispatch(Some(limit), |packet| {
            *no = no.saturating_add(1);
            frames += 1;
            let stamp = packet.header.ts;
            let answer = each(Frame {
                no: *no,
                time: Some(time_of(stamp.tv_sec, stamp.tv_usec, decimals)),
                decimals,
                link,
                interface: 0,
                wire_len: packet.header.len,
                bytes: packet.data,
            });
            if answer.is_break() {
                stopped = true;
                breaker.breakloop();
            }
        });
        self.seen += frames as u64;
        // libpcap reports a break like an error.
        if !stopped {
            read?;
        }
        // Fewer than were asked for means that no block was left.
        self.more = stopped || frames >= limit;
        Ok(Batch {
            frames,
            more: self.more,
            stopped,
        })
    }

    /// libpcap's counts since the capture was opened.
    pub(super) fn stats(&mut self) -> Result<pcap::Stat, pcap::Error> {
        self.capture.stats()
    }

    pub(super) fn more(&self) -> bool {
        self.more
    }

    pub(super) fn link(&self) -> LinkType {
        self.link
    }

    pub(super) fn decimals(&self) -> u8 {
        self.decimals
    }

    pub(super) fn seen(&self) -> u64 {
        self.seen
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("link", &self.link)
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

/// The time of a libpcap header, whose numbers have other widths on other systems. With 9
/// decimals, what is called microseconds are nanoseconds.
fn time_of<F>(secs: impl Into<i64>, fraction: F, decimals: u8) -> Timestamp
where
    u32: TryFrom<F>,
{
    let fraction = u32::try_from(fraction).unwrap_or(0);
    let nanos = if decimals == 9 {
        fraction
    } else {
        fraction.saturating_mul(1000)
    };
    Timestamp::new(secs.into(), nanos)
}

/// libpcap numbers raw IP (12 or 14) and OpenBSD's loopback otherwise than the file formats do
/// (<https://www.tcpdump.org/linktypes.html>).
fn link_type(dlt: pcap::Linktype) -> LinkType {
    let raw = if cfg!(target_os = "openbsd") { 14 } else { 12 };
    match dlt.0 {
        12 if cfg!(target_os = "openbsd") => LinkType::LOOP,
        number if number == raw => LinkType::RAW,
        number => LinkType(u32::try_from(number).unwrap_or(u32::MAX - 1)),
    }
}
