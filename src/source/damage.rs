//! What can be wrong inside a capture file.

use crate::text::Lang;
use crate::text::phrase::phrase;

/// Why a pcap file with a sound magic number cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsupported {
    /// Its version is before 2.0.
    Version {
        /// Before the dot.
        major: u16,
        /// After the dot.
        minor: u16,
    },
    /// Bits of the link type field are set that must be clear.
    LinkTypeBits {
        /// The whole field.
        field: u32,
    },
}

/// Something in a file that cannot be, with the numbers that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// A packet claims more bytes than its link type can have.
    PacketTooLarge {
        /// What it claims, in bytes.
        claimed: u32,
        /// The most that is accepted, in bytes.
        most: u32,
    },
    /// A packet is shorter than the header that its link type puts first.
    PacketTooShort {
        /// What it has, in bytes.
        len: u32,
        /// What it needs, in bytes.
        least: u32,
    },
    /// A pcapng block claims an impossible length.
    BlockLength {
        /// The block's type.
        kind: u32,
        /// What it claims, in bytes.
        claimed: u32,
    },
    /// The two lengths of a pcapng block differ.
    LengthsDiffer {
        /// The one in front.
        first: u32,
        /// The one at the end.
        second: u32,
    },
    /// The packet does not fit into its pcapng block.
    PacketOutsideBlock {
        /// The packet's length, in bytes.
        claimed: u32,
        /// What the block has room for, in bytes.
        room: u32,
    },
    /// An option runs past the end of its pcapng block, or is too short for what it says.
    Option {
        /// The option's code.
        code: u16,
    },
    /// A record of a name resolution block is too long for the block, too short for an address,
    /// or has a name without an end.
    NameRecord {
        /// The record's type.
        kind: u16,
    },
    /// The secrets do not fit into their block.
    SecretsOutsideBlock {
        /// Their length, in bytes.
        claimed: u32,
        /// What the block has room for, in bytes.
        room: u32,
    },
    /// A packet of an interface that the section has not described.
    NoInterface {
        /// The interface's number, from 0.
        interface: u32,
        /// How many were described.
        known: u32,
    },
    /// A section describes more interfaces than netlab keeps.
    TooManyInterfaces {
        /// How many it keeps.
        most: u32,
    },
    /// A pcapng section of a version that nobody has defined.
    SectionVersion {
        /// Before the dot.
        major: u16,
        /// After the dot.
        minor: u16,
    },
    /// A pcapng section whose byte order cannot be told.
    ByteOrder {
        /// What stands where the byte-order magic should.
        found: u32,
    },
    /// The compressed data cannot be unpacked.
    Compressed,
}

impl Damage {
    /// What is wrong, as the end of a sentence.
    pub fn words(&self, lang: Lang) -> String {
        match *self {
            Damage::PacketTooLarge { claimed, most } => {
                packet_too_large(lang, &claimed, &most).to_string()
            }
            Damage::PacketTooShort { len, least } => {
                packet_too_short(lang, &len, &least).to_string()
            }
            Damage::BlockLength { kind, claimed } => {
                let kind = format!("0x{kind:08x}");
                block_length(lang, &kind, &claimed).to_string()
            }
            Damage::LengthsDiffer { first, second } => {
                lengths_differ(lang, &first, &second).to_string()
            }
            Damage::PacketOutsideBlock { claimed, room } => {
                packet_outside_block(lang, &claimed, &room).to_string()
            }
            Damage::Option { code } => option(lang, &code).to_string(),
            Damage::NameRecord { kind } => name_record(lang, &kind).to_string(),
            Damage::SecretsOutsideBlock { claimed, room } => {
                secrets_outside_block(lang, &claimed, &room).to_string()
            }
            Damage::NoInterface { interface, known } => {
                no_interface(lang, &interface, &known).to_string()
            }
            Damage::TooManyInterfaces { most } => too_many_interfaces(lang, &most).to_string(),
            Damage::SectionVersion { major, minor } => {
                section_version(lang, &major, &minor).to_string()
            }
            Damage::ByteOrder { found } => {
                let found = format!("0x{found:08x}");
                byte_order(lang, &found).to_string()
            }
            Damage::Compressed => COMPRESSED.get(lang).to_owned(),
        }
    }
}

phrase! {
    packet_too_large(claimed, most):
        "a packet claims {claimed} bytes, more than the {most} it can have",
        "um pacote declara {claimed} bytes, mais do que os {most} possíveis";
    packet_too_short(len, least):
        "a packet has {len} bytes, fewer than the {least} of its first header",
        "um pacote tem {len} bytes, menos do que os {least} do seu primeiro cabeçalho";
    block_length(kind, claimed):
        "a block of type {kind} claims an impossible length of {claimed} bytes",
        "um bloco do tipo {kind} declara um tamanho impossível de {claimed} bytes";
    lengths_differ(first, second): "the two lengths of a block differ ({first} and {second})",
        "os dois tamanhos de um bloco são diferentes ({first} e {second})";
    packet_outside_block(claimed, room):
        "a packet of {claimed} bytes stands in a block with room for {room}",
        "um pacote de {claimed} bytes está em um bloco onde cabem {room}";
    option(code): "option {code} of a block has an impossible length",
        "a opção {code} de um bloco tem um tamanho impossível";
    name_record(kind): "a name resolution record of type {kind} makes no sense",
        "um registro de resolução de nomes do tipo {kind} não faz sentido";
    secrets_outside_block(claimed, room):
        "{claimed} bytes of secrets stand in a block with room for {room}",
        "{claimed} bytes de segredos estão em um bloco onde cabem {room}";
    no_interface(interface, known):
        "a packet names interface {interface}, but only {known} were described",
        "um pacote indica a interface {interface}, mas só {known} foram descritas";
    too_many_interfaces(most): "a section describes more than {most} interfaces",
        "uma seção descreve mais de {most} interfaces";
    section_version(major, minor): "a pcapng section has the unknown version {major}.{minor}",
        "uma seção pcapng tem a versão desconhecida {major}.{minor}";
    byte_order(found): "a pcapng section has the unknown byte-order mark {found}",
        "uma seção pcapng tem a marca de ordem de bytes desconhecida {found}";
    COMPRESSED: "the compressed data cannot be unpacked",
        "os dados comprimidos não podem ser descompactados";
}
