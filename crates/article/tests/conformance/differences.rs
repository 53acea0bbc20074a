//! Where Offprint differs from the specifications on purpose, and why.

/// The file, its examples, the reason.
pub const DIFFERENCES: &[(&str, &[u32], &str)] = &[
    (
        "commonmark-0.31.2",
        &[
            21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163,
            164, 165, 166, 167, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 180, 181, 182,
            184, 185, 186, 187, 188, 189, 190, 191, 201, 344, 475, 476, 477, 491, 494, 524, 536,
            613, 614, 615, 616, 617, 623, 627, 628, 629, 630, 631, 642, 643,
        ],
        "raw HTML: what the tree has no place for is text, attributes are dropped, and blocks are taken apart",
    ),
    (
        "commonmark-0.31.2",
        &[34, 144],
        "the name of a code's language is of letters, digits, + # and -",
    ),
    (
        "commonmark-0.31.2",
        &[200, 485, 486, 487, 567],
        "a link to nothing is text",
    ),
    (
        "commonmark-0.31.2",
        &[202, 502, 603],
        "a backslash in an address is the slash that browsers take it for",
    ),
    (
        "commonmark-0.31.2",
        &[500, 596, 597, 598, 599, 601],
        "a link to a scheme that is not on the list is text; a scheme is written in lower case",
    ),
    (
        "commonmark-0.31.2",
        &[606, 608, 611, 612],
        "bare addresses are links (GFM 6.9), which CommonMark alone does not have",
    ),
    (
        "gfm-0.29",
        &[114, 330],
        "the name of a code's language is of letters, digits, + # and -",
    ),
    (
        "gfm-0.29",
        &[
            118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134,
            135, 136, 137, 139, 140, 141, 142, 143, 144, 145, 146, 147, 149, 150, 151, 153, 154,
            155, 156, 157, 158, 159, 160, 170, 317, 327, 354, 484, 485, 486, 500, 503, 532, 544,
            632, 633, 634, 635, 636, 642, 647, 648, 649, 650, 651, 653, 663, 664,
        ],
        "raw HTML: what the tree has no place for is text, attributes are dropped, and blocks are taken apart",
    ),
    (
        "gfm-0.29",
        &[169, 495, 496, 575],
        "a link to nothing is text",
    ),
    (
        "gfm-0.29",
        &[171, 510, 611],
        "a backslash in an address is the slash that browsers take it for",
    ),
    (
        "gfm-0.29",
        &[508, 604, 605, 606, 607, 609],
        "a link to a scheme that is not on the list is text; a scheme is written in lower case",
    ),
    (
        "gfm-0.29",
        &[614, 616, 619, 620],
        "bare addresses are links (GFM 6.9), which CommonMark alone does not have",
    ),
    ("gfm-0.29", &[628], "ftp: is not on the list of schemes"),
    (
        "gfm-0.29",
        &[645, 646],
        "comments are those of CommonMark 0.31, which GFM does not know yet",
    ),
    (
        "cmark-gfm-extensions",
        &[19],
        "a domain is of letters and digits: an emoji begins none",
    ),
    (
        "cmark-gfm-extensions",
        &[20],
        "the test only asks that nothing breaks",
    ),
    (
        "cmark-gfm-extensions",
        &[22],
        "raw HTML: what the tree has no place for is text, attributes are dropped, and blocks are taken apart",
    ),
    (
        "cmark-gfm-extensions",
        &[23],
        "notes are written in our own way, and one that nothing refers to is kept",
    ),
    (
        "cmark-gfm-regression",
        &[6, 9, 14, 17],
        "raw HTML: what the tree has no place for is text, attributes are dropped, and blocks are taken apart",
    ),
    (
        "cmark-gfm-regression",
        &[13],
        "notes are written in our own way, and one that nothing refers to is kept",
    ),
];
