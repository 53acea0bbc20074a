//! The content tree: [`Document`], the only form in which an article's text reaches a page.
//!
//! There is no variant for raw HTML, and a link target is a [`SafeUrl`]: what is not here cannot be shown.

use crate::url::SafeUrl;

/// A parsed Markdown field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// In order.
    pub blocks: Vec<Block>,
    /// The notes that are referred to, in the order of their first reference.
    pub footnotes: Vec<Footnote>,
}

/// A block of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading {
        /// 2 to 6, normalised under the article's own headings, with no jumps.
        level: u8,
        /// Unique in the article, `op-…`.
        id: String,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The first number of an ordered list, `None` for bullets.
        start: Option<u64>,
        /// In a tight list, paragraphs are shown without `<p>`.
        tight: bool,
        /// In order.
        items: Vec<Item>,
    },
    /// A block of code.
    Code {
        /// `[a-z0-9+#-]{1,32}`
        language: Option<String>,
        /// As written; every line has its ending.
        text: String,
    },
    /// A table; every row has as many cells as the head, all of which are empty where there is none. Where the head begins with an empty cell, the first cell of each
    /// row is a heading too ([`has_row_headings`]).
    Table {
        /// One for each column.
        align: Vec<Align>,
        /// The cells of the head.
        head: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// An image that stood alone in its paragraph.
    Figure {
        /// The image.
        image: InlineImage,
        /// From the image's title, or what stood beside it; may be empty.
        caption: Vec<Inline>,
        /// Who made it; may be empty.
        credit: Vec<Inline>,
    },
    /// A thematic break.
    Rule,
}

/// Whether the first cells of a table's rows are headings: all columns have one but the column they stand in.
pub fn has_row_headings(head: &[Vec<Inline>]) -> bool {
    match head {
        [first, others @ ..] => first.is_empty() && others.iter().any(|cell| !cell.is_empty()),
        [] => false,
    }
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Not said.
    #[default]
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `Some` for an item of a task list.
    pub checked: Option<bool>,
    /// In order.
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text; `\n` where the source line ended. Two texts never stand side by side.
    Text(String),
    /// Text that is set apart.
    Marked(Mark, Vec<Inline>),
    /// `<abbr>`
    Abbreviation {
        /// What it stands for.
        title: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// `<code>`
    Code(String),
    /// `<a>`
    Link {
        /// Where to.
        target: SafeUrl,
        /// For a tooltip.
        title: Option<String>,
        /// What is shown; holds no other link.
        content: Vec<Inline>,
    },
    /// `<img>`
    Image(InlineImage),
    /// `<br>`
    Break,
    /// A reference to a note.
    FootnoteRef {
        /// The note's number in the article, from 1.
        number: u32,
        /// The id of the note.
        id: String,
        /// The id of this reference.
        ref_id: String,
    },
}

/// How running text is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// `<em>`
    Emphasis,
    /// `<strong>`
    Strong,
    /// `<s>`
    Strike,
    /// `<sub>`
    Subscript,
    /// `<sup>`
    Superscript,
    /// `<kbd>`
    Keyboard,
    /// `<mark>`
    Highlight,
}

impl Mark {
    /// All of them.
    pub const ALL: [Mark; 7] = [
        Mark::Emphasis,
        Mark::Strong,
        Mark::Strike,
        Mark::Subscript,
        Mark::Superscript,
        Mark::Keyboard,
        Mark::Highlight,
    ];

    /// The name of its element.
    pub fn element(self) -> &'static str {
        match self {
            Mark::Emphasis => "em",
            Mark::Strong => "strong",
            Mark::Strike => "s",
            Mark::Subscript => "sub",
            Mark::Superscript => "sup",
            Mark::Keyboard => "kbd",
            Mark::Highlight => "mark",
        }
    }
}

/// An image in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineImage {
    /// The picture.
    pub src: SafeUrl,
    /// What it shows; may be empty.
    pub alt: String,
    /// For a tooltip, or for the caption of a figure.
    pub title: Option<String>,
    /// In pixels, where it is known: the page keeps its place while it loads.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Its number in the article, from 1.
    pub number: u32,
    /// Unique in the article: `op-note-1`.
    pub id: String,
    /// The ids of the references to it, for the ways back.
    pub ref_ids: Vec<String>,
    /// Its text.
    pub blocks: Vec<Block>,
}
