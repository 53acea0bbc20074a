//! For tests: a text is imported as the command does it, and the reader's problems are none.

use super::{Kind, Opened, Settings, import, problems, to_json};
use serde_json::{Value, json};

/// The collection that a text becomes, and what was dropped, each as `place: what`.
#[track_caller]
pub fn run(kind: Kind, text: &str) -> (Value, Vec<String>) {
    let opened = [Opened {
        name: "test".to_string(),
        bytes: text.as_bytes().to_vec(),
        is_guess: false,
    }];
    let settings = Settings {
        from: Some(kind),
        ..Settings::default()
    };
    let outcome = import(&opened, &settings);
    assert_eq!(outcome.failures, Vec::<String>::new(), "{text}");
    let losses = outcome.losses.list();
    let losses = losses
        .iter()
        .map(|loss| format!("{}: {}", loss.place, loss.what))
        .collect();
    let bytes = to_json(outcome.imported).unwrap();
    assert_eq!(problems(&bytes), Vec::<String>::new(), "{text}");
    (serde_json::from_slice(&bytes).unwrap(), losses)
}

/// What stands at places of the first article: `("title", "A")`, and everything that was dropped.
#[track_caller]
pub fn check(kind: Kind, text: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let (collection, losses) = run(kind, text);
    let article = &collection["articles"][0];
    for (place, value) in expect {
        let found = article
            .pointer(&format!("/{place}"))
            .cloned()
            .unwrap_or(json!(null));
        assert_eq!(found, *value, "{place} of {text}");
    }
    assert_eq!(losses, dropped, "{text}");
}

/// Why a text cannot be imported.
pub fn failure(kind: Kind, text: &str) -> String {
    let opened = [Opened {
        name: "test".to_string(),
        bytes: text.as_bytes().to_vec(),
        is_guess: false,
    }];
    let settings = Settings {
        from: Some(kind),
        ..Settings::default()
    };
    import(&opened, &settings).failures.join("\n")
}
