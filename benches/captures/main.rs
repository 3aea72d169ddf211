//! Makes captures for measurements. The same arguments give the same bytes every time: the random
//! numbers are its own, and it asks neither the clock nor the environment.
//!
//! ```text
//! cargo bench --bench captures -- KIND COUNT FILE [FLOWS]
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a tool for measurements, which may fail"
)]

mod packets;
mod random;
mod shapes;

use std::fs::File;
use std::io::BufWriter;
use std::io::Write;

use packets::Capture;

const USAGE: &str = "\
captures KIND COUNT FILE [FLOWS]
  many    COUNT conversations of eleven packets each, FLOWS (64) at a time
  mixed   COUNT packets of FLOWS (10000) flows at a time: TCP, UDP, ICMP, ARP, IPv4, IPv6, VLAN
  bulk    COUNT packets of FLOWS (4) transfers with full segments, losses, reordering and SACK
  oneway  COUNT packets of FLOWS (4) transfers whose acknowledgments were not captured
  syns    COUNT SYNs, each of a conversation of its own
";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [kind, count, file, rest @ ..] = arguments.as_slice() else {
        eprint!("{USAGE}");
        return;
    };
    let count: u64 = count.parse().unwrap();
    let flows = |usual| rest.first().map_or(usual, |flows| flows.parse().unwrap());
    let mut out = Capture::new(BufWriter::with_capacity(
        1 << 20,
        File::create(file).unwrap(),
    ));
    match kind.as_str() {
        "many" => shapes::many(count, flows(64), &mut out),
        "mixed" => shapes::mixed(count, flows(10_000), &mut out),
        "bulk" => shapes::bulk(count, flows(4), true, &mut out),
        "oneway" => shapes::bulk(count, flows(4), false, &mut out),
        "syns" => shapes::syns(count, &mut out),
        _ => eprint!("{USAGE}"),
    }
    out.into_inner().flush().unwrap();
}
