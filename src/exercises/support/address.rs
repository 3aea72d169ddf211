//! Names and addresses to socket addresses.

use std::net::{IpAddr, SocketAddr};

use super::error::ExerciseError;

/// The addresses of `host`: itself where it is an IP address (IPv6 with or without brackets),
/// else those that the system's resolver (`getaddrinfo`) gives for the name.
///
/// # Errors
/// [`ExerciseError::NameNotFound`].
pub async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, ExerciseError> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host);
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(ip, port)]);
    }
    let not_found = || ExerciseError::NameNotFound {
        host: host.to_owned(),
    };
    let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, port))
        .await
        .map_err(|_| not_found())?
        .collect();
    if found.is_empty() {
        return Err(not_found());
    }
    Ok(found)
}
