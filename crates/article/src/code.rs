//! The kinds of mistakes that reading finds: [`Code`], each with a stable name and its severity.
//!
//! Programs and people look a mistake up by its name, so that names are never changed; docs/check.md explains each.

use crate::problem::Severity;

/// What kind of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// It is no JSON.
    JsonSyntax,
    /// A comma too many or too few.
    JsonComma,
    /// A line break or another control character inside a text.
    JsonControl,
    /// An escape that JSON does not have, or half of a pair.
    JsonEscape,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// The same name twice in one object.
    DuplicateName,
    /// Brackets deeper than the cap.
    TooDeep,
    /// An article without title.
    MissingTitle,
    /// An article without id.
    MissingId,
    /// An id that another article has.
    DuplicateId,
    /// A part without the field that makes it one: an image without `src`.
    MissingField,
    /// A name that is probably a misspelt field.
    MisspeltField,
    /// A value of a wrong type, of which nothing can be shown.
    WrongType,
    /// A single value where a list belongs.
    NotAList,
    /// A date that is none.
    BadDate,
    /// An address that is not safe.
    UnsafeUrl,
    /// A `base_url` that is no absolute address.
    BadBaseUrl,
    /// A language tag that is none.
    BadLanguage,
    /// Items of a JSON Feed whose text is HTML alone.
    FeedHtml,
    /// A width or height that is none.
    BadSize,
    /// A version that is none.
    BadVersion,
    /// A version newer than the reader's.
    NewerVersion,
    /// No version.
    NoVersion,
    /// A list of articles without the collection around it, or an article without the list.
    BareArticles,
    /// A feed with further pages, which are not read.
    FeedPages,
    /// A name that the format does not know.
    UnknownField,
    /// An id that has to be encoded in an address.
    UnsafeId,
    /// A number where a text belongs.
    NumberAsText,
    /// A list where a text belongs.
    ListAsText,
    /// A text where an object belongs.
    TextAsObject,
    /// A width or height in quotation marks.
    SizeAsText,
    /// A whole number that other programs round.
    BigNumber,
    /// A text that is longer than any article.
    LongText,
    /// Invisible characters that turn the direction of a text.
    DirectionMarks,
}

impl Code {
    /// All of them: the errors, then the warnings.
    pub const ALL: [Code; 34] = [
        Code::JsonSyntax,
        Code::JsonComma,
        Code::JsonControl,
        Code::JsonEscape,
        Code::NotUtf8,
        Code::DuplicateName,
        Code::TooDeep,
        Code::MissingTitle,
        Code::MissingId,
        Code::DuplicateId,
        Code::MissingField,
        Code::MisspeltField,
        Code::WrongType,
        Code::NotAList,
        Code::BadDate,
        Code::UnsafeUrl,
        Code::BadBaseUrl,
        Code::BadLanguage,
        Code::FeedHtml,
        Code::BadSize,
        Code::BadVersion,
        Code::NewerVersion,
        Code::NoVersion,
        Code::BareArticles,
        Code::FeedPages,
        Code::UnknownField,
        Code::UnsafeId,
        Code::NumberAsText,
        Code::ListAsText,
        Code::TextAsObject,
        Code::SizeAsText,
        Code::BigNumber,
        Code::LongText,
        Code::DirectionMarks,
    ];

    /// How bad it is: the same for every mistake of the kind.
    pub fn severity(self) -> Severity {
        if self < Code::NoVersion {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    /// Its stable name: `missing-title`.
    pub fn name(self) -> &'static str {
        match self {
            Code::JsonSyntax => "json-syntax",
            Code::JsonComma => "json-comma",
            Code::JsonControl => "json-control",
            Code::JsonEscape => "json-escape",
            Code::NotUtf8 => "not-utf8",
            Code::DuplicateName => "duplicate-name",
            Code::TooDeep => "too-deep",
            Code::MissingTitle => "missing-title",
            Code::MissingId => "missing-id",
            Code::DuplicateId => "duplicate-id",
            Code::MissingField => "missing-field",
            Code::MisspeltField => "misspelt-field",
            Code::WrongType => "wrong-type",
            Code::NotAList => "not-a-list",
            Code::BadDate => "bad-date",
            Code::UnsafeUrl => "unsafe-url",
            Code::BadBaseUrl => "bad-base-url",
            Code::BadLanguage => "bad-language",
            Code::FeedHtml => "feed-html",
            Code::BadSize => "bad-size",
            Code::BadVersion => "bad-version",
            Code::NewerVersion => "newer-version",
            Code::NoVersion => "no-version",
            Code::BareArticles => "bare-articles",
            Code::FeedPages => "feed-pages",
            Code::UnknownField => "unknown-field",
            Code::UnsafeId => "unsafe-id",
            Code::NumberAsText => "number-as-text",
            Code::ListAsText => "list-as-text",
            Code::TextAsObject => "text-as-object",
            Code::SizeAsText => "size-as-text",
            Code::BigNumber => "big-number",
            Code::LongText => "long-text",
            Code::DirectionMarks => "direction-marks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        for (ix, code) in Code::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, ix, "{}", code.name());
        }
        assert_eq!(Code::ALL.len(), Code::DirectionMarks as usize + 1);
        assert!(Code::ALL.is_sorted_by_key(|code| code.severity()));
    }
}
