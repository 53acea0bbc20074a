//! Elements and what becomes of them.

use super::super::samples;

#[test]
fn real_stories() {
    let samples = samples::check("ans", |story| {
        let mut texts = Vec::new();
        for part in [
            "content_elements",
            "corrections",
            "headlines",
            "description",
            "promo_items",
        ] {
            let names = ["content", "text", "caption", "basic", "editor_note"];
            texts.extend(samples::texts_under(&story[part], &names));
        }
        for part in ["transcript", "editor_note"] {
            texts.extend(story[part].as_str().map(str::to_string));
        }
        texts
    });
    for sample in samples {
        println!(
            "== {}\n{}\n{:#?}",
            sample.name,
            serde_json::to_string_pretty(&sample.json).unwrap(),
            sample.told
        );
    }
}
