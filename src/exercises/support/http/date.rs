//! The date of an answer (RFC 9110, 5.6.7).

use crate::model::time::Timestamp;

/// As in `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn http_date(time: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let days = time.secs().div_euclid(86_400);
    let second = time.secs().rem_euclid(86_400);
    let (year, month, day) = civil(days);
    let name = |names: &[&'static str], index: i64| {
        let index = usize::try_from(index).unwrap_or(0);
        names.get(index).copied().unwrap_or_default()
    };
    format!(
        "{}, {day:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        name(&DAYS, days.rem_euclid(7)),
        name(&MONTHS, month - 1),
        second / 3600,
        second / 60 % 60,
        second % 60,
    )
}

/// Year, month and day of a number of days since 1970-01-01. Years are counted from March, so
/// that a leap day is the last of its year (H. Hinnant, "chrono-compatible low-level date
/// algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let shown = |secs| http_date(Timestamp::new(secs, 0));
        assert_eq!(shown(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(shown(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(shown(951_782_399), "Mon, 28 Feb 2000 23:59:59 GMT");
        assert_eq!(shown(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
        assert_eq!(shown(4_107_542_399), "Sun, 28 Feb 2100 23:59:59 GMT");
        assert_eq!(shown(4_107_542_400), "Mon, 01 Mar 2100 00:00:00 GMT");
    }
}
