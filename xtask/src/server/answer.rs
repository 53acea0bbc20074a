//! From a request to its answer: path, fault, file, headers.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderValue, IF_NONE_MATCH};
use hyper::{Method, Request, Response, StatusCode};

use super::site::Served;
use super::{Fault, Shared, lock};

/// The bytes of an answer, and how it ends after them.
pub struct Bytewise {
    bytes: Option<Bytes>,
    announced: u64,
    ending: Ending,
}

#[derive(Clone, Copy)]
enum Ending {
    /// All bytes were sent.
    Whole,
    /// The connection breaks once what was sent is out: an error at once would take those bytes with it.
    FlushThenBreak,
    Break,
}

impl Bytewise {
    fn whole(bytes: Bytes) -> Bytewise {
        Bytewise {
            announced: bytes.len() as u64,
            bytes: Some(bytes),
            ending: Ending::Whole,
        }
    }
}

impl Body for Bytewise {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.bytes.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.ending {
            Ending::Whole => Poll::Ready(None),
            Ending::FlushThenBreak => {
                self.ending = Ending::Break;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Ending::Break => Poll::Ready(Some(Err(io::Error::other("broken on purpose")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.ending, Ending::Whole) && self.bytes.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

/// Answers one request.
pub async fn answer(shared: &Shared, request: &Request<Incoming>) -> Response<Bytewise> {
    let path = decoded(request.uri().path().trim_start_matches('/'));
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let entry = {
        let mut log = lock(&shared.log);
        log.push(super::Request {
            method: request.method().to_string(),
            path: path.clone(),
            host: host.to_owned(),
            status: 0,
        });
        log.len() - 1
    };
    let response = answer_path(shared, request, &path).await;
    if let Some(logged) = lock(&shared.log).get_mut(entry) {
        // The log may have been cleared meanwhile.
        if logged.path == path && logged.status == 0 {
            logged.status = response.status().as_u16();
        }
    }
    response
}

async fn answer_path(
    shared: &Shared,
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
        Some(Fault::Html) => {
            let page = "<!doctype html><title>Front page</title><p>A page instead of a file.\n";
            let served = Served {
                bytes: Bytes::from_static(page.as_bytes()),
                tag: "\"html\"".to_owned(),
            };
            return file(served, "text/html; charset=utf-8");
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
    let content_type = content_type(path);
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
        Some(Fault::Broken(n)) => {
            let announced = served.bytes.len() as u64;
            let bytes = served.bytes.slice(..n.min(served.bytes.len()));
            let mut response = file(served, content_type);
            *response.body_mut() = Bytewise {
                bytes: Some(bytes),
                announced,
                ending: Ending::FlushThenBreak,
            };
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
        _ => file(served, content_type),
    }
}

/// The fault of a path, once it is not held back any more.
async fn fault_of(shared: &Shared, path: &str) -> Option<Fault> {
    let mut changes = shared.faults_changed.subscribe();
    loop {
        let fault = lock(&shared.faults)
            .iter()
            .find(|(faulty, _)| faulty == path)
            .map(|(_, fault)| fault.clone());
        if fault != Some(Fault::Held) {
            return fault;
        }
        if changes.changed().await.is_err() {
            return None;
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
    fn types_are_what_browsers_insist_on() {
        assert_eq!(content_type(""), "text/html; charset=utf-8");
        assert_eq!(content_type("offprint_bg.wasm"), "application/wasm");
        assert_eq!(content_type("element.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("no-extension"), "application/octet-stream");
    }
}
