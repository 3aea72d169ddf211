//! When a live capture ends: `-c`, `--duration`, `--until`.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::cli::options::select::positive;
use crate::cli::words;

/// When to stop.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct StopArgs {
    #[arg(short = 'c', long = "count", value_name = "N", help = words::COUNT.en, value_parser = positive)]
    pub(in crate::cli) count: Option<u64>,
    #[arg(long, value_name = "TIME", help = words::DURATION.en, value_parser = duration)]
    pub(in crate::cli) duration: Option<Duration>,
    #[arg(long, value_name = "UNTIL", help = words::UNTIL.en)]
    pub(in crate::cli) until: Option<Until>,
}

/// What `--until` can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Until {
    /// Every conversation that was seen has closed, and there was one.
    Closed,
}

/// The longest time that can be asked for, in seconds: a million hours.
const LONGEST: u64 = 3_600_000_000;

/// Reads a length of time: `5s`, `500ms`, `1m30s`; a bare number is seconds.
pub(in crate::cli) fn duration(text: &str) -> Result<Duration, String> {
    let seconds = text
        .parse::<f64>()
        .ok()
        .and_then(|s| Duration::try_from_secs_f64(s).ok());
    let friendly = || text.parse::<jiff::SignedDuration>().ok();
    seconds
        .or_else(|| friendly().and_then(|length| Duration::try_from(length).ok()))
        .filter(|length| *length <= Duration::from_secs(LONGEST))
        .ok_or_else(|| "5s, 500ms, 1m30s, …, 1000000h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_read_as_people_write_them() {
        assert_eq!(duration("5s"), Ok(Duration::from_secs(5)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("1m30s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("0.25"), Ok(Duration::from_millis(250)));
        assert!(duration("1000000h").is_ok() && duration("1000001h").is_err());
        assert!(duration("9223372036854775807s").is_err() && duration("1e300").is_err());
        assert!(duration("-1s").is_err() && duration("soon").is_err() && duration("").is_err());
    }
}
