//! What is known of a capture beside its packets.

use crate::model::dialect::Dialect;
use crate::model::frame::LinkType;
use crate::model::interface_counts::InterfaceCounts;

/// What is known of a capture beside its packets.
#[derive(Clone, Debug, Default)]
pub struct CaptureFacts {
    /// The path of the file, or what was run.
    pub name: String,
    /// The SHA-256 of the file in hexadecimal.
    pub sha256: Option<String>,
    /// The size of the file in bytes.
    pub size: Option<u64>,
    /// The file format, and how it is packed.
    pub format: String,
    /// The interfaces, as many as are described.
    pub interfaces: Vec<InterfaceFacts>,
    /// How many interfaces there are.
    pub interface_count: u64,
    /// The machine that captured.
    pub hardware: Option<String>,
    /// Its operating system.
    pub os: Option<String>,
    /// The program that wrote the file.
    pub application: Option<String>,
    /// The file's own comment.
    pub comment: Option<String>,
    /// Programs were watched while it was captured.
    pub watched: bool,
    /// How the file ended, where that was not at its proper end.
    pub warnings: Vec<String>,
    /// The version of Wireshark whose words the packets have.
    pub dialect: Dialect,
    /// The command that made the document.
    pub command: String,
}

/// An interface of a capture.
#[derive(Clone, Debug, Default)]
pub struct InterfaceFacts {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// What its frames begin with.
    pub link: Option<LinkType>,
    /// How many bytes of a packet were kept at most; 0 for no limit.
    pub snap_len: u32,
    /// The capture filter.
    pub filter: Option<String>,
    /// What was counted there.
    pub counts: InterfaceCounts,
}
