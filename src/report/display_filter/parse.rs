//! Reads the text of a display filter.

use std::net::IpAddr;

use super::fields::{self, Field, FieldKind};
use super::refusal::Refusal;
use super::{Comparison, Node, Value};

/// How deep parts of an expression may stand inside each other.
const DEPTH: usize = 100;

/// A word or a sign of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// What stood between quotation marks.
    Text(String),
    Sign(String),
}

impl Token {
    fn is(&self, names: &[&str]) -> bool {
        match self {
            Token::Word(word) => names.iter().any(|name| word.eq_ignore_ascii_case(name)),
            Token::Sign(sign) => names.contains(&sign.as_str()),
            Token::Text(_) => false,
        }
    }

    fn into_text(self) -> String {
        match self {
            Token::Word(text) | Token::Text(text) | Token::Sign(text) => text,
        }
    }
}

/// Reads a whole expression.
pub(super) fn expression(text: &str) -> Result<Node, Refusal> {
    let mut tokens = tokens(text)?;
    tokens.reverse();
    let mut parser = Parser { rest: tokens };
    let tree = parser.any(0)?;
    match parser.rest.pop() {
        None => Ok(tree),
        Some(token) => Err(unexpected(token)),
    }
}

/// What cannot stand where it stands.
fn unexpected(token: Token) -> Refusal {
    match token {
        Token::Sign(sign) if sign == "=" => Refusal::SingleEqual,
        Token::Sign(sign) if sign != "(" && sign != ")" => Refusal::Operator(sign),
        Token::Word(word) if ["contains", "matches", "in", "xor"].contains(&word.as_str()) => {
            Refusal::Operator(word)
        }
        other => Refusal::Unexpected(other.into_text()),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, len) = if is_of_word(first) {
            let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            (Token::Word(rest[..end].to_owned()), end)
        } else if first == '"' {
            let inside = &rest[1..];
            let end = inside.find('"');
            let end = end.ok_or_else(|| Refusal::Unexpected(String::new()))?;
            (Token::Text(inside[..end].to_owned()), end + 2)
        } else {
            let double = ["==", "!=", ">=", "<=", "&&", "||"];
            let double = double.into_iter().find(|sign| rest.starts_with(sign));
            let sign = double.map_or_else(|| first.to_string(), str::to_owned);
            let len = sign.len();
            (Token::Sign(sign), len)
        };
        tokens.push(token);
        rest = rest[len..].trim_start();
    }
    Ok(tokens)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || "._:/-".contains(c)
}

/// The tokens that are left, the next one last.
struct Parser {
    rest: Vec<Token>,
}

impl Parser {
    fn take(&mut self, names: &[&str]) -> bool {
        let next = self.rest.pop_if(|token| token.is(names));
        next.is_some()
    }

    /// Parts of which one must be true.
    fn any(&mut self, depth: usize) -> Result<Node, Refusal> {
        let mut parts = vec![self.all(depth)?];
        while self.take(&["or", "||"]) {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Node::Or))
    }

    /// Parts that must all be true.
    fn all(&mut self, depth: usize) -> Result<Node, Refusal> {
        let mut parts = vec![self.part(depth)?];
        while self.take(&["and", "&&"]) {
            parts.push(self.part(depth)?);
        }
        Ok(one_or(parts, Node::And))
    }

    fn part(&mut self, depth: usize) -> Result<Node, Refusal> {
        if depth > DEPTH {
            return Err(Refusal::TooDeep);
        }
        if self.take(&["not", "!"]) {
            return Ok(Node::Not(Box::new(self.part(depth + 1)?)));
        }
        if self.take(&["("]) {
            let inner = self.any(depth + 1)?;
            if self.take(&[")"]) {
                return Ok(inner);
            }
            return Err(self.rest.pop().map_or_else(incomplete, unexpected));
        }
        match self.rest.pop().ok_or_else(incomplete)? {
            Token::Word(name) => {
                let field = fields::find(&name).ok_or(Refusal::Field(name))?;
                self.test(field)
            }
            other => Err(unexpected(other)),
        }
    }

    /// What is asked of a field.
    fn test(&mut self, field: Field) -> Result<Node, Refusal> {
        const COMPARISONS: [([&str; 2], Comparison); 6] = [
            (["==", "eq"], Comparison::Equal),
            (["!=", "ne"], Comparison::NotEqual),
            ([">", "gt"], Comparison::Greater),
            (["<", "lt"], Comparison::Less),
            ([">=", "ge"], Comparison::GreaterOrEqual),
            (["<=", "le"], Comparison::LessOrEqual),
        ];
        let Some((_, comparison)) = COMPARISONS.iter().find(|(names, _)| self.take(names)) else {
            return Ok(Node::Present(field));
        };
        if let FieldKind::Protocol(_) | FieldKind::Mark(_) = field.kind {
            return Err(Refusal::NoValue(field.name));
        }
        let token = self.rest.pop().ok_or_else(incomplete)?;
        if matches!(token, Token::Sign(_)) {
            return Err(unexpected(token));
        }
        let text = token.into_text();
        let value = value(field.kind, *comparison, &text).ok_or(Refusal::Value {
            field: field.name,
            value: text,
        })?;
        Ok(Node::Compare(field, *comparison, value))
    }
}

fn incomplete() -> Refusal {
    Refusal::Unexpected(String::new())
}

fn one_or(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            several(parts)
        }
    }
}

/// Reads a value of a field.
fn value(kind: FieldKind, comparison: Comparison, text: &str) -> Option<Value> {
    match kind {
        FieldKind::Number(_) => number(text).map(Value::Number),
        FieldKind::Flag(_) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Number(1)),
            "false" => Some(Value::Number(0)),
            _ => number(text).map(|number| Value::Number((number != 0).into())),
        },
        FieldKind::Address(_) => address(text),
        FieldKind::Phase => {
            let same = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
            fields::phase_called(text)
                .filter(|_| same)
                .map(Value::Phase)
        }
        FieldKind::Protocol(_) | FieldKind::Mark(_) => None,
    }
}

/// A number as Wireshark reads it: decimal, or hexadecimal behind `0x`.
fn number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// An address, or a network: `10.0.0.0/8`.
fn address(text: &str) -> Option<Value> {
    let (address, prefix) = match text.split_once('/') {
        None => (text, None),
        Some((address, prefix)) => (address, Some(prefix)),
    };
    let address: IpAddr = address.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(width), |prefix| prefix.parse().ok())?;
    (prefix <= width).then_some(Value::Address(address, prefix))
}
