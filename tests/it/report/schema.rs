//! The part of JSON Schema that the report's schema is written in.

use serde_json::Value;

/// What of `value` does not follow `schema`, a part of `root`; each with where it stands.
/// A keyword that is not known here is an error too.
pub(super) fn errors(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        let wrong = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "minimum" => false,
            "$ref" => {
                let path = rule.as_str().unwrap().trim_start_matches('#');
                errors(root, root.pointer(path).unwrap(), value, at, out);
                false
            }
            "const" => value != rule,
            "enum" => !rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(types) => !types.iter().any(|one| is(value, one)),
                one => !is(value, one),
            },
            "anyOf" => !rule.as_array().unwrap().iter().any(|one| {
                let mut inner = Vec::new();
                errors(root, one, value, at, &mut inner);
                inner.is_empty()
            }),
            "required" => {
                let missing = rule.as_array().unwrap().iter();
                value.is_object()
                    && missing
                        .clone()
                        .any(|key| value.get(key.as_str().unwrap()).is_none())
            }
            "pattern" => !value
                .as_str()
                .is_some_and(|text| matches(text, rule.as_str().unwrap())),
            "items" => {
                for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                    errors(root, rule, item, &format!("{at}/{place}"), out);
                }
                false
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(item) = value.get(key) {
                        errors(root, rule, item, &format!("{at}/{key}"), out);
                    }
                }
                false
            }
            "additionalProperties" => {
                let named = schema.get("properties").and_then(Value::as_object);
                for (key, item) in value.as_object().into_iter().flatten() {
                    if named.is_some_and(|named| named.contains_key(key)) {
                        continue;
                    }
                    match rule {
                        Value::Bool(false) => out.push(format!("{at}: {key} is not allowed")),
                        rule => errors(root, rule, item, &format!("{at}/{key}"), out),
                    }
                }
                false
            }
            other => panic!("the schema uses {other}, which this test does not know"),
        };
        if wrong {
            out.push(format!("{at}: {keyword} {rule}"));
        }
    }
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

/// The two patterns of the schema.
fn matches(text: &str, pattern: &str) -> bool {
    let sign = match pattern {
        "^[a-z0-9-]+$" => '-',
        "^[a-z0-9_]+$" => '_',
        other => panic!("unknown pattern {other}"),
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == sign;
    !text.is_empty() && text.chars().all(plain)
}
