//! Plain text as content: [`document`].

use article::{Block, Document, Inline};

/// Lines of more than so many characters on average are paragraphs, and not lines of a paragraph.
const LONG_LINE: usize = 100;

/// Plain text as a tree. Empty lines divide paragraphs; where there are none, and the lines are long, each line is one.
pub fn document(text: &str) -> Document {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let n_chars: usize = lines.iter().map(|line| line.chars().count()).sum();
    let has_gaps = lines.iter().any(|line| line.is_empty());
    let is_line_a_paragraph = !has_gaps && n_chars > LONG_LINE * lines.len();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in lines {
        if line.is_empty() {
            is_new = true;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if !is_new && !is_line_a_paragraph => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            _ => paragraphs.push(line.to_string()),
        }
        is_new = false;
    }
    Document {
        blocks: paragraphs
            .into_iter()
            .map(|text| Block::Paragraph(vec![Inline::Text(text)]))
            .collect(),
        footnotes: Vec::new(),
    }
}

/// Plain text as Markdown.
pub fn markdown(text: &str) -> String {
    article::to_markdown(&document(text)).trim().to_string()
}

/// Whether a text begins with another, which may be cut off in a word and end with an ellipsis. White space does not
/// matter.
pub fn begins_with(text: &str, beginning: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    let beginning =
        beginning.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '…' | '.'));
    beginning
        .chars()
        .filter(|c| !c.is_whitespace())
        .all(|c| chars.next() == Some(c))
}

/// The first words of a text, for a title where there is none.
pub fn first_words(text: &str) -> String {
    const WORDS_MAX: usize = 10;
    const CHARS_MAX: usize = 80;
    let mut title = String::new();
    let mut words = text.split_whitespace();
    for word in words.by_ref().take(WORDS_MAX) {
        if title.chars().count() + word.chars().count() > CHARS_MAX {
            title.extend(
                word.chars()
                    .take(CHARS_MAX.saturating_sub(title.chars().count())),
            );
            return title + "…";
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    if words.next().is_some() {
        title.push('…');
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(markdown(text), expect);
    }

    #[test]
    fn texts() {
        check("", "");
        check(
            "One.\n\n\nTwo\nlines *here*.\n",
            "One.\n\nTwo\nlines \\*here\\*.",
        );
        check("a\r\nb", "a\nb");
        let long = "word ".repeat(30);
        let two = format!("{}\n\n{}", long.trim(), long.trim());
        check(&format!("{long}\n{long}"), &two);
    }

    #[test]
    fn beginnings() {
        assert!(begins_with("One two\nthree.", "One  two thr…"));
        assert!(begins_with("One.", "One."));
        assert!(begins_with("One", "…"));
        assert!(!begins_with("One two", "One three"));
        assert!(!begins_with("One", "One two"));
    }

    #[test]
    fn titles_from_first_words() {
        assert_eq!(first_words(" a b\nc "), "a b c");
        assert_eq!(
            first_words("1 2 3 4 5 6 7 8 9 10 11"),
            "1 2 3 4 5 6 7 8 9 10…"
        );
        assert_eq!(first_words(&"x".repeat(200)).chars().count(), 81);
    }
}
