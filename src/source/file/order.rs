//! The byte order of the machine that wrote a file or a section.

/// How numbers of several bytes stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The lowest byte first.
    Little,
    /// The highest byte first.
    Big,
}

impl ByteOrder {
    /// Two bytes at `at`; 0 where there are fewer.
    #[inline]
    pub fn u16(self, bytes: &[u8], at: usize) -> u16 {
        let Some(field) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            return 0;
        };
        match self {
            ByteOrder::Little => u16::from_le_bytes(*field),
            ByteOrder::Big => u16::from_be_bytes(*field),
        }
    }

    /// Four bytes at `at`; 0 where there are fewer.
    #[inline]
    pub fn u32(self, bytes: &[u8], at: usize) -> u32 {
        let Some(field) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            return 0;
        };
        match self {
            ByteOrder::Little => u32::from_le_bytes(*field),
            ByteOrder::Big => u32::from_be_bytes(*field),
        }
    }

    /// Eight bytes at `at`; 0 where there are fewer.
    #[inline]
    pub(super) fn u64(self, bytes: &[u8], at: usize) -> u64 {
        let Some(field) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            return 0;
        };
        match self {
            ByteOrder::Little => u64::from_le_bytes(*field),
            ByteOrder::Big => u64::from_be_bytes(*field),
        }
    }

    /// A number of two bytes as it stands in the file.
    pub fn bytes16(self, number: u16) -> [u8; 2] {
        match self {
            ByteOrder::Little => number.to_le_bytes(),
            ByteOrder::Big => number.to_be_bytes(),
        }
    }

    /// A number of four bytes as it stands in the file.
    pub fn bytes32(self, number: u32) -> [u8; 4] {
        match self {
            ByteOrder::Little => number.to_le_bytes(),
            ByteOrder::Big => number.to_be_bytes(),
        }
    }
}
