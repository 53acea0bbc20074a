//! What a request says of the answer: [`encodings`] (RFC 9110 §12.5.3), [`has_current`] (§13.1.2), [`range`] (§14.2).

use std::ops::Range;

/// The endings of compressed copies that the browser takes and their encodings, the one it likes best first; of equals
/// the smaller one.
pub(super) fn encodings(accept: &str) -> Vec<(&'static str, &'static str)> {
    let weight = |coding: &str| {
        let of = |wanted: &str| {
            accept.split(',').find_map(|part| {
                let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
                let quality = parameters.trim().strip_prefix("q=");
                let quality = quality.map_or(Some(1.0), |quality| quality.trim().parse().ok());
                let is_it = name.trim().eq_ignore_ascii_case(wanted);
                is_it.then(|| quality.unwrap_or(0.0_f32))
            })
        };
        of(coding).or_else(|| of("*")).unwrap_or(0.0)
    };
    let mut taken: Vec<(f32, (&str, &str))> = [(".br", "br"), (".gz", "gzip")]
        .into_iter()
        .map(|(ending, coding)| (weight(coding), (ending, coding)))
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    taken.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    taken.into_iter().map(|(_, encoding)| encoding).collect()
}

/// Whether the browser has what the tag stands for.
pub(super) fn has_current(if_none_match: &str, tag: &str) -> bool {
    let mut tags = if_none_match.split(',').map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The part of a file of so many bytes that is wanted. What is no range of bytes, or are several, is the whole file.
pub(super) fn range(header: &str, length: u64) -> Wanted {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        // What is too large for a number is beyond every end.
        true => Some(text.parse().unwrap_or(u64::MAX)),
        false => None,
    };
    let range = match (first.is_empty(), last.is_empty()) {
        (false, true) => number(first).map(|first| first..length),
        (true, false) => number(last).map(|n| length.saturating_sub(n)..length),
        (false, false) => number(first)
            .zip(number(last))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| first..last.saturating_add(1).min(length)),
        (true, true) => None,
    };
    match range {
        Some(range) if range.start < range.end => Wanted::Part(range),
        Some(_) => Wanted::Beyond,
        None => Wanted::All,
    }
}

/// How much of a file is wanted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    Part(Range<u64>),
    /// Nothing that is there.
    Beyond,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_copies() {
        #[track_caller]
        fn check(accept: &str, expect: &[&str]) {
            let found: Vec<&str> = encodings(accept)
                .iter()
                .map(|(_, coding)| *coding)
                .collect();
            assert_eq!(found, expect, "{accept}");
        }
        check("gzip, deflate, br, zstd", &["br", "gzip"]);
        check("GZIP", &["gzip"]);
        check("br;q=0.5, gzip;q=0.8", &["gzip", "br"]);
        check("br;q=0, gzip ; q=1.0", &["gzip"]);
        check("*", &["br", "gzip"]);
        check("*;q=0.1, br;q=0", &["gzip"]);
        check("", &[]);
        check("identity, brx, br;q=x", &[]);
    }

    #[test]
    fn ranges() {
        #[track_caller]
        fn check(header: &str, expect: Wanted) {
            assert_eq!(range(header, 10), expect, "{header}");
        }
        check("bytes=0-3", Wanted::Part(0..4));
        check("bytes=9-", Wanted::Part(9..10));
        check("bytes=5-99999999999999999999999", Wanted::Part(5..10));
        check("bytes=-3", Wanted::Part(7..10));
        check("bytes=-30", Wanted::Part(0..10));
        check("bytes=10-", Wanted::Beyond);
        check("bytes=99999999999999999999999-", Wanted::Beyond);
        check("bytes=-0", Wanted::Beyond);
        check("bytes=3-2", Wanted::All);
        check("bytes=0-1,3-4", Wanted::All);
        check("bytes=-", Wanted::All);
        check("bytes=+1-2", Wanted::All);
        check("lines=0-1", Wanted::All);
        assert_eq!(range("bytes=0-", 0), Wanted::Beyond);
    }

    #[test]
    fn tags() {
        assert!(has_current("\"a\"", "\"a\""));
        assert!(has_current("\"b\", W/\"a\"", "\"a\""));
        assert!(has_current("*", "\"a\""));
        assert!(!has_current("\"ab\"", "\"a\""));
        assert!(!has_current("", "\"a\""));
    }
}
