//! Names that somebody may have meant who wrote another one.

/// How much alike two words must be, from 0 to 1. By clap's own bound, 0.7, `http` would mean `tcp`.
const ALIKE: f64 = 0.75;

/// The one of `known` that is most like `name`, whatever the case of its letters; `None` where
/// none is much like it.
pub fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let alike = |other: &str| strsim::jaro(&name, &other.to_lowercase());
    known
        .into_iter()
        .map(|other| (alike(other), other))
        .filter(|(alike, _)| *alike > ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant() {
        let known = ["echo", "udp-echo", "half-close", "web"];
        assert_eq!(near("ehco", known), Some("echo"));
        assert_eq!(near("UDP_ECHO", known), Some("udp-echo"));
        assert_eq!(near("halfclose", known), Some("half-close"));
        assert_eq!(near("xyzzy", known), None);
        assert_eq!(near("http", ["tcp", "udp"]), None);
    }
}
