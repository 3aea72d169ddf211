//! Pictures as TikZ: what [`crate::render::svg`] writes, element by element. It has rectangles,
//! circles, paths of straight lines and texts, each with the classes of its style sheet.

use std::fmt::Write;

use super::text::prose;
use crate::render::svg::colours;

/// The room for a picture on a page, in points.
const ROOM: (f64, f64) = (505.0, 690.0);
/// A pixel in points.
const PIXEL: f64 = 0.75;

/// Appends the definitions of the colours.
pub(super) fn preamble(out: &mut String) {
    out.push_str("\\usepackage{tikz}\n");
    for (class, colour) in colours() {
        let digits = colour.trim_start_matches('#').to_ascii_uppercase();
        let _ = writeln!(out, "\\definecolor{{{class}}}{{HTML}}{{{digits}}}");
    }
}

/// Appends a picture.
pub(super) fn picture(svg: &str, out: &mut String) {
    let mut scale = PIXEL;
    for (name, attributes, text) in Elements(svg) {
        let number = |name: &str| value(attributes, name).and_then(|it| it.parse::<f64>().ok());
        let get = |name: &str| number(name).unwrap_or_default();
        let classes = value(attributes, "class").unwrap_or_default();
        match name {
            "svg" => {
                let (width, height) = (get("width").max(1.0), get("height").max(1.0));
                scale = PIXEL.min(ROOM.0 / width).min(ROOM.1 / height);
                let _ = writeln!(
                    out,
                    "\\noindent\\begin{{tikzpicture}}[x={scale:.4}pt,y=-{scale:.4}pt,inner sep=0pt]"
                );
            }
            "rect" if !classes.contains("nl-ground") => {
                let (x, y) = (get("x"), get("y"));
                let (right, below) = (x + get("width"), y + get("height"));
                let ink = ink(classes);
                let _ = writeln!(
                    out,
                    "\\fill[{ink}] ({x:.1},{y:.1}) rectangle ({right:.1},{below:.1});"
                );
            }
            "circle" => {
                let radius = get("r") * scale;
                let (x, y, ink) = (get("cx"), get("cy"), ink(classes));
                let _ = writeln!(
                    out,
                    "\\fill[{ink}] ({x:.1},{y:.1}) circle[radius={radius:.2}pt];"
                );
            }
            "path" => path(
                value(attributes, "d").unwrap_or_default(),
                classes,
                scale,
                out,
            ),
            "text" => {
                let turned = value(attributes, "transform").and_then(|it| {
                    it.strip_prefix("rotate(")?
                        .split(' ')
                        .next()?
                        .parse::<f64>()
                        .ok()
                });
                node((get("x"), get("y")), turned, classes, (text, scale), out);
            }
            _ => {}
        }
    }
    out.push_str("\\end{tikzpicture}\\par\n");
}

/// The colour of an element: the first of its classes.
fn ink(classes: &str) -> &str {
    classes.split(' ').next().unwrap_or("nl-text")
}

fn has(classes: &str, class: &str) -> bool {
    classes.split(' ').any(|it| it == class)
}

/// Appends a text.
fn node(
    (x, y): (f64, f64),
    turned: Option<f64>,
    classes: &str,
    (text, scale): (&str, f64),
    out: &mut String,
) {
    let anchor = match (has(classes, "nl-mid"), has(classes, "nl-end")) {
        (true, _) => "base",
        (_, true) => "base east",
        _ => "base west",
    };
    let (family, pixels) = match () {
        () if has(classes, "nl-head") => ("\\sffamily\\bfseries", 15.0),
        () if has(classes, "nl-words") => ("\\sffamily", 12.5),
        () if has(classes, "nl-small") => ("\\ttfamily", 11.5),
        () if has(classes, "nl-name") => ("\\ttfamily\\bfseries", 13.0),
        () => ("\\ttfamily", 13.0),
    };
    let size = pixels * scale;
    let turned = turned.map_or(String::new(), |degrees| format!(",rotate={:.1}", -degrees));
    let halo = if has(classes, "nl-halo") {
        ",fill=nl-ground"
    } else {
        ""
    };
    let ink = ink(classes);
    let _ = write!(
        out,
        "\\node[anchor={anchor},text={ink}{turned}{halo},font={family}\\fontsize{{{size:.2}}}{{{size:.2}}}\\selectfont] at ({x:.1},{y:.1}) {{"
    );
    let mono = family.starts_with("\\ttfamily");
    for (place, word) in unescaped(text).split(' ').enumerate() {
        if place > 0 {
            out.push(if mono { '~' } else { ' ' });
        }
        prose(word, out);
    }
    out.push_str("};\n");
}

/// Appends the lines of a path.
fn path(data: &str, classes: &str, scale: f64, out: &mut String) {
    let lines = lines(data);
    let ink = ink(classes);
    if !has(classes, "nl-line") {
        for (points, _) in lines {
            let _ = write!(out, "\\fill[{ink}] ");
            joined(&points, out);
            out.push_str(" -- cycle;\n");
        }
        return;
    }
    let pixels = match () {
        () if has(classes, "nl-points") => 4.5,
        () if has(classes, "nl-bold") => 2.2,
        () if has(classes, "nl-thin") => 1.0,
        () => 1.5,
    };
    let width = pixels * scale;
    let dashes = match () {
        () if has(classes, "nl-dots") => ",densely dotted",
        () if has(classes, "nl-dashes") => ",dashed",
        () => "",
    };
    for (points, closed) in lines {
        match points.as_slice() {
            [(x, y)] | [(x, y), _] if points.first() == points.last() => {
                let radius = width / 2.0;
                let _ = writeln!(
                    out,
                    "\\fill[{ink}] ({x:.1},{y:.1}) circle[radius={radius:.2}pt];"
                );
            }
            points => {
                let _ = write!(out, "\\draw[{ink},line width={width:.2}pt{dashes}] ");
                joined(points, out);
                out.push_str(if closed { " -- cycle;\n" } else { ";\n" });
            }
        }
    }
}

fn joined(points: &[(f64, f64)], out: &mut String) {
    for (place, (x, y)) in points.iter().enumerate() {
        let dashes = if place > 0 { " -- " } else { "" };
        let _ = write!(out, "{dashes}({x:.1},{y:.1})");
    }
}

/// The points of each line of a path, and whether it is closed.
fn lines(data: &str) -> Vec<(Vec<(f64, f64)>, bool)> {
    let mut lines: Vec<(Vec<(f64, f64)>, bool)> = Vec::new();
    let mut at = (0.0, 0.0);
    let steps: Vec<&str> = data.split_inclusive(char::is_alphabetic).collect();
    for step in steps
        .windows(2)
        .chain([&[steps.last().copied().unwrap_or(""), ""][..]])
    {
        let [before, after] = step else { continue };
        let Some(command) = before.chars().last() else {
            continue;
        };
        let numbers = after.trim_end_matches(char::is_alphabetic);
        let numbers = numbers
            .split([' ', ','])
            .filter_map(|it| it.parse::<f64>().ok());
        let numbers: Vec<f64> = numbers.collect();
        at = match (command, numbers.as_slice()) {
            ('M' | 'L', [x, y, ..]) => (*x, *y),
            ('m' | 'l', [x, y, ..]) => (at.0 + x, at.1 + y),
            ('H', [x, ..]) => (*x, at.1),
            ('h', [x, ..]) => (at.0 + x, at.1),
            ('V', [y, ..]) => (at.0, *y),
            ('v', [y, ..]) => (at.0, at.1 + y),
            _ => continue,
        };
        match lines.last_mut() {
            Some((points, _)) if !matches!(command, 'M' | 'm') => points.push(at),
            _ => lines.push((vec![at], false)),
        }
    }
    if data.ends_with(['Z', 'z'])
        && let Some((_, closed)) = lines.last_mut()
    {
        *closed = true;
    }
    lines
}

/// The elements of a picture of ours: name, attributes, text.
struct Elements<'s>(&'s str);

impl<'s> Iterator for Elements<'s> {
    type Item = (&'s str, &'s str, &'s str);

    fn next(&mut self) -> Option<Self::Item> {
        let (_, rest) = self.0.split_once('<')?;
        let (tag, after) = rest.split_once('>')?;
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let text = match name {
            "text" | "title" | "desc" | "style" => after.split('<').next().unwrap_or_default(),
            _ => "",
        };
        self.0 = after.get(text.len()..).unwrap_or_default();
        Some((name, attributes, text))
    }
}

/// The value of an attribute.
fn value<'s>(attributes: &'s str, name: &str) -> Option<&'s str> {
    let mut rest = attributes;
    loop {
        let (key, after) = rest.split_once("=\"")?;
        let (value, behind) = after.split_once('"')?;
        if key.trim() == name {
            return Some(value);
        }
        rest = behind;
    }
}

/// Text without the escapes of XML.
fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
    ];
    let plain = named.iter().fold(text.to_owned(), |text, (name, sign)| {
        text.replace(name, sign)
    });
    plain.replace("&amp;", "&")
}
