//! What a server has to be told about a site: [`files`] writes it for the usual ones.
//!
//! 1. `rules` says how each file is served: [`cache_control`], [`content_type`], who may read it;
//! 2. `nginx`, `caddy`, `apache`, `headers` (Netlify, Cloudflare) and `s3` say the same in the words of a server.
//!
//! `offprint serve` goes by the same rules.

mod apache;
mod caddy;
mod headers;
mod nginx;
mod rules;
mod s3;

use super::embed_page::with_origin;
use rules::{FRAMED_BY, for_worker};

pub use apache::htaccess;
pub use caddy::caddyfile;
pub use headers::headers;
pub use nginx::nginx;
pub use rules::{
    FRAME_PAGE, IMAGE, IMMUTABLE, REVALIDATE, SECURITY, cache_control, content_type, csp_of,
    is_for_all_origins,
};
pub use s3::s3_sync;

/// What is different from site to site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The content security policy, in one line, but for who may frame a page: that only a server can say.
    pub csp: String,
    /// Scheme, host and port, where they are known.
    pub origin: Option<String>,
    /// Where the site begins on its host, with a slash at both ends: `/`, `/articles/`.
    pub path: String,
}

impl Policy {
    /// Of a site at the root of its host.
    pub fn new(csp: &str) -> Policy {
        Policy {
            csp: csp.to_string(),
            origin: None,
            path: "/".to_string(),
        }
    }

    /// The path as a regular expression.
    fn path_pattern(&self) -> String {
        let mut pattern = String::new();
        for c in self.path.chars() {
            if !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_' | '~') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern
    }

    /// The policy of the page for frames, which anybody may frame.
    fn of_frame(&self) -> String {
        with_origin(&self.of_all(), self.origin.as_deref())
    }

    /// The policy of everything else.
    fn of_pages(&self) -> String {
        format!("{}; {FRAMED_BY}", self.of_all())
    }

    /// The policy of the service worker, which fetches what is saved.
    fn of_worker(&self) -> String {
        for_worker(&self.of_pages())
    }

    fn of_all(&self) -> String {
        // The formats that it is written in end a value at the end of its line.
        self.csp.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// All files for servers, with their paths in the site. What is not to be served stands in a folder that begins with a dot.
pub fn files(policy: &Policy) -> Vec<(&'static str, String)> {
    vec![
        ("csp.txt", csp_txt(policy)),
        ("_headers", headers(policy)),
        (".htaccess", htaccess(policy)),
        (".hosting/nginx.conf", nginx(policy)),
        (".hosting/Caddyfile", caddyfile(policy)),
        (".hosting/s3-sync.sh", s3_sync(policy)),
    ]
}

/// The policy alone, for whatever else serves the site.
pub fn csp_txt(policy: &Policy) -> String {
    policy.of_pages() + "\n"
}
