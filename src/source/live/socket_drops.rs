//! Datagrams that reached the computer and no program, since the buffer of their socket was full:
//! what a capture has and `recv` never gets.

/// How many there have been in this network namespace; `None` where the system does not say.
///
/// Linux counts them for all sockets together (`RcvbufErrors` of UDP and UDP-Lite in
/// `/proc/net/snmp` and `snmp6`), so that the number is exact only in a namespace of one's own.
pub(super) fn count() -> Option<u64> {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/thread-self/net/{name}")).ok();
    let four = of_ipv4(&read("snmp")?);
    let six = read("snmp6").map_or(0, |text| of_ipv6(&text));
    Some(four.saturating_add(six))
}

/// A line of names and one of numbers for each protocol.
fn of_ipv4(text: &str) -> u64 {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.chunks_exact(2).filter_map(|pair| match pair {
        [names, numbers] if names.starts_with("Udp") => {
            let place = names.split(' ').position(|name| name == "RcvbufErrors")?;
            numbers.split(' ').nth(place)?.parse::<u64>().ok()
        }
        _ => None,
    });
    pairs.sum()
}

/// A name and a number in each line.
fn of_ipv6(text: &str) -> u64 {
    let numbers = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next()?;
        let wanted = name.starts_with("Udp") && name.ends_with("RcvbufErrors");
        words.next().filter(|_| wanted)?.parse::<u64>().ok()
    });
    numbers.sum()
}

#[cfg(test)]
mod tests {
    use super::{of_ipv4, of_ipv6};

    #[test]
    fn the_drops_of_udp_are_read_and_no_others() {
        let four = "Tcp: ActiveOpens RcvbufErrors\nTcp: 5 6\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\nUdp: 25 0 975 1000 975 0\nUdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdpLite: 0 0 0 0 2\n";
        assert_eq!(of_ipv4(four), 977);
        let six = "Ip6InReceives 5\nUdp6RcvbufErrors                \t3\nUdp6SndbufErrors 9\n";
        assert_eq!(of_ipv6(six), 3);
    }
}
