//! Fixed binary forms, read without trust: numbers big-endian, byte strings after their length.

/// Appends a byte string after its length (4 bytes); `None` when it is longer than 4 GiB.
pub(super) fn put_bytes(into: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
    into.extend_from_slice(&u32::try_from(bytes.len()).ok()?.to_be_bytes());
    into.extend_from_slice(bytes);
    Some(())
}

/// Appends a count (4 bytes); `None` when it does not fit.
pub(super) fn put_count(into: &mut Vec<u8>, count: usize) -> Option<()> {
    into.extend_from_slice(&u32::try_from(count).ok()?.to_be_bytes());
    Some(())
}

/// Appends a short text after its length (1 byte); `None` when it is longer than 255 bytes.
pub(super) fn put_kind(into: &mut Vec<u8>, kind: &str) -> Option<()> {
    into.push(u8::try_from(kind.len()).ok()?);
    into.extend_from_slice(kind.as_bytes());
    Some(())
}

/// What is left to read of some bytes; every reading is `None` when they end too early.
pub(super) struct Reading<'a>(pub(super) &'a [u8]);

impl<'a> Reading<'a> {
    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*array)
    }

    pub(super) fn slice(&mut self, len: usize) -> Option<&'a [u8]> {
        let (slice, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(slice)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn seq(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(u32::from_be_bytes(self.array()?)).ok()
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.count()?;
        self.slice(len)
    }

    pub(super) fn kind(&mut self) -> Option<String> {
        let len = self.byte()?;
        String::from_utf8(self.slice(usize::from(len))?.to_vec()).ok()
    }

    /// `Some` when nothing is left.
    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
