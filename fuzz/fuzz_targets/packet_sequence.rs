//! Any sequence of TCP segments, UDP datagrams and ICMP errors between three hosts, as raw IPv4.
//! Each packet is made from sixteen bytes, so that sequence numbers, flags, windows and options
//! meet in every order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlab::analysis::AnalyzerOptions;
use netlab::model::frame::{Frame, LinkType};
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{COLUMNS, CellOptions};

fn packet(seed: &[u8; 16]) -> Vec<u8> {
    let [kind, ends, flags, window, s0, s1, a0, a1, len, option, o0, o1, id, fragment, f1, extra] =
        *seed;
    let address = |host: u8| [10, 0, 0, 1 + host % 3];
    let port = |bits: u8| (5050 + u16::from(bits % 2)).to_be_bytes();
    // Numbers near the wrap, at the middle of the circle and near zero.
    let number = |high: u8, low: u8| {
        let base = [0_u32, u32::MAX - 100, 1 << 31, 1000][usize::from(high >> 6)];
        base.wrapping_add(u32::from(high & 0x3f)).wrapping_add(u32::from(low)).to_be_bytes()
    };
    let payload = vec![b'x'; usize::from(len)];
    let mut upper = Vec::new();
    let protocol = match kind % 4 {
        0 | 1 => {
            let options: Vec<u8> = match option % 8 {
                0 => vec![],
                1 => vec![3, 3, o0, 1],
                2 => vec![2, 4, o0, o1],
                3 => vec![5, 10, 0, 0, o0, o1, 0, 0, o1, o0, 1, 1],
                4 => vec![8, 10, 0, 0, 0, o0, 0, 0, 0, o1, 1, 1],
                5 => vec![30, 4, o0, o1],
                6 => vec![172, 5, 0, 0, o0, 0, 0, 0],
                _ => vec![o0, o1, extra, 0],
            };
            upper.extend(port(ends));
            upper.extend(port(ends >> 1));
            upper.extend(number(s0, s1));
            upper.extend(number(a0, a1));
            let words = (20 + options.len()) / 4;
            upper.push(u8::try_from(words << 4).unwrap_or(0x50) | (extra & 1));
            upper.push(flags);
            upper.extend([window & 1, window]);
            upper.extend([0, 0, 0, extra]);
            upper.extend(options);
            6
        }
        2 => {
            upper.extend(port(ends));
            upper.extend(port(ends >> 1));
            upper.extend((8 + u16::from(len)).to_be_bytes());
            upper.extend([0, 0]);
            17
        }
        _ => {
            upper.extend([if flags & 1 == 0 { 3 } else { 11 }, window % 16, 0, 0, 0, 0, 0, 0]);
            upper.extend([0x45, 0, 0, 60, 0, 0, 0, 0, 64, if flags & 2 == 0 { 6 } else { 17 }, 0, 0]);
            upper.extend(address(ends >> 4));
            upper.extend(address(ends >> 6));
            upper.extend(port(ends));
            upper.extend(port(ends >> 1));
            upper.extend(number(s0, s1));
            upper.extend(number(a0, a1));
            upper.extend([0x50, flags, 0, window]);
            1
        }
    };
    upper.extend(payload);
    let total = u16::try_from(20 + upper.len()).unwrap_or(u16::MAX).to_be_bytes();
    let offset = if fragment & 0x80 == 0 { [0, 0] } else { [fragment & 0x20, f1 % 8] };
    let mut ip = vec![0x45, 0, total[0], total[1], 0, id % 4, offset[0], offset[1], 64, protocol, 0, 0];
    ip.extend(address(ends >> 4));
    ip.extend(address(ends >> 6));
    ip.extend(upper);
    ip
}

fuzz_target!(|data: &[u8]| {
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 10,
        ..AnalyzerOptions::default()
    });
    let mut out = Vec::new();
    let mut time = 0_i64;
    for (seed, no) in data.chunks_exact(16).zip(1..) {
        let Ok(seed) = <&[u8; 16]>::try_from(seed) else { return };
        let bytes = packet(seed);
        time += i64::from(seed[15]) * 100_000 - 1_000_000;
        let kept = bytes.len() - (usize::from(seed[13]) % 8 * usize::from(seed[14] & 1)).min(bytes.len());
        let row = pipeline.push(&Frame {
            no,
            time: Some(Timestamp::new(
                time.div_euclid(1_000_000_000),
                u32::try_from(time.rem_euclid(1_000_000_000)).unwrap_or(0),
            )),
            decimals: 9,
            link: LinkType::RAW,
            interface: 0,
            wire_len: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            bytes: &bytes[..kept],
        });
        assert_eq!(row.frame.no, no);
        for column in COLUMNS {
            (column.write)(&row, &CellOptions::default(), &mut out);
        }
        out.clear();
    }
});
