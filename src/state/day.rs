//! Days as a field for dates and an address have them: `2026-02-01`. [`of`] takes one, [`after`] gives the next.

/// The text, if it is a day.
pub fn of(text: String) -> Option<String> {
    parts(&text).is_some().then_some(text)
}

/// The day after.
pub fn after(day: &str) -> Option<String> {
    let [mut year, mut month, mut day] = parts(day)?;
    day += 1;
    if day > length(year, month) {
        (month, day) = (month + 1, 1);
    }
    if month > 12 {
        (year, month) = (year + 1, 1);
    }
    let mut text = String::new();
    for (number, n_digits) in [(year, 4), (month, 2), (day, 2)] {
        if !text.is_empty() {
            text.push('-');
        }
        let digits = number.to_string();
        for _ in digits.len()..n_digits {
            text.push('0');
        }
        text.push_str(&digits);
    }
    Some(text)
}

/// Year, month and day.
fn parts(text: &str) -> Option<[u32; 3]> {
    let bytes = text.as_bytes();
    let is_written = bytes.len() == 10
        && bytes.iter().enumerate().all(|(ix, byte)| match ix {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let [year, month, day] = [number(0, 4)?, number(5, 7)?, number(8, 10)?];
    let is_day = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    (is_written && is_day).then_some([year, month, day])
}

/// How many days a month has.
fn length(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(day: &str, expect: Option<&str>) {
        assert_eq!(after(day).as_deref(), expect, "{day:?}");
        assert_eq!(of(day.into()).is_some(), expect.is_some(), "{day:?}");
    }

    #[test]
    fn the_day_after() {
        check("2026-02-01", Some("2026-02-02"));
        check("2026-02-28", Some("2026-03-01"));
        check("2024-02-28", Some("2024-02-29"));
        check("1900-02-28", Some("1900-03-01"));
        check("2000-02-29", Some("2000-03-01"));
        check("2026-04-30", Some("2026-05-01"));
        check("2026-12-31", Some("2027-01-01"));
        check("0009-09-09", Some("0009-09-10"));
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "2026",
            "2026-02",
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-01x",
            "2026/01/01",
            "+026-01-01",
            "২০২৬-০১",
            " 2026-1-1 ",
        ] {
            check(text, None);
        }
    }
}
