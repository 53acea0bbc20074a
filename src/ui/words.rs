//! The interface's own words, but for the sentences that only one component says.

pub use article::part::{CORRECTIONS, DISCLOSURE, KEY_POINTS, NOTES, RELATED, RISKS, SUMMARY};

pub const ALL_ARTICLES: &str = "All articles";
pub const ARTICLES: &str = "Articles";
pub const ALL_CATEGORIES: &str = "All categories";
pub const ARTICLE_NOT_FOUND: &str = "This article is not here";
pub const ARTICLE_NOT_FOUND_HELP: &str =
    "It may have been moved or taken down, or its address was cut short.";
pub const BACK: &str = "Back";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const BACK_TO_TEXT: &str = "Back to the text";
pub const BY: &str = "By";
pub const CATEGORY: &str = "Category";
pub const CLEAR: &str = "Clear the search";
pub const CONTENTS: &str = "Contents";
pub const DATE: &str = "Date";
pub const DATE_FROM: &str = "From";
pub const DATE_TO: &str = "To";
pub const EMPTY: &str = "No articles yet";
pub const EMPTY_HELP: &str = "This edition holds no articles. When it does, they stand here.";
pub const CAPPED: &str = "Part of this article is shown as plain text. The format allows";
pub const LIST_NOT_KEPT: &str = "This part of the list is not kept on this device";
pub const LOADING: &str = "Loading the articles";
pub const NAMES_HELP: &str =
    " The names of authors, tags and categories are found by author:, tag: and category:.";
pub const NEWER: &str = "Newer";
pub const NEWEST_FIRST: &str = "Newest first";
pub const BEST_FIRST: &str = "Best first";
pub const OLDEST_FIRST: &str = "Oldest first";
pub const NOT_KEPT: &str = "This article is not kept on this device";
pub const NOT_KEPT_HELP: &str =
    "It has to be fetched, and the site does not answer: there may be no network.";
pub const NOT_KEPT_OFFLINE: &str = "It has to be fetched, and you are offline.";
pub const NOTHING_FOUND: &str = "Nothing found";
pub const OFFLINE: &str = "You are offline. What has been loaded stays readable.";
pub const OLDER: &str = "Older";
pub const ORDER: &str = "Order";
pub const ORIGINAL: &str = "Original article";
pub const PREVIOUS_NEXT: &str = "Newer and older articles";
pub const SAVED: &str = "Saved";
pub const SEARCH: &str = "Search Articles";
pub const SEARCHING: &str = "Searching …";
pub const SEARCH_FAILED: &str = "The search did not start";
pub const SEARCH_FAILED_HELP: &str = "The articles are all here, and can be filtered and read. The search needs a file more, or a browser that runs it.";
pub const SEARCH_EXACTLY: &str = "Search exactly as typed";
pub const SUGGESTIONS: &str = "Suggestions";
pub const SYNTAX: &str = "What can be typed";
pub const WIDEN: &str = "Remove the filters";
pub const SKIP: &str = "Skip to the content";
pub const STUB: &str = "This article has no text yet.";
pub const TAGS: &str = "Tags";
pub const THEME: &str = "Colours";
pub const THEME_AUTO: &str = "as the device has them";
pub const THEME_DARK: &str = "dark";
pub const THEME_LIGHT: &str = "light";
pub const TRY_AGAIN: &str = "Try again";
pub const UPDATED: &str = "Updated";

/// A number of things, with the thousands marked: `1 article`, `19,771 articles`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// A whole number with the thousands marked.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (ix, digit) in digits.chars().enumerate() {
        if ix > 0 && (digits.len() - ix).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How long an article takes to read: `4 min read`, `4–6 min read`.
pub fn reading_time(time: article::ReadingTime) -> String {
    if time.slow >= 180 {
        // Nobody reads for hours by the minute.
        format!("{}–{} h read", time.fast / 60, time.slow.div_ceil(60))
    } else if time.fast == time.slow {
        format!("{} min read", time.slow)
    } else {
        format!("{}–{} min read", time.fast, time.slow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let cases = [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1000, "1,000"),
            (19_771, "19,771"),
            (1_234_567, "1,234,567"),
        ];
        for (n, expect) in cases {
            assert_eq!(number(n), expect);
        }
        assert_eq!(count(1, "article", "articles"), "1 article");
        assert_eq!(count(0, "article", "articles"), "0 articles");
    }
}
