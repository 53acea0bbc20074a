//! Articles that are written plainly: [`read`] takes the texts of one from its JSON in one walk, where reading it whole takes ten
//! times as long.
//!
//! 1. `json` reads names and values, strictly.
//! 2. Fields that the search knows go into [`Texts`]; those that it does not are stepped over.
//! 3. `markdown` gives the text of paragraphs without marks.
//!
//! Whatever is not as plain as that (a mark, a value of another kind, a name twice, an error) is left to the reader of articles,
//! whose texts these are to the letter: `tests` holds the two against each other.

mod json;
mod markdown;

use article::Date;
use json::Json;
use markdown::paragraphs;
use packed::Texts;

/// Which fields were read, a bit each.
#[derive(Default)]
struct Seen(u32);

impl Seen {
    /// Nothing where the field stands there twice, or where one that comes behind it in the text was read before.
    fn once(&mut self, field: Field) -> Option<()> {
        let bit = 1 << field as u32;
        let is_first = self.0 & bit == 0;
        let behind = match field {
            Field::Sections => 1 << Field::Risks as u32 | 1 << Field::Disclosure as u32,
            Field::Risks => 1 << Field::Disclosure as u32,
            _ => 0,
        };
        self.0 |= bit;
        (is_first && self.0 & behind == 0).then_some(())
    }
}

#[derive(Clone, Copy)]
enum Field {
    Title,
    Subtitle,
    Published,
    Category,
    Tags,
    Language,
    Authors,
    Summary,
    KeyPoints,
    Sections,
    Risks,
    Disclosure,
    Heading,
    Body,
    Name,
}

/// Buffers that are used for one article after the other.
#[derive(Default)]
pub struct PlainReader {
    texts: Texts,
    text: String,
    name: String,
}

impl PlainReader {
    /// The texts of the article whose object begins these bytes; `language` is the edition's. Nothing where it is not plain.
    pub fn read(&mut self, bytes: &[u8], language: &str) -> Option<&Texts> {
        let Texts {
            title,
            subtitle,
            summary,
            key_points,
            body,
            category,
            tags,
            authors,
            published,
            language: own,
        } = &mut self.texts;
        for text in [&mut *title, subtitle, summary, key_points, body, own] {
            text.clear();
        }
        (*category, *published) = (None, None);
        tags.clear();
        authors.clear();
        own.push_str(language);

        let mut seen = Seen::default();
        let mut json = Json::new(bytes);
        let (text, name) = (&mut self.text, &mut self.name);
        json.object(name, &mut |json, name| {
            let mut once = |field| seen.once(field);
            match name {
                "title" => {
                    once(Field::Title)?;
                    json.trimmed(title)
                }
                "subtitle" => {
                    once(Field::Subtitle)?;
                    json.trimmed(subtitle)
                }
                "published" => {
                    once(Field::Published)?;
                    json.trimmed(text)?;
                    *published = Some(Date::parse(text).ok()?);
                    Some(())
                }
                "category" => {
                    once(Field::Category)?;
                    json.trimmed(text)?;
                    *category = Some(text.clone());
                    Some(())
                }
                "language" => {
                    once(Field::Language)?;
                    json.trimmed(own)?;
                    // Others are looked at more closely.
                    let is_plain = (2..=3).contains(&own.len());
                    (is_plain && own.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(())
                }
                "tags" => {
                    once(Field::Tags)?;
                    json.list(&mut |json| {
                        json.trimmed(text)?;
                        tags.push(text.clone());
                        Some(())
                    })
                }
                "authors" => {
                    once(Field::Authors)?;
                    json.list(&mut |json| author(json, text, authors))
                }
                "summary" => {
                    once(Field::Summary)?;
                    json.text(text)?;
                    paragraphs(text, summary)
                }
                "key_points" => {
                    once(Field::KeyPoints)?;
                    json.list(&mut |json| {
                        json.text(text)?;
                        paragraphs(text, key_points)
                    })
                }
                "sections" => {
                    once(Field::Sections)?;
                    json.list(&mut |json| section(json, text, body))
                }
                "risks" => {
                    once(Field::Risks)?;
                    json.list(&mut |json| {
                        json.text(text)?;
                        paragraphs(text, body)
                    })
                }
                "disclosure" => {
                    once(Field::Disclosure)?;
                    json.text(text)?;
                    paragraphs(text, body)
                }
                // They may have texts.
                "image" | "corrections" => None,
                _ => json.skip(),
            }
        })?;
        (!self.texts.title.is_empty()).then_some(&self.texts)
    }
}

/// A section with a heading, a text, or both, the heading first.
fn section(json: &mut Json, text: &mut String, body: &mut String) -> Option<()> {
    let mut seen = Seen::default();
    json.object(&mut String::new(), &mut |json, name| match name {
        "heading" => {
            seen.once(Field::Heading)?;
            json.trimmed(text)?;
            markdown::new_line(body);
            body.push_str(text);
            // What stands before the heading in the file stands behind it in the text.
            (seen.0 & 1 << Field::Body as u32 == 0).then_some(())
        }
        "body" => {
            seen.once(Field::Body)?;
            json.text(text)?;
            paragraphs(text, body)
        }
        _ => None,
    })
}

/// A name, perhaps with an address.
fn author(json: &mut Json, text: &mut String, authors: &mut Vec<String>) -> Option<()> {
    let mut seen = Seen::default();
    let n_before = authors.len();
    json.object(&mut String::new(), &mut |json, name| match name {
        "name" => {
            seen.once(Field::Name)?;
            json.trimmed(text)?;
            authors.push(text.clone());
            Some(())
        }
        "url" => json.skip(),
        _ => None,
    })?;
    (authors.len() > n_before).then_some(())
}

#[cfg(test)]
mod tests;
