//! From a request to its answer: path, fault, file, headers.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderValue,
    IF_NONE_MATCH, LOCATION, RANGE,
};
use hyper::{Method, Request, Response, StatusCode};

use super::body::Bytewise;
use super::fault::fits;
use super::site::Served;
use super::{Fault, Shared, lock};

/// Answers one request.
pub async fn answer(shared: &Arc<Shared>, request: &Request<Incoming>) -> Response<Bytewise> {
    let path = decoded(request.uri().path().trim_start_matches('/'));
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let range = request.headers().get(RANGE);
    let range = range.and_then(|range| range.to_str().ok());
    let entry = {
        let mut log = lock(&shared.log);
        log.push(super::Request {
            method: request.method().to_string(),
            path: path.clone(),
            host: host.to_owned(),
            range: range.unwrap_or_default().to_owned(),
            status: 0,
            n_bytes: 0,
        });
        log.len() - 1
    };
    let mut response = answer_path(shared, request, &path).await;
    put_headers(shared, &path, response.headers_mut());
    if let Some(logged) = lock(&shared.log).get_mut(entry) {
        // The log may have been cleared meanwhile.
        if logged.path == path && logged.status == 0 {
            logged.status = response.status().as_u16();
            logged.n_bytes = response.body().n_bytes();
        }
    }
    response
}

/// The headers that were put for a path, in place of the server's own.
fn put_headers(shared: &Shared, path: &str, of_answer: &mut HeaderMap) {
    for (of, headers) in lock(&shared.headers).iter() {
        for (name, value) in headers.iter().filter(|_| fits(of, path)) {
            match value.is_empty() {
                true => of_answer.remove(name),
                false => of_answer.insert(name, value.clone()),
            };
        }
    }
}

async fn answer_path(
    shared: &Arc<Shared>,
    request: &Request<Incoming>,
    path: &str,
) -> Response<Bytewise> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = text(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and HEAD are answered here.\n",
        );
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let fault = fault_of(shared, path).await;
    match &fault {
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return text(status, "This path fails on purpose.\n");
        }
        Some(Fault::Redirected(to)) if *to != path => {
            let mut response = text(StatusCode::FOUND, "Log in first.\n");
            if let Ok(to) = HeaderValue::from_str(&format!("/{to}")) {
                response.headers_mut().insert(LOCATION, to);
            }
            return response;
        }
        Some(fault @ (Fault::Html | Fault::KeptHtml)) => {
            let page = "<!doctype html><title>Front page</title><p>A page instead of a file.\n";
            let served = Served {
                bytes: Bytes::from_static(page.as_bytes()),
                tag: "\"html\"".to_owned(),
            };
            let mut response = file(served, "text/html; charset=utf-8");
            if *fault == Fault::KeptHtml {
                let for_a_year = HeaderValue::from_static("public, max-age=31536000, immutable");
                response.headers_mut().insert(CACHE_CONTROL, for_a_year);
            }
            return response;
        }
        _ => {}
    }
    let source = lock(&shared.site).find(path);
    let served = match source.map(|source| source.read()) {
        Some(Ok(served)) => served,
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
            return text(
                StatusCode::INTERNAL_SERVER_ERROR,
                &format!("{path} cannot be read: {error}\n"),
            );
        }
        _ => {
            return text(
                StatusCode::NOT_FOUND,
                &format!("There is no file {path} here.\n"),
            );
        }
    };
    let content_type = match fault {
        Some(Fault::Typed(name)) => name,
        _ => content_type(path),
    };
    match fault {
        Some(Fault::Truncated(n)) => {
            let bytes = served.bytes.slice(..n.min(served.bytes.len()));
            file(
                Served {
                    bytes,
                    tag: "\"truncated\"".to_owned(),
                },
                content_type,
            )
        }
        Some(Fault::Lengthened(n)) => {
            let mut bytes = served.bytes.to_vec();
            bytes.resize(bytes.len() + n, b' ');
            let tag = "\"lengthened\"".to_owned();
            file(
                Served {
                    bytes: bytes.into(),
                    tag,
                },
                content_type,
            )
        }
        Some(Fault::Altered(at)) => {
            let mut bytes = served.bytes.to_vec();
            let at = at.min(bytes.len().saturating_sub(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1;
            }
            let tag = "\"altered\"".to_owned();
            file(
                Served {
                    bytes: bytes.into(),
                    tag,
                },
                content_type,
            )
        }
        Some(Fault::Broken(n)) => {
            let body = Bytewise::broken(&served.bytes, n);
            let mut response = file(served, content_type);
            *response.body_mut() = body;
            response
        }
        Some(Fault::Trickled(n)) => {
            let let_go = changed(Arc::clone(shared), path.to_owned(), Fault::Trickled(n));
            let body = Bytewise::trickling(served.bytes.clone(), n, let_go);
            let mut response = file(served, content_type);
            *response.body_mut() = body;
            response
        }
        _ if request
            .headers()
            .get(IF_NONE_MATCH)
            .is_some_and(|tag| tag.as_bytes() == served.tag.as_bytes()) =>
        {
            let mut response = file(
                Served {
                    bytes: Bytes::new(),
                    tag: served.tag,
                },
                content_type,
            );
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        }
        fault => {
            let range = request.headers().get(RANGE);
            let range = range.and_then(|range| range_of(range.to_str().ok()?, served.bytes.len()));
            let Some((start, end)) = range else {
                return file(served, content_type);
            };
            let shift = match fault {
                Some(Fault::Shifted(n)) => n,
                _ => 0,
            };
            let n_all = served.bytes.len();
            let bytes = served
                .bytes
                .slice((start + shift).min(n_all)..(end + shift).min(n_all));
            let tag = served.tag;
            let mut response = file(Served { bytes, tag }, content_type);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let said = format!("bytes {start}-{}/{n_all}", end - 1);
            if let Ok(said) = HeaderValue::from_str(&said) {
                response.headers_mut().insert(CONTENT_RANGE, said);
            }
            response
        }
    }
}

/// The one range of a header, `bytes=3-7`, as start and end; none where it lies outside, or is of another kind: then the whole
/// file may be sent (RFC 9110 §14.2).
fn range_of(header: &str, n_all: usize) -> Option<(usize, usize)> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let start: usize = first.parse().ok()?;
    let end = match last {
        "" => n_all,
        last => last.parse::<usize>().ok()?.checked_add(1)?.min(n_all),
    };
    (start < end).then_some((start, end))
}

/// The fault of a path, once it is not held back any more.
async fn fault_of(shared: &Arc<Shared>, path: &str) -> Option<Fault> {
    let fault = lock(&shared.faults).arrive(path);
    match fault {
        Some(Fault::Held) => {
            changed(Arc::clone(shared), path.to_owned(), Fault::Held).await;
            lock(&shared.faults).now(path)
        }
        Some(Fault::Stopped) => {
            shared.stop();
            std::future::pending().await
        }
        fault => fault,
    }
}

/// Waits until this is not the fault of a path any more.
async fn changed(shared: Arc<Shared>, path: String, from: Fault) {
    let mut changes = shared.faults_changed.subscribe();
    while lock(&shared.faults).now(&path).as_ref() == Some(&from) {
        if changes.changed().await.is_err() {
            return;
        }
    }
}

fn file(served: Served, content_type: &'static str) -> Response<Bytewise> {
    let mut response = Response::new(Bytewise::whole(served.bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Kept, but asked about at each use: an edit shows on reload.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&served.tag) {
        headers.insert(ETAG, tag);
    }
    response
}

fn text(status: StatusCode, text: &str) -> Response<Bytewise> {
    let mut response = Response::new(Bytewise::whole(Bytes::copy_from_slice(text.as_bytes())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The type that a browser insists on: modules only run as JavaScript, WebAssembly only streams as itself.
fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        _ if path.is_empty() || path.ends_with('/') => "text/html; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "md" | "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A path with its `%20` and the like decoded; what is not UTF-8 then names no file of ours.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |ix: usize| tail.get(ix).and_then(|byte| char::from(*byte).to_digit(16));
        rest = tail;
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded() {
        assert_eq!(decoded("a%20b/%C3%A9.json"), "a b/é.json");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%4"), "%4");
        assert_eq!(decoded("%zz"), "%zz");
        assert_eq!(decoded("%2e%2e/secret"), "../secret");
    }

    #[test]
    fn ranges() {
        assert_eq!(range_of("bytes=3-7", 10), Some((3, 8)));
        assert_eq!(range_of("bytes=3-", 10), Some((3, 10)));
        assert_eq!(range_of("bytes=3-99", 10), Some((3, 10)));
        assert_eq!(range_of("bytes=10-12", 10), None);
        assert_eq!(range_of("bytes=-3", 10), None);
        assert_eq!(range_of("bytes=1-2,4-5", 10), None);
        assert_eq!(range_of("lines=1-2", 10), None);
    }

    #[test]
    fn types_are_what_browsers_insist_on() {
        assert_eq!(content_type(""), "text/html; charset=utf-8");
        assert_eq!(content_type("offprint_bg.wasm"), "application/wasm");
        assert_eq!(content_type("element.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("no-extension"), "application/octet-stream");
    }
}
