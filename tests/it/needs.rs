//! What a test needs from the machine. A test that cannot run says so, and fails where
//! `NETLAB_REQUIRE_ALL` is set.

/// Whether this process may capture on the loopback.
pub(crate) fn may_capture() -> bool {
    netlab::sandbox::needed()
        .then(|| skip("no permission to capture"))
        .is_none()
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
