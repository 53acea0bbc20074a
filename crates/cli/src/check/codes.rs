//! Every kind of finding: [`CODES`], those of the reader, of the advice, two of files that are none, and one of imports.

use article::Severity;
use article::advice::AdviceKind;
use std::sync::LazyLock;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `missing-title`
    pub name: &'static str,
    /// The same for all findings of the kind.
    pub severity: Severity,
}

/// There is no such file.
pub(super) const NO_FILE: &str = "no-file";

/// Something that an import leaves out.
pub(super) const NOT_IMPORTED: &str = "not-imported";

/// A file of which nothing can be read.
pub(super) const UNREADABLE: &str = "unreadable";

/// All of them, the worst first.
pub static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let error = |name| Code {
        name,
        severity: Severity::Error,
    };
    let read = article::Code::ALL.map(|code| Code {
        name: code.name(),
        severity: code.severity(),
    });
    let advised = AdviceKind::ALL.map(|kind| Code {
        name: kind.name(),
        severity: kind.severity(),
    });
    let mut codes = vec![error(NO_FILE), error(UNREADABLE)];
    codes.push(Code {
        name: NOT_IMPORTED,
        severity: Severity::Warning,
    });
    codes.extend(read.into_iter().chain(advised));
    codes.sort_by_key(|code| code.severity);
    codes
});

/// Reads the value of `--allow`.
pub(super) fn allowed(name: &str) -> Result<&'static str, String> {
    match CODES.iter().find(|code| code.name == name) {
        Some(code) if code.severity == Severity::Error => {
            Err("this is an error: what is wrong cannot be allowed".to_string())
        }
        Some(code) => Ok(code.name),
        None => {
            let may_be: Vec<_> = CODES
                .iter()
                .filter(|code| code.severity != Severity::Error)
                .map(|code| code.name)
                .collect();
            Err(format!(
                "there is no such code; there are {}",
                may_be.join(", ")
            ))
        }
    }
}
