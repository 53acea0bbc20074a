//! `offprint serve`, asked over real connections.

use crate::command::{Folder, offprint};
use crate::requests::{CSP_OF_PAGES, ask, check, site};
use offprint_cli::serve::Server;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

#[test]
fn it_serves_as_the_other_servers_do() {
    let folder = Folder::new("serve");
    let site = site(&folder.0, "/");
    fs::write(site.join("csp.txt"), format!("{CSP_OF_PAGES}\n")).expect("a file");
    let server = Server::start(&site, 0, false).expect("a server");
    check(server.port(), "/");
    let allowed = ask(server.port(), "DELETE /");
    assert_eq!(allowed.header("allow"), Some("GET, HEAD"));
    let moved = ask(server.port(), "GET /article/a%20b?q=1%0d%0aX:");
    assert_eq!(
        moved.header("location"),
        Some("/article/a%20b/?q=1%0d%0aX:")
    );
    let tag = ask(server.port(), "GET /images/tide.png");
    let tag = tag.header("etag").expect("an ETag");
    let part = |condition: &str| {
        let request = format!("GET /images/tide.png\r\nRange: bytes=-2\r\nIf-Range: {condition}");
        let answer = ask(server.port(), &request);
        (answer.status, answer.body)
    };
    assert_eq!(part(tag), (206, "89".to_string()));
    assert_eq!(part("\"other\""), (200, "0123456789".to_string()));
    // Nothing is added where nobody watches.
    assert_eq!(ask(server.port(), "GET /.offprint/reload.js").status, 404);
    // A site that is built again has other files, and another policy.
    fs::remove_dir_all(&site).expect("no site");
    assert_eq!(ask(server.port(), "GET /").status, 404);
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join("index.html"), "again").expect("a file");
    let again = ask(server.port(), "GET /");
    assert_eq!(
        (&*again.body, again.header("content-security-policy")),
        ("again", None)
    );
}

/// The page for what is not there begins its addresses at the root of the host that the site is built for.
#[test]
fn a_site_built_for_a_folder_of_its_host_is_whole_here() {
    let folder = Folder::new("serve-home");
    let site = site(&folder.0, "/");
    fs::write(site.join("manifest.webmanifest"), r#"{"id": "/demo/x/"}"#).expect("a file");
    fs::write(site.join("a.css"), "a").expect("a file");
    let server = Server::start(&site, 0, false).expect("a server");
    for (path, expect) in [
        ("/a.css", 200),
        ("/demo/x/a.css", 200),
        ("/demo/x/", 200),
        ("/demo/x/../../../../etc/passwd", 404),
        ("/demo/a.css", 404),
        ("/demo/x/nowhere", 404),
    ] {
        let status = ask(server.port(), &format!("GET {path}")).status;
        assert_eq!(status, expect, "{path}");
    }
}

#[test]
fn open_pages_are_told_when_the_site_was_built_again() {
    let folder = Folder::new("serve-watch");
    let site = site(&folder.0, "/");
    fs::write(site.join("index.html"), "<body><p>x</BODY></html>").expect("a file");
    let server = Server::start(&site, 0, true).expect("a server");
    let page = ask(server.port(), "GET /\r\nAccept-Encoding: br");
    let expect = "<body><p>x<script src=\"/.offprint/reload.js\" defer></script></BODY></html>";
    assert_eq!((page.status, &*page.body), (200, expect));
    assert_eq!(page.header("content-encoding"), None);
    let script = ask(server.port(), "GET /.offprint/reload.js");
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert!(script.body.contains("/.offprint/changes"));
    let mut stream =
        TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    write!(
        stream,
        "GET /.offprint/changes HTTP/1.1\r\nHost: here\r\n\r\n"
    )
    .expect("a request");
    let mut lines = BufReader::new(stream).lines();
    let mut wait_for = |expect: &str| {
        let found = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains(expect)));
        assert!(found.is_some(), "{expect}");
    };
    wait_for("text/event-stream");
    wait_for(": watching");
    server.changed();
    wait_for("event: change");
    server.changed();
    wait_for("event: change");
}

#[test]
fn what_cannot_be_served_is_said() {
    let folder = Folder::new("serve-none");
    let output = offprint(&folder.0, &["serve", "none"], b"");
    assert_eq!((output.code, &*output.stdout), (2, ""));
    assert_eq!(
        output.stderr,
        "error: none: there is no such folder; offprint build writes one\n"
    );
    let taken = Server::start(&folder.0, 0, false).expect("a server");
    let port = taken.port().to_string();
    let output = offprint(&folder.0, &["serve", ".", "--port", &port], b"");
    assert_eq!(output.code, 2);
    assert!(
        output
            .stderr
            .starts_with(&format!("error: port {port} cannot be had: "))
    );
}
