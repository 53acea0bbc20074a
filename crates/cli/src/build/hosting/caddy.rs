//! For Caddy 2: [`caddyfile`].

use super::Policy;
use super::rules::{
    FETCHED, IMAGE, IMMUTABLE, REVALIDATE, SECURITY, TYPES, hashed_pattern, pattern,
};
use std::fmt::Write;

/// A whole Caddyfile.
pub fn caddyfile(policy: &Policy) -> String {
    let folders = FETCHED.join("|");
    let hashed = hashed_pattern();
    let path = &policy.path;
    let pattern_of_path = policy.path_pattern();
    let mut security = String::new();
    let quoted = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"");
    let of_pages = quoted(&policy.of_pages());
    let of_frame = quoted(&policy.of_frame());
    let of_worker = quoted(&policy.of_worker());
    for (name, value) in SECURITY {
        let value = quoted(value);
        let _ = writeln!(security, "\t\t{name} \"{value}\"");
    }
    let mut types = String::new();
    let mut images = Vec::new();
    for (ix, (ends, content_type)) in TYPES.iter().enumerate().rev() {
        if content_type.starts_with("image/") {
            images.extend(ends.iter().map(|end| end.trim_start_matches('.')));
        }
        // The last header counts, and the special names stand first in the table.
        let _ = writeln!(types, "\t@type{ix} path_regexp (?i){}$", pattern(ends));
        let _ = writeln!(types, "\theader @type{ix} Content-Type \"{content_type}\"");
    }
    let images = images.join("|");
    format!(
        r#"# Caddy for this site: change the address and the folder.
:80 {{
	root * /var/www/site

	header {{
{security}		?Cache-Control "{REVALIDATE}"
	}}
	# Any page may frame the one that is made for it, and the service worker fetches pictures wherever they stand.
	@frame path {path}embed.html
	header @frame Content-Security-Policy "{of_frame}"
	@worker path {path}sw.js
	header @worker Content-Security-Policy "{of_worker}"
	@pages not path {path}embed.html {path}sw.js
	header @pages Content-Security-Policy "{of_pages}"
	@images path_regexp (?i)\.({images})$
	header @images Cache-Control "{IMAGE}"
	@hashed path_regexp ^{pattern_of_path}{hashed}$
	header @hashed Cache-Control "{IMMUTABLE}"
	@origins path_regexp ^{pattern_of_path}({folders})/|\.json$
	header @origins Access-Control-Allow-Origin "*"

{types}
	@other not method GET HEAD
	@hidden path_regexp /\.
	@known path {path}.well-known/*
	route {{
		error @other 405
		handle @known {{
			file_server
		}}
		error @hidden 404
		file_server {{
			precompressed br gzip
			hide .*
		}}
	}}
	handle_errors {{
		rewrite * {path}404.html
		header Cache-Control "{REVALIDATE}"
		header Content-Type "text/html; charset=utf-8"
		file_server
	}}
}}
"#
    )
}
