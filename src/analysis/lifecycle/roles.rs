//! Who is client and who is server, and how we know.

use crate::model::address::Endpoint;
use crate::model::side::{Direction, Side};
use crate::model::tcp::TcpFlags;

/// Below this, ports are given to services (RFC 6335, 6: the system ports).
const SYSTEM_PORTS: u16 = 1024;
/// From here on systems choose the ports of clients: Linux from 32768, others from 49152 (RFC
/// 6335, 6: the dynamic ports).
const EPHEMERAL_PORTS: u16 = 32768;

/// From here to [`SYSTEM_PORTS`] are the ports that clients of old services take to show that they
/// have the rights to (rresvport).
const RESERVED_PORTS: u16 = 512;

/// Whether `port` looks like a service's, and that which it sends to like a client's, so that a
/// datagram from it is a reply even where it is the first one captured.
fn service(port: u16, to: u16) -> bool {
    match (port, to) {
        // The two ends of DHCP have ports of their own (RFC 2131, 4.1; RFC 8415, 7.2).
        (67, 68) | (547, 546) => true,
        (0..RESERVED_PORTS, _) => to >= SYSTEM_PORTS,
        (RESERVED_PORTS..SYSTEM_PORTS, _) => false,
        _ => port < EPHEMERAL_PORTS && to >= EPHEMERAL_PORTS,
    }
}

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
    /// UDP: the first datagram answers, from another port or address, what the other end had
    /// asked: that one is the client.
    OtherPort,
    /// Whoever sent the SYN-ACK is the server.
    SynAck,
    /// Whoever sent the first SYN is the client.
    Syn,
}

/// How a UDP conversation begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UdpOpening {
    /// With a datagram of one end to the other.
    Plain,
    /// With a datagram to everyone who listens (multicast or broadcast): nobody is the server.
    Many,
    /// With a datagram of a socket to itself.
    Itself,
    /// With the answer to a datagram of another conversation.
    Answer,
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

    /// What the first datagram of a UDP conversation says, from whom and to whom it goes and
    /// how.
    pub(super) fn from_datagram([first, second]: [Endpoint; 2], opening: UdpOpening) -> Roles {
        let (evidence, client) = match opening {
            // One end has no port of its own, or both ends are one.
            UdpOpening::Many | UdpOpening::Itself => (Evidence::None, None),
            UdpOpening::Answer => (Evidence::OtherPort, Some(Side::Second)),
            // A port of a service sends: what it answers came before the capture.
            UdpOpening::Plain if service(first.port, second.port) => {
                (Evidence::Ports, Some(Side::Second))
            }
            UdpOpening::Plain => (Evidence::FirstDatagram, Some(Side::First)),
        };
        Roles { evidence, client }
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

#[cfg(test)]
mod tests {
    use super::{Evidence, Roles, UdpOpening};
    use crate::model::address::Endpoint;
    use crate::model::side::Side;

    #[test]
    fn an_offer_of_dhcp_comes_from_the_server_and_a_request_from_the_client() {
        let end = |port| Endpoint {
            ip: [10, 0, 0, 1].into(),
            port,
        };
        let first = |from, to| {
            let roles = Roles::from_datagram([end(from), end(to)], UdpOpening::Plain);
            (roles.evidence(), roles.client())
        };
        for [server, client] in [[67, 68], [547, 546]] {
            assert_eq!(first(server, client), (Evidence::Ports, Some(Side::Second)));
            assert_eq!(
                first(client, server),
                (Evidence::FirstDatagram, Some(Side::First))
            );
        }
        // From one relay agent to another.
        assert_eq!(first(67, 67), (Evidence::FirstDatagram, Some(Side::First)));
    }
}
