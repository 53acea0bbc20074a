//! The data of a site, read as the reader does.

use crate::command::Folder;
use crate::site::{Tree, articles, articles_alike, build, collection, runtime, tree};
use packed::edition::{
    BLOCKS_PER_NAMES, Blob, CARDS_PER_BLOCK, CardBlock, CardNames, Categories, Hash, IdBucket,
    Index, SearchFiles, TagBucket, bucket, hash_name, part_path,
};
use packed::{Card, Opened, unpack};
use search::{Needs, Part, Query};
use sha2::{Digest, Sha256};

/// The index that the one file that changes names.
#[track_caller]
pub fn index(site: &Tree) -> Index {
    let pointer: serde_json::Value =
        serde_json::from_slice(&site["data/edition.json"]).expect("JSON");
    let name = pointer["index"].as_str().expect("a name");
    let bytes = &site[&format!("data/{name}.bin")];
    assert_eq!(hash_name(&hash(bytes)), name);
    assert_eq!(pointer["length"], bytes.len());
    assert!(site.contains_key(&format!(
        "{}site.js",
        pointer["runtime"].as_str().expect("a path")
    )));
    unpack(bytes).expect("an index")
}

pub fn hash(bytes: &[u8]) -> Hash {
    let mut hash = Hash::default();
    let n = hash.len();
    hash.copy_from_slice(&Sha256::digest(bytes)[..n]);
    hash
}

/// The bytes of a part of the data, which are what its name says.
#[track_caller]
fn part<'a>(site: &'a Tree, index: &Index, blob: &Blob) -> &'a [u8] {
    let length = blob.length as usize;
    let bytes = match blob.place {
        None => &site[&format!("data/{}.bin", hash_name(&blob.hash))][..],
        Some((pack, start)) => {
            let name = hash_name(&index.packs[pack as usize]);
            let start = start as usize;
            &site[&format!("data/{name}.pack")][start..start + length]
        }
    };
    assert_eq!((bytes.len(), hash(bytes)), (length, blob.hash));
    bytes
}

/// The blocks of cards, in the order of the articles.
#[track_caller]
pub fn card_blocks(site: &Tree, index: &Index) -> Vec<Blob> {
    let mut blocks = Vec::new();
    for blob in &index.older_cards {
        let names: CardNames = unpack(part(site, index, blob)).expect("names");
        assert_eq!(names.blocks.len(), BLOCKS_PER_NAMES);
        blocks.extend(names.blocks);
    }
    blocks.extend(&index.cards);
    blocks
}

/// All that the index names is there, and is what its name says; gives the titles of the articles.
#[track_caller]
pub fn reached(site: &Tree) -> Vec<String> {
    let index = index(site);
    let mut titles = Vec::new();
    for blob in &card_blocks(site, &index) {
        let block: CardBlock = unpack(part(site, &index, blob)).expect("cards");
        for (card, blob) in block.cards {
            let opened: Opened = unpack(part(site, &index, &blob)).expect("an article");
            assert_eq!((&opened.id, &opened.title), (&card.id, &card.title));
            titles.push(card.title);
        }
    }
    let rest = index.ids.iter().chain(&index.tags);
    for blob in rest.chain(&index.category_of) {
        part(site, &index, blob);
    }
    check_search(site, &index, &titles);
    titles
}

/// Where the search is.
#[track_caller]
pub fn search_files(site: &Tree, index: &Index) -> SearchFiles {
    let name = index.search.as_ref().expect("a search");
    let files: SearchFiles = unpack(part(site, index, &name.files)).expect("files");
    assert_eq!(files.stamp, name.stamp);
    files
}

/// What the results show is there for every article, and the index answers from the parts that it names.
#[track_caller]
fn check_search(site: &Tree, index: &Index, titles: &[String]) {
    let files = search_files(site, index);
    assert_eq!(files.n_articles as usize, titles.len());
    for (doc, title) in titles.iter().enumerate() {
        let place = files.place(doc as u32).expect("a place");
        let block = place.open(&site[&format!("data/{}", place.path())]);
        let hit = block.expect("a block").hits.swap_remove(place.ix);
        let card: Card = unpack(&hit.card).expect("a card");
        assert_eq!((&card.title, &hit.texts.title), (title, title));
    }
    assert_eq!(files.place(files.n_articles), None);
    let bytes = |part: Part| &site[&format!("data/{}", part_path(&files.stamp, &part.name()))];
    let mut opened = search::Index::open(bytes(Part::Manifest)).expect("a manifest");
    assert_eq!(opened.n_documents(), files.n_articles);
    let query = Query::parse(&titles[0], false);
    let hits = loop {
        match opened.search(&query) {
            Ok(hits) => break hits,
            Err(Needs(parts)) => {
                for part in parts {
                    opened.load(part, bytes(part)).expect("a part");
                }
            }
        }
    };
    let first = hits.docs.first().map(|doc| &titles[*doc as usize]);
    assert_eq!(first, Some(&titles[0]));
}

/// What is wrong with the links within a site: where they lead nowhere. Only links of pages, feeds and lists for machines.
pub fn dead_links(site: &Tree) -> Vec<String> {
    let mut dead = Vec::new();
    let ends = [".html", ".xml", ".json", "llms.txt", ".webmanifest"];
    let texts = site
        .iter()
        // Lists of builds before stay, as all data does, and name what was there.
        .filter(|(path, _)| {
            !path.starts_with('.')
                && !path.starts_with("data/")
                && ends.iter().any(|end| path.ends_with(end))
        });
    for (path, bytes) in texts {
        let text = String::from_utf8_lossy(bytes);
        for kind in ["article/", "category/", "tag/", "author/"] {
            for (at, _) in text.match_indices(kind) {
                let before = &text[..at];
                // Addresses within the site: behind a quote, a bracket, the way to the root, or its address.
                let is_link = [
                    "\"",
                    "(",
                    "(./",
                    "\"./",
                    "../",
                    "https://example.org/",
                    "url\":\"",
                ]
                .iter()
                .any(|start| before.ends_with(start));
                let end = text[at..].find(['"', ')', '<', '#', '?', '\\', ' ']);
                let link = &text[at..at + end.unwrap_or(0)];
                // The page for frames has a pattern for all of them.
                let is_pattern = link.contains("{}");
                if !is_link || is_pattern || link.is_empty() || !link.contains('/') {
                    continue;
                }
                let link = match link.ends_with('/') {
                    true => format!("{link}index.html"),
                    false => link.to_owned(),
                };
                if !site.contains_key(&link) {
                    dead.push(format!("{path}: {link}"));
                }
            }
        }
    }
    dead
}

/// Every part is there, and says the same as all others.
#[track_caller]
fn check_data(site: &Tree, n: usize, n_shown: usize) {
    let index = index(site);
    let (mut ids, mut n_related) = (Vec::new(), 0);
    for blob in &card_blocks(site, &index) {
        let block: CardBlock = unpack(part(site, &index, blob)).expect("cards");
        for (card, blob) in block.cards {
            let opened: Opened = unpack(part(site, &index, &blob)).expect("an article");
            assert_eq!((&opened.id, &opened.title), (&card.id, &card.title));
            // Pages lead to pages only.
            let is_oldest = ids.len() == n - n_shown;
            let older = ids.last().cloned().filter(|_| !is_oldest);
            assert_eq!(opened.older.map(|older| older.id), older);
            n_related += opened.related.len();
            ids.push(card.id);
        }
    }
    assert_eq!(ids.len(), n);
    assert!(n_related > n);
    for (number, id) in ids.iter().enumerate() {
        let blob = &index.ids[bucket(id, index.ids.len())];
        let bucket: IdBucket = unpack(part(site, &index, blob)).expect("ids");
        assert!(bucket.ids.is_sorted());
        assert!(bucket.ids.contains(&(id.clone(), number as u32)));
    }
    let mut n_tagged = 0;
    for blob in &index.tags {
        let tags: TagBucket = unpack(part(site, &index, blob)).expect("tags");
        n_tagged += tags.tags.iter().map(|tag| tag.docs.len()).sum::<usize>();
    }
    assert_eq!(n_tagged, n);
    assert_eq!(reached(site).len(), n);
    let mut of = Vec::new();
    for blob in &index.category_of {
        let range: Categories = unpack(part(site, &index, blob)).expect("categories");
        of.extend(range.of);
    }
    assert_eq!(of.len(), n);
    for (ix, category) in index.categories.iter().enumerate() {
        let n_of = of.iter().filter(|of| **of == ix as u32 + 1).count();
        assert_eq!(n_of, category.n_articles as usize, "{}", category.name);
    }
}

#[test]
fn only_the_newest_have_pages() {
    let folder = Folder::new("build-latest");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles_alike(100)));
    build(
        &folder,
        &["a.json", "--pages", "latest=50", "--no-compress"],
    );
    let site = tree(&folder.0.join("site"));
    let pages = site
        .keys()
        .filter(|path| path.starts_with("article/") && path.ends_with(".html"));
    assert_eq!(pages.count(), 50);
    assert!(site.contains_key("article/a99/index.html"));
    assert!(site.contains_key("page/3/index.html") && !site.contains_key("page/4/index.html"));
    assert_eq!(index(&site).n_articles, 100);
    check_data(&site, 100, 50);
}

#[test]
fn cards_of_many_articles() {
    let folder = Folder::new("build-many");
    runtime(&folder.0);
    let n = 2 * BLOCKS_PER_NAMES * CARDS_PER_BLOCK;
    folder.write("a.json", collection(&articles_alike(n)));
    for layout in ["files", "packs"] {
        let arguments = ["a.json", "--pages", "latest=1", "--no-compress", "--layout"];
        build(&folder, &[&arguments[..], &[layout]].concat());
        let site = tree(&folder.0.join("site"));
        let index = index(&site);
        assert_eq!(index.older_cards.len(), 1);
        assert_eq!(index.cards.len(), BLOCKS_PER_NAMES);
        check_data(&site, n, 1);
    }
}

#[test]
fn pages_lead_to_pages_only() {
    let folder = Folder::new("build-links");
    runtime(&folder.0);
    let mut all = articles_alike(100);
    // The newest names the oldest, which has no page, and one that has.
    all[99] = all[99].replace(
        "\"tags\"",
        "\"related\": [{\"id\": \"a0\"}, {\"id\": \"a98\"}], \"tags\"",
    );
    all[0] = all[0].replace("\"Sea\"", "\"Nowhere else\"");
    all[1] = all[1].replace("Desk 1", "Gone");
    folder.write("a.json", collection(&all));
    let arguments = [
        "a.json",
        "--base-url",
        "https://example.org/",
        "--no-compress",
    ];
    build(&folder, &arguments);
    let site = tree(&folder.0.join("site"));
    assert_eq!(dead_links(&site), [""; 0]);
    assert!(site.contains_key("article/a0/index.html"));
    build(
        &folder,
        &[&arguments[..], &["--pages", "latest=60"]].concat(),
    );
    let site = tree(&folder.0.join("site"));
    assert_eq!(dead_links(&site), [""; 0]);
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    assert!(page("index.html").contains("60 articles"));
    assert!(site.contains_key("page/3/index.html") && !site.contains_key("page/4/index.html"));
    let newest = page("article/a99/index.html");
    assert!(newest.contains("article/a98/") && !newest.contains("article/a0/"));
    assert!(page("article/a90/index.html").contains("op-related"));
    // Whatever is near to the oldest page has none.
    assert!(!page("article/a40/index.html").contains("op-related"));
    assert!(!site.keys().any(|path| path.starts_with("category/nowhere")));
    assert_eq!(reached(&site).len(), 100);
}

#[test]
fn an_article_that_grows_moves_its_own_packs_only() {
    let folder = Folder::new("build-packs");
    runtime(&folder.0);
    // Some 200 kB of JSON each, most of it not for the reader, so that 64 go into a pack; none is alike, and names another.
    let mut all = articles(200);
    let extra = format!(
        "\"extra\": {{\"k\": \"{}\"}}, \"tags\"",
        "tide ".repeat(40_000)
    );
    for json in &mut all {
        *json = json.replace("\"tags\"", &extra);
    }
    let packs = |all: &[String]| {
        folder.write("a.json", collection(all));
        build(&folder, &["a.json", "--layout", "packs", "--no-compress"]);
        let site = tree(&folder.0.join("site"));
        assert_eq!(reached(&site).len(), 200);
        index(&site).packs
    };
    let before = packs(&all);
    assert_eq!(before.len(), 4 + 1);
    all[70] = all[70].replace("\"}]}", " and what comes at the end\"}]}");
    let after = packs(&all);
    let changed: Vec<usize> = (0..before.len())
        .filter(|ix| before[*ix] != after[*ix])
        .collect();
    // Its own, and that of the cards, which say where articles are.
    assert_eq!(changed, [1, 4]);
}

#[test]
fn the_data_is_whole() {
    let folder = Folder::new("build-data");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles_alike(700)));
    for layout in ["files", "packs"] {
        build(
            &folder,
            &[
                "a.json",
                "--layout",
                layout,
                "--no-compress",
                "--pages",
                "latest=10",
            ],
        );
        let site = tree(&folder.0.join("site"));
        check_data(&site, 700, 10);
        assert_eq!(
            index(&site).packs.len(),
            if layout == "packs" { 2 } else { 0 }
        );
    }
}
