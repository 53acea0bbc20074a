//! Dates in the words of a language, by the browser's own `Intl`.
//!
//! What is shown is what is written: a date without a time is the same day everywhere, and a time is that of the zone it
//! was written in, which is named. So a page says the same wherever it was made and is read.

use article::Date;

/// The date, with its time where it has one.
pub fn format_date(date: &Date, language: &str) -> String {
    let text = platform::format(date, language, date.time.is_some());
    match date.time {
        Some(time) => format!("{text}\u{a0}{}", zone(time.offset_minutes)),
        None => text,
    }
}

/// The name of a zone so many minutes east of UTC: `UTC`, `UTC+1`, `UTC−3:30`.
fn zone(minutes: i16) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    match (hours, rest) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{}{}", rest / 10, rest % 10),
    }
}

/// The day alone.
pub fn format_day(date: &Date, language: &str) -> String {
    platform::format(date, language, false)
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use std::cell::RefCell;

    use article::Date;
    use wasm_bindgen::prelude::*;
    use web_sys::js_sys::{self, Object, Reflect};

    #[wasm_bindgen]
    extern "C" {
        type DateTimeFormat;

        #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
        fn new(language: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;

        #[wasm_bindgen(method, catch)]
        fn format(this: &DateTimeFormat, date: &js_sys::Date) -> Result<String, JsValue>;
    }

    /// What a formatter was made for: the language, with the time or not.
    type Key = (String, bool);

    thread_local! {
        // Making a formatter costs a hundred times what using it does.
        static FORMATTERS: RefCell<Vec<(Key, Option<DateTimeFormat>)>> = RefCell::default();
    }

    pub fn format(date: &Date, language: &str, with_time: bool) -> String {
        let key = (language.to_owned(), with_time);
        let moment = js_sys::Date::new(&JsValue::from_f64(date.written_seconds() as f64 * 1000.0));
        FORMATTERS.with_borrow_mut(|formatters| {
            let known = formatters.iter().position(|(of, _)| *of == key);
            let known = known.unwrap_or_else(|| {
                formatters.push((key.clone(), formatter(&key)));
                formatters.len() - 1
            });
            let formatter = formatters[known].1.as_ref();
            let text = formatter.and_then(|formatter| formatter.format(&moment).ok());
            text.unwrap_or_else(|| date.to_string())
        })
    }

    fn formatter((language, with_time): &Key) -> Option<DateTimeFormat> {
        let options = Object::new();
        let set = |name: &str, value: &str| {
            // Setting a field of a plain object cannot fail.
            let _ = Reflect::set(&options, &name.into(), &value.into());
        };
        set("dateStyle", "long");
        if *with_time {
            set("timeStyle", "short");
        }
        // A clock in the zone of the date, and not the reader's.
        set("timeZone", "UTC");
        // A language that is not a BCP 47 tag is refused: English then.
        let formatter = DateTimeFormat::new(language, &options);
        formatter
            .or_else(|_| DateTimeFormat::new("en", &options))
            .ok()
    }
}

/// Outside of a browser: pages that are made ahead of time. The words are those of the Unicode CLDR, which browsers have,
/// too.
#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use std::cell::RefCell;

    use article::Date;
    use icu_datetime::DateTimeFormatter;
    use icu_datetime::fieldsets::{YMD, YMDT};
    use icu_datetime::input::{Date as Day, DateTime, Time};
    use icu_datetime::options::TimePrecision;
    use icu_locale::{Locale, locale};

    /// The formatters of a language.
    struct Formatters {
        language: String,
        day: Option<DateTimeFormatter<YMD>>,
        moment: Option<DateTimeFormatter<YMDT>>,
    }

    thread_local! {
        // As in a browser: making them costs far more than using them.
        static FORMATTERS: RefCell<Vec<Formatters>> = RefCell::default();
    }

    pub fn format(date: &Date, language: &str, with_time: bool) -> String {
        FORMATTERS.with_borrow_mut(|known| {
            let at = known.iter().position(|of| of.language == language);
            let at = at.unwrap_or_else(|| {
                known.push(Formatters::of(language));
                known.len() - 1
            });
            let text = known[at].format(date, with_time);
            text.unwrap_or_else(|| date.to_string())
        })
    }

    impl Formatters {
        /// English where a tag is none, or where nothing is known of its language.
        fn of(language: &str) -> Formatters {
            let english = locale!("en");
            let wanted = Locale::try_from_str(language).unwrap_or_else(|_| english.clone());
            let wanted = if is_known(&wanted) { wanted } else { english };
            let moment = YMDT::long().with_time_precision(TimePrecision::Minute);
            Formatters {
                language: language.to_owned(),
                day: DateTimeFormatter::try_new((&wanted).into(), YMD::long()).ok(),
                moment: DateTimeFormatter::try_new((&wanted).into(), moment).ok(),
            }
        }

        fn format(&self, date: &Date, with_time: bool) -> Option<String> {
            let day = Day::try_new_iso(date.year.into(), date.month, date.day).ok()?;
            let text = match date.time.filter(|_| with_time) {
                Some(time) => {
                    let time = Time::try_new(time.hour, time.minute, 0, 0).ok()?;
                    let moment = DateTime { date: day, time };
                    self.moment.as_ref()?.format(&moment).to_string()
                }
                None => self.day.as_ref()?.format(&day).to_string(),
            };
            // Browsers do so, too: programs had relied on the space that CLDR 42 made a narrow one.
            Some(text.replace('\u{202f}', " "))
        }
    }

    /// Whether there are words of a language: without any, a date is written as in none at all.
    fn is_known(locale: &Locale) -> bool {
        let written = |locale: &Locale| {
            let formatter = DateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?;
            let day = Day::try_new_iso(2026, 2, 2).ok()?;
            Some(formatter.format(&day).to_string())
        };
        written(locale) != written(&Locale::UNKNOWN)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// What `Intl.DateTimeFormat(language, {dateStyle: "long", timeZone: "UTC"})` gives, with `timeStyle: "short"` where
    /// there is a time, in a browser with CLDR 48.
    #[track_caller]
    fn check(language: &str, day: &str, moment: &str) {
        let format = |text: &str| match Date::parse(text) {
            Ok(date) => format_date(&date, language),
            Err(error) => format!("{error}"),
        };
        assert_eq!(format("2026-02-02"), day);
        assert_eq!(format("2026-11-20T16:40:00Z"), format!("{moment}\u{a0}UTC"));
    }

    #[test]
    fn dates_as_browsers_write_them() {
        check("en", "February 2, 2026", "November 20, 2026 at 4:40 PM");
        check("en-GB", "2 February 2026", "20 November 2026 at 16:40");
        check("de", "2. Februar 2026", "20. November 2026 um 16:40");
        check("fr", "2 février 2026", "20 novembre 2026 à 16:40");
        check(
            "es",
            "2 de febrero de 2026",
            "20 de noviembre de 2026 a las 16:40",
        );
        check("ar", "2 فبراير 2026", "20 نوفمبر 2026 في 4:40 م");
        check("ja", "2026年2月2日", "2026年11月20日 16:40");
        check(
            "pt-BR",
            "2 de fevereiro de 2026",
            "20 de novembro de 2026 às 16:40",
        );
        check("ru", "2 февраля 2026 г.", "20 ноября 2026 г. в 16:40");
        check("zh", "2026年2月2日", "2026年11月20日 16:40");
        check("ko", "2026년 2월 2일", "2026년 11월 20일 오후 4:40");
        check("he", "2 בפברואר 2026", "20 בנובמבר 2026 בשעה 16:40");
        check("fa", "۱۳ بهمن ۱۴۰۴", "۲۹ آبان ۱۴۰۵ ساعت ۱۶:۴۰");
        check("th", "2 กุมภาพันธ์ 2569", "20 พฤศจิกายน 2569 เวลา 16:40");
    }

    #[test]
    fn what_is_no_language_is_english() {
        for language in ["", "bad tag!", "xx", "und"] {
            check(language, "February 2, 2026", "November 20, 2026 at 4:40 PM");
        }
    }

    #[test]
    fn a_day_is_written_without_its_time() {
        let date = Date::parse("2026-02-03T00:30:00+01:00");
        // As its author dates it.
        assert_eq!(
            date.map(|date| format_day(&date, "en")).as_deref(),
            Ok("February 3, 2026")
        );
    }

    #[test]
    fn zones() {
        let cases = [
            (0, "UTC"),
            (60, "UTC+1"),
            (-210, "UTC−3:30"),
            (345, "UTC+5:45"),
            (-5, "UTC−0:05"),
        ];
        for (minutes, expect) in cases {
            assert_eq!(zone(minutes), expect);
        }
    }
}
