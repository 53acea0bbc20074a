//! For Apache 2.4: [`htaccess`].

use super::Policy;
use super::rules::{
    FETCHED, IMAGE, IMMUTABLE, REVALIDATE, SECURITY, TYPES, hashed_pattern, pattern,
};
use std::fmt::Write;

/// The file `.htaccess` in the root of the site; it needs mod_headers and mod_rewrite.
pub fn htaccess(policy: &Policy) -> String {
    let folders = FETCHED.join("|");
    let hashed = hashed_pattern();
    let path = &policy.path;
    let pattern_of_path = policy.path_pattern();
    let mut security = String::new();
    let quoted = |value: &str| {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        // A percent sign would begin a variable.
        value.replace('%', "%%")
    };
    let of_pages = quoted(&policy.of_pages());
    let of_frame = quoted(&policy.of_frame());
    let of_worker = quoted(&policy.of_worker());
    for (name, value) in SECURITY {
        let value = quoted(value);
        let _ = writeln!(security, "Header always set {name} \"{value}\"");
    }
    let mut types = String::new();
    let mut images = Vec::new();
    for (ends, content_type) in TYPES.iter().rev() {
        // Of several sections that match, the last one counts.
        let names = pattern(ends).replace('/', "^");
        let _ = writeln!(
            types,
            "<FilesMatch \"(?i){names}(\\.br|\\.gz)?$\">\n    ForceType \"{content_type}\"\n</FilesMatch>"
        );
        if content_type.starts_with("image/") {
            images.extend(ends.iter().map(|end| end.trim_start_matches('.')));
        }
    }
    let images = images.join("|");
    format!(
        r#"# Apache for this site: this file stands in its root, and needs AllowOverride All, mod_headers and mod_rewrite.
Options -Indexes -MultiViews
DirectoryIndex index.html
DirectorySlash On
AddDefaultCharset Off
FileETag MTime Size
ErrorDocument 403 {path}404.html
ErrorDocument 404 {path}404.html

# Compressed copies. "br" is a language, too, and ".gz" a type.
RemoveLanguage .br
RemoveType .br .gz
AddEncoding br .br
AddEncoding gzip .gz
{types}
# Any page may frame the one that is made for it, and the service worker fetches pictures wherever they stand.
Header always set Content-Security-Policy "{of_pages}" "expr=%{{REQUEST_URI}} !~ m#^{pattern_of_path}(embed\.html|sw\.js)(\.br|\.gz)?$#"
Header always set Content-Security-Policy "{of_frame}" "expr=%{{REQUEST_URI}} =~ m#^{pattern_of_path}embed\.html(\.br|\.gz)?$#"
Header always set Content-Security-Policy "{of_worker}" "expr=%{{REQUEST_URI}} =~ m#^{pattern_of_path}sw\.js(\.br|\.gz)?$#"
{security}Header merge Vary Accept-Encoding
Header always set Cache-Control "{REVALIDATE}"
Header always set Cache-Control "{IMAGE}" "expr=%{{REQUEST_STATUS}} < 400 && %{{REQUEST_URI}} =~ m#(?i)\.({images})(\.br|\.gz)?$#"
Header always set Cache-Control "{IMMUTABLE}" "expr=%{{REQUEST_STATUS}} < 400 && %{{REQUEST_URI}} =~ m#^{pattern_of_path}{hashed}$#"
Header always set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#^{pattern_of_path}({folders})/|\.json(\.br|\.gz)?$#"

RewriteEngine On
RewriteCond %{{REQUEST_METHOD}} !^(GET|HEAD|OPTIONS)$
RewriteRule ^ - [R=405,L]
RewriteRule (^|/)\.(?!well-known/) - [R=404,L]
RewriteCond %{{HTTP:Accept-Encoding}} (^|,)\s*br\s*(,|;\s*q=(1|0\.\d*[1-9])|$)
RewriteCond %{{REQUEST_FILENAME}}.br -f
RewriteRule ^(.+)$ $1.br [L]
RewriteCond %{{HTTP:Accept-Encoding}} (^|,)\s*gzip\s*(,|;\s*q=(1|0\.\d*[1-9])|$)
RewriteCond %{{REQUEST_FILENAME}} !\.(br|gz)$
RewriteCond %{{REQUEST_FILENAME}}.gz -f
RewriteRule ^(.+)$ $1.gz [L]
"#
    )
}
