//! The envelope around every value on disk: what it is, how long it is, and a checksum that also covers its key.
//!
//! `mark (1) · envelope version (1) · layout version (2) · length (4) · CRC32C (4) · payload`, numbers big-endian. The
//! checksum runs over the key, the layout version and the payload, so that a value under a wrong key is noticed too.

use crate::base::words::Words;
use crate::say;

/// The bytes before the payload.
pub const HEADER_LEN: usize = 12;

const MARK: u8 = 0xB0;
const VERSION: u8 = 1;

/// Wraps a payload for its key.
///
/// # Errors
/// In words when the payload is longer than a value may be (4 GiB).
pub fn wrap(key: &[u8], layout: u16, payload: &[u8]) -> Result<Vec<u8>, Words> {
    let Ok(length) = u32::try_from(payload.len()) else {
        return Err(Words::new("Giá trị dài hơn mức cho phép.", "The value is longer than a value may be."));
    };
    let mut bytes = Vec::with_capacity(HEADER_LEN.saturating_add(payload.len()));
    bytes.extend_from_slice(&[MARK, VERSION]);
    bytes.extend_from_slice(&layout.to_be_bytes());
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&checksum(key, layout, payload).to_be_bytes());
    bytes.extend_from_slice(payload);
    debug_assert_eq!(unwrap(key, layout, &bytes), Ok(payload), "what is written must read back");
    Ok(bytes)
}

/// The whole length, envelope included, that the first bytes of a value announce; `None` when they are no envelope.
#[must_use]
pub fn announced_len(bytes: &[u8]) -> Option<usize> {
    let (&[mark, version, _, _, a, b, c, d], _) = bytes.split_first_chunk::<8>()?;
    if (mark, version) != (MARK, VERSION) {
        return None;
    }
    usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?.checked_add(HEADER_LEN)
}

/// The payload of a value read from `key`.
///
/// # Errors
/// In words, what is wrong with it.
pub fn unwrap<'a>(key: &[u8], layout: u16, bytes: &'a [u8]) -> Result<&'a [u8], Words> {
    let Some((&[mark, version, l0, l1, n0, n1, n2, n3, c0, c1, c2, c3], payload)) =
        bytes.split_first_chunk::<HEADER_LEN>()
    else {
        return Err(Words::new("giá trị quá ngắn.", "the value is too short."));
    };
    if mark != MARK {
        return Err(Words::new("giá trị không bắt đầu bằng dấu của sổ.", "the value does not begin with its mark."));
    }
    if version != VERSION {
        return Err(say!("không biết kiểu bao bì {version}.", "the envelope version {version} is unknown."));
    }
    let found = u16::from_be_bytes([l0, l1]);
    if found != layout {
        return Err(say!("không biết kiểu bố cục {found}.", "the layout version {found} is unknown."));
    }
    let length = u32::from_be_bytes([n0, n1, n2, n3]);
    if usize::try_from(length) != Ok(payload.len()) {
        let there = payload.len();
        return Err(say!(
            "đáng lẽ dài {length} byte, thực tế {there}.",
            "it should be {length} bytes long, it is {there}."
        ));
    }
    if u32::from_be_bytes([c0, c1, c2, c3]) != checksum(key, layout, payload) {
        return Err(Words::new("mã kiểm tra không khớp.", "the checksum does not match."));
    }
    Ok(payload)
}

fn checksum(key: &[u8], layout: u16, payload: &[u8]) -> u32 {
    let crc = crc32c::crc32c(key);
    let crc = crc32c::crc32c_append(crc, &layout.to_be_bytes());
    crc32c::crc32c_append(crc, payload)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_flipped_bit_is_noticed(key in prop::collection::vec(any::<u8>(), 1..20), payload in prop::collection::vec(any::<u8>(), 0..80), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut bytes = wrap(&key, 1, &payload).unwrap();
            prop_assert_eq!(unwrap(&key, 1, &bytes), Ok(payload.as_slice()));
            prop_assert_eq!(announced_len(&bytes), Some(bytes.len()));
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert!(unwrap(&key, 1, &bytes).is_err());
        }

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = announced_len(&bytes);
            prop_assert!(unwrap(b"key", 1, &bytes).is_err());
        }

        #[test]
        fn a_value_under_another_key_is_noticed(payload in prop::collection::vec(any::<u8>(), 0..64)) {
            let bytes = wrap(b"here", 1, &payload).unwrap();
            prop_assert!(unwrap(b"there", 1, &bytes).is_err());
        }
    }
}
