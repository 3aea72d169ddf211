//! How the connection ended.

use super::{Asked, Question, capital};
use crate::report::words;
use crate::text::Text;
use crate::text::phrase::phrase;

pub(super) static CLOSE: Question = Question {
    id: "close",
    asks: Text::new(
        "Which packets close the connection?",
        "Quais pacotes encerram a conexão?",
    ),
    answer: close,
};
pub(super) static STARTED: Question = Question {
    id: "closed_by",
    asks: Text::new(
        "Who started the close, and how can one tell?",
        "Quem iniciou o encerramento, e como se sabe?",
    ),
    answer: started,
};
pub(super) static FIN: Question = Question {
    id: "fin",
    asks: Text::new(
        "Does a FIN use a sequence number?",
        "Um FIN usa um número de sequência?",
    ),
    answer: fin,
};
pub(super) static HALF: Question = Question {
    id: "half_close",
    asks: Text::new(
        "Why must both sides close (half-close)?",
        "Por que os dois lados precisam fechar (fechamento parcial)?",
    ),
    answer: half,
};
pub(super) static RESET: Question = Question {
    id: "reset",
    asks: Text::new("Why is there a RST?", "Por que há um RST?"),
    answer: reset,
};
pub(super) static TIME_WAIT: Question = Question {
    id: "time_wait",
    asks: Text::new(
        "Who is in TIME-WAIT, why, and for how long?",
        "Quem fica em TIME-WAIT, por quê e por quanto tempo?",
    ),
    answer: time_wait,
};

fn close(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    // Nothing was open.
    if close.cut().is_some_and(|reset| reset.kind.refuses()) {
        return None;
    }
    words::close::answer::packets(&close, &asked.who, asked.lang)
}

fn started(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::close::answer::closer(&close, &asked.who, asked.lang).map(|it| capital(&it))
}

fn fin(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let fin = asked.end(side).fin.as_ref()?;
        let (frame, ack) = fin.ack?;
        // Where the numbers are shown from another start, the sum would not hold.
        if fin.seq.wrapping_add(fin.len).wrapping_add(1) != ack {
            return None;
        }
        let sum = match fin.len {
            0 => format!("{} + 1", fin.seq),
            len => format!("{} + {len} + 1", fin.seq),
        };
        Some(asked.say(counts(
            asked.lang,
            asked.who.of(side),
            &fin.seq,
            &fin.at.frame,
            &ack,
            &frame,
            &sum,
        )))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{} {}", ONE_NUMBER.get(asked.lang), said.join(" ")))
}

fn half(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::close::answer::both_close(&close, &asked.who, asked.lang)
}

fn reset(asked: &Asked<'_>) -> Option<String> {
    let reset = asked.conversation.lifecycle.close().reset?;
    let said = words::reset::answer::cause(&reset, &asked.who, asked.lang);
    Some(capital(&said))
}

fn time_wait(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::time_wait::answer(&close, &asked.who, asked.lang).map(|it| capital(&it))
}

phrase! {
    ONE_NUMBER: "Yes, one.", "Sim, um.";
    counts(of, seq, fin, ack, frame, sum):
        "The FIN {of}: Seq={seq} in #{fin}, Ack={ack} in #{frame}: {sum} = {ack}.",
        "O FIN {of}: Seq={seq} em #{fin}, Ack={ack} em #{frame}: {sum} = {ack}.";
}
