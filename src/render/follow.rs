//! What each side sent, as text, hexadecimal or JSON.

use serde_json::{Value, json};

use super::escape;
use super::hex;
use super::rows::table::paint::{CLIENT, SERVER};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::report::follow::words;
use crate::report::follow::{Followed, What};
use crate::report::payload;
use crate::report::text_address;
use crate::text::Lang;

/// How a conversation is shown for reading.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language of what stands beside the bytes.
    pub lang: Lang,
    /// Bytes in hexadecimal, with their offset in what the side sent; else as text.
    pub hex: bool,
    /// With colours.
    pub color: bool,
}

/// Appends a conversation for reading.
pub fn text(followed: &Followed, conversation: &Conversation, look: Look, out: &mut Vec<u8>) {
    let heading = words::heading(conversation, look.lang);
    out.extend_from_slice(heading.as_bytes());
    out.push(b'\n');
    let mut offsets = [0, 0];
    for part in &followed.parts {
        let client = words::role(part.side, conversation) != Some("server");
        let style = if client { CLIENT } else { SERVER };
        let start = out.len();
        out.extend_from_slice(words::line(part, conversation, look.lang).as_bytes());
        out.push(b'\n');
        if let What::Bytes(bytes, _) = &part.what {
            let offset = &mut offsets[part.side.index()];
            match look.hex {
                true => hex::dump(bytes, *offset, 16, out),
                false => lines(bytes, out),
            }
            *offset += bytes.len();
        }
        if look.color {
            let plain = out.split_off(start);
            for line in plain
                .split(|byte| *byte == b'\n')
                .filter(|it| !it.is_empty())
            {
                let line = String::from_utf8_lossy(line);
                out.extend_from_slice(format!("{style}{line}{style:#}\n").as_bytes());
            }
        }
    }
    if let Some(nothing) = words::empty(followed, look.lang) {
        out.extend_from_slice(nothing.as_bytes());
        out.push(b'\n');
    }
}

/// Appends bytes line by line, each indented; what is no text is escaped.
fn lines(bytes: &[u8], out: &mut Vec<u8>) {
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let bare = bare
            .strip_suffix(b"\r")
            .filter(|_| line.ends_with(b"\n"))
            .unwrap_or(bare);
        if !bare.is_empty() {
            out.extend_from_slice(b"    ");
        }
        payload::preview(bare, usize::MAX, out);
        out.push(b'\n');
    }
}

/// Appends a conversation as a JSON object. `text` is there where the bytes are UTF-8; `hex` always.
pub fn json(followed: &Followed, conversation: &Conversation, out: &mut Vec<u8>) {
    let parts: Vec<Value> = followed
        .parts
        .iter()
        .map(|part| {
            let from = text_address::end(conversation.ends()[part.side.index()]);
            let mut value = json!({"from": from, "role": words::role(part.side, conversation)});
            let (name, amount, frames) = match &part.what {
                What::Bytes(bytes, frames) => {
                    value["text"] = std::str::from_utf8(bytes).ok().into();
                    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
                    value["hex"] = digits.collect::<String>().into();
                    ("bytes", bytes.len().into(), frames.clone())
                }
                What::Missing(bytes) => ("missing", (*bytes).into(), Vec::new()),
                What::Again(bytes, frame) => ("again", (*bytes).into(), vec![*frame]),
                What::Earlier => ("earlier_missing", true.into(), Vec::new()),
                What::Fin(frame) => ("fin", true.into(), vec![*frame]),
                What::Rst(frame) => ("rst", true.into(), vec![*frame]),
            };
            let amount: Value = amount;
            value[name] = amount;
            value["frames"] = frames.into();
            value
        })
        .collect();
    let protocol = match conversation.protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
    };
    let object = json!({"protocol": protocol, "stream": conversation.stream, "parts": parts});
    let start = out.len();
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, &object);
    escape::json(out, start);
}
