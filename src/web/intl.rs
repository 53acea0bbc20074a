//! Dates in the words of a language, by the browser's own `Intl`.
//!
//! A date without a time is formatted in UTC and so is the same day everywhere; one with a time is shown
//! in the reader's own zone.

use article::Date;

/// The date, with its time where it has one.
pub fn format_date(date: &Date, language: &str) -> String {
    platform::format(date, language, date.time.is_some())
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

    /// What a formatter was made for: the language, in UTC or not, with the time or not.
    type Key = (String, bool, bool);

    thread_local! {
        // Making a formatter costs a hundred times what using it does.
        static FORMATTERS: RefCell<Vec<(Key, Option<DateTimeFormat>)>> = RefCell::default();
    }

    pub fn format(date: &Date, language: &str, with_time: bool) -> String {
        let key = (language.to_owned(), date.time.is_none(), with_time);
        let moment = js_sys::Date::new(&JsValue::from_f64(date.sort_key() as f64 * 1000.0));
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

    fn formatter((language, is_utc, with_time): &Key) -> Option<DateTimeFormat> {
        let options = Object::new();
        let set = |name: &str, value: &str| {
            // Setting a field of a plain object cannot fail.
            let _ = Reflect::set(&options, &name.into(), &value.into());
        };
        set("dateStyle", "long");
        if *with_time {
            set("timeStyle", "short");
        }
        if *is_utc {
            set("timeZone", "UTC");
        }
        // A language that is not a BCP 47 tag is refused: English then.
        let formatter = DateTimeFormat::new(language, &options);
        formatter
            .or_else(|_| DateTimeFormat::new("en", &options))
            .ok()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use article::Date;

    /// Outside a browser the date stands as the article has it.
    pub fn format(date: &Date, _language: &str, _with_time: bool) -> String {
        date.to_string()
    }
}
