//! Status codes (RFC 9110, 15; RFC 6585, 5).

/// A status code and the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exercises) struct Status {
    pub(in crate::exercises) code: u16,
    pub(in crate::exercises) reason: &'static str,
}

const fn status(code: u16, reason: &'static str) -> Status {
    Status { code, reason }
}

impl Status {
    pub(in crate::exercises) const OK: Status = status(200, "OK");
    pub(in crate::exercises) const MOVED: Status = status(301, "Moved Permanently");
    pub(in crate::exercises) const BAD_REQUEST: Status = status(400, "Bad Request");
    pub(in crate::exercises) const FORBIDDEN: Status = status(403, "Forbidden");
    pub(in crate::exercises) const NOT_FOUND: Status = status(404, "Not Found");
    pub(in crate::exercises) const NOT_ALLOWED: Status = status(405, "Method Not Allowed");
    pub(in crate::exercises) const TOO_SLOW: Status = status(408, "Request Timeout");
    pub(in crate::exercises) const URI_TOO_LONG: Status = status(414, "URI Too Long");
    pub(in crate::exercises) const HEADER_TOO_LARGE: Status =
        status(431, "Request Header Fields Too Large");
}
