//! One table of requests, put to every server that is told about a site: [`check`]. They are to answer alike.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The policy that the site is made with, which its page for frames has.
pub const CSP: &str = "default-src 'none'; script-src 'self' 'sha256-q+/='; connect-src 'self'; require-trusted-types-for 'script'";

/// The policy of all other files.
pub const CSP_OF_PAGES: &str = "default-src 'none'; script-src 'self' 'sha256-q+/='; connect-src 'self'; require-trusted-types-for 'script'; frame-ancestors 'self'";

const SCRIPT: &str = "assets/offprint-abcdefgh234567ab.js";

/// A host, the folder `host` in this one, with a site at a path of it: one file of each kind. Gives the site's folder.
pub fn site(folder: &Path, path: &str) -> PathBuf {
    let site = folder.join("host").join(path.trim_matches('/'));
    let files: [(&str, &str); 28] = [
        ("index.html", "front page, plain"),
        ("index.html.br", "front page, br"),
        ("index.html.gz", "front page, gzip"),
        ("sw.js", "worker, plain"),
        ("saved/index.html", "saved"),
        ("data/abcdefgh234567ab.json", "a list"),
        ("404.html", "nothing here, plain"),
        ("404.html.br", "nothing here, br"),
        ("article/tides/index.html", "tides"),
        ("article/a b/index.html", "spaces"),
        (SCRIPT, "script, plain"),
        ("assets/offprint-abcdefgh234567ab.js.br", "script, br"),
        ("assets/offprint_bg-abcdefgh234567ab.wasm", "wasm"),
        ("assets/abcdefgh234567ab/site.js", "reader"),
        ("data/abcdefgh234567ab.bin", "data, plain"),
        ("data/abcdefgh234567ab.bin.br", "data, br"),
        ("data/edition.json", "edition, plain"),
        ("data/edition.json.gz", "edition, gzip"),
        ("embed.html", "frame, plain"),
        ("embed.html.br", "frame, br"),
        ("atom.xml", "atom"),
        ("feed.json", "feed"),
        ("sitemap.xml", "sitemap"),
        ("manifest.webmanifest", "manifest"),
        ("images/tide.png", "0123456789"),
        (".secret", "hidden"),
        (".git/config", "hidden"),
        (".well-known/security.txt", "well known"),
    ];
    for (name, text) in files {
        let file = site.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    fs::create_dir_all(site.join("empty")).expect("a folder");
    fs::write(folder.join("secret.txt"), "beside the site").expect("a file");
    site
}

/// Puts all requests to the server at a port, for the site at a path.
pub fn check(port: u16, path: &str) {
    let ask = |request: &str| ask(port, &request.replacen(" /", &format!(" {path}"), 1));
    let check = |request: &str, statuses: &[u16], headers: &[(&str, &str)], body: &str| {
        let answer = ask(request);
        let context = format!("{request}\n{answer:#?}");
        assert!(statuses.contains(&answer.status), "{context}");
        for (name, expect) in headers {
            assert_eq!(
                answer.header(name).unwrap_or_default(),
                *expect,
                "{name} of {context}"
            );
        }
        assert_eq!(answer.body, body, "{context}");
    };
    const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");
    const PLAIN: (&str, &str) = ("content-encoding", "");
    const ASK: (&str, &str) = ("cache-control", "no-cache");
    const FOREVER: (&str, &str) = ("cache-control", "public, max-age=31536000, immutable");
    const ALL: (&str, &str) = ("access-control-allow-origin", "*");
    const OWN: (&str, &str) = ("access-control-allow-origin", "");
    let secured = [
        HTML,
        PLAIN,
        ASK,
        OWN,
        ("content-security-policy", CSP_OF_PAGES),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    check("GET /", &[200], &secured, "front page, plain");
    check(
        "GET /index.html?a=b",
        &[200],
        &[HTML, PLAIN, ASK],
        "front page, plain",
    );
    check("GET /nowhere", &[404], &secured, "nothing here, plain");
    check(
        "GET /article/none/",
        &[404],
        &[HTML, ASK],
        "nothing here, plain",
    );
    check("GET /empty/", &[404], &[], "nothing here, plain");
    let csp = CSP.replace("'self'", &format!("'self' http://localhost:{port}"));
    let framed = [HTML, ASK, ("content-security-policy", &*csp)];
    check("GET /embed.html", &[200], &framed, "frame, plain");
    check(
        "GET /embed.html?list=5\r\nAccept-Encoding: br",
        &[200],
        &framed,
        "frame, br",
    );
    let of_worker = CSP_OF_PAGES.replace("connect-src 'self'", "connect-src 'self' https: http:");
    let worker = [ASK, ("content-security-policy", &*of_worker)];
    check("GET /sw.js", &[200], &worker, "worker, plain");
    check("GET /saved/", &[200], &secured, "saved");
    check(
        "GET /data/abcdefgh234567ab.json",
        &[200],
        &[FOREVER, ALL],
        "a list",
    );
    check(
        "GET /article/embed.html",
        &[404],
        &[("content-security-policy", CSP_OF_PAGES)],
        "nothing here, plain",
    );
    let br = [
        HTML,
        ("content-encoding", "br"),
        ("vary", "Accept-Encoding"),
        ASK,
    ];
    let gzip = [
        HTML,
        ("content-encoding", "gzip"),
        ("vary", "Accept-Encoding"),
        ASK,
    ];
    check(
        "GET /\r\nAccept-Encoding: gzip, deflate, br, zstd",
        &[200],
        &br,
        "front page, br",
    );
    check(
        "GET /\r\nAccept-Encoding: br;q=0.5",
        &[200],
        &br,
        "front page, br",
    );
    check(
        "GET /\r\nAccept-Encoding: gzip;q=1.0, br;q=0",
        &[200],
        &gzip,
        "front page, gzip",
    );
    check(
        "GET /\r\nAccept-Encoding: gzip, brx",
        &[200],
        &gzip,
        "front page, gzip",
    );
    check(
        "GET /\r\nAccept-Encoding: identity",
        &[200],
        &[PLAIN],
        "front page, plain",
    );
    check(
        "GET /article/tides/\r\nAccept-Encoding: br",
        &[200],
        &[HTML, PLAIN],
        "tides",
    );
    check("GET /article/a%20b/", &[200], &[HTML], "spaces");
    let script = ("content-type", "text/javascript; charset=utf-8");
    let path = format!("GET /{SCRIPT}\r\nAccept-Encoding: br, gzip");
    check(
        &path,
        &[200],
        &[script, ("content-encoding", "br"), FOREVER, ALL],
        "script, br",
    );
    let path = format!("GET /{SCRIPT}\r\nAccept-Encoding: gzip");
    check(
        &path,
        &[200],
        &[script, PLAIN, FOREVER, ALL],
        "script, plain",
    );
    let wasm = ("content-type", "application/wasm");
    check(
        "GET /assets/offprint_bg-abcdefgh234567ab.wasm",
        &[200],
        &[wasm, FOREVER, ALL],
        "wasm",
    );
    check(
        "GET /assets/abcdefgh234567ab/site.js",
        &[200],
        &[script, FOREVER, ALL],
        "reader",
    );
    let data = ("content-type", "application/octet-stream");
    check(
        "GET /data/abcdefgh234567ab.bin",
        &[200],
        &[data, PLAIN, FOREVER, ALL],
        "data, plain",
    );
    check(
        "GET /data/abcdefgh234567ab.bin\r\nAccept-Encoding: br",
        &[200],
        &[data, ("content-encoding", "br"), FOREVER, ALL],
        "data, br",
    );
    let missing = "GET /assets/missing-abcdefgh234567ab.js";
    check(missing, &[404], &[HTML, ASK], "nothing here, plain");
    let json = ("content-type", "application/json; charset=utf-8");
    let packed = [json, ("content-encoding", "gzip"), ASK, ALL];
    check(
        "GET /data/edition.json\r\nAccept-Encoding: gzip",
        &[200],
        &packed,
        "edition, gzip",
    );
    check(
        "GET /data/edition.json",
        &[200],
        &[json, PLAIN, ASK, ALL],
        "edition, plain",
    );
    for (path, content_type) in [
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        (
            "manifest.webmanifest",
            "application/manifest+json; charset=utf-8",
        ),
    ] {
        let body = path.split('.').next().expect("a name");
        check(
            &format!("GET /{path}"),
            &[200],
            &[("content-type", content_type), ASK],
            body,
        );
    }
    let picture = [
        ("content-type", "image/png"),
        ("cache-control", "public, max-age=86400"),
    ];
    check("GET /images/tide.png", &[200], &picture, "0123456789");
    let range = [
        ("content-range", "bytes 2-4/10"),
        ("content-type", "image/png"),
    ];
    check(
        "GET /images/tide.png\r\nRange: bytes=2-4",
        &[206],
        &range,
        "234",
    );
    let beyond = ask("GET /images/tide.png\r\nRange: bytes=10-");
    assert_eq!(beyond.status, 416);
    // Apache does not say how much there is.
    assert!(
        beyond
            .header("content-range")
            .is_none_or(|range| range == "bytes */10")
    );
    for hidden in [
        "/.secret",
        "/.git/config",
        "/article/../.secret",
        "/.git/",
        "/%2egit/config",
    ] {
        check(&format!("GET {hidden}"), &[404], &[], "nothing here, plain");
    }
    check("GET /.well-known/security.txt", &[200], &[], "well known");
    for outside in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/article/..%2f..%2fsecret.txt",
        "//secret.txt",
        "/%00",
    ] {
        let answer = ask(&format!("GET {outside}"));
        assert!(
            answer.status >= 400 && answer.body != "beside the site",
            "{outside}: {answer:?}"
        );
    }
    let moved = ask("GET /article/tides");
    assert!([301, 308].contains(&moved.status), "{moved:?}");
    assert!(
        moved
            .header("location")
            .is_some_and(|to| to.ends_with("/article/tides/")),
        "{moved:?}"
    );
    let head = ask("HEAD /\r\nAccept-Encoding: br");
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("content-encoding"), Some("br"));
    assert_eq!(ask("POST /\r\nContent-Length: 0").status, 405);
    let first = ask("GET /");
    let tag = first.header("etag").expect("an ETag").to_string();
    let again = ask(&format!("GET /\r\nIf-None-Match: {tag}"));
    assert_eq!((again.status, &*again.body), (304, ""));
    assert_eq!(again.header("cache-control"), Some("no-cache"));
    let packed = ask("GET /\r\nAccept-Encoding: br");
    assert_ne!(
        packed.header("etag"),
        Some(&*tag),
        "another encoding is another representation"
    );
}

/// What a server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The value of a header, which may stand once.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next()?;
        assert!(values.next().is_none(), "{name} twice: {self:#?}");
        Some(&value.1)
    }
}

/// Asks for something: `GET /path`, and further headers in lines of their own.
pub fn ask(port: u16, request: &str) -> Answer {
    let (line, headers) = request.split_once("\r\n").unwrap_or((request, ""));
    let headers = if headers.is_empty() {
        String::new()
    } else {
        format!("{headers}\r\n")
    };
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    let text =
        format!("{line} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(text.as_bytes()).expect("a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .expect("a status");
    let header = |line: &str| {
        let (name, value) = line.split_once(':').expect("a header");
        (name.to_ascii_lowercase(), value.trim().to_string())
    };
    Answer {
        status: status.parse().expect("a number"),
        headers: lines.map(header).collect(),
        body: body.to_string(),
    }
}
