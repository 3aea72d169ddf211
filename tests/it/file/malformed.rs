//! What is no capture is refused in words, with exit code 5.

use netlab::source::error::SourceError;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use super::{drain, open, shared};
use crate::support::{run, stderr};

/// A folder of the test, removed at its end.
pub(super) struct Folder(pub(super) std::path::PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("netlab-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Whether an error is of the kind that a file must give.
type IsKind = fn(&SourceError) -> bool;

fn failure(path: &str) -> SourceError {
    match FileSource::open(path) {
        Err(error) => error,
        Ok(mut source) => drain(&mut source).expect_err("must be refused"),
    }
}

#[test]
fn every_failure_has_a_sentence_and_a_way_out_in_both_languages() {
    let folder = Folder::new("malformed");
    let empty = folder.file("empty.pcap");
    std::fs::write(&empty, b"").unwrap();
    let text = folder.file("text.pcap");
    std::fs::write(&text, b"No.\tTime\tSource\n").unwrap();
    let short = folder.file("short.pcap");
    std::fs::write(&short, &super::build::usual()[..20]).unwrap();
    let old = folder.file("old.pcap");
    let header = super::build::pcap(super::build::Order::Big, 0xa1b2_c3d4, (1, 0), 96, 1);
    std::fs::write(&old, header).unwrap();
    let directory = folder.0.display().to_string();
    let missing = folder.file("missing.pcap");
    let kinds: [(&str, IsKind); 6] = [
        (&empty, |error| matches!(error, SourceError::Empty { .. })),
        (&text, |error| {
            matches!(error, SourceError::NotACapture { .. })
        }),
        (&short, |error| {
            matches!(error, SourceError::CutHeader { .. })
        }),
        (&old, |error| {
            matches!(error, SourceError::Unsupported { .. })
        }),
        (&directory, |error| {
            matches!(error, SourceError::Directory { .. })
        }),
        (&missing, |error| {
            matches!(error, SourceError::Missing { .. })
        }),
    ];
    for (path, is_kind) in kinds {
        let error = failure(path);
        assert!(is_kind(&error), "{error:?}");
        let (english, portuguese) = (error.message(Lang::En), error.message(Lang::PtBr));
        assert_ne!(english, portuguese);
        assert!(english.contains(path) && portuguese.contains(path));
        assert!(
            !english.contains('{') && !portuguese.contains('{'),
            "{english}"
        );
        assert!(!error.hint(Lang::En).is_empty());
        assert_ne!(error.hint(Lang::En), error.hint(Lang::PtBr));
        let output = run(&["replay", path]);
        assert_eq!(output.status.code(), Some(5));
        assert!(stderr(&output).contains(&english));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named_as_such() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("forbidden");
    let path = folder.file("secret.pcap");
    std::fs::write(&path, b"text").unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    // Root may read everything.
    let forbidden = std::fs::read(&path).is_err();
    let error = failure(&path);
    assert_eq!(forbidden, matches!(error, SourceError::NotPermitted { .. }));
    let error = SourceError::NotPermitted { path };
    assert!(error.message(Lang::En).starts_with("you may not read "));
}

#[test]
#[ignore = "needs ../shared"]
fn what_tshark_rejects_gives_no_frame_or_is_told() {
    let entries = std::fs::read_dir(shared("malformed")).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|suffix| suffix == "tsv") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        if let Ok(mut source) = open(&bytes) {
            let unknown = source.complaint().is_some();
            assert!(drain(&mut source).is_err() || unknown, "{}", path.display());
        }
    }
}
