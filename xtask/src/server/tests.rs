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
fn headers_are_those_that_were_put() {
    let server = site();
    let put = |path: &str, headers: &[(&str, &str)]| server.put_headers(path, headers).unwrap();
    put("*", &[("cross-origin-embedder-policy", "require-corp")]);
    put("data*", &[("Cache-Control", "max-age=60")]);
    put("index.html", &[("Content-Type", "")]);
    let data = ask(&server, "GET /data.json HTTP/1.1");
    assert!(data.contains("cache-control: max-age=60\r\n"), "{data}");
    assert!(!data.contains("no-cache"), "{data}");
    assert!(data.contains("require-corp"), "{data}");
    let named = ask(&server, "GET /index.html HTTP/1.1");
    assert!(!named.contains("content-type"), "{named}");
    // The address counts, not the file that it leads to.
    let front = ask(&server, "GET / HTTP/1.1");
    assert!(front.contains("content-type: text/html"), "{front}");
    put("data*", &[]);
    assert!(ask(&server, "GET /data.json HTTP/1.1").contains("no-cache"));
    for (name, value) in [("a b", "c"), ("a", "line\nbreak")] {
        assert!(server.put_headers("", &[(name, value)]).is_err());
    }
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
    assert_eq!(server.requests().last().unwrap().n_bytes, 4);
    server.set_fault("data.json", Fault::Altered(4));
    assert!(get().ends_with("\r\n\r\n0123556789"));
    server.set_fault("data.json", Fault::Altered(99));
    assert!(get().ends_with("\r\n\r\n0123456788"));
    server.set_fault("data.json", Fault::Lengthened(2));
    assert!(get().ends_with("\r\n\r\n0123456789  "));
    server.set_fault("data.json", Fault::Redirected("login.html"));
    assert!(get().contains("location: /login.html\r\n"));
    server.set_fault("data.json", Fault::Typed("text/plain"));
    let typed = get();
    assert!(
        typed.contains("content-type: text/plain\r\n") && typed.ends_with("0123456789"),
        "{typed}"
    );
    server.clear_faults();
    assert!(get().ends_with("0123456789"));
}

#[test]
fn faults_have_their_turns() {
    let server = site();
    let statuses = |n: usize| -> Vec<String> {
        let get = |_| ask(&server, "GET /data.json HTTP/1.1")[9..12].to_owned();
        (0..n).map(get).collect()
    };
    server.set_fault_of("data*", 2..=2, Fault::Status(500));
    assert_eq!(statuses(3), ["200", "500", "200"]);
    server.set_fault_of("data*", 2.., Fault::Status(500));
    assert_eq!(statuses(3), ["200", "500", "500"]);
    server.set_fault_of("data.json", ..2, Fault::Status(503));
    assert_eq!(statuses(2), ["503", "500"]);
}

#[test]
fn bytes_trickle_until_they_are_let_go() {
    let server = site();
    server.set_fault("data.json", Fault::Trickled(3));
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    write!(
        stream,
        "GET /data.json HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\r\n\r\n012") {
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    stream.set_nonblocking(true).unwrap();
    assert!(stream.read(&mut byte).is_err());
    stream.set_nonblocking(false).unwrap();
    server.clear_faults();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "3456789");
}

#[test]
fn a_server_that_is_stopped_is_not_there() {
    let server = site();
    let is_there = || TcpStream::connect(("127.0.0.1", server.port())).is_ok();
    let mut kept = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    write!(kept, "GET /data.json HTTP/1.1\r\nHost: here\r\n\r\n").unwrap();
    kept.read_exact(&mut [0; 20]).unwrap();
    server.stop();
    // What was open ends, and nothing opens.
    let _ = kept.read_to_end(&mut Vec::new());
    assert!(!is_there() && !server.is_running());
    server.start_again().unwrap();
    assert!(ask(&server, "GET /data.json HTTP/1.1").ends_with("0123456789"));
    server.set_fault_of("*", 2.., Fault::Stopped);
    assert!(ask(&server, "GET /data.json HTTP/1.1").ends_with("0123456789"));
    assert_eq!(ask(&server, "GET /data.json HTTP/1.1"), "");
    assert!(!server.is_running());
    server.clear_faults();
    server.start_again().unwrap();
    assert!(ask(&server, "GET /data.json HTTP/1.1").ends_with("0123456789"));
}

#[test]
fn folders_lie_below_paths() {
    let server = site();
    let get = || ask(&server, "GET /a/b/lib.rs HTTP/1.1")[9..12].to_owned();
    let folder = crate::workspace::root().join("xtask/src");
    server.put_folder("a/b/", Some(&folder));
    assert_eq!(get(), "200");
    server.put_folder("a/b/", Some(&folder.join("server")));
    assert_eq!(get(), "404");
    server.put_folder("a/b/", None);
    assert_eq!(get(), "404");
}

#[test]
fn ranges_come_as_asked_or_shifted() {
    let server = site();
    let get = || ask(&server, "GET /data.json HTTP/1.1\r\nRange: bytes=2-5");
    let whole = get();
    assert!(whole.starts_with("HTTP/1.1 206 "), "{whole}");
    assert!(whole.contains("content-range: bytes 2-5/10"), "{whole}");
    assert!(whole.ends_with("\r\n\r\n2345"), "{whole}");
    server.set_fault("data.json", Fault::Shifted(3));
    let shifted = get();
    assert!(shifted.contains("content-range: bytes 2-5/10"), "{shifted}");
    assert!(shifted.ends_with("\r\n\r\n5678"), "{shifted}");
    let log = server.requests();
    assert_eq!((log[1].status, log[1].n_bytes), (206, 4));
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
