//! Filters over files: what libpcap makes of `--port` and `--host` against a plain reading of the
//! bytes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netlab::model::filter::CaptureFilter;
use netlab::model::frame::{Frame, LinkType};
use netlab::source::file::FileSource;
use netlab::source::filter::{FileFilter, FilterError};
use netlab::text::Lang;

use super::build::UDP;
use super::corpus;

fn frame(link: LinkType, bytes: &[u8]) -> Frame<'_> {
    Frame {
        no: 1,
        time: None,
        decimals: 6,
        link,
        interface: 0,
        wire_len: u32::try_from(bytes.len()).unwrap(),
        bytes,
    }
}

fn of_ports(ports: &[u16]) -> CaptureFilter {
    CaptureFilter {
        ports: ports.to_vec(),
        ..CaptureFilter::default()
    }
}

fn of_expression(expression: &str) -> CaptureFilter {
    CaptureFilter {
        expression: Some(expression.to_owned()),
        ..CaptureFilter::default()
    }
}

/// What `--port` wants of a datagram, read plainly. `None` where the bytes that decide were not
/// kept: there libpcap may go either way.
fn wants(ip: &[u8], ports: &[u16]) -> Option<bool> {
    match ip.first()? >> 4 {
        4 => {
            let fragment = u16::from_be_bytes([*ip.get(6)?, *ip.get(7)?]) & 0x1fff;
            if fragment != 0 {
                return Some(true);
            }
            let header = usize::from(ip[0] & 15) * 4;
            let protocol = *ip.get(9)?;
            if protocol == 1 {
                return error_wants(ip, header, &[3, 4, 5, 11, 12], ports);
            }
            has_port(ip, header, protocol, ports)
        }
        6 => match *ip.get(6)? {
            44 => Some(true),
            58 => error_wants(ip, 40, &[1, 2, 3, 4], ports),
            protocol => has_port(ip, 40, protocol, ports),
        },
        _ => Some(false),
    }
}

fn has_port(ip: &[u8], at: usize, protocol: u8, ports: &[u16]) -> Option<bool> {
    if !matches!(protocol, 6 | 17 | 132 | 136) {
        return Some(false);
    }
    let port = |at: usize| Some(u16::from_be_bytes([*ip.get(at)?, *ip.get(at + 1)?]));
    Some(ports.contains(&port(at)?) || ports.contains(&port(at + 2)?))
}

fn error_wants(ip: &[u8], at: usize, kinds: &[u8], ports: &[u16]) -> Option<bool> {
    if !kinds.contains(ip.get(at)?) {
        return Some(false);
    }
    let quoted = ip.get(at + 8..)?;
    if at == 40 {
        return match *quoted.get(6)? {
            44 => {
                let fragment = u16::from_be_bytes([*quoted.get(42)?, *quoted.get(43)?]) & 0xfff8;
                if fragment != 0 {
                    return Some(false);
                }
                has_port(quoted, 48, *quoted.get(40)?, ports)
            }
            protocol => has_port(quoted, 40, protocol, ports),
        };
    }
    let fragment = u16::from_be_bytes([*quoted.get(6)?, *quoted.get(7)?]) & 0x1fff;
    if fragment != 0 {
        return Some(false);
    }
    let header = usize::from(quoted.first()? & 15) * 4;
    has_port(quoted, header, *quoted.get(9)?, ports)
}

/// The IP datagram in a frame of Ethernet with up to two tags, of Linux cooked capture, or raw.
fn datagram(link: LinkType, bytes: &[u8]) -> Option<&[u8]> {
    let kind = |at: usize| Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    let mut at = match link {
        LinkType::ETHERNET => 12,
        LinkType::LINUX_SLL => 14,
        LinkType::RAW => return Some(bytes),
        // libpcap goes by the link type and does not look at the version.
        LinkType(228) => return Some(bytes).filter(|ip| ip.first().is_some_and(|b| b >> 4 == 4)),
        LinkType(229) => return Some(bytes).filter(|ip| ip.first().is_some_and(|b| b >> 4 == 6)),
        _ => return None,
    };
    for _ in 0..2 {
        if link == LinkType::ETHERNET && matches!(kind(at)?, 0x8100 | 0x88a8 | 0x9100) {
            at += 4;
        }
    }
    let version = match kind(at)? {
        0x0800 => 4,
        0x86dd => 6,
        _ => return Some(&[0]),
    };
    let ip = bytes.get(at + 2..)?;
    if ip.first()? >> 4 == version {
        Some(ip)
    } else {
        // libpcap goes by the frame's word, not by the datagram's.
        None
    }
}

/// The ports of a file that say most: the first ones, and one that is nowhere.
fn ports_of(path: &str) -> Vec<u16> {
    let mut source = FileSource::open(path).unwrap();
    let mut ports = vec![9];
    while let Ok(Some(frame)) = source.next_frame() {
        let Some(ip) = datagram(frame.link, frame.bytes) else {
            continue;
        };
        let at = if ip[0] >> 4 == 6 {
            40
        } else {
            usize::from(ip[0] & 15) * 4
        };
        if let Some([high, low]) = ip.get(at..at + 2) {
            ports.push(u16::from_be_bytes([*high, *low]));
        }
        if ports.len() > 8 {
            break;
        }
    }
    ports.dedup();
    ports
}

#[test]
#[ignore = "needs ../shared"]
fn libpcap_and_plain_reading_agree_over_the_corpus() {
    let files = corpus();
    let (mut compared, mut admitted) = (0, 0);
    for path in files {
        let name = path.display().to_string();
        let ports = ports_of(&name);
        for ports in [&ports[..1], &ports[..ports.len().min(3)]] {
            let mut filter = FileFilter::new(of_ports(ports)).unwrap();
            let mut source = FileSource::open(&name).unwrap();
            while let Ok(Some(frame)) = source.next_frame() {
                let found = match filter.admits(&frame) {
                    Ok(found) => found,
                    Err(error) => {
                        assert!(matches!(error, FilterError::LinkType { .. }), "{error}");
                        assert!(matches!(frame.link.0, 239 | 274), "{name}: {error}");
                        continue;
                    }
                };
                let wanted = datagram(frame.link, frame.bytes).and_then(|ip| wants(ip, ports));
                if let Some(wanted) = wanted {
                    assert_eq!(found, wanted, "{name}, frame {}, ports {ports:?}", frame.no);
                    compared += 1;
                    admitted += usize::from(found);
                }
            }
        }
    }
    assert!(
        compared > 100_000 && admitted > 10_000,
        "{compared} {admitted}"
    );
}

fn ethernet(kind: u16, rest: &[u8]) -> Vec<u8> {
    [&[0; 12], kind.to_be_bytes().as_slice(), rest].concat()
}

fn admits(filter: &CaptureFilter, link: LinkType, bytes: &[u8]) -> bool {
    let mut filter = FileFilter::new(filter.clone()).unwrap();
    filter.admits(&frame(link, bytes)).unwrap()
}

/// An IPv4 header of 20 bytes, and options where `options` says so.
fn v4(protocol: u8, source: Ipv4Addr, options: bool, rest: &[u8]) -> Vec<u8> {
    let words = if options { 7 } else { 5 };
    let mut header = vec![0x40 | words, 0, 0, 0, 0, 0, 0, 0, 64, protocol, 0, 0];
    header.extend(source.octets());
    header.extend(Ipv4Addr::LOCALHOST.octets());
    header.resize(usize::from(words) * 4, 1);
    [header, rest.to_vec()].concat()
}

fn v6(next: u8, source: Ipv6Addr, rest: &[u8]) -> Vec<u8> {
    let mut header = vec![0x60, 0, 0, 0, 0, 0, next, 64];
    header.extend(source.octets());
    header.extend(Ipv6Addr::LOCALHOST.octets());
    [header, rest.to_vec()].concat()
}

const PORTS: [u8; 8] = [0x13, 0x88, 0x13, 0x89, 0, 8, 0, 0];

#[test]
fn errors_that_quote_the_port_or_the_host_are_admitted() {
    let router = Ipv4Addr::new(10, 0, 0, 1);
    let far = Ipv4Addr::new(192, 0, 2, 7);
    let far_v6: Ipv6Addr = "2001:db8::7".parse().unwrap();
    let router_v6: Ipv6Addr = "2001:db8::1".parse().unwrap();
    let error = |kind: u8, quoted: Vec<u8>| [vec![kind, 3, 0, 0, 0, 0, 0, 0], quoted].concat();
    let fragment = [17, 0, 0, 0, 0, 0, 0, 9].as_slice();
    let mut datagrams = Vec::new();
    for kind in [3, 4, 5, 11, 12] {
        for options in [false, true] {
            let quoted = v4(17, far, options, &PORTS);
            datagrams.push(v4(1, router, options, &error(kind, quoted)));
        }
    }
    for kind in 1..=4 {
        let quoted = v6(6, far_v6, &PORTS);
        datagrams.push(v6(58, router_v6, &error(kind, quoted)));
        let quoted = v6(44, far_v6, &[fragment, &PORTS].concat());
        datagrams.push(v6(58, router_v6, &error(kind, quoted)));
    }
    for datagram in datagrams {
        let (host, other): (IpAddr, IpAddr) = if datagram[0] >> 4 == 4 {
            (far.into(), Ipv4Addr::new(192, 0, 2, 8).into())
        } else {
            (far_v6.into(), "2001:db8::8".parse().unwrap())
        };
        let kind = if host.is_ipv4() { 0x0800 } else { 0x86dd };
        let plain = ethernet(kind, &datagram);
        let tagged = [&[0; 12], &[0x81, 0, 0, 5][..], &plain[12..]].concat();
        let twice = [&[0; 12], &[0x88, 0xa8, 0, 6][..], &tagged[12..]].concat();
        let hosts = |host: IpAddr| CaptureFilter {
            hosts: vec![host],
            ..CaptureFilter::default()
        };
        let both = CaptureFilter {
            hosts: vec![host],
            ports: vec![5001],
            expression: None,
        };
        for bytes in [&plain, &tagged, &twice] {
            assert!(admits(&of_ports(&[5000]), LinkType::ETHERNET, bytes));
            assert!(admits(&of_ports(&[7, 5001]), LinkType::ETHERNET, bytes));
            assert!(!admits(&of_ports(&[5002]), LinkType::ETHERNET, bytes));
            assert!(admits(&hosts(host), LinkType::ETHERNET, bytes));
            assert!(!admits(&hosts(other), LinkType::ETHERNET, bytes));
            assert!(admits(&both, LinkType::ETHERNET, bytes));
        }
        assert!(admits(&both, LinkType::RAW, &datagram));
        assert!(admits(&both, LinkType(14), &datagram));
    }
    // An echo request is no error, whatever stands in it.
    let ping = v4(1, router, false, &error(8, v4(17, far, false, &PORTS)));
    assert!(!admits(&of_ports(&[5000]), LinkType::RAW, &ping));
}

#[test]
fn fragments_and_udp_lite_belong_to_a_port() {
    let mut late = v4(17, Ipv4Addr::LOCALHOST, false, &[9; 8]);
    late[7] = 185;
    let lite = v4(136, Ipv4Addr::LOCALHOST, false, &PORTS);
    let lite_v6 = v6(136, Ipv6Addr::LOCALHOST, &PORTS);
    let fragment = v6(44, Ipv6Addr::LOCALHOST, &[17, 0, 0, 9, 0, 0, 0, 1, 9, 9]);
    for datagram in [late, lite, lite_v6, fragment] {
        assert!(admits(&of_ports(&[5000]), LinkType::RAW, &datagram));
    }
    let lite = v4(136, Ipv4Addr::LOCALHOST, false, &PORTS);
    assert!(!admits(&of_ports(&[5002]), LinkType::RAW, &lite));
}

#[test]
fn an_expression_is_joined_with_the_rest() {
    let filter = |expression: &str| CaptureFilter {
        ports: vec![5000],
        expression: Some(expression.to_owned()),
        ..CaptureFilter::default()
    };
    assert!(admits(&filter("udp or tcp"), LinkType::ETHERNET, &UDP));
    assert!(!admits(&filter("tcp or arp"), LinkType::ETHERNET, &UDP));
    // A tag that the expression asks for is one that the port is looked for behind.
    let tagged = [&[0; 12], &[0x81, 0, 0, 5][..], &UDP[12..]].concat();
    assert!(admits(&filter("vlan 5"), LinkType::ETHERNET, &tagged));
    assert!(!admits(&filter("vlan 6"), LinkType::ETHERNET, &tagged));
    assert!(!admits(&filter("vlan"), LinkType::ETHERNET, &UDP));
    assert!(admits(&CaptureFilter::default(), LinkType(9999), &UDP));
}

#[test]
fn a_filter_that_does_not_compile_is_told_with_its_text() {
    for expression in ["prot 80", "tcp) or (udp", "port 70000", "tcp and"] {
        let error = FileFilter::new(of_expression(expression)).err().unwrap();
        let message = error.message(Lang::En);
        assert!(message.contains(expression), "{message}");
        assert_ne!(message, error.message(Lang::PtBr));
    }
    // Good for radio frames, and only there.
    let mut radio = FileFilter::new(of_expression("type mgt")).unwrap();
    assert!(radio.admits(&frame(LinkType::ETHERNET, &UDP)).is_err());
    assert!(radio.admits(&frame(LinkType(105), &UDP)).is_ok());
    let unknown = FileFilter::new(of_ports(&[80]))
        .unwrap()
        .admits(&frame(LinkType(9999), &UDP));
    assert_eq!(
        unknown,
        Err(FilterError::LinkType {
            link: LinkType(9999)
        })
    );
}
