//! Days of the calendar as seconds since 1970: what `before:` and `after:` compare. A day has no zone here: it is the one that is
//! written in an article's date.

/// The first second, as UTC counts, of a day, a month or a year, written `2026-02-03`, `2026-02` or `2026`.
pub(crate) fn start_of(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(|part| {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| {
            part.bytes()
                .fold(0_i64, |value, byte| value * 10 + i64::from(byte - b'0'))
        })
    });
    let year = parts
        .next()?
        .filter(|_| text.split('-').next().is_some_and(|year| year.len() == 4))?;
    let month = parts
        .next()
        .unwrap_or(Some(1))
        .filter(|month| (1..=12).contains(month))?;
    let day = parts
        .next()
        .unwrap_or(Some(1))
        .filter(|day| (1..=days_in(year, month)).contains(day))?;
    if parts.next().is_some() {
        return None;
    }
    Some(days_since_1970(year, month, day) * 86_400)
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts from March, so that the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<i64>) {
        assert_eq!(start_of(text), expect, "{text:?}");
    }

    #[test]
    fn days_are_seconds() {
        check("1970", Some(0));
        check("1970-01-02", Some(86_400));
        check("2000-02-29", Some(951_782_400));
        check("2026-11", Some(1_793_491_200));
        check("1987-02-26", Some(541_296_000));
        check("1969-12-31", Some(-86_400));
        check("2026-13", None);
        check("2026-02-29", None);
        check("26", None);
        check("", None);
        check("2026-02-03-04", None);
        check("last week", None);
    }
}
