//! Which packets belong to a lab.

/// A filter in libpcap's language for everything to and from `port`, and for the "port
/// unreachable" of ICMP and ICMPv6 about it: those quote the headers of the datagram, at byte 8
/// of the ICMP message (RFC 792; RFC 4443, 3.1), whose ports follow an IPv4 header of 20 bytes
/// or an IPv6 header of 40.
pub(in crate::lab) fn of_port(port: u16) -> String {
    format!(
        "port {port} \
         or (icmp[0] == 3 and (icmp[28:2] == {port} or icmp[30:2] == {port})) \
         or (icmp6 and ip6[40] == 1 and (ip6[88:2] == {port} or ip6[90:2] == {port}))"
    )
}
