//! Dates as feeds and exports write them: [`read`].
//!
//! RFC 3339 and what is near it, RFC 822 with its named zones, and a few habits. A date without a time stays a date, and so
//! does one whose time has no zone: no zone is made up.

use super::Losses;
use article::{Date, Time};

/// A date as the format writes it; what cannot be read, and a time without a zone, is told.
pub fn read(text: &str, place: &str, losses: &mut Losses) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some((date, has_lost_time)) = parse(text) else {
        losses.tell(
            place,
            &format!("the date “{text}”"),
            "it is no date that can be read",
        );
        return None;
    };
    if has_lost_time {
        losses.tell(
            place,
            &format!("the time of “{text}”"),
            "it has no zone; the day is kept",
        );
    }
    Some(date.to_string())
}

/// A date, and whether its time was left out.
fn parse(text: &str) -> Option<(Date, bool)> {
    if let Ok(date) = Date::parse(text) {
        return Some((date, false));
    }
    // `2026-02-03…`
    if let Some(day) = text.get(..10).and_then(|day| Date::parse(day).ok()) {
        return with_time(day, text[10..].trim_start_matches(['T', 't', ' ']));
    }
    words(text)
}

/// `09:15`, `09:15:00.25 +0100`, `9:15 PM GMT`
pub(super) fn with_time(mut date: Date, text: &str) -> Option<(Date, bool)> {
    if text.is_empty() {
        return Some((date, false));
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
        .unwrap_or(text.len());
    let (clock, mut rest) = text.split_at(end);
    let mut parts = clock.split(['.']).next()?.split(':');
    let mut hour: u8 = parts.next()?.parse().ok()?;
    let minute: u8 = parts.next()?.parse().ok()?;
    let second: u8 = parts.next().unwrap_or("0").parse().ok()?;
    rest = rest.trim_start();
    if let Some(half) = rest.get(..2).map(str::to_ascii_lowercase)
        && matches!(&*half, "am" | "pm")
        && (1..=12).contains(&hour)
    {
        hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        rest = rest[2..].trim_start();
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let Some(offset_minutes) = offset(rest) else {
        return Some((date, true));
    };
    date.time = Some(Time {
        hour,
        minute,
        second,
        offset_minutes,
    });
    Some((date, false))
}

/// `+01:00`, `-0700`, `+02`, `Z`, and the names of RFC 822 section 5 with their summer times.
fn offset(zone: &str) -> Option<i16> {
    // A name may stand behind the offset, in brackets.
    let zone = zone.split('(').next().unwrap_or_default().trim();
    let hours = match zone.to_ascii_uppercase().as_str() {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "BST" | "CET" | "MET" => 1,
        "CEST" | "MEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return numeric_offset(zone),
    };
    Some(hours * 60)
}

fn numeric_offset(zone: &str) -> Option<i16> {
    let zone = zone
        .strip_prefix("GMT")
        .or_else(|| zone.strip_prefix("UTC"))
        .unwrap_or(zone);
    let sign = match zone.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// `Tue, 03 Feb 2026 09:15:00 GMT`, `3 February 2026`, `Feb 3, 2026`
fn words(text: &str) -> Option<(Date, bool)> {
    let mut day = None;
    let mut month = None;
    let mut year = None;
    let mut rest = text;
    while year.is_none() {
        rest = rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'))
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        if word.is_empty() {
            break;
        }
        let number = word.parse::<i16>().ok();
        match number {
            None if month.is_none() => month = month_of(word),
            Some(number) if day.is_none() && (1..=31).contains(&number) && word.len() <= 2 => {
                day = Some(number)
            }
            Some(number) if month.is_some() && day.is_some() => {
                // RFC 2822 section 4.3 on years of two digits.
                year = Some(match (word.len(), number) {
                    (4, number) => number,
                    (2, number @ 0..=49) => number + 2000,
                    (2, number) => number + 1900,
                    _ => return None,
                });
            }
            _ => return None,
        }
        rest = behind;
    }
    let text = format!("{:04}-{:02}-{:02}", year?, month?, day?);
    let rest = rest.trim_start_matches([',', ' ']);
    with_time(
        Date::parse(&text).ok()?,
        rest.strip_prefix("at ").unwrap_or(rest),
    )
}

/// The number of a month by its English name or the first three letters of it. Anything else, such as a weekday, is
/// passed over.
fn month_of(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = word.get(..3)?.to_ascii_lowercase();
    let ix = MONTHS.iter().position(|month| *month == start)?;
    Some(ix as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut losses = Losses::of("test");
        let read = read(text, "date", &mut losses);
        let has_lost = if losses.list().is_empty() {
            ""
        } else {
            " lost"
        };
        let found = format!("{}{has_lost}", read.as_deref().unwrap_or("-"));
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn dates() {
        check("2026-02-03", "2026-02-03");
        check("2026-02-03T09:15:00Z", "2026-02-03T09:15:00Z");
        check("2026-02-03T09:15:00.250+0100", "2026-02-03T09:15:00+01:00");
        check("2026-02-03 09:15:00 UTC", "2026-02-03T09:15:00Z");
        check("2026-02-03T09:15Z", "2026-02-03T09:15:00Z");
        check("2026-02-03T09:15:00+01", "2026-02-03T09:15:00+01:00");
        check("2026-02-03T09:15:00", "2026-02-03 lost");
        check("2026-02-03 03:01:00.000000", "2026-02-03 lost");
        check(
            "Fri, 31 May 2019 12:17:58 -0700",
            "2019-05-31T12:17:58-07:00",
        );
        check("Mon, 11 Oct 2021 18:11:15 GMT", "2021-10-11T18:11:15Z");
        check("Wed, 02 Oct 02 08:00 EST", "2002-10-02T08:00:00-05:00");
        check("2 Oct 1999 08:00:00 EDT", "1999-10-02T08:00:00-04:00");
        check("Wed, 01 Feb 2023 05:00:00 -0000", "2023-02-01T05:00:00Z");
        check("3 February 2026", "2026-02-03");
        check("February 3, 2026", "2026-02-03");
        check("Tue, 3 Feb 2026", "2026-02-03");
        check("Sat, Dec 16 2023 02:02:33 PM", "2023-12-16 lost");
        check("Dec 16 2023 12:02 AM PST", "2023-12-16T00:02:00-08:00");
        check("03-Feb-2026 10:00:00 CET", "2026-02-03T10:00:00+01:00");
        check("", "-");
    }

    #[test]
    fn what_is_no_date_is_told() {
        for text in [
            "yesterday",
            "2026-13-45",
            "31 Feb 2026 10:00:00 GMT",
            "1770109200",
            "2026",
            "Feb 2026",
            "03/02/2026",
        ] {
            check(text, "- lost");
        }
        check("2026-02-03T25:00:00Z", "- lost");
    }
}
