//! For nginx as distributions ship it, without further modules: [`nginx`].
//!
//! Compressed copies are found by `try_files`: Brotli needs no module where nothing is compressed on the fly. What is sent
//! then has an ending of its own (`.br`), so that type and encoding are headers made by maps.

use super::Policy;
use super::rules::{
    FETCHED, IMAGE, IMMUTABLE, REVALIDATE, SECURITY, TYPES, hashed_pattern, pattern,
};
use std::fmt::Write;

/// A file for `http { include …; }`, such as a file in `/etc/nginx/conf.d/`.
pub fn nginx(policy: &Policy) -> String {
    let folders = FETCHED.join("|");
    let hashed = hashed_pattern();
    let path = &policy.path;
    let pattern_of_path = policy.path_pattern();
    let mut types = String::new();
    let mut images = Vec::new();
    for (ends, content_type) in TYPES {
        let ends_pattern = pattern(ends);
        let _ = writeln!(
            types,
            "    \"~*^ .*{ends_pattern}(?:\\.br|\\.gz)?$\" \"{content_type}\";"
        );
        if content_type.starts_with("image/") {
            images.extend(ends.iter().map(|end| end.trim_start_matches('.')));
        }
    }
    let images = images.join("|");
    let mut security = String::new();
    let quoted = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"");
    for (name, value) in SECURITY {
        let value = quoted(value);
        let _ = writeln!(security, "    add_header {name} \"{value}\" always;");
    }
    let of_pages = quoted(&policy.of_pages());
    let of_frame = quoted(&policy.of_frame());
    let of_worker = quoted(&policy.of_worker());
    format!(
        r#"# nginx for this site: include it within http {{ }}, as a file in conf.d/ or sites-enabled/ is.
# Change listen, server_name and root. Nothing beyond the modules of a plain nginx is needed.

# Which compressed copies a browser takes; one with q=0 is refused. There are no files with the other endings.
map $http_accept_encoding $offprint_br {{
    default ".not-br";
    "~*(?:^|,)\s*br\s*(?:,|$)" ".br";
    "~*(?:^|,)\s*br\s*;\s*q=(?:1|0\.\d*[1-9])" ".br";
}}
map $http_accept_encoding $offprint_gz {{
    default ".not-gz";
    "~*(?:^|,)\s*gzip\s*(?:,|$)" ".gz";
    "~*(?:^|,)\s*gzip\s*;\s*q=(?:1|0\.\d*[1-9])" ".gz";
}}
# What was found: try_files puts the name of the file into $uri.
map $uri $offprint_encoding {{
    default "";
    "~\.br$" "br";
    "~\.gz$" "gzip";
}}
# Of pages that nginx makes itself, the type is set already.
map "$sent_http_content_type $uri" $offprint_type {{
    default "application/octet-stream";
    "~^[^ ]" "";
{types}}}
map $uri $offprint_cache {{
    default "{REVALIDATE}";
    "~^{pattern_of_path}{hashed}$" "{IMMUTABLE}";
    "~*\.(?:{images})(?:\.br|\.gz)?$" "{IMAGE}";
}}
# Any page may frame the one that is made for it, and the service worker fetches pictures wherever they stand.
map $uri $offprint_csp {{
    default "{of_pages}";
    "~^{pattern_of_path}embed\.html(?:\.br|\.gz)?$" "{of_frame}";
    "~^{pattern_of_path}sw\.js(?:\.br|\.gz)?$" "{of_worker}";
}}
# What a reader on somebody else's page needs.
map $uri $offprint_origins {{
    default "";
    "~^{pattern_of_path}(?:{folders})/" "*";
    "~\.json(?:\.br|\.gz)?$" "*";
}}

server {{
    listen 80;
    listen [::]:80;
    server_name _;
    # The site stands in this folder{below}.
    root /var/www/site;

    charset off;
    gzip off;
    types {{ }}
    default_type "";
    absolute_redirect off;
    error_page 403 404 {path}404.html;

    add_header Content-Type $offprint_type always;
    add_header Content-Encoding $offprint_encoding always;
    add_header Vary Accept-Encoding always;
    add_header Cache-Control $offprint_cache always;
    add_header Access-Control-Allow-Origin $offprint_origins always;
    add_header Content-Security-Policy $offprint_csp always;
{security}
    location / {{
        try_files $uri$offprint_br $uri$offprint_gz $uri $uri/ =404;
    }}
    location ~ /$ {{
        try_files ${{uri}}index.html$offprint_br ${{uri}}index.html$offprint_gz ${{uri}}index.html =404;
    }}
    location ~ /\.(?!well-known/) {{
        return 404;
    }}
}}
"#,
        below = match path.as_str() {
            "/" => String::new(),
            path => format!(", below {}", path.trim_end_matches('/')),
        }
    )
}
