//! Who is client and who is server, and how we know.

use crate::model::address::Endpoint;
use crate::model::side::{Direction, Side};
use crate::model::tcp::TcpFlags;

/// Below this, ports are given to services (RFC 6335, 6: the system ports).
const SYSTEM_PORTS: u16 = 1024;
/// From here on systems choose the ports of clients: Linux from 32768, others from 49152 (RFC
/// 6335, 6: the dynamic ports).
const EPHEMERAL_PORTS: u16 = 32768;

/// What the roles rest on, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Evidence {
    /// Nothing: the roles are not known.
    #[default]
    None,
    /// An assumption: the capture does not show the handshake; one port looks like a service's
    /// (a system port, or else one below the range from which clients get theirs) and the other
    /// does not.
    Ports,
    /// UDP: whoever sent the first datagram is the client.
    FirstDatagram,
    /// Whoever sent the SYN-ACK is the server.
    SynAck,
    /// Whoever sent the first SYN is the client.
    Syn,
}

/// The roles of the two ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Roles {
    evidence: Evidence,
    client: Option<Side>,
}

impl Roles {
    /// What the ports of the first packet's sender and receiver suggest.
    pub(super) fn from_ports([first, second]: [Endpoint; 2]) -> Roles {
        let client = [SYSTEM_PORTS, EPHEMERAL_PORTS]
            .into_iter()
            .find_map(|limit| match (first.port < limit, second.port < limit) {
                (true, false) => Some(Side::Second),
                (false, true) => Some(Side::First),
                _ => None,
            });
        let evidence = match client {
            Some(_) => Evidence::Ports,
            None => Evidence::None,
        };
        Roles { evidence, client }
    }

    /// Learns from a segment that `sender` sent.
    pub(super) fn segment(&mut self, sender: Side, flags: TcpFlags) {
        if !flags.syn() || flags.rst() {
            return;
        }
        if flags.ack() {
            self.learn(Evidence::SynAck, sender.other());
        } else {
            self.learn(Evidence::Syn, sender);
        }
    }

    /// Learns from a datagram that `sender` sent.
    pub(super) fn datagram(&mut self, sender: Side) {
        self.learn(Evidence::FirstDatagram, sender);
    }

    fn learn(&mut self, evidence: Evidence, client: Side) {
        if evidence > self.evidence {
            *self = Roles {
                evidence,
                client: Some(client),
            };
        }
    }

    /// What the roles rest on.
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Whether the roles are an assumption from the ports, not shown by the packets.
    pub fn assumed(&self) -> bool {
        self.evidence == Evidence::Ports
    }

    /// The client's side, as far as it is known or assumed.
    pub fn client(&self) -> Option<Side> {
        self.client
    }

    /// Which way a packet of `sender` goes, as far as the roles are known or assumed.
    pub fn direction(&self, sender: Side) -> Option<Direction> {
        self.client.map(|client| match client == sender {
            true => Direction::ToServer,
            false => Direction::ToClient,
        })
    }
}
