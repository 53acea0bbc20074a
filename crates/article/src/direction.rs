//! [`of`]: which way a language runs.

/// `rtl` or `ltr` for a BCP 47 language tag, by its script where it names one, else by its language;
/// `auto`, by the text's first letter, where there is no tag.
pub fn of(language: Option<&str>) -> &'static str {
    let Some(tag) = language else { return "auto" };
    let mut subtags = tag.split('-').map(str::to_ascii_lowercase);
    let language = subtags.next().unwrap_or_default();
    let script = subtags
        .find(|subtag| subtag.len() == 4 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_rtl = match script.as_deref() {
        Some(script) => matches!(
            script,
            "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg"
        ),
        None => matches!(
            language.as_str(),
            "ar" | "arc"
                | "ckb"
                | "dv"
                | "fa"
                | "he"
                | "iw"
                | "ji"
                | "ks"
                | "nqo"
                | "ps"
                | "sd"
                | "syr"
                | "ug"
                | "ur"
                | "yi"
        ),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn languages_and_scripts() {
        let cases = [
            (None, "auto"),
            (Some("en"), "ltr"),
            (Some("ar"), "rtl"),
            (Some("AR-EG"), "rtl"),
            (Some("he"), "rtl"),
            (Some("az-Arab-IR"), "rtl"),
            (Some("ks-Deva"), "ltr"),
            (Some(""), "ltr"),
        ];
        for (language, expect) in cases {
            assert_eq!(super::of(language), expect, "{language:?}");
        }
    }
}
