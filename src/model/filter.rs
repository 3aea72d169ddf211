//! What `--port`, `--host` and `-f` mean, as a filter in libpcap's language
//! (pcap-filter(7)), for live captures and files alike.

use std::fmt::{self, Display, Formatter, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::frame::LinkType;

/// Which packets are wanted. Ports and hosts are alternatives among themselves; ports, hosts and
/// expression must all agree.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CaptureFilter {
    /// TCP, UDP, UDP-Lite or SCTP ports, on either side.
    pub ports: Vec<u16>,
    /// Addresses, on either side.
    pub hosts: Vec<IpAddr>,
    /// An expression in libpcap's own language.
    pub expression: Option<String>,
}

impl From<&str> for CaptureFilter {
    /// A filter that is all expression.
    fn from(expression: &str) -> Self {
        Self {
            expression: Some(expression.to_owned()),
            ..Self::default()
        }
    }
}

impl CaptureFilter {
    /// Whether every packet is wanted.
    pub fn is_empty(&self) -> bool {
        self.ports.is_empty() && self.hosts.is_empty() && self.own_expression().is_none()
    }

    /// The expression, where it says anything.
    pub fn own_expression(&self) -> Option<&str> {
        self.expression
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The filter for frames of `link`, in libpcap's language; empty where every packet is wanted.
    ///
    /// A port also admits what belongs to its conversations without naming it where libpcap's
    /// `port` looks: the ICMP and ICMPv6 errors that quote it, fragments of IP datagrams, which
    /// have no ports beyond the first, and the same inside VLAN tags, up to two, on Ethernet. A
    /// host admits the errors that quote it. Behind IPv6 extension headers other than a fragment
    /// header no port is seen: libpcap cannot follow them.
    pub fn bpf(&self, link: LinkType) -> String {
        let mut wanted = Vec::new();
        if !self.hosts.is_empty() {
            wanted.push(any(self.hosts.iter().map(|host| of_host(*host))));
        }
        if !self.ports.is_empty() {
            wanted.push(of_ports(&self.ports));
        }
        let mut parts = Vec::new();
        // The user's own words come first: a `vlan` in them moves what follows into the tag.
        if let Some(expression) = self.own_expression() {
            parts.push(format!("({expression})"));
        }
        if !wanted.is_empty() {
            let plain = wanted.join(" and ");
            parts.push(if link == LinkType::ETHERNET {
                // `vlan` moves everything to its right behind one more tag.
                format!("(({plain}) or (vlan and (({plain}) or (vlan and ({plain})))))")
            } else {
                format!("({plain})")
            });
        }
        parts.join(" and ")
    }
}

/// The filter as a user would say it, for messages: `port 5050 and host 127.0.0.1`.
impl Display for CaptureFilter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(ports) = listed("port", &self.ports) {
            parts.push(ports);
        }
        if let Some(hosts) = listed("host", &self.hosts) {
            parts.push(hosts);
        }
        if let Some(expression) = self.own_expression() {
            parts.push(if parts.is_empty() {
                expression.to_owned()
            } else {
                format!("({expression})")
            });
        }
        f.write_str(&parts.join(" and "))
    }
}

fn listed<T: Display>(word: &str, values: &[T]) -> Option<String> {
    match values {
        [] => None,
        [one] => Some(format!("{word} {one}")),
        many => Some(any(many.iter().map(|value| format!("{word} {value}")))),
    }
}

fn any(alternatives: impl Iterator<Item = String>) -> String {
    format!("({})", alternatives.collect::<Vec<_>>().join(" or "))
}

/// An ICMP message that quotes the beginning of the datagram it is about (RFC 792): destination
/// unreachable, source quench, redirect, time exceeded, parameter problem.
const ICMP_ERROR: &str =
    "(icmp[0] = 3 or icmp[0] = 4 or icmp[0] = 5 or icmp[0] = 11 or icmp[0] = 12)";

/// The same for ICMPv6 (RFC 4443): destination unreachable, packet too big, time exceeded,
/// parameter problem. libpcap's `icmp6[…]` is younger than the oldest libpcap in use, and so
/// the byte offsets are those from the IPv6 header, without extension headers.
const ICMPV6_ERROR: &str = "(ip6[6] = 58 and ip6[40] >= 1 and ip6[40] <= 4)";

fn of_ports(ports: &[u16]) -> String {
    // `port` takes TCP, UDP and SCTP; UDP-Lite (protocol 136) has its ports at the same place.
    let direct = any(ports.iter().map(|port| format!("port {port}")));
    let lite = at_ports("ip", "((ip[0] & 0xf) << 2)", ports);
    let lite_v6 = at_ports("ip6", "40", ports);
    let quoted = at_ports("icmp", "(((icmp[8] & 0xf) << 2) + 8)", ports);
    let quoted_v6 = at_ports("ip6", "88", ports);
    let quoted_fragment = at_ports("ip6", "96", ports);
    any([
        direct,
        "(ip[6:2] & 0x1fff != 0)".to_owned(),
        "(ip6[6] = 44)".to_owned(),
        format!("(ip[9] = 136 and {lite})"),
        format!("(ip6[6] = 136 and {lite_v6})"),
        format!(
            "({ICMP_ERROR} and icmp[14:2] & 0x1fff = 0 and {} and {quoted})",
            with_ports("icmp[17]")
        ),
        format!(
            "({ICMPV6_ERROR} and (({} and {quoted_v6}) or \
             (ip6[54] = 44 and ip6[90:2] & 0xfff8 = 0 and {} and {quoted_fragment})))",
            with_ports("ip6[54]"),
            with_ports("ip6[88]")
        ),
    ]
    .into_iter())
}

/// Either of two ports that follow each other from `offset` on.
fn at_ports(header: &str, offset: &str, ports: &[u16]) -> String {
    any(ports
        .iter()
        .map(|port| format!("{header}[{offset}:2] = {port} or {header}[{offset} + 2:2] = {port}")))
}

/// A protocol field that names a protocol with ports: TCP, UDP, SCTP, UDP-Lite.
fn with_ports(field: &str) -> String {
    format!("({field} = 6 or {field} = 17 or {field} = 132 or {field} = 136)")
}

fn of_host(host: IpAddr) -> String {
    let quoted = match host {
        IpAddr::V4(host) => of_quoted_v4(host),
        IpAddr::V6(host) => of_quoted_v6(host),
    };
    format!("host {host} or {quoted}")
}

fn of_quoted_v4(host: Ipv4Addr) -> String {
    let value = host.to_bits();
    format!("({ICMP_ERROR} and (icmp[20:4] = {value:#x} or icmp[24:4] = {value:#x}))")
}

fn of_quoted_v6(host: Ipv6Addr) -> String {
    let bits = host.to_bits().to_be_bytes();
    let at = |offset: usize| {
        let mut all = String::new();
        for (place, word) in bits.chunks_exact(4).enumerate() {
            let word = word
                .iter()
                .fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
            let and = if place == 0 { "" } else { " and " };
            // Writing to a string cannot fail.
            let _ = write!(all, "{and}ip6[{}:4] = {word:#x}", offset + 4 * place);
        }
        all
    };
    format!("({ICMPV6_ERROR} and (({}) or ({})))", at(56), at(72))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_as_a_user_would_say_it() {
        let filter = CaptureFilter {
            ports: vec![80, 443],
            hosts: vec![Ipv4Addr::LOCALHOST.into()],
            expression: Some(" tcp or udp ".to_owned()),
        };
        assert_eq!(
            filter.to_string(),
            "(port 80 or port 443) and host 127.0.0.1 and (tcp or udp)"
        );
        assert_eq!(CaptureFilter::default().bpf(LinkType::ETHERNET), "");
        let blank = CaptureFilter {
            expression: Some("  ".to_owned()),
            ..CaptureFilter::default()
        };
        assert!(blank.is_empty());
    }
}
