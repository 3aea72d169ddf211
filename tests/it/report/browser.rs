//! The HTML of a report in a browser: its script runs, and nobody else's.

use std::process::Command;

use super::escapes::nasty;
use super::{LOG, good};
use crate::support::{Folder, root};

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The browser that is installed.
pub(super) fn browser() -> &'static str {
    let found = BROWSERS
        .iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok());
    found.expect("no browser is installed")
}

/// The page after its scripts have run.
fn dom(folder: &Folder, url: &str) -> String {
    dom_at(1200, folder, url)
}

/// The same in a window of so many pixels' width.
fn dom_at(width: u32, folder: &Folder, url: &str) -> String {
    let output = Command::new(browser())
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--dump-dom",
        ])
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", folder.file("profile")))
        .arg(url)
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        page.contains("</html>"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    page
}

fn page(folder: &Folder, file: &str, edit: impl FnOnce(String) -> String) -> String {
    let path = folder.file("page.html");
    good(&["report", file, "-o", &path]);
    let html = edit(std::fs::read_to_string(&path).unwrap());
    std::fs::write(&path, html).unwrap();
    format!("file://{path}")
}

/// The page without the policy that lets it run its own script alone.
fn open_to_scripts(html: &str) -> String {
    let start = html.find("<meta http-equiv").unwrap();
    let end = start + html[start..].find('>').unwrap() + 1;
    [&html[..start], &html[end..]].concat()
}

#[test]
fn the_page_s_own_script_is_the_one_it_may_run() {
    use sha2::Digest as _;
    let folder = root().join("src/render/document/html");
    let script = std::fs::read(folder.join("script.js")).unwrap();
    let written = std::fs::read_to_string(folder.join("script.sha256")).unwrap();
    let digest = sha2::Sha256::digest(&script);
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in digest.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[usize::try_from(bits >> (18 - 6 * place) & 63).unwrap()];
            text.push(if place <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    assert_eq!(
        written.trim(),
        text,
        "after a change of script.js write this to script.sha256"
    );
}

#[test]
#[ignore = "needs chromium"]
fn a_link_to_a_packet_opens_its_explanation() {
    let folder = Folder::new("browser-link");
    let url = page(&folder, LOG, |html| html);
    let page = dom(&folder, &format!("{url}#tcp-0-p4"));
    assert_eq!(page.matches("<tr class=\"more\">").count(), 1);
    assert_eq!(page.matches("aria-expanded=\"true\"").count(), 1);
}

#[test]
#[ignore = "needs chromium"]
fn a_click_opens_and_headings_sort_and_the_filter_filters() {
    let folder = Folder::new("browser-click");
    let act = "<script>
        const sheet = document.querySelector('table.packets').closest('.sheet');
        const rows = () => [...sheet.querySelectorAll('tbody.row')];
        const shown = () => rows().filter((row) => !row.hidden).map((row) => row.querySelector('th').textContent);
        const told = [];
        rows()[4].querySelector('td').click();
        told.push(rows().filter((row) => !row.querySelector('.more').hidden).length);
        sheet.querySelector('th.c-length button').click();
        sheet.querySelector('th.c-length button').click();
        told.push(shown().slice(0, 2).join('+'));
        const filter = sheet.querySelector('input');
        filter.value = 'FIN';
        filter.dispatchEvent(new Event('input'));
        told.push(shown().length < 11 && shown().includes('8') && shown().includes('10'));
        document.title = told.join(' ');
        </script></body>";
    let url = page(&folder, LOG, |html| {
        open_to_scripts(&html).replace("</body>", act)
    });
    let page = dom(&folder, &url);
    assert!(
        page.contains("<title>1 4+6 true</title>"),
        "{}",
        &page[..600]
    );
}

#[test]
#[ignore = "needs chromium"]
fn on_a_narrow_screen_a_list_sorts_and_a_link_finds_what_the_filter_hid() {
    let folder = Folder::new("browser-narrow");
    let act = "<script>
        const sheet = document.querySelector('table.packets').closest('.sheet');
        const numbers = () => [...sheet.querySelectorAll('tbody.row th')].map((cell) => cell.textContent);
        const told = [];
        told.push(document.documentElement.scrollWidth <= innerWidth);
        // Nothing that cannot be seen takes the focus.
        told.push(sheet.querySelector('thead').getClientRects().length);
        const choice = sheet.querySelector('select');
        told.push(choice.getClientRects().length, choice.selectedOptions[0].text.trim());
        const length = [...choice.options].find((option) => option.text === 'Length ▼');
        choice.value = length.value;
        choice.dispatchEvent(new Event('change'));
        told.push(numbers().slice(0, 2).join('+'));
        const filter = sheet.querySelector('input');
        filter.value = 'nowhere';
        filter.dispatchEvent(new Event('input'));
        const link = document.querySelector('ul.steps a[href=\"#tcp-0-p5\"]');
        addEventListener('hashchange', () => {
            const row = document.getElementById('tcp-0-p5');
            told.push(row.getClientRects().length > 0 && !row.querySelector('.more').hidden);
            document.title = told.join(' ');
        });
        link.click();
        </script></body>";
    let url = page(&folder, LOG, |html| {
        open_to_scripts(&html).replace("</body>", act)
    });
    let page = dom_at(380, &folder, &url);
    assert!(
        page.contains("<title>true 0 1 No. ▲ 4+6 true</title>"),
        "{}",
        &page[..600]
    );
}

#[test]
fn frame_numbers_in_sentences_lead_to_their_packets() {
    let folder = Folder::new("browser-numbers");
    let path = folder.file("page.html");
    good(&["report", LOG, "captures/udp-echo.pcapng", "-o", &path]);
    let html = std::fs::read_to_string(&path).unwrap();
    assert!(html.contains("sent in #<a href=\"#tcp-0-1-p4\">4</a>;"));
    for link in html.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[test]
#[ignore = "needs chromium"]
fn no_script_of_a_packet_runs() {
    let folder = Folder::new("browser-nasty");
    let nasty = nasty(&folder);
    let url = page(&folder, &nasty, |html| {
        // Were an escape missing, the page's own policy would still stand in the way.
        html.replace("</body>", "<script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\"></body>")
    });
    let page = dom(&folder, &url);
    assert!(!page.contains("<title>ran"), "{}", &page[..600]);
}
