//! What the servers of a snippet have to send where they are not the page's own: [`of_element`], [`of_frame`].
//!
//! Everything that the reader fetches is fetched with CORS. Whose page it is put into nobody knows here, but where a frame stands is known.

use super::snippet::Snippet;
use url::Url;

/// For an element, in whose page everything with an address of its own may be from elsewhere.
pub fn of_element(snippet: &Snippet) -> String {
    let mut origins = Vec::new();
    for address in [snippet.place.reader(), snippet.src()] {
        if let Some(origin) = origin(&address).filter(|origin| !origins.contains(origin)) {
            origins.push(origin);
        }
    }
    let mut said = String::new();
    for origin in origins {
        said.push_str(&format!(
            "\nUnless the page is of {origin} itself, that has to send with these files\n  Access-Control-Allow-Origin: *  (or the origin of the page)\n"
        ));
    }
    said
}

/// For a frame: its articles may be from elsewhere, and then its own policy is against it, too.
pub fn of_frame(snippet: &Snippet) -> String {
    let Some(data) = snippet.src.and_then(origin) else {
        return String::new();
    };
    let (start, whose) = match origin(&snippet.place.url) {
        Some(own) if own == data => return String::new(),
        Some(own) => (
            format!("The articles are of another site than the frame. {data}"),
            own,
        ),
        None => (
            format!("Unless the frame is of {data} itself, that"),
            "(the origin of the frame)".to_owned(),
        ),
    };
    format!(
        "\n{start} has to send with the articles\n  Access-Control-Allow-Origin: {whose}  (or *)\n\
         and embed.html, whose policy allows articles of its own site alone, has to allow in your copy of it\n  connect-src 'self' {data}\n"
    )
}

/// The origin of an address that has one.
fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::super::snippet::Shown;
    use super::*;

    const CDN: &str = "https://cdn.example/offprint/1/";
    const NEWS: &str = "https://news.example/a.json";

    #[track_caller]
    fn check(of: fn(&Snippet) -> String, url: &str, src: Option<&str>, expect: &[&str]) {
        let place = Place::sample(url, None);
        let said = of(&Snippet {
            place: &place,
            src,
            shown: Shown::Reader,
            category: None,
            theme: None,
            with_integrity: false,
        });
        let lines: Vec<&str> = said
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .collect();
        assert_eq!(lines, expect, "{said}");
    }

    #[test]
    fn what_is_from_elsewhere_is_said() {
        let from_news = [
            "Access-Control-Allow-Origin: https://cdn.example  (or *)",
            "connect-src 'self' https://news.example",
        ];
        let somewhere = [
            "Access-Control-Allow-Origin: (the origin of the frame)  (or *)",
            from_news[1],
        ];
        let page = "Access-Control-Allow-Origin: *  (or the origin of the page)";
        check(of_frame, CDN, Some(NEWS), &from_news);
        check(of_frame, "dist/", Some(NEWS), &somewhere);
        check(of_frame, CDN, Some("https://cdn.example/a.json"), &[]);
        check(of_frame, CDN, Some("a.json"), &[]);
        check(of_frame, CDN, None, &[]);
        check(of_element, "dist/", None, &[]);
        check(of_element, "dist/", Some(NEWS), &[page]);
        check(of_element, CDN, Some(NEWS), &[page, page]);
        check(of_element, CDN, Some("https://cdn.example/a.json"), &[page]);
    }
}
