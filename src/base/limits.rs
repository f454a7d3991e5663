//! The sizes at which the program says no, each with its reason; nothing that comes from outside is without one.

/// Characters of a name, title or other single line: the longest registered firm names stay below it.
pub const TEXT_CHARS: usize = 250;

/// Characters of a note: about one printed page, so that a list of notes can still be read.
pub const NOTE_CHARS: usize = 4_000;

/// Characters of a scheme's rules: twenty times the longest of the real ones that are shipped.
pub const RULES_CHARS: usize = 20_000;

/// Characters of a search: longer ones are pasted by mistake, and each word costs a pass over every row.
pub const QUERY_CHARS: usize = 200;

/// Characters of an account holder, as the interbank network accepts them.
pub const HOLDER_CHARS: usize = 70;

/// Bytes of an e-mail address (RFC 5321, 4.5.3.1.3, without the angle brackets).
pub const EMAIL_BYTES: usize = 254;

/// Characters of a refused text that a message repeats, so that the message itself stays on the screen.
pub const QUOTE_CHARS: usize = 40;
