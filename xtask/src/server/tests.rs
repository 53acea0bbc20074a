//! The server, asked over real connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use super::*;

fn site() -> Server {
    let mut site = Site::of_folder(&crate::workspace::root().join("xtask"));
    site.put("index.html", Source::bytes("<p>front"));
    site.put("data.json", Source::bytes("0123456789"));
    Server::start(site, 0).unwrap()
}

fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(
        stream,
        "{request}\r\nHost: here\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[track_caller]
fn check(request: &str, status: u16, expect: &[&str]) {
    let answer = ask(&site(), request);
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{request}: {answer}"
    );
    for part in expect {
        assert!(answer.contains(part), "{request}: no `{part}` in {answer}");
    }
}

#[test]
fn files_come_with_their_types() {
    check(
        "GET / HTTP/1.1",
        200,
        &["content-type: text/html; charset=utf-8", "<p>front"],
    );
    check(
        "GET /data.json?x=1 HTTP/1.1",
        200,
        &["content-length: 10", "no-cache", "etag: ", "0123456789"],
    );
    check("GET /Cargo.toml HTTP/1.1", 200, &["name = \"xtask\""]);
    check(
        "GET /src/lib.rs HTTP/1.1",
        200,
        &["application/octet-stream"],
    );
}

#[test]
fn what_is_not_there_is_not_found() {
    check(
        "GET /none.json HTTP/1.1",
        404,
        &["There is no file none.json here."],
    );
    check("GET /src HTTP/1.1", 404, &[]);
    check("GET /src/ HTTP/1.1", 404, &[]);
    check("GET /../Cargo.toml HTTP/1.1", 404, &[]);
    check("GET /%2e%2e/Cargo.toml HTTP/1.1", 404, &[]);
    check("GET //etc/passwd HTTP/1.1", 404, &[]);
    check("POST /data.json HTTP/1.1", 405, &["allow: GET, HEAD"]);
}

#[test]
fn a_head_request_has_no_body() {
    let answer = ask(&site(), "HEAD /data.json HTTP/1.1");
    assert!(answer.contains("content-length: 10"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let server = site();
    let first = ask(&server, "GET /data.json HTTP/1.1");
    let tag = first
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap()
        .to_owned();
    let again = format!("GET /data.json HTTP/1.1\r\nIf-None-Match: {tag}");
    assert!(ask(&server, &again).starts_with("HTTP/1.1 304 "));
    server.put("data.json", Source::bytes("changed"));
    assert!(ask(&server, &again).starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_gzipped_file_is_unpacked_whatever_its_name() {
    let path = std::env::temp_dir().join(format!("offprint-server-{}.json", std::process::id()));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"{\"packed\": true}").unwrap();
    std::fs::write(&path, encoder.finish().unwrap()).unwrap();
    let server = site();
    server.put("articles.json", Source::File(path.clone()));
    assert!(ask(&server, "GET /articles.json HTTP/1.1").ends_with("{\"packed\": true}"));
    std::fs::write(&path, "{\"edited\": 1}").unwrap();
    assert!(ask(&server, "GET /articles.json HTTP/1.1").ends_with("{\"edited\": 1}"));
    std::fs::remove_file(&path).unwrap();
    assert!(ask(&server, "GET /articles.json HTTP/1.1").starts_with("HTTP/1.1 404 "));
}

#[test]
fn faults_are_as_asked() {
    let server = site();
    let get = || ask(&server, "GET /data.json HTTP/1.1");
    server.set_fault("data.json", Fault::Status(500));
    assert!(get().starts_with("HTTP/1.1 500 "));
    server.set_fault("data.json", Fault::Html);
    assert!(get().contains("<!doctype html>"));
    server.set_fault("data.json", Fault::Truncated(4));
    assert!(get().ends_with("\r\n\r\n0123"));
    server.set_fault("data.json", Fault::Broken(4));
    let broken = get();
    assert!(
        broken.contains("content-length: 10") && broken.ends_with("\r\n\r\n0123"),
        "{broken}"
    );
    server.clear_faults();
    assert!(get().ends_with("0123456789"));
}

#[test]
fn an_answer_is_held_until_it_is_let_go() {
    let server = site();
    server.set_fault("data.json", Fault::Held);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let answer = ask(&server, "GET /data.json HTTP/1.1");
            sender.send(answer).unwrap();
        });
        // The request is in the log, the answer is not out.
        while server.requests().is_empty() {
            std::thread::yield_now();
        }
        assert!(receiver.try_recv().is_err());
        assert_eq!(server.requests()[0].status, 0);
        server.clear_faults();
        assert!(receiver.recv().unwrap().ends_with("0123456789"));
    });
}

#[test]
fn requests_are_logged() {
    let server = site();
    ask(&server, "GET /data.json HTTP/1.1");
    ask(&server, "HEAD /a%20b HTTP/1.1");
    let log = server.requests();
    let seen: Vec<_> = log
        .iter()
        .map(|r| {
            (
                r.method.as_str(),
                r.path.as_str(),
                r.host.as_str(),
                r.status,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("GET", "data.json", "here", 200),
            ("HEAD", "a b", "here", 404)
        ]
    );
    server.clear_requests();
    assert!(server.requests().is_empty());
}
