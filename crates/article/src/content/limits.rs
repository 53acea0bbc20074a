//! How much a document may hold. Beyond a cap nothing is lost: the rest is shown as plain text.

/// Blocks and inlines may stand this deep in one another. Every walk over the tree is recursive (rendering, text, the
/// drop of the tree itself), and the stack of a WebAssembly module is 1 MiB. Deeper content is shown flat, in the
/// innermost element.
pub const DEPTH_MAX: u32 = 32;

/// A document may have this many blocks and inlines. Each becomes a node of the page, and some inputs make many nodes
/// of few bytes; a book of 500 pages has about 40,000. What comes after is shown as text, a paragraph for each block.
pub const NODES_MAX: u32 = 200_000;
