//! Which packets: `--port`, `--host`, `-f`.

use std::net::IpAddr;

use clap::Args;

use crate::cli::words;

/// Which packets are wanted.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct SelectArgs {
    #[arg(long, value_name = "N", help = words::PORT.en, value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) port: Vec<u16>,
    #[arg(long, value_name = "ADDRESS", help = words::HOST.en)]
    pub(in crate::cli) host: Vec<IpAddr>,
    #[arg(short = 'f', long = "filter", value_name = "BPF", help = words::FILTER.en)]
    pub(in crate::cli) filter: Option<String>,
}
