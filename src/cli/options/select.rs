//! Which packets: `--port`, `--host`, `-f`, `-Y`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::filter::CaptureFilter;
use crate::report::display_filter::{DisplayFilter, Refusal};

/// Which packets are wanted.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct SelectArgs {
    #[arg(long, value_name = "N", help = words::PORT.en, value_parser = port)]
    pub(in crate::cli) port: Vec<u16>,
    #[arg(long, value_name = "ADDRESS", help = words::HOST.en, value_parser = host)]
    pub(in crate::cli) host: Vec<Host>,
    #[arg(short = 'f', long = "filter", value_name = "BPF", help = words::FILTER.en)]
    pub(in crate::cli) filter: Option<String>,
    #[arg(short = 'Y', long = "display-filter", value_name = "EXPR", help = words::DISPLAY_FILTER.en)]
    pub(in crate::cli) display: Option<String>,
}

/// What `--host` names: one address, or those of `localhost`.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Host(pub(in crate::cli) Vec<IpAddr>);

impl SelectArgs {
    /// The filter that `--port`, `--host` and `-f` make together.
    pub(in crate::cli) fn filter(&self) -> CaptureFilter {
        CaptureFilter {
            ports: self.port.clone(),
            hosts: self.host.iter().flat_map(|host| host.0.clone()).collect(),
            expression: self.filter.clone(),
        }
    }

    /// The display filter; `None` where every row is shown.
    pub(in crate::cli) fn display(&self, world: &World) -> Result<Option<DisplayFilter>, Failure> {
        let expression = self.display.as_deref().map(str::trim);
        let Some(expression) = expression.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let refused = |it: Refusal| Failure::usage(it.message(world.lang), it.hint(world.lang));
        DisplayFilter::parse(expression).map(Some).map_err(refused)
    }

    /// What the options choose, as a user would say it.
    pub(in crate::cli) fn said(&self) -> String {
        let filter = self.filter().to_string();
        match self.display.as_deref() {
            None => filter,
            Some(display) if filter.is_empty() => display.to_owned(),
            Some(display) => format!("{filter} and ({display})"),
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

/// Reads an IP address, or `localhost` (RFC 6761, 6.3). Other names are not resolved: what they
/// mean depends on the machine, and the same file is to show the same everywhere.
pub(in crate::cli) fn host(text: &str) -> Result<Host, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(Host(vec![
            Ipv4Addr::LOCALHOST.into(),
            Ipv6Addr::LOCALHOST.into(),
        ]));
    }
    let address = text.parse().map(|address| Host(vec![address]));
    address.map_err(|_| "127.0.0.1, ::1, localhost, …".to_owned())
}
