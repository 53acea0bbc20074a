//! Slugs of categories, tags and authors, for their pages: [`slug_of`], and [`category`] where the publisher may have
//! chosen.

use super::Site;

/// The slug of a name; always the same for the same name, and the browser's too.
pub fn slug_of(name: &str) -> String {
    article::name_slug(name)
}

/// The slug of a category: the publisher's own, or that of its name.
pub fn category(site: &Site, name: &str) -> String {
    let own = site.category_slugs.iter().find(|(own, _)| own == name);
    own.map_or_else(|| slug_of(name), |(_, slug)| slug.clone())
}
