//! [`Kept`]: a file of a site as manifests name it.

use super::super::images::{Copied, is_elsewhere, is_inside};
use packed::edition::{Blob, Hash, hash_name};
use serde::{Serialize, Serializer};
use url::Url;

/// A file of a site: `[path, hash, length]` in JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// Its address from the root of the site, percent-encoded: `""` is the front page, pages end with a slash, and a part of a pack
    /// has its first and last byte behind `#`. What stands elsewhere has its whole address.
    pub path: String,
    /// What its bytes hash to, and how many they are; nothing of what stands elsewhere.
    pub bytes: Option<(Hash, u32)>,
}

impl Kept {
    /// A file of its own.
    pub fn file(path: impl Into<String>, blob: &Blob) -> Kept {
        Kept {
            path: path.into(),
            bytes: Some((blob.hash, blob.length)),
        }
    }

    /// A part of the data, where its pack has a name or it is in none.
    pub fn data(blob: &Blob, packs: &[Hash]) -> Option<Kept> {
        let path = match blob.place {
            None => format!("data/{}.bin", hash_name(&blob.hash)),
            Some((pack, start)) => {
                let pack = hash_name(packs.get(pack as usize)?);
                // As in the header of a request: the last byte, not the one behind it.
                let end = (start + blob.length).saturating_sub(1);
                format!("data/{pack}.pack#{start}-{end}")
            }
        };
        Some(Kept::file(path, blob))
    }

    /// How many bytes it has, as far as they are known.
    pub fn length(&self) -> u64 {
        self.bytes.map_or(0, |(_, length)| u64::from(length))
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hash = self.bytes.map(|(hash, _)| hash_name(&hash));
        let length = self.bytes.map(|(_, length)| length);
        (&self.path, hash, length).serialize(serializer)
    }
}

/// The picture at an address that an article has; none where the site has no such file.
pub fn picture(address: &str, copied: &Copied) -> Option<Kept> {
    if is_elsewhere(address) {
        // As a browser asks for it, too: by that it is looked up.
        return Some(Kept {
            path: Url::parse(address).ok()?.into(),
            bytes: None,
        });
    }
    let blob = copied.get(&is_inside(address)?)?;
    // As a browser asks for it; what is behind `?` says nothing to a file.
    let url = Url::parse("http://site/").ok()?.join(address).ok()?;
    Some(Kept::file(url.path().trim_start_matches('/'), blob))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOB: Blob = Blob {
        hash: [0; 10],
        length: 7,
        place: None,
    };

    #[test]
    fn files_as_json() {
        #[track_caller]
        fn check(kept: Option<Kept>, expect: &str) {
            assert_eq!(serde_json::to_string(&kept).unwrap(), expect);
        }
        check(
            Some(Kept::file("a/", &BLOB)),
            r#"["a/","aaaaaaaaaaaaaaaa",7]"#,
        );
        check(
            Kept::data(&BLOB, &[]),
            r#"["data/aaaaaaaaaaaaaaaa.bin","aaaaaaaaaaaaaaaa",7]"#,
        );
        let place = Some((1, 100));
        let in_pack = Blob { place, ..BLOB };
        check(Kept::data(&in_pack, &[[0; 10]]), "null");
        check(
            Kept::data(&in_pack, &[[0; 10], [0xff; 10]]),
            r#"["data/7777777777777777.pack#100-106","aaaaaaaaaaaaaaaa",7]"#,
        );
    }

    #[test]
    fn pictures_by_their_addresses() {
        let copied = ["images/a b.svg", "ä.png"].map(|path| (path.to_owned(), BLOB));
        let copied = Copied::from(copied);
        #[track_caller]
        fn check(copied: &Copied, address: &str, expect: Option<&str>) {
            let found = picture(address, copied);
            assert_eq!(found.map(|kept| kept.path).as_deref(), expect, "{address}");
        }
        check(&copied, "./images/a%20b.svg?1#x", Some("images/a%20b.svg"));
        check(&copied, "images//a b.svg", Some("images//a%20b.svg"));
        check(&copied, "ä.png", Some("%C3%A4.png"));
        check(&copied, "images/gone.svg", None);
        check(&copied, "../a b.svg", None);
        for (address, expect) in [
            ("https://a.example/b.png?c", "https://a.example/b.png?c"),
            (
                "https://a.example/ä b.png",
                "https://a.example/%C3%A4%20b.png",
            ),
            (
                "https://A.example:443/x/../b.png?ä",
                "https://a.example/b.png?%C3%A4",
            ),
            ("https://ä.example", "https://xn--4ca.example/"),
        ] {
            check(&copied, address, Some(expect));
        }
        assert_eq!(picture("http://a.example/", &copied).unwrap().bytes, None);
    }
}
