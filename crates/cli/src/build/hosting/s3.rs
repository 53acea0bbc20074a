//! For S3 and what speaks like it: [`s3_sync`].
//!
//! A bucket knows nothing of compressed copies: they are not uploaded, and the CDN before it compresses.

use super::Policy;
use super::rules::{
    DATA, FOLDERS, FRAME_PAGE, FRAMED_BY, HASH_LENGTH, IMAGE, IMMUTABLE, OTHER_TYPE, POINTER,
    REVALIDATE, SECURITY, TYPES, content_type,
};
use crate::build::offline::WORKER;
use std::fmt::Write;

/// A script for the `aws` command: files that never change first, then pictures, pages and the rest, then the pointer to the
/// data, and at the end what is no more there is deleted. A visitor finds all files of one edition at any moment.
pub fn s3_sync(policy: &Policy) -> String {
    let glob = "[a-z2-7]".repeat(HASH_LENGTH);
    let (mut hashed, mut images, mut rest, mut known) =
        (String::new(), String::new(), String::new(), String::new());
    for (ends, content_type) in TYPES {
        for end in ends {
            let name = end.strip_prefix('/').unwrap_or(end);
            let is_name = end.starts_with('/');
            let all = match is_name {
                true => format!("--include '{name}' --include '*/{name}'"),
                false => format!("--include '*{name}'"),
            };
            // Special names are not those of other files with the same ending.
            let others: String = special(end)
                .map(|other| format!(" --exclude '{other}' --exclude '*/{other}'"))
                .collect();
            if !is_name {
                let _ = write!(
                    hashed,
                    "put immutable '{content_type}' --include 'assets/{glob}/*{name}' --include 'assets/*-{glob}{name}'"
                );
                let is_data = DATA.contains(&name.trim_start_matches('.'));
                hashed.push_str(&match is_data {
                    true if name == ".bin" => {
                        let folders = FOLDERS
                            .map(|folder| format!(" --include 'data/{folder}/{glob}/*{name}'"));
                        format!(" --include 'data/{glob}{name}'{}\n", folders.concat())
                    }
                    true => format!(" --include 'data/{glob}{name}'\n"),
                    false => "\n".to_owned(),
                });
                let _ = write!(known, " --exclude '*{name}'");
            }
            match content_type.starts_with("image/") {
                true => writeln!(images, "put image '{content_type}' {all} $HASHED"),
                false => writeln!(
                    rest,
                    "put page '{content_type}' {all}{others} $HASHED $LATER"
                ),
            }
            .unwrap_or_default();
        }
    }
    let mut patterns = vec![format!("assets/{glob}/*"), format!("assets/*-{glob}.*")];
    patterns.extend(DATA.map(|end| format!("data/{glob}.{end}")));
    patterns.extend(FOLDERS.map(|folder| format!("data/{folder}/{glob}/*.bin")));
    let filters = |kind: &str, quote: &str| -> String {
        let filters = patterns
            .iter()
            .map(|pattern| format!("--{kind} {quote}{pattern}{quote}"));
        filters.collect::<Vec<_>>().join(" ")
    };
    // Everything of another type, and so that no file is of none.
    let _ = writeln!(
        hashed,
        "put immutable '{OTHER_TYPE}' {}{known}",
        filters("include", "'")
    );
    let pointer_type = content_type(POINTER);
    let csp = policy.of_pages();
    let mut comments = format!("#   Content-Security-Policy: {csp}\n");
    for (name, value) in SECURITY {
        let _ = writeln!(comments, "#   {name}: {value}");
    }
    let _ = writeln!(
        comments,
        "# For {FRAME_PAGE} leave `{FRAMED_BY}` out: any page may frame it. For {WORKER} let `connect-src` be `'self' https: http:`:\n\
         # it fetches pictures wherever they stand."
    );
    format!(
        r#"#!/bin/sh
# Uploads the site: sh s3-sync.sh FOLDER s3://BUCKET[/PATH] [further options of aws s3 sync]
#
# Compressed copies (.br, .gz) stay here: a bucket cannot choose between them. Let the CDN compress. A bucket cannot set
# these headers either; set them at the CDN, and let it answer with 404.html and the status 404:
{comments}set -euf

FOLDER=${{1:?the folder of the site}}
BUCKET=${{2:?the bucket: s3://…}}
shift 2
HIDDEN="--exclude *.br --exclude *.gz --exclude .* --exclude */.*"
HASHED="{not_hashed}"
LATER="--exclude {POINTER}"

# put KIND TYPE FILTERS…: the last filter that matches a file counts.
put() {{
    kind=$1 type=$2
    shift 2
    case $kind in
        immutable) cache='{IMMUTABLE}' ;;
        image) cache='{IMAGE}' ;;
        *) cache='{REVALIDATE}' ;;
    esac
    aws s3 sync "$FOLDER" "$BUCKET" --exclude '*' "$@" $HIDDEN \
        --content-type "$type" --cache-control "$cache" --no-guess-mime-type --only-show-errors
}}

# 1. What never changes.
{hashed}
# 2. Pictures.
{images}
# 3. Pages and the rest.
{rest}put page '{OTHER_TYPE}' --include '*'{known} $HASHED $LATER

# 4. What points to the data.
put page '{pointer_type}' --include '{POINTER}'

# 5. What is no more there.
aws s3 sync "$FOLDER" "$BUCKET" $HIDDEN --delete --size-only --only-show-errors
"#,
        not_hashed = filters("exclude", ""),
    )
}

/// The special names with an ending.
fn special(ending: &str) -> impl Iterator<Item = &'static str> {
    let names = TYPES.iter().flat_map(|(ends, _)| ends.iter());
    names.filter_map(move |end| end.strip_prefix('/').filter(|name| name.ends_with(ending)))
}
