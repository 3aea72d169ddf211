//! What a test needs from the machine. A test that cannot run says so, and fails where
//! `NETLAB_REQUIRE_ALL` is set.

/// Whether this process may capture on the loopback.
pub(crate) fn may_capture() -> bool {
    netlab::sandbox::needed()
        .then(|| skip("no permission to capture"))
        .is_none()
}

/// A port of this test alone, below those that the system gives to clients.
pub(crate) fn port_of_its_own() -> u16 {
    use std::sync::atomic::{AtomicU16, Ordering};
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Runs of the tests beside this one begin elsewhere.
    let begin = u16::try_from(std::process::id() % 120).unwrap_or(0) * 100;
    20_000 + begin + NEXT.fetch_add(1, Ordering::Relaxed) % 100
}

/// Says why the test does not run.
#[expect(clippy::print_stdout, reason = "this is how a test says so")]
pub(crate) fn skip(reason: &str) {
    assert!(
        std::env::var_os("NETLAB_REQUIRE_ALL").is_none(),
        "cannot run: {reason}"
    );
    println!("skipped: {reason}");
}
