//! The LaTeX of a report compiles, whatever the packets hold.

use std::process::Command;

use super::escapes::nasty;
use super::{LOG, good};
use crate::support::Folder;

#[test]
#[ignore = "needs pdflatex"]
fn latex_compiles_with_a_plain_distribution() {
    let folder = Folder::new("report-tex");
    let nasty = nasty(&folder);
    for (place, (file, lang)) in [(LOG, "pt-BR"), (nasty.as_str(), "en")].iter().enumerate() {
        let name = format!("r{place}.tex");
        good(&["report", file, "-o", &folder.file(&name), "--lang", lang]);
        let output = Command::new("pdflatex")
            .args([
                "-interaction=nonstopmode",
                "-halt-on-error",
                "-no-shell-escape",
                &name,
            ])
            .current_dir(folder.file(""))
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{file}: {}",
            &log[log.len().saturating_sub(1500)..]
        );
    }
}
