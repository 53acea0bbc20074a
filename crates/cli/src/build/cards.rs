//! [`Cards`]: what lists, neighbours and the data show of each article, made once and kept on disk.

use super::print::{Print, print};
use super::spool::{read_at, scratch};
use anyhow::{Context, Result};
use article::Date;
use packed::{Card, unpack};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// The cards of all articles, on disk.
#[derive(Debug)]
pub struct Cards {
    file: File,
    length: u64,
    /// By the number of the article.
    places: Vec<CardPlace>,
}

/// Where a card is, and what else is asked of each article.
#[derive(Clone, Copy, Debug, Default)]
struct CardPlace {
    at: u64,
    length: u32,
    /// How many bytes the addresses of its pictures have, which stand behind the card.
    n_pictures: u32,
    print: Print,
    original: Original,
}

/// Whether a sitemap lists an article, and when it last changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Original {
    /// The original stands elsewhere.
    #[default]
    Elsewhere,
    /// It is at home here.
    Here(Option<Date>),
}

impl Cards {
    /// Room for the cards of `n` articles, in a new file.
    pub fn create(path: &Path, n: usize) -> Result<Cards> {
        Ok(Cards {
            file: scratch(path)?,
            length: 0,
            places: vec![CardPlace::default(); n],
        })
    }

    /// Takes the card of an article, and the addresses of its pictures.
    pub fn put(
        &mut self,
        doc: u32,
        packed: &[u8],
        pictures: &[String],
        original: Original,
    ) -> Result<()> {
        // No address has a line feed in it.
        let pictures = pictures.join("\n");
        self.file
            .write_all(packed)
            .and_then(|()| self.file.write_all(pictures.as_bytes()))
            .context("the cards cannot be written")?;
        self.places[doc as usize] = CardPlace {
            at: self.length,
            length: packed.len() as u32,
            n_pictures: pictures.len() as u32,
            print: print(packed),
            original,
        };
        self.length += (packed.len() + pictures.len()) as u64;
        Ok(())
    }

    /// The card of an article.
    pub fn card(&self, doc: u32) -> Result<Card> {
        let place = &self.places[doc as usize];
        let bytes = read_at(&self.file, place.at, place.length as usize)
            .context("the cards cannot be read")?;
        unpack(&bytes).context("the cards are damaged")
    }

    /// The addresses of the pictures of an article, as it has them, in turn.
    pub fn pictures(&self, doc: u32) -> Result<Vec<String>> {
        let place = &self.places[doc as usize];
        let at = place.at + u64::from(place.length);
        let bytes = read_at(&self.file, at, place.n_pictures as usize)
            .context("the cards cannot be read")?;
        let names = String::from_utf8(bytes).context("the cards are damaged")?;
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// The fingerprint of a card.
    pub fn print(&self, doc: u32) -> &Print {
        &self.places[doc as usize].print
    }

    /// Whether a sitemap lists the article.
    pub fn original(&self, doc: u32) -> Original {
        self.places[doc as usize].original
    }
}
