//! Dates as the format writes them (RFC 3339): [`Date::parse`] reads one, `Display` writes it again.
//!
//! A date without a time stays one: no time zone may move it. Fractions of a second are read and left out.

use std::fmt;

/// A day, or a moment of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// 0 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the length of the month.
    pub day: u8,
    /// The time of day, where it was given.
    pub time: Option<Time>,
}

/// A time of day and its distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60: RFC 3339 has leap seconds.
    pub second: u8,
    /// East of UTC; 0 is written `Z`.
    pub offset_minutes: i16,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It does not have the form of one.
    Shape,
    /// The month is not 1 to 12.
    Month(u8),
    /// The month has no such day.
    Day {
        /// Of this year,
        year: i16,
        /// this month
        month: u8,
        /// has no such day.
        day: u8,
    },
    /// What follows the day does not have the form of a time.
    TimeShape,
    /// The hour is not 0 to 23.
    Hour(u8),
    /// The minute is not 0 to 59.
    Minute(u8),
    /// The second is not 0 to 60.
    Second(u8),
    /// A time without `Z` or `+hh:mm`.
    NoOffset,
    /// An offset that is no `Z` or `±hh:mm` within a day.
    Offset,
}

impl Date {
    /// The seconds since 1970 that a clock would count that shows what is written, as if it were UTC.
    pub fn written_seconds(&self) -> i64 {
        let offset = self.time.map_or(0, |time| i64::from(time.offset_minutes));
        self.sort_key() + offset * 60
    }

    /// Reads `2026-02-02`, `2026-02-03T09:15:00Z` or `2026-02-03T09:15:00.25+01:00`.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let mut rest = text.trim().as_bytes();
        let shape = DateError::Shape;
        let year = digits(&mut rest, 4).ok_or(shape)? as i16;
        sign(&mut rest, b"-").ok_or(shape)?;
        let month = digits(&mut rest, 2).ok_or(shape)? as u8;
        sign(&mut rest, b"-").ok_or(shape)?;
        let day = digits(&mut rest, 2).ok_or(shape)? as u8;
        if rest.first().is_some_and(u8::is_ascii_digit) {
            return Err(shape);
        }
        if !(1..=12).contains(&month) {
            return Err(DateError::Month(month));
        }
        if day == 0 || day > month_length(year, month) {
            return Err(DateError::Day { year, month, day });
        }
        let time = if rest.is_empty() {
            None
        } else {
            Some(Time::parse(rest)?)
        };
        Ok(Date {
            year,
            month,
            day,
            time,
        })
    }

    /// Seconds since 1970 in UTC; a date without a time counts as its midnight in UTC.
    pub fn sort_key(&self) -> i64 {
        let time = self.time.map_or(0, |time| {
            i64::from(time.hour) * 3600
                + (i64::from(time.minute) - i64::from(time.offset_minutes)) * 60
                + i64::from(time.second)
        });
        self.days() * 86_400 + time
    }

    /// The first second of its day since 1970, as UTC counts: the day as it is written, whatever it is in UTC.
    pub fn day_seconds(&self) -> i64 {
        self.days() * 86_400
    }

    /// What lists are put in order by: the day as it is written, which is the one that is shown, then the moment. Below 2^40, and above
    /// −2^38.
    pub fn list_key(&self) -> i64 {
        // By its zone, a moment may lie up to a day before the day that is written, and up to a day after it.
        const SPAN: i64 = 4 * 86_400;
        let into_day = self.sort_key() - self.day_seconds();
        self.days() * SPAN + 86_400 + into_day
    }

    /// The day that begins so many days after 1970-01-01, if it is one of the years 0 to 9999.
    pub fn of_day(days: i64) -> Option<Date> {
        let first = |year: i16, month: u8| Date {
            year,
            month,
            day: 1,
            time: None,
        };
        // Without leap days the year comes out a few too late.
        let latest = (1970 + days.div_euclid(365)).clamp(0, 9999) as i16;
        let year = (0..=latest)
            .rev()
            .find(|&year| first(year, 1).days() <= days)?;
        let month = (1..=12)
            .rev()
            .find(|&month| first(year, month).days() <= days)?;
        let day = days - first(year, month).days() + 1;
        let is_day = day <= i64::from(month_length(year, month));
        is_day.then_some(Date {
            day: day as u8,
            ..first(year, month)
        })
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    fn days(&self) -> i64 {
        // Years are counted from March, so that the day that comes and goes is the last of its year.
        let late = i64::from(self.month > 2);
        let year = i64::from(self.year) - 1 + late;
        let months_since_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * months_since_march + 2) / 5 + i64::from(self.day) - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        year * 365 + leap_days + day_of_year - 719_468
    }
}

impl Time {
    /// Reads what follows the day, its `T` included.
    fn parse(mut rest: &[u8]) -> Result<Time, DateError> {
        let shape = DateError::TimeShape;
        sign(&mut rest, b"Tt ").ok_or(shape)?;
        let hour = digits(&mut rest, 2).ok_or(shape)? as u8;
        sign(&mut rest, b":").ok_or(shape)?;
        let minute = digits(&mut rest, 2).ok_or(shape)? as u8;
        sign(&mut rest, b":").ok_or(shape)?;
        let second = digits(&mut rest, 2).ok_or(shape)? as u8;
        if hour > 23 {
            return Err(DateError::Hour(hour));
        }
        if minute > 59 {
            return Err(DateError::Minute(minute));
        }
        if second > 60 {
            return Err(DateError::Second(second));
        }
        if sign(&mut rest, b".").is_some() {
            digits(&mut rest, 1).ok_or(shape)?;
            while digits(&mut rest, 1).is_some() {}
        }
        let offset_minutes = match sign(&mut rest, b"Zz+-") {
            None if rest.is_empty() => return Err(DateError::NoOffset),
            None => return Err(shape),
            Some(b'Z' | b'z') => 0,
            Some(sign_byte) => {
                let error = DateError::Offset;
                let hours = digits(&mut rest, 2).ok_or(error)? as i16;
                sign(&mut rest, b":").ok_or(error)?;
                let minutes = digits(&mut rest, 2).ok_or(error)? as i16;
                if hours > 23 || minutes > 59 {
                    return Err(error);
                }
                let offset = hours * 60 + minutes;
                if sign_byte == b'-' { -offset } else { offset }
            }
        };
        if rest.is_empty() {
            Ok(Time {
                hour,
                minute,
                second,
                offset_minutes,
            })
        } else {
            Err(DateError::Offset)
        }
    }
}

/// Takes exactly `count` digits off the front.
fn digits(rest: &mut &[u8], count: usize) -> Option<u16> {
    let (front, behind) = rest.split_at_checked(count)?;
    let mut number = 0;
    for byte in front {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u16::from(byte - b'0');
    }
    *rest = behind;
    Some(number)
}

/// Takes one of these bytes off the front.
fn sign(rest: &mut &[u8], allowed: &[u8]) -> Option<u8> {
    let (first, behind) = rest.split_first()?;
    allowed.contains(first).then(|| *rest = behind)?;
    Some(*first)
}

fn month_length(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
        if time.offset_minutes == 0 {
            return f.write_str("Z");
        }
        let minutes = time.offset_minutes.unsigned_abs();
        let sign = if time.offset_minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WRITE: &str =
            "write a date as 2026-02-28, or with time and zone as 2026-02-28T09:15:00Z";
        match *self {
            DateError::Shape => f.write_str(WRITE),
            DateError::Month(month) => write!(f, "there is no month {month}; months are 01 to 12"),
            DateError::Day { day: 0, .. } => f.write_str("there is no day 0; days begin at 01"),
            DateError::Day { year, month, day } => {
                let last = month_length(year, month);
                write!(
                    f,
                    "there is no day {day} in {year:04}-{month:02}; its last day is {last}"
                )
            }
            DateError::TimeShape => f.write_str(
                "write the time behind the day as T09:15:00 with Z or an offset such as +01:00",
            ),
            DateError::Hour(hour) => write!(f, "there is no hour {hour}; hours are 00 to 23"),
            DateError::Minute(minute) => {
                write!(f, "there is no minute {minute}; minutes are 00 to 59")
            }
            DateError::Second(second) => {
                write!(f, "there is no second {second}; seconds are 00 to 59")
            }
            DateError::NoOffset => {
                f.write_str("a time needs its zone: Z behind it, or an offset such as +01:00")
            }
            DateError::Offset => f.write_str("write the zone as Z, or as an offset such as +01:00"),
        }
    }
}

impl std::error::Error for DateError {}
