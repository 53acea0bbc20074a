//! From a request to its answer: [`answer`].

use super::body::Body;
use super::find::{Found, find};
use super::negotiate::{Wanted, encodings, has_current, range};
use super::server::Shared;
use crate::build::hosting::{SECURITY, cache_control, content_type, csp_of, is_for_all_origins};
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL,
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    HOST, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, VARY,
};
use hyper::{Method, Request, Response, StatusCode};
use std::fs::{self, File, Metadata};
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Tells a page that is open of changes. Nothing of a site has such a path: names that begin with a dot are hidden.
const CHANGES: &str = "/.offprint/changes";

/// Listens to it.
const SCRIPT: (&str, &str) = ("/.offprint/reload.js", include_str!("reload.js"));

/// Answers a request.
pub(super) fn answer(shared: &Shared, request: &Request<Incoming>) -> Response<Body> {
    let mut response = respond(shared, request);
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        if let Ok(name) = HeaderName::try_from(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    // It is read each time: the site may have been built again.
    let csp = fs::read_to_string(shared.folder.join("csp.txt")).unwrap_or_default();
    let csp = csp.split_whitespace().collect::<Vec<_>>().join(" ");
    let path = from_home(&shared.folder, request.uri().path());
    let host = text(request.headers(), HOST);
    let csp = csp_of(
        path.trim_start_matches('/'),
        &csp,
        &format!("http://{host}"),
    );
    if !csp.is_empty()
        && let Ok(csp) = HeaderValue::try_from(csp)
    {
        headers.insert(CONTENT_SECURITY_POLICY, csp);
    }
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// The path from the root of the site, where it begins at the root of the host that the site is built for: the page for
/// what is not there has such addresses, since it is shown at all of them.
fn from_home(folder: &Path, path: &str) -> String {
    let manifest = fs::read_to_string(folder.join("manifest.webmanifest")).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap_or_default();
    let home = manifest["id"].as_str().unwrap_or("/");
    let rest = path.strip_prefix(home).unwrap_or(path);
    format!("/{}", rest.trim_start_matches('/'))
}

fn respond(shared: &Shared, request: &Request<Incoming>) -> Response<Body> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = status(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let path = request.uri().path();
    if let Some(changes) = &shared.changes {
        if path == CHANGES {
            let mut response = Response::new(Body::of_changes(changes.subscribe()));
            set(response.headers_mut(), "text/event-stream", "no-store");
            return response;
        }
        if path == SCRIPT.0 {
            let mut response = Response::new(Body::Bytes(SCRIPT.1.into()));
            set(response.headers_mut(), content_type(path), "no-store");
            return response;
        }
    }
    let found = match find(&shared.folder, path) {
        Found::Nothing => find(&shared.folder, &from_home(&shared.folder, path)),
        found => found,
    };
    match found {
        Found::File { path, file } => {
            match Representation::choose(&file, request.headers(), shared.changes.is_some()) {
                Some(chosen) => chosen.answer(&path, request.headers()),
                None => not_found(shared, request),
            }
        }
        Found::Folder => {
            let query = request.uri().query().map(|query| format!("?{query}"));
            let to = format!("{path}/{}", query.unwrap_or_default());
            let mut response = status(StatusCode::MOVED_PERMANENTLY, "");
            let headers = response.headers_mut();
            if let Ok(to) = HeaderValue::try_from(to) {
                headers.insert(LOCATION, to);
            }
            // For good, but not for a browser that sees another site here tomorrow.
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
        Found::Nothing => not_found(shared, request),
    }
}

/// The page for it, with the status that it is about.
fn not_found(shared: &Shared, request: &Request<Incoming>) -> Response<Body> {
    let Found::File { path, file } = find(&shared.folder, "/404.html") else {
        return status(StatusCode::NOT_FOUND, "There is no such page.\n");
    };
    // Conditions and ranges are about what was asked for.
    let headers = request.headers().get(ACCEPT_ENCODING).cloned();
    let headers: HeaderMap = headers
        .map(|accept| (ACCEPT_ENCODING, accept))
        .into_iter()
        .collect();
    let Some(page) = Representation::choose(&file, &headers, shared.changes.is_some()) else {
        return status(StatusCode::NOT_FOUND, "There is no such page.\n");
    };
    let mut response = page.answer(&path, &headers);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().remove(ETAG);
    response.headers_mut().remove(ACCEPT_RANGES);
    response
}

/// The bytes that stand for a file.
struct Representation {
    content: Content,
    length: u64,
    tag: String,
    encoding: Option<&'static str>,
}

enum Content {
    File(File),
    Bytes(Bytes),
}

impl Representation {
    /// The file or a compressed copy of it. A page that is watched gets the script, and so is no copy.
    fn choose(file: &Path, headers: &HeaderMap, is_watching: bool) -> Option<Representation> {
        let accept = text(headers, ACCEPT_ENCODING);
        let is_page = content_type(&file.to_string_lossy()).starts_with("text/html");
        if is_watching && is_page {
            let html = fs::read(file).ok()?;
            let html = with_script(html);
            let tag = format!("\"{}-watched\"", stamp(&fs::metadata(file).ok()?));
            return Some(Representation {
                length: html.len() as u64,
                content: Content::Bytes(html.into()),
                tag,
                encoding: None,
            });
        }
        for (ending, coding) in encodings(accept) {
            let mut copy = file.as_os_str().to_owned();
            copy.push(ending);
            let copy = PathBuf::from(copy);
            // A link might lead out of the site.
            let is_file = fs::symlink_metadata(&copy).is_ok_and(|data| data.is_file());
            if is_file && let Some(found) = Representation::open(&copy, Some(coding)) {
                return Some(found);
            }
        }
        Representation::open(file, None)
    }

    fn open(file: &Path, encoding: Option<&'static str>) -> Option<Representation> {
        let file = File::open(file).ok()?;
        let data = file.metadata().ok().filter(Metadata::is_file)?;
        let ending = encoding.map_or(String::new(), |coding| format!("-{coding}"));
        Some(Representation {
            length: data.len(),
            tag: format!("\"{}{ending}\"", stamp(&data)),
            content: Content::File(file),
            encoding,
        })
    }

    fn answer(self, path: &str, request: &HeaderMap) -> Response<Body> {
        let Representation {
            content,
            length,
            tag,
            encoding,
        } = self;
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        set(headers, content_type(path), cache_control(path));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if is_for_all_origins(path) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        if let Ok(tag) = HeaderValue::try_from(&tag) {
            headers.insert(ETAG, tag);
        }
        if has_current(text(request, IF_NONE_MATCH), &tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        let is_of_this = request
            .get(IF_RANGE)
            .is_none_or(|of| of.as_bytes() == tag.as_bytes());
        let wanted = match request.get(RANGE) {
            Some(_) if is_of_this => range(text(request, RANGE), length),
            _ => Wanted::All,
        };
        let part = match wanted {
            Wanted::All => 0..length,
            Wanted::Part(part) => {
                let value = format!("bytes {}-{}/{length}", part.start, part.end - 1);
                headers.extend(HeaderValue::try_from(value).map(|value| (CONTENT_RANGE, value)));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                part
            }
            Wanted::Beyond => {
                let value = format!("bytes */{length}");
                headers.extend(HeaderValue::try_from(value).map(|value| (CONTENT_RANGE, value)));
                headers.remove(CONTENT_ENCODING);
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                return response;
            }
        };
        let n_bytes = part.end - part.start;
        response
            .headers_mut()
            .insert(CONTENT_LENGTH, n_bytes.into());
        *response.body_mut() = match content {
            Content::Bytes(bytes) => {
                Body::Bytes(bytes.slice(part.start as usize..part.end as usize))
            }
            Content::File(mut file) => match file.seek(SeekFrom::Start(part.start)) {
                Ok(_) => Body::File(file, n_bytes),
                Err(error) => {
                    return status(StatusCode::INTERNAL_SERVER_ERROR, &format!("{error}\n"));
                }
            },
        };
        response
    }
}

/// Changes whenever the file does.
fn stamp(data: &Metadata) -> String {
    let changed = data.modified().ok();
    let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!(
        "{:x}-{:x}",
        changed.unwrap_or_default().as_nanos(),
        data.len()
    )
}

/// The page with the script that loads it again, at its end or where its body ends.
fn with_script(mut html: Vec<u8>) -> Vec<u8> {
    let tag = format!("<script src=\"{}\" defer></script>", SCRIPT.0);
    let end = b"</body>";
    let at = html
        .windows(end.len())
        .rposition(|part| part.eq_ignore_ascii_case(end));
    let at = at.unwrap_or(html.len());
    html.splice(at..at, tag.bytes());
    html
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    let value = headers.get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn set(headers: &mut HeaderMap, content_type: &'static str, cache_control: &'static str) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
}

fn status(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::Bytes(Bytes::copy_from_slice(text.as_bytes())));
    *response.status_mut() = status;
    set(response.headers_mut(), content_type("a.txt"), "no-store");
    response
}
