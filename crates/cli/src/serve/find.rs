//! From the path of a request to a file: [`find`], which knows no way out of the site.

use std::fs;
use std::path::{Path, PathBuf};

/// What a path means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file, and its path from the root of the site.
    File {
        path: String,
        file: PathBuf,
    },
    /// A folder that was asked for without the slash at its end: relative addresses in its page would be wrong.
    Folder,
    Nothing,
}

/// Looks a path up, percent-encoded as it stands in the request.
pub(super) fn find(site: &Path, path: &str) -> Found {
    found(site, path).unwrap_or(Found::Nothing)
}

fn found(site: &Path, path: &str) -> Option<Found> {
    let path = path.strip_prefix('/')?;
    let (names, is_folder) = match path.strip_suffix('/') {
        Some(names) => (names, true),
        None => (path, path.is_empty()),
    };
    let mut segments = Vec::new();
    for name in names.split('/').filter(|_| !names.is_empty()) {
        let name = decoded(name)?;
        let is_first = segments.is_empty();
        if name.is_empty() || is_hidden(&name, is_first) || name.contains(['/', '\\', '\0', ':']) {
            return None;
        }
        segments.push(name);
    }
    let root = fs::canonicalize(site).ok()?;
    let file = segments.iter().fold(root.clone(), |at, name| at.join(name));
    // Links may lead anywhere within the site, and nowhere else.
    let file = fs::canonicalize(file).ok()?;
    let inside = file.strip_prefix(&root).ok()?;
    let mut inside = inside.components().enumerate();
    if inside.any(|(ix, name)| is_hidden(&name.as_os_str().to_string_lossy(), ix == 0)) {
        return None;
    }
    let mut path = segments.join("/");
    match (file.is_dir(), is_folder) {
        (true, false) => Some(Found::Folder),
        (false, true) => None,
        (false, false) => Some(Found::File { path, file }),
        (true, true) => {
            let file = fs::canonicalize(file.join("index.html")).ok()?;
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str("index.html");
            let is_inside = file.starts_with(&root) && file.is_file();
            is_inside.then_some(Found::File { path, file })
        }
    }
}

/// `..` is hidden, too.
fn is_hidden(name: &str, is_first: bool) -> bool {
    name.starts_with('.') && !(is_first && name == ".well-known")
}

/// `None` where it is no UTF-8, or a `%` begins nothing.
fn decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let [high, low, tail @ ..] = tail else {
            return None;
        };
        bytes.push((digit(high)? * 16 + digit(low)?) as u8);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded() {
        #[track_caller]
        fn check(segment: &str, expect: Option<&str>) {
            assert_eq!(decoded(segment).as_deref(), expect);
        }
        check("a%20b", Some("a b"));
        check("%C3%A9", Some("é"));
        check("%2e%2E", Some(".."));
        check("%", None);
        check("%4", None);
        check("%zz", None);
        check("%ff", None);
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        let folder =
            std::env::temp_dir().join(format!("offprint-find-site-{}", std::process::id()));
        let site = folder.join("site");
        fs::create_dir_all(site.join("a/b")).unwrap();
        fs::create_dir_all(site.join(".git")).unwrap();
        for name in [
            "secret.txt",
            "site/a/index.html",
            "site/a/b/c d.txt",
            "site/.git/config",
        ] {
            fs::write(folder.join(name), "x").unwrap();
        }
        #[cfg(unix)]
        for (to, name) in [
            ("../secret.txt", "out"),
            ("..", "up"),
            ("a/b", "in"),
            (".git", "git"),
            ("nowhere", "none"),
        ] {
            std::os::unix::fs::symlink(to, site.join(name)).unwrap();
        }
        #[track_caller]
        fn check(site: &Path, path: &str, expect: Option<&str>) {
            match find(site, path) {
                Found::File { path, .. } => assert_eq!(Some(&*path), expect),
                Found::Folder => assert_eq!(Some("folder"), expect, "{path}"),
                Found::Nothing => assert_eq!(None, expect, "{path}"),
            }
        }
        check(&site, "/a/", Some("a/index.html"));
        check(&site, "/a", Some("folder"));
        check(&site, "/a/index.html", Some("a/index.html"));
        check(&site, "/a/b/c%20d.txt", Some("a/b/c d.txt"));
        #[cfg(unix)]
        for path in ["in/c d.txt", "up/site/a/index.html"] {
            check(&site, &format!("/{path}"), Some(path));
        }
        for path in [
            "/",
            "",
            "a",
            "/a/b/",
            "/a/index.html/",
            "/none",
            "/out",
            "/up/secret.txt",
            "/git/config",
            "/.git/config",
            "/%2egit/config",
            "/a/../a/",
            "/a/./",
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/a/..%2f..%2fsecret.txt",
            "//a/",
            "/a//b/c%20d.txt",
            "/a\\index.html",
            "/a%5cindex.html",
            "/a%00",
            "/C:/",
            "/.",
            "/..",
            "/a/.well-known/x",
        ] {
            check(&site, path, None);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
