//! What is written for servers, tried with the servers themselves where they are on this machine.

use crate::command::Folder;
use crate::process::{Process, free_port};
use crate::requests::{CSP, check, site};
use offprint_cli::build::hosting::{Policy, caddyfile, htaccess, nginx, s3_sync};
use std::fs;
use std::process::Command;

#[test]
fn nginx_serves_a_site() {
    nginx_serves("nginx", "/");
    nginx_serves("nginx-below", "/the.letters/");
}

fn nginx_serves(name: &str, path: &str) {
    let folder = Folder::new(name);
    site(&folder.0, path);
    let host = folder.0.join("host");
    let port = free_port();
    let policy = Policy {
        path: path.to_string(),
        origin: Some(format!("http://localhost:{port}")),
        ..Policy::new(CSP)
    };
    let server = nginx(&policy)
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("listen [::]:80;", "")
        .replace("/var/www/site", &host.display().to_string());
    let at = folder.0.display();
    let conf = format!(
        "daemon off; pid {at}/pid; error_log {at}/error.log; user root;\n\
         events {{}}\nhttp {{ access_log off; gzip on; default_type text/plain; {server} }}"
    );
    folder.write("nginx.conf", conf);
    let conf = folder.0.join("nginx.conf").display().to_string();
    let log = folder.0.join("error.log").display().to_string();
    let Some(_process) = Process::start("nginx", &["-e", &log, "-c", &conf], port) else {
        return;
    };
    check(port, path);
}

#[test]
fn caddy_serves_a_site() {
    caddy_serves("caddy", "/");
    caddy_serves("caddy-below", "/the.letters/");
}

fn caddy_serves(name: &str, path: &str) {
    let folder = Folder::new(name);
    site(&folder.0, path);
    let host = folder.0.join("host");
    let port = free_port();
    let policy = Policy {
        path: path.to_string(),
        origin: Some(format!("http://localhost:{port}")),
        ..Policy::new(CSP)
    };
    let server = caddyfile(&policy)
        .replace(":80 {", &format!("http://localhost:{port} {{"))
        .replace("/var/www/site", &host.display().to_string());
    folder.write("Caddyfile", format!("{{\n\tadmin off\n}}\n{server}"));
    let file = folder.0.join("Caddyfile").display().to_string();
    let arguments = ["run", "--adapter", "caddyfile", "--config", &file];
    let Some(_process) = Process::start("caddy", &arguments, port) else {
        return;
    };
    check(port, path);
}

#[test]
fn apache_serves_a_site() {
    apache_serves("apache", "/");
    apache_serves("apache-below", "/the.letters/");
}

fn apache_serves(name: &str, path: &str) {
    let folder = Folder::new(name);
    let site = site(&folder.0, path);
    let host = folder.0.join("host");
    let port = free_port();
    let policy = Policy {
        path: path.to_string(),
        origin: Some(format!("http://localhost:{port}")),
        ..Policy::new(CSP)
    };
    fs::write(site.join(".htaccess"), htaccess(&policy)).expect("a file");
    let modules = "/usr/lib/apache2/modules";
    let names = [
        "mpm_event",
        "authz_core",
        "dir",
        "mime",
        "headers",
        "rewrite",
    ];
    let load: String = names
        .iter()
        .map(|name| format!("LoadModule {name}_module {modules}/mod_{name}.so\n"))
        .collect();
    let (at, root) = (folder.0.display(), host.display());
    let conf = format!(
        "ServerRoot {at}\nPidFile {at}/pid\nErrorLog {at}/error.log\nServerName localhost\nListen 127.0.0.1:{port}\n\
         {load}TypesConfig /etc/mime.types\nDocumentRoot {root}\n\
         <Directory {root}>\nAllowOverride All\nOptions FollowSymLinks\nRequire all granted\n</Directory>\n"
    );
    folder.write("apache.conf", conf);
    let conf = folder.0.join("apache.conf").display().to_string();
    let arguments = ["-D", "FOREGROUND", "-f", &conf];
    let Some(_process) = Process::start("apache2", &arguments, port) else {
        return;
    };
    check(port, path);
}

/// `aws` in place of the real one, which writes down what it was called with.
#[test]
fn a_bucket_gets_what_never_changes_first_and_loses_files_last() {
    let folder = Folder::new("s3");
    folder.write("s3-sync.sh", s3_sync(&Policy::new(CSP)));
    folder.write("aws", "#!/bin/sh\nprintf '%s|' \"$@\" >>log; echo >>log\n");
    let run = Command::new("sh")
        .args([
            "-c",
            "chmod +x aws; PATH=.:$PATH sh s3-sync.sh 'a site' s3://bucket",
        ])
        .current_dir(&folder.0)
        .status();
    assert!(run.expect("a shell").success());
    let log = fs::read_to_string(folder.0.join("log")).expect("a log");
    let calls: Vec<&str> = log.lines().collect();
    assert!(
        calls
            .iter()
            .all(|call| call.starts_with("s3|sync|a site|s3://bucket|"))
    );
    let first = |part: &str| calls.iter().position(|call| call.contains(part));
    let last = |part: &str| calls.iter().rposition(|call| call.contains(part));
    assert!(last("immutable") < first("max-age=86400"));
    assert!(last("max-age=86400") < first("|no-cache|"));
    assert_eq!(first("--delete"), Some(calls.len() - 1));
    let hash = "[a-z2-7]".repeat(16);
    let of = |part: &str, kind: &str| {
        let call = calls
            .iter()
            .find(|call| call.contains(part) && call.contains(kind));
        *call.expect("a call")
    };
    let wasm = of("*.wasm|", "no-cache");
    for hashed in [
        format!("assets/{hash}/*"),
        format!("assets/*-{hash}.*"),
        format!("data/{hash}.bin"),
        format!("data/{hash}.pack"),
    ] {
        assert!(wasm.contains(&format!("|--exclude|{hashed}|")), "{wasm}");
    }
    assert!(wasm.contains("|--content-type|application/wasm|--cache-control|no-cache|"));
    let wasm = of(&format!("--include|assets/*-{hash}.wasm|"), "immutable");
    assert!(wasm.contains("|--exclude|*.br|--exclude|*.gz|"), "{wasm}");
    let script = of(&format!("--include|assets/{hash}/*.js|"), "immutable");
    assert!(
        script.contains("|text/javascript; charset=utf-8|"),
        "{script}"
    );
    let data = of(&format!("--include|data/{hash}.bin|"), "immutable");
    assert!(data.contains("|application/octet-stream|"), "{data}");
    let json = of("--include|*.json|", "no-cache");
    assert!(
        json.contains("|--exclude|feed.json|--exclude|*/feed.json|"),
        "{json}"
    );
}
