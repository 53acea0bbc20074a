//! What the first script knows of the files it fetches: their digests, and the version that all are of.
//!
//! [`write()`] puts both into `element.js`, which so can tell files that were changed on their way
//! (Subresource Integrity, <https://www.w3.org/TR/SRI/>, of what `fetch` gets).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

/// What `element.js` fetches, and so can hold against a digest. Scripts are the browser's to fetch.
const FETCHED: [&str; 5] = [
    "offprint.css",
    "offprint_bg.wasm",
    "offprint-articles_bg.wasm",
    "offprint-index_bg.wasm",
    "offprint-search-worker_bg.wasm",
];
const NO_VERSION: &str = "VERSION = \"\"";
const NO_DIGESTS: &str = "DIGESTS = {}";

/// Writes version and digests into the `element.js` of a folder.
pub fn write(folder: &Path) -> Result<()> {
    let path = folder.join("element.js");
    let script =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut digests = String::from("DIGESTS = {");
    for name in FETCHED {
        let file = folder.join(name);
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        digests.push_str(&entry(name, &bytes));
    }
    digests.push('}');
    let version = format!("VERSION = \"{}\"", env!("CARGO_PKG_VERSION"));
    let written = with(&script, &version, &digests)?;
    fs::write(&path, written).with_context(|| format!("cannot write {}", path.display()))
}

/// What `element.js` has of a file. A digest does not compress: this one is two thirds as long as that of [`integrity`].
#[must_use]
pub fn entry(name: &str, bytes: &[u8]) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(bytes));
    format!("\"{name}\":\"sha256-{digest}\",")
}

fn with(script: &str, version: &str, digests: &str) -> Result<String> {
    for place in [NO_VERSION, NO_DIGESTS] {
        ensure!(
            script.matches(place).count() == 1,
            "element.js has no one place for `{place}`"
        );
    }
    Ok(script
        .replace(NO_VERSION, version)
        .replace(NO_DIGESTS, digests))
}

/// The integrity of a file as HTML and `fetch` have it.
#[must_use]
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_written_where_they_belong() {
        let script = "const VERSION = \"\";\nconst DIGESTS = {};\n";
        let written = with(script, "VERSION = \"1.2.3\"", "DIGESTS = {\"a\":\"b\",}").unwrap();
        assert_eq!(
            written,
            "const VERSION = \"1.2.3\";\nconst DIGESTS = {\"a\":\"b\",};\n"
        );
        assert!(with("const DIGESTS = {};", "", "").is_err());
    }

    #[test]
    fn integrity_is_that_of_html() {
        // The example of the specification, Subresource Integrity § 3.2: `alert('Hello, world.');`
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
