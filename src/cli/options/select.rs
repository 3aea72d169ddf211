//! Which packets: `--port`, `--host`, `-f`.

use std::net::IpAddr;

use clap::Args;

use crate::cli::words;
use crate::model::filter::CaptureFilter;

/// Which packets are wanted.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct SelectArgs {
    #[arg(long, value_name = "N", help = words::PORT.en, value_parser = port)]
    pub(in crate::cli) port: Vec<u16>,
    #[arg(long, value_name = "ADDRESS", help = words::HOST.en, value_parser = address)]
    pub(in crate::cli) host: Vec<IpAddr>,
    #[arg(short = 'f', long = "filter", value_name = "BPF", help = words::FILTER.en)]
    pub(in crate::cli) filter: Option<String>,
}

impl SelectArgs {
    /// The filter that the options make together.
    pub(in crate::cli) fn filter(&self) -> CaptureFilter {
        CaptureFilter {
            ports: self.port.clone(),
            hosts: self.host.clone(),
            expression: self.filter.clone(),
        }
    }
}

/// Reads a port number. What is wrong is said by example, which needs no translation.
pub(in crate::cli) fn port(text: &str) -> Result<u16, String> {
    text.parse()
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| "1–65535".to_owned())
}

/// Reads a number of packets, or of anything that there must be one of.
pub(in crate::cli) fn positive(text: &str) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(|| "1, 2, 3, …".to_owned())
}

/// Reads an IP address.
pub(in crate::cli) fn address(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| "127.0.0.1, ::1, …".to_owned())
}
