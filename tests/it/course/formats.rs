//! The formats of `netlab check`: what course platforms read.

use serde_json::Value;

use crate::support::{Folder, run, stdout};

const SPEC: &str = "tests/it/course/kinds.toml";
const FILES: [&str; 3] = [
    "captures/echo.pcapng",
    "captures/echo.toml",
    "captures/pinger.pcapng",
];

fn said(format: &str) -> String {
    let output = run(&[&["check", "-e", SPEC, "-T", format], &FILES[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    stdout(&output)
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_failure_for_each_line_that_is_missing() {
    let text = said("junit");
    let page = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> = page
        .descendants()
        .filter(|it| it.has_tag_name("testsuite"))
        .collect();
    let of = |name: &str| -> Vec<&str> {
        suites
            .iter()
            .map(|it| it.attribute(name).unwrap())
            .collect()
    };
    assert_eq!(of("name"), FILES);
    assert_eq!(of("tests"), ["13", "1", "13"]);
    assert_eq!(of("failures"), ["9", "0", "12"]);
    assert_eq!(of("errors"), ["0", "1", "0"]);
    let failures = page.descendants().filter(|it| it.has_tag_name("failure"));
    assert_eq!(failures.count(), 21);
}

#[test]
fn gradescope_gets_scores_that_add_up() {
    let all: Value = serde_json::from_str(&said("gradescope")).unwrap();
    // handshake 2, 55-bytes 1, hello 1, textbook-close 0.5; loss 1.
    assert_eq!(all["score"], 5.5);
    let tests = all["tests"].as_array().unwrap();
    assert_eq!(tests.len(), 13 + 1 + 13);
    let sum: f64 = tests.iter().map(|it| it["score"].as_f64().unwrap()).sum();
    assert!((sum - 5.5).abs() < 1e-9);
    assert_eq!(tests[0]["name"], "captures/echo.pcapng: handshake");
    assert_eq!(
        (&tests[0]["status"], &tests[0]["output"]),
        (&"passed".into(), &"[1–3]".into())
    );
    assert_eq!(
        (&tests[0]["score"], &tests[0]["max_score"]),
        (&2.into(), &2.into())
    );
    assert_eq!(tests[13]["status"], "failed");
}

#[test]
fn github_classroom_gets_its_version_1() {
    let all: Value = serde_json::from_str(&said("github")).unwrap();
    assert_eq!(all["version"], 1);
    assert_eq!(all["status"], "fail");
    assert_eq!(all["max_score"], 40.5);
    let test = &all["tests"][0];
    for key in [
        "name",
        "status",
        "score",
        "message",
        "test_code",
        "filename",
        "line_no",
        "execution_time",
    ] {
        assert!(!test[key].is_null(), "{key}");
    }
    let output = run(&[
        "check",
        "-e",
        "echo",
        "captures/echo.pcapng",
        "-T",
        "github",
    ]);
    let all: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(
        (&all["status"], &all["max_score"]),
        (&"pass".into(), &1.into())
    );
}

#[test]
fn moodle_finds_the_student_by_the_name_that_it_gave_the_folder() {
    let folder = Folder::new("check-moodle");
    let name = "Ana Souza_4711_assignsubmission_file_";
    std::fs::create_dir_all(folder.file(name)).unwrap();
    let copy = folder.file(&format!("{name}/lab.pcapng"));
    std::fs::copy(crate::support::root().join("captures/echo.pcapng"), copy).unwrap();
    let output = run(&["check", "-e", SPEC, &folder.file(""), "-T", "moodle"]);
    let text = stdout(&output);
    let mut lines = text.split("\r\n");
    let head =
        "Identifier,Full name,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments";
    assert_eq!(lines.next(), Some(head));
    let row = lines.next().unwrap();
    assert!(
        row.starts_with("Participant 4711,Ana Souza,fail,4.5,13.5,-,\"handshake [1–3]; "),
        "{row}"
    );
    let output = run(&[
        "--lang",
        "pt-BR",
        "check",
        "-e",
        SPEC,
        &folder.file(""),
        "-T",
        "moodle",
    ]);
    assert!(stdout(&output).contains("Participante 4711,Ana Souza,fail,\"4,5\",\"13,5\",-,"));
}

#[test]
fn the_page_sorts_and_holds_the_packets_of_each_file() {
    let folder = Folder::new("check-page");
    let page = folder.file("class.html");
    let output = run(&["check", "-e", SPEC, "captures", "-o", &page]);
    assert_eq!(output.status.code(), Some(1));
    let text = std::fs::read_to_string(&page).unwrap();
    assert_eq!(text.matches("<tbody class=\"row").count(), 27);
    assert_eq!(text.matches("<tr class=\"more\" hidden>").count(), 27);
    assert!(
        text.matches("<svg").count() >= 27,
        "{}",
        text.matches("<svg").count()
    );
    assert_eq!(text.matches("<script>").count(), 1);
    assert!(text.contains("script-src 'sha256-"));
    // What a packet brought in is text and nothing else.
    let other = run(&["check", "-e", "web", "captures/web.pcapng", "-T", "html"]);
    assert!(!stdout(&other).contains("<h1>404"));
}

#[test]
fn a_suffix_chooses_the_format_and_an_input_is_never_written_over() {
    let folder = Folder::new("check-suffix");
    for (name, begins) in [
        ("a.csv", "file,result,points,of,shown,missing\r\n"),
        ("a.json", "{\"title\":\"echo\""),
        ("a.xml", "<?xml"),
        ("a.md", "|"),
    ] {
        let out = folder.file(name);
        let output = run(&["check", "-e", "echo", "captures/echo.pcapng", "-o", &out]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.starts_with(begins), "{name}: {text}");
    }
    let spec = folder.file("spec.json");
    std::fs::write(&spec, "[[expect]]\nhandshake = true\n").unwrap();
    let output = run(&["check", "-e", &spec, "captures/echo.pcapng", "-o", &spec]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        std::fs::read_to_string(&spec)
            .unwrap()
            .starts_with("[[expect]]")
    );
}
