//! What a line of a spec is judged on, and why it is not met.

use std::borrow::Cow;

use super::spec::{Transport, Who};
use super::watch::Capture;
use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::lab::{Evidence, Lab};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::text::Text;

/// Why a demand is not met, without words.
#[derive(Clone, Debug)]
pub(super) enum Miss {
    /// No conversation on the port, or none at all.
    Nowhere,
    /// The roles of the ends are not known.
    NoRoles,
    /// There is no handshake, and how the connection was opened instead.
    Handshake(OpeningShape),
    /// There is one.
    Opened,
    /// An end sent another number of bytes.
    Bytes(Who, u64),
    /// The numbers of an end do not fit together, so that its bytes cannot be counted.
    Unsure,
    /// A text is nowhere in the payload; an end whose words are nearest.
    Text(Option<Side>),
    /// Another close.
    Close,
    /// Somebody else closed, or nobody.
    ClosedBy,
    /// Nothing was sent again.
    NotAgain,
    /// Something was.
    Again(FrameNo),
    /// Another number of connections.
    Connections(u64),
    /// Another number of client ports.
    Ports(u64),
    /// Nothing was refused.
    NotRefused,
    /// Something was.
    Refused(FrameNo),
    /// There are no UDP requests.
    NoRequests,
    /// Which requests have no reply cannot be told.
    Untold,
    /// Another part of the requests is lost.
    Loss(u64, u64),
    /// Status codes that did not come back, and those that did.
    Http(Vec<u16>, Vec<u16>),
    /// What a lab misses.
    Lab(&'static Lab, Text),
    /// There are more conversations than are followed.
    TooMany,
    /// The capture is larger than those of labs.
    TooLarge,
}

/// The frames that show a demand, or why it is not met.
pub(super) type Met = Result<Vec<FrameNo>, Miss>;

/// The conversations that a line may speak of, and the one that it is judged on.
pub(super) struct Scope<'c> {
    pub(super) capture: &'c Capture<'c>,
    pub(super) port: Option<u16>,
    pub(super) transport: Transport,
    /// All of them.
    pub(super) all: Vec<&'c Conversation>,
    /// What labs are judged by: of this port alone where there is one. `None` where the capture is
    /// larger than those of labs.
    pub(super) evidence: Option<Cow<'c, Evidence>>,
    /// The conversation that is judged.
    pub(super) one: Option<(u32, &'c Conversation)>,
    /// The name of the file without suffixes.
    pub(super) stem: &'c str,
}
