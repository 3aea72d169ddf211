//! Cells in fewer columns: what a row can do without where the terminal is narrow.

use unicode_width::UnicodeWidthStr;

/// The options at the end of a TCP row's Info that give way, in this order, with their names.
pub(super) const TAIL: [(&[&str], &str); 3] = [
    (&[" TSval=", " TSecr="], "TSval, TSecr"),
    (&[" WS="], "WS"),
    (&[" SACK_PERM"], "SACK_PERM"),
];

/// Of an Info that is no TCP segment's, this much is kept before addresses are cut.
const OTHER_CORE: usize = 44;

/// How many terminal columns an Info takes: whole, then without each of [`TAIL`] in turn, and what
/// is its core: up to the length of the payload, without the window.
pub(super) fn widths(info: &str) -> [usize; TAIL.len() + 2] {
    let mut widths = [info.width(); TAIL.len() + 2];
    let mut text = info.to_owned();
    for (place, _) in TAIL.iter().enumerate() {
        text = without(&text, place);
        widths[place + 1] = text.width();
    }
    widths[TAIL.len() + 1] = match core(&text) {
        Some(end) => no_window(&text[..end]).width(),
        None => text.width().min(OTHER_CORE),
    };
    widths
}

/// Whether an Info has the options that go at `place` of [`TAIL`].
pub(super) fn has(info: &str, place: usize) -> bool {
    let tail = core(info).and_then(|end| info.get(end..));
    let names = TAIL.get(place).map_or(&[][..], |(names, _)| names);
    tail.is_some_and(|tail| names.iter().any(|name| tail.contains(name)))
}

/// An Info without the first `level` of [`TAIL`], in at most `room` columns. Where something else
/// has to go, an ellipsis stands for it: options from the end on, then the window, then the end.
pub(super) fn info(info: &str, level: usize, room: usize) -> String {
    let mut text = info.to_owned();
    for place in 0..level {
        text = without(&text, place);
    }
    if text.width() <= room {
        return text;
    }
    if let Some(end) = core(&text) {
        let (mut kept, mut rest) = (text[..end].to_owned(), &text[end..]);
        if kept.width() + 2 > room {
            // What follows the payload's length is left out without a second mark.
            let shorter = no_window(&kept);
            if shorter.width() <= room {
                return shorter;
            }
            return short_label(&shorter, room).unwrap_or_else(|| cut(kept.as_bytes(), room));
        }
        while let Some(next) = rest.strip_prefix(' ') {
            let word = next.split(' ').next().unwrap_or_default();
            if kept.width() + 1 + word.width() + 2 > room {
                break;
            }
            kept.push(' ');
            kept.push_str(word);
            rest = &next[word.len()..];
        }
        return kept + " …";
    }
    cut(text.as_bytes(), room)
}

/// A time without what is finer than a microsecond.
pub(super) fn time(cell: &[u8]) -> &[u8] {
    let point = cell.iter().rposition(|byte| *byte == b'.');
    match point.map(|point| point + 7) {
        Some(end) if end < cell.len() && cell[end..].iter().all(u8::is_ascii_digit) => &cell[..end],
        _ => cell,
    }
}

/// Where the payload's length of a TCP segment ends in its Info.
fn core(info: &str) -> Option<usize> {
    let numbers = info.find(" Seq=")?;
    let len = numbers + info[numbers..].find(" Len=")? + " Len=".len();
    let digits = info[len..].bytes().take_while(u8::is_ascii_digit).count();
    Some(len + digits)
}

/// An Info without the options at `place` of [`TAIL`].
fn without(info: &str, place: usize) -> String {
    let (Some(end), Some((names, _))) = (core(info), TAIL.get(place)) else {
        return info.to_owned();
    };
    let mut text = info.to_owned();
    for name in *names {
        while let Some(start) = text[end..].find(name).map(|start| end + start) {
            let after = start + 1;
            let stop = text[after..].find(' ').map_or(text.len(), |it| after + it);
            text.replace_range(start..stop, "");
        }
    }
    text
}

/// A core whose analysis label is cut to what `room` leaves: `[Retrans…`.
fn short_label(core: &str, room: usize) -> Option<String> {
    let (label, rest) = core.strip_prefix("[TCP ")?.split_once("] ")?;
    match room.checked_sub(rest.width())? {
        left @ 6.. => Some(format!("[{} {rest}", cut(label.as_bytes(), left - 2))),
        2..6 => Some(format!("… {rest}")),
        _ => None,
    }
}

/// The core of an Info with an ellipsis for its window.
fn no_window(core: &str) -> String {
    match core.rfind(" Win=") {
        Some(start) => {
            let after = start + 1;
            let stop = core[after..].find(' ').map_or(core.len(), |it| after + it);
            format!("{} …{}", &core[..start], &core[stop..])
        }
        None => core.to_owned(),
    }
}

/// The beginning of a cell that fits `room`, with an ellipsis for the rest.
pub(super) fn cut(cell: &[u8], room: usize) -> String {
    use unicode_width::UnicodeWidthChar;
    let text = String::from_utf8_lossy(cell);
    let mut out = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > room {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYN: &str =
        "54586 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM TSval=1 TSecr=0 WS=1024";

    #[test]
    fn options_go_first_and_flags_and_numbers_last() {
        assert_eq!(info(SYN, 0, 200), SYN);
        assert_eq!(
            info(SYN, 3, 200),
            "54586 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495"
        );
        assert_eq!(
            info(SYN, 1, 200),
            "54586 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM WS=1024"
        );
        assert_eq!(
            info(SYN, 3, 49),
            "54586 → 5050 [SYN] Seq=0 Win=65495 Len=0 …"
        );
        assert_eq!(info(SYN, 3, 34), "54586 → 5050 [SYN] Seq=0 … Len=0");
        let again = "[TCP Retransmission] 1 → 2 [ACK] Seq=1 Ack=1 Win=65536 Len=55";
        assert_eq!(
            info(again, 3, 46),
            "[Retransmiss… 1 → 2 [ACK] Seq=1 Ack=1 … Len=55"
        );
        assert_eq!(info(again, 3, 35), "… 1 → 2 [ACK] Seq=1 Ack=1 … Len=55");
        assert_eq!(info(SYN, 3, 20), "54586 → 5050 [SYN] …");
        assert!(has(SYN, 0) && !has("57876 → 65431 Len=46 TSval=1", 0));
    }

    #[test]
    fn times_keep_their_microseconds() {
        assert_eq!(time(b"0.000131500"), b"0.000131");
        assert_eq!(time(b"12:00:00.123456789"), b"12:00:00.123456");
        assert_eq!(time(b"0.0001"), b"0.0001");
        assert_eq!(time(b""), b"");
    }
}
