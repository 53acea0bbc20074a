//! The kinds of advice: [`AdviceKind`], each with a stable name and its severity. docs/check.md explains each.

use crate::problem::Severity;

/// What a piece of advice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdviceKind {
    /// A link to a place or an article that is not there.
    DeadLink,
    /// A related article that is not there.
    DeadRelated,
    /// A picture beside the file that is not there.
    MissingImage,
    /// A reference to a note that is not there: its brackets are shown.
    MissingNote,
    /// A link whose address is named but not given: its brackets are shown.
    MissingReference,
    /// A link that is not safe, shown as its text.
    UnsafeLink,
    /// An image that is not safe, shown as its alternative text.
    UnsafeImage,
    /// An HTML element that is shown as text.
    HtmlAsText,
    /// Content beyond a cap, shown without its marks.
    CutShort,
    /// An image without a text for who does not see it.
    MissingAlt,
    /// An image without width and height.
    ImageSize,
    /// A heading that skips a level.
    HeadingJump,
    /// A heading without text.
    EmptyHeading,
    /// A table whose columns have no names.
    TableHeader,
    /// A link whose text does not say where it leads.
    LinkText,
    /// A note that nothing refers to.
    UnusedNote,
    /// A section without text.
    EmptySection,
    /// A title that does not fit where titles stand.
    LongTitle,
    /// A subtitle of more than a line or two.
    LongSubtitle,
    /// A summary of more than a paragraph or two.
    LongSummary,
    /// An excerpt that does not fit on a card.
    LongExcerpt,
    /// A long article that says nowhere in short what it is about.
    NoSummary,
    /// An article without category in a collection that is filed by categories.
    NoCategory,
    /// A category or tag that stands in two spellings.
    Spelling,
    /// A change before the first appearance.
    UpdatedEarly,
    /// A date more than a year ahead.
    FarFuture,
}

impl AdviceKind {
    /// All of them: the warnings, then the mere advice.
    pub const ALL: [AdviceKind; 26] = [
        AdviceKind::DeadLink,
        AdviceKind::DeadRelated,
        AdviceKind::MissingImage,
        AdviceKind::MissingNote,
        AdviceKind::MissingReference,
        AdviceKind::UnsafeLink,
        AdviceKind::UnsafeImage,
        AdviceKind::HtmlAsText,
        AdviceKind::CutShort,
        AdviceKind::MissingAlt,
        AdviceKind::ImageSize,
        AdviceKind::HeadingJump,
        AdviceKind::EmptyHeading,
        AdviceKind::TableHeader,
        AdviceKind::LinkText,
        AdviceKind::UnusedNote,
        AdviceKind::EmptySection,
        AdviceKind::LongTitle,
        AdviceKind::LongSubtitle,
        AdviceKind::LongSummary,
        AdviceKind::LongExcerpt,
        AdviceKind::NoSummary,
        AdviceKind::NoCategory,
        AdviceKind::Spelling,
        AdviceKind::UpdatedEarly,
        AdviceKind::FarFuture,
    ];

    /// A warning where the page is not what was written, else advice.
    pub fn severity(self) -> Severity {
        if self < AdviceKind::MissingAlt {
            Severity::Warning
        } else {
            Severity::Advice
        }
    }

    /// Its stable name: `missing-alt`.
    pub fn name(self) -> &'static str {
        match self {
            AdviceKind::DeadLink => "dead-link",
            AdviceKind::DeadRelated => "dead-related",
            AdviceKind::MissingImage => "missing-image",
            AdviceKind::MissingNote => "missing-note",
            AdviceKind::MissingReference => "missing-reference",
            AdviceKind::UnsafeLink => "unsafe-link",
            AdviceKind::UnsafeImage => "unsafe-image",
            AdviceKind::HtmlAsText => "html-as-text",
            AdviceKind::CutShort => "cut-short",
            AdviceKind::MissingAlt => "missing-alt",
            AdviceKind::ImageSize => "image-size",
            AdviceKind::HeadingJump => "heading-jump",
            AdviceKind::EmptyHeading => "empty-heading",
            AdviceKind::TableHeader => "table-header",
            AdviceKind::LinkText => "link-text",
            AdviceKind::UnusedNote => "unused-note",
            AdviceKind::EmptySection => "empty-section",
            AdviceKind::LongTitle => "long-title",
            AdviceKind::LongSubtitle => "long-subtitle",
            AdviceKind::LongSummary => "long-summary",
            AdviceKind::LongExcerpt => "long-excerpt",
            AdviceKind::NoSummary => "no-summary",
            AdviceKind::NoCategory => "no-category",
            AdviceKind::Spelling => "spelling",
            AdviceKind::UpdatedEarly => "updated-early",
            AdviceKind::FarFuture => "far-future",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        for (ix, kind) in AdviceKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, ix, "{}", kind.name());
        }
        assert_eq!(AdviceKind::ALL.len(), AdviceKind::FarFuture as usize + 1);
        assert!(AdviceKind::ALL.is_sorted_by_key(|kind| kind.severity()));
    }
}
