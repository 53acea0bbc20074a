//! `robots.txt` (RFC 9309): [`robots`].

use super::Site;

/// Everything may be read, and the sitemaps of these names say what there is.
pub fn robots(site: &Site, sitemaps: &[String]) -> String {
    let mut out = "User-agent: *\nAllow: /\n".to_string();
    for (ix, address) in sitemaps
        .iter()
        .filter_map(|name| site.address(name))
        .enumerate()
    {
        out.push_str(if ix == 0 { "\nSitemap: " } else { "Sitemap: " });
        out.push_str(&address);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_are_named_where_the_address_is_known() {
        let names = ["sitemap.xml".to_string(), "news-sitemap.xml".to_string()];
        let mut site = Site::default();
        assert_eq!(robots(&site, &names), "User-agent: *\nAllow: /\n");
        site.base_url = Some("https://example.org/a/".parse().unwrap());
        assert_eq!(
            robots(&site, &names),
            "User-agent: *\nAllow: /\n\nSitemap: https://example.org/a/sitemap.xml\n\
             Sitemap: https://example.org/a/news-sitemap.xml\n"
        );
    }
}
