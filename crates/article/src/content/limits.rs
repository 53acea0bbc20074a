//! How much a document may hold. Beyond a cap nothing is lost: the rest is shown as plain text, and the [`Cap`] that was
//! met is named.

use std::fmt;

/// Blocks and inlines may stand this deep in one another. Every walk over the tree is recursive (rendering, text, the
/// drop of the tree itself), and the stack of a WebAssembly module is 1 MiB. Deeper content is shown flat, in the
/// innermost element.
pub const DEPTH_MAX: u32 = 32;

/// A document may have this many blocks and inlines. Each becomes a node of the page, and some inputs make many nodes
/// of few bytes; a book of 500 pages has about 40,000. What comes after is shown as text, a paragraph for each block.
pub const NODES_MAX: u32 = 200_000;

/// The addresses and titles that links and images take over from definitions (`[a]: …`) may together be this long, or
/// half as long as the text. Each use copies the definition: without a cap, a text of n bytes could make n² of them.
/// pulldown-cmark stops at twice this, and says nothing.
pub const REFERENCES_MAX: usize = 50_000;

/// So many times a document may refer to its notes. Each becomes a way back behind the note.
pub const NOTE_REFERENCES_MAX: u32 = 5_000;

/// The abbreviations of an article: how many there may be, how long, and how often they are explained.
pub const ABBREVIATIONS_MAX: usize = 200;
/// In bytes, for what is shown; what it stands for may have four times as many.
pub const ABBREVIATION_LENGTH_MAX: usize = 64;
/// Each becomes a node that holds a copy of what it stands for.
pub const EXPLANATIONS_MAX: u32 = 5_000;

/// A cap that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cap {
    /// `DEPTH_MAX`
    Depth,
    /// `NODES_MAX`
    Nodes,
    /// `REFERENCES_MAX`
    References,
    /// `NOTE_REFERENCES_MAX`
    NoteReferences,
    /// `ABBREVIATIONS_MAX`, `EXPLANATIONS_MAX`
    Abbreviations,
}

impl Cap {
    /// All of them.
    pub const ALL: [Cap; 5] = [
        Cap::Depth,
        Cap::Nodes,
        Cap::References,
        Cap::NoteReferences,
        Cap::Abbreviations,
    ];
}

/// What is allowed, and what happens beyond it.
impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cap::Depth => "at most 32 levels of blocks and marks; deeper ones are shown without their marks",
            Cap::Nodes => "at most 200,000 blocks and marks; the rest is shown as plain text",
            Cap::References => {
                "definitions of links that are not used over and over; further links are shown as their text"
            }
            Cap::NoteReferences => "at most 5,000 references to notes; further ones are shown as text",
            Cap::Abbreviations => "at most 200 abbreviations, explained at most 5,000 times; the rest is not explained",
        })
    }
}
