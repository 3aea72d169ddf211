//! Opening a capture, and finding out why one cannot be opened.

use pcap::Active;
use pcap::Capture;
use pcap::Precision;

use super::LiveSource;
use super::error::LiveError;
use super::loopback::ignore_outgoing;
use super::reader::Reader;
use super::wait::Wait;
use crate::model::filter::CaptureFilter;
use crate::model::frame::LinkType;
use crate::source::devices;
use crate::source::devices::Device;

/// The kernel hands over what it has at least this often, in milliseconds.
const TIMEOUT: i32 = 1;
/// The smallest buffer worth trying, in bytes: libpcap's own default.
const SMALLEST: usize = 2 << 20;

/// What to capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveOptions {
    /// The interface; `None` is the loopback.
    pub interface: Option<String>,
    /// Which frames; by default all of them.
    pub filter: CaptureFilter,
    /// Room for frames that were not read yet, in bytes. The kernel may give less, halving down
    /// to 2 MiB.
    pub buffer: usize,
    /// The most bytes to keep of a frame. A loopback segment has up to 64 KiB.
    pub snaplen: u32,
}

impl Default for LiveOptions {
    fn default() -> Self {
        Self {
            interface: None,
            filter: CaptureFilter::default(),
            buffer: 16 << 20,
            snaplen: 262_144,
        }
    }
}

impl LiveSource {
    /// Starts a capture. When it returns, every later frame is kept.
    ///
    /// # Errors
    /// [`LiveError`], with what to do about it.
    pub fn open(options: &LiveOptions) -> Result<Self, LiveError> {
        let interface = match &options.interface {
            Some(name) => name.clone(),
            None => devices::loopback(&devices::list()?)?.name.clone(),
        };
        let mut capture = activate(&interface, options).map_err(|cause| why(&interface, &cause))?;
        if !options.filter.is_empty() {
            let link = LinkType(u32::try_from(capture.get_datalink().0).unwrap_or(u32::MAX));
            let program = options.filter.bpf(link);
            capture
                .filter(&program, true)
                .map_err(|cause| LiveError::BadFilter {
                    expression: options
                        .filter
                        .own_expression()
                        .unwrap_or(&program)
                        .to_owned(),
                    cause: words(&cause),
                })?;
        }
        let once = !is_loopback(&interface) || ignore_outgoing(&capture);
        let other = |cause: String| LiveError::Open {
            interface: interface.clone(),
            cause,
        };
        let capture = capture
            .setnonblock()
            .map_err(|cause| other(words(&cause)))?;
        let wait = Wait::new(&capture).map_err(|cause| other(cause.to_string()))?;
        let reader = Reader::new(capture, if nanoseconds() { 9 } else { 6 });
        Ok(Self {
            wait,
            reader,
            interface,
            snaplen: options.snaplen,
            once,
            socket_drops: super::socket_drops::count(),
        })
    }
}

/// Opens with the largest buffer that is granted.
fn activate(interface: &str, options: &LiveOptions) -> Result<Capture<Active>, pcap::Error> {
    let mut buffer = options.buffer.max(SMALLEST);
    loop {
        let mut capture = Capture::from_device(interface)?
            .timeout(TIMEOUT)
            .snaplen(i32::try_from(options.snaplen).unwrap_or(i32::MAX))
            .buffer_size(i32::try_from(buffer).unwrap_or(i32::MAX));
        if nanoseconds() {
            capture = capture.precision(Precision::Nano);
        }
        match capture.open() {
            Err(cause) if buffer > SMALLEST && is_about_memory(&cause) => {
                buffer = (buffer / 2).max(SMALLEST);
            }
            result => return result,
        }
    }
}

/// Linux stamps frames in nanoseconds, which is what tshark shows of a live capture there.
/// libpcap has them on no other system that matters here.
fn nanoseconds() -> bool {
    cfg!(target_os = "linux")
}

/// libpcap tells "no memory for the ring" from other failures only by its words.
fn is_about_memory(cause: &pcap::Error) -> bool {
    let text = words(cause);
    ["memory", "rx ring", "buffer"]
        .iter()
        .any(|word| text.contains(word))
}

fn is_loopback(interface: &str) -> bool {
    match devices::list() {
        Ok(known) => known
            .iter()
            .any(|device| device.loopback && device.name == interface),
        Err(_) => interface == "lo",
    }
}

/// Why `interface` could not be opened. The pcap crate keeps libpcap's words and not its error
/// number, so facts are asked for first.
fn why(interface: &str, cause: &pcap::Error) -> LiveError {
    let known = devices::list().unwrap_or_default();
    let device: Option<&Device> = known.iter().find(|device| device.name == interface);
    if device.is_none() && !known.is_empty() {
        return LiveError::NoSuchInterface {
            name: interface.to_owned(),
            known: known.into_iter().map(|device| device.name).collect(),
        };
    }
    let text = words(cause);
    let lower = text.to_lowercase();
    if ["permission", "permitted", "cap_net_raw"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return LiveError::PermissionDenied {
            interface: interface.to_owned(),
            program: std::env::current_exe().unwrap_or_else(|_| "netlab".into()),
        };
    }
    if device.is_some_and(|device| !device.up) {
        return LiveError::InterfaceDown {
            interface: interface.to_owned(),
        };
    }
    LiveError::Open {
        interface: interface.to_owned(),
        cause: text,
    }
}

/// libpcap's own words, without the crate's prefix.
pub(super) fn words(cause: &pcap::Error) -> String {
    match cause {
        pcap::Error::PcapError(text) => text.clone(),
        other => other.to_string(),
    }
}
