//! Media RSS and enclosures, in RSS and Atom: [`Media`] collects what an item has and chooses the lead picture.

use super::xml::Element;
use super::{Candidate, Draft, Image, Losses, html, page_text};

/// Pictures, sound and films of an item.
#[derive(Default)]
pub struct Media {
    /// In order; those of one group are the same picture in several sizes.
    pictures: Vec<Picture>,
    /// Addresses of sound and films, with what they are called.
    others: Vec<(&'static str, String)>,
    /// `media:description`, where it belongs to no picture.
    pub description: Option<String>,
    n_groups: u32,
}

struct Picture {
    group: u32,
    is_thumbnail: bool,
    image: Image,
}

impl Media {
    /// Takes an element, if it is one of these. `name` is its name with its prefix.
    pub fn take(
        &mut self,
        name: &str,
        element: Element,
        base: Option<&str>,
        place: &str,
        losses: &mut Losses,
    ) -> bool {
        match name {
            "media:group" => {
                self.n_groups += 1;
                let about = About::of(element, place, base, losses);
                if self.description.is_none() {
                    self.description.clone_from(&about.description);
                }
                for child in element.children() {
                    let name = child.name("");
                    if matches!(&*name, "media:content" | "media:thumbnail") {
                        self.add(&name, child, base, &about, place, losses);
                    }
                }
            }
            "media:content" | "media:thumbnail" | "itunes:image" | "enclosure" => {
                self.n_groups += 1;
                let about = About::of(element, place, base, losses);
                self.add(name, element, base, &about, place, losses);
                // In a `media:content` there may stand the picture of a film.
                for child in element
                    .children()
                    .filter(|child| child.name("") == "media:thumbnail")
                {
                    self.add(
                        "media:thumbnail",
                        child,
                        base,
                        &About::default(),
                        place,
                        losses,
                    );
                }
            }
            "media:description" => self.description = element.text(),
            "media:title" | "media:keywords" | "media:rating" | "media:category"
            | "media:community" | "media:statistics" | "media:hash" | "media:player"
            | "media:adult" => {}
            "media:credit" | "media:copyright" => {
                let credit = element.text();
                if let Some(picture) = self
                    .pictures
                    .last_mut()
                    .filter(|p| p.image.credit.is_none())
                {
                    picture.image.credit = credit;
                }
            }
            _ => return false,
        }
        true
    }

    fn add(
        &mut self,
        name: &str,
        element: Element,
        base: Option<&str>,
        about: &About,
        place: &str,
        losses: &mut Losses,
    ) {
        let Some(address) = element
            .attribute("url")
            .or_else(|| element.attribute("href"))
        else {
            return;
        };
        let kind = element
            .attribute("type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let medium = element.attribute("medium").unwrap_or_default();
        let is_thumbnail = matches!(name, "media:thumbnail" | "itunes:image");
        let address = html::address::absolute(address, base);
        let has_ending = |endings: &[&str]| {
            let path = address
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            endings.iter().any(|ending| path.ends_with(ending))
        };
        let label = if is_thumbnail
            || medium == "image"
            || kind.starts_with("image/")
            || medium.is_empty()
                && kind.is_empty()
                && (name == "media:content" && element.attribute("width").is_some()
                    || has_ending(&[".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]))
        {
            let size = |name: &str| element.attribute(name).and_then(|size| size.parse().ok());
            let image = Image {
                src: address,
                alt: None,
                caption: about.caption.clone(),
                credit: about.credit.clone(),
                width: size("width"),
                height: size("height"),
                srcset: Vec::new(),
            };
            self.pictures.push(Picture {
                group: self.n_groups,
                is_thumbnail,
                image,
            });
            return;
        } else if medium == "audio"
            || kind.starts_with("audio/")
            || has_ending(&[".mp3", ".m4a", ".ogg"])
        {
            "Audio"
        } else if medium == "video"
            || kind.starts_with("video/")
            || has_ending(&[".mp4", ".webm", ".mov"])
        {
            "Video"
        } else if kind == "application/x-shockwave-flash" {
            losses.tell(
                place,
                &format!("the Flash film {address}"),
                "no browser plays it any more",
            );
            return;
        } else {
            "File"
        };
        if !self.others.iter().any(|(_, other)| *other == address) {
            self.others.push((label, address));
        }
    }

    /// Gives the article its lead picture, and links to what is no picture.
    pub fn fill(self, draft: &mut Draft, place: &str, losses: &mut Losses) {
        let mut pictures = self.pictures;
        // A thumbnail is the lead picture where there is no other.
        pictures.sort_by_key(|picture| picture.is_thumbnail);
        let group = pictures.first().map(|picture| picture.group);
        let (mut lead, others): (Vec<Picture>, Vec<Picture>) = pictures
            .into_iter()
            .partition(|picture| Some(picture.group) == group);
        for picture in &others {
            let is_lead = lead.iter().any(|lead| lead.image.src == picture.image.src);
            if !is_lead && !picture.is_thumbnail {
                losses.tell(
                    place,
                    &format!("the picture {}", picture.image.src),
                    "an article has one lead picture",
                );
            }
        }
        if lead.iter().any(|picture| !picture.is_thumbnail) {
            lead.retain(|picture| !picture.is_thumbnail);
        }
        // The largest, and the others as its smaller sizes.
        lead.sort_by_key(|picture| std::cmp::Reverse(picture.image.width.unwrap_or(0)));
        let mut sizes = lead.into_iter().map(|picture| picture.image);
        if draft.image.is_none()
            && let Some(mut image) = sizes.next()
        {
            image.srcset = sizes
                .filter_map(|size| {
                    Some(Candidate {
                        width: size.width?,
                        src: size.src,
                    })
                })
                .collect();
            draft.image = Some(image);
        }
        for (label, address) in self.others {
            let Some(target) = article::SafeUrl::link(&address) else {
                losses.tell(
                    place,
                    &format!("the enclosure {address}"),
                    "the address is not safe",
                );
                continue;
            };
            let host = url::Url::parse(&address).ok();
            let host = host
                .as_ref()
                .and_then(|url| url.host_str())
                .unwrap_or("file");
            let text =
                article::Inline::Text(format!("{label}: {}", host.trim_start_matches("www.")));
            let link = article::Inline::Link {
                target,
                title: None,
                content: vec![text],
            };
            let line = super::sections::markdown(vec![article::Block::Paragraph(vec![link])]);
            draft.add_paragraph(&line);
        }
    }
}

/// What stands beside a picture.
#[derive(Default)]
struct About {
    caption: Option<String>,
    credit: Option<String>,
    description: Option<String>,
}

impl About {
    fn of(element: Element, place: &str, base: Option<&str>, losses: &mut Losses) -> About {
        let mut about = About::default();
        for child in element.children() {
            match &*child.name("") {
                "media:description" => about.description = child.text(),
                "media:credit" => about.credit = child.text(),
                "media:copyright" if about.credit.is_none() => about.credit = child.text(),
                _ => {}
            }
        }
        let is_film = element.name("") == "media:group";
        if let Some(text) = about.description.as_deref().filter(|_| !is_film) {
            let caption = page_text::markdown(text, place, base, losses);
            about.caption = Some(caption).filter(|caption| !caption.is_empty());
        }
        about
    }
}
