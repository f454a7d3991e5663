//! Interrupting a commit on purpose, so that tests can see what is left when the power goes or the disk is full.

use std::io;

/// The moments of a commit at which it may be interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing was written yet.
    BeforeBatch,
    /// The batch was given to the storage engine, not flushed.
    AfterBatch,
    /// The batch was flushed to the operating system, not made durable.
    AfterFlush,
    /// The batch is durable, not acknowledged.
    AfterSync,
    /// The number of the entry was noted as acknowledged, the caller does not know it yet.
    AfterNote,
}

impl Step {
    /// All moments, in their order.
    pub const ALL: [Self; 5] =
        [Self::BeforeBatch, Self::AfterBatch, Self::AfterFlush, Self::AfterSync, Self::AfterNote];
}

/// Decides at each moment of each commit whether it goes on.
pub trait Interruption: Send {
    /// Goes on, fails as the operating system would, or ends the process.
    ///
    /// # Errors
    /// The error with which the commit fails.
    fn at(&mut self, step: Step) -> io::Result<()>;
}
