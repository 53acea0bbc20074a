//! docs/offprint.schema.json and the reader judge alike: what the schema takes is read without a problem, and the other way
//! round. Where they differ on purpose, `DIFFERENCES` says why.
//!
//! 1. The schema is one (its meta-schema takes it), its names are the reader's names, its examples are right.
//! 2. `cases` has documents with one thing right or wrong in them; `mutants` changes a document with every field at random.
//! 3. What is written for readers (the demo, the examples of the documents) and real collections are valid.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use jsonschema::Validator;
use offprint_article::{field_names, read_collection};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::LazyLock;

#[path = "schema/cases.rs"]
mod cases;
mod data;
#[path = "schema/mutants.rs"]
mod mutants;

/// The text of a file of the repository.
fn repository(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    std::fs::read_to_string(path).expect("the file")
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(&repository("docs/offprint.schema.json")).expect("a schema in JSON")
});

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&SCHEMA).expect("a schema"));

/// The first thing that the schema says against a document.
fn schema_says(document: &Value) -> Option<String> {
    let error = VALIDATOR.iter_errors(document).next()?;
    Some(format!("{}: {error}", error.instance_path()))
}

/// The first thing that the reader says against it.
fn reader_says(text: &str) -> Option<String> {
    match read_collection(text.as_bytes().to_vec()) {
        Ok(collection) => Some(collection.problems().first()?.to_string()),
        Err(unreadable) => Some(unreadable.to_string()),
    }
}

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&SCHEMA).expect("a schema of draft 2020-12");
    assert_eq!(
        SCHEMA["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    // Not every engine knows classes of Unicode: Python's has none.
    assert!(!repository("docs/offprint.schema.json").contains(r"\\p{"));
}

/// The objects of the schema, by the words that the reader has for them.
const OBJECTS: [(&str, &str); 8] = [
    ("a collection", "collection"),
    ("an article", "article"),
    ("an author or source", "person"),
    ("an image", "image"),
    ("an image of another width", "candidate"),
    ("a section", "section"),
    ("a correction", "correction"),
    ("a related article", "related"),
];

#[test]
fn names_are_those_of_the_reader() {
    let of_reader = field_names();
    assert_eq!(of_reader.map(|(of, _)| of), OBJECTS.map(|(of, _)| of));
    for ((_, names), (_, def)) in of_reader.iter().zip(OBJECTS) {
        let def = &SCHEMA["$defs"][def];
        let properties = def["properties"].as_object().expect("properties");
        let mut of_schema: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut names = names.to_vec();
        of_schema.sort_unstable();
        names.sort_unstable();
        assert_eq!(of_schema, names);
        assert_eq!(def["additionalProperties"], false);
        assert_eq!(def["patternProperties"], json!({ "^[_$]": true }));
    }
    // There is no other object with fields.
    let defs = SCHEMA["$defs"].as_object().expect("definitions");
    let n_objects = defs
        .values()
        .filter(|def| def.get("properties").is_some())
        .count();
    assert_eq!(n_objects, OBJECTS.len());
}

/// An editor shows a text for every field, and proposes examples that are right.
#[test]
fn fields_are_described_and_examples_are_right() {
    let mut n_examples = 0;
    let mut check = |place: &str, part: &Value| {
        let mut alone = part.as_object().cloned().unwrap_or_default();
        alone.insert("$defs".to_string(), SCHEMA["$defs"].clone());
        let validator = jsonschema::draft202012::new(&Value::Object(alone)).expect("a schema");
        for example in part["examples"].as_array().into_iter().flatten() {
            n_examples += 1;
            assert!(validator.is_valid(example), "{place}: {example}");
        }
    };
    check("the schema", &SCHEMA);
    for (def, part) in SCHEMA["$defs"].as_object().expect("definitions") {
        assert!(part["title"].is_string(), "{def}");
        check(def, part);
        for (name, field) in part["properties"].as_object().unwrap_or(&Map::new()) {
            let target = field["$ref"]
                .as_str()
                .and_then(|to| SCHEMA.pointer(&to[1..]));
            let is_told =
                |part: &Value| part["title"].is_string() || part["description"].is_string();
            assert!(
                is_told(field) || target.is_some_and(is_told),
                "{def}.{name}"
            );
            check(&format!("{def}.{name}"), field);
        }
    }
    assert!(n_examples > 40, "{n_examples}");
}

#[test]
fn what_is_written_for_readers_is_valid() {
    let mut n_documents = 0;
    let mut check = |place: &str, text: &str| {
        let document: Value = serde_json::from_str(text).expect("JSON");
        n_documents += 1;
        if document["version"].is_string() {
            // A JSON Feed is read, and is no Offprint.
            assert!(schema_says(&document).is_some(), "{place}");
        } else {
            assert_eq!(schema_says(&document), None, "{place}");
        }
        assert_eq!(reader_says(text), None, "{place}");
    };
    check("demo", &repository("demo/articles.json"));
    for page in ["docs/format.md", "README.md"] {
        for rest in repository(page).split("```json\n").skip(1) {
            let (text, _) = rest.split_once("\n```").expect("the end of the example");
            check(page, text);
        }
    }
    assert!(n_documents >= 4, "{n_documents}");
}

#[test]
fn real_collections_are_valid() {
    for (name, step) in [
        ("seed/seed-collection.json", 1),
        ("corpora/reuters-21578.json.gz", 40),
        ("corpora/digital-gov.json.gz", 4),
    ] {
        let bytes = if name.ends_with(".gz") {
            data::unpacked(name)
        } else {
            data::read(name)
        };
        let Some(bytes) = bytes else { return };
        let mut collection: Value = serde_json::from_slice(&bytes).expect("JSON");
        let articles = collection["articles"].take();
        let articles: Vec<&Value> = articles
            .as_array()
            .expect("articles")
            .iter()
            .step_by(step)
            .collect();
        println!("{name}: {} articles", articles.len());
        collection["articles"] = json!(articles);
        assert_eq!(schema_says(&collection), None, "{name}");
        assert_eq!(reader_says(&collection.to_string()), None, "{name}");
    }
}
