//! Sentences of many languages, and what a person types to find them: other forms of words, no accents, the beginning of a
//! word, a piece of a text without spaces.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

#[path = "common/files.rs"]
mod files;

use files::Files;
use search::{Builder, Fields, Index, Query};

/// A language, and sentences in it. Each is an article; its number is its place in all of them.
const SENTENCES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "The lighthouses along the coast were repaired before winter.",
            "She wrote her résumé on the train.",
            "They resume their journey on Monday.",
        ],
    ),
    (
        "de",
        &[
            "Die Bürgermeisterin eröffnete gestern die neuen Brücken über den Fluss.",
            "Das Dampfschifffahrtsmuseum schließt im Herbst seine Türen.",
            "Er hat schon gestern angerufen, aber niemand war da.",
        ],
    ),
    (
        "fr",
        &[
            "Les forêts anciennes cachent des chevaux sauvages.",
            "L'été dernier, nous avons mangé des pêches au bord de la rivière.",
            "Le pécheur a péché.",
        ],
    ),
    (
        "es",
        &[
            "Los pájaros cantaban en las montañas nevadas.",
            "El año pasado compramos una casa pequeña cerca del río.",
        ],
    ),
    ("it", &["Le città antiche conservano torri e campanili."]),
    (
        "pt",
        &["As canções dos pescadores contam histórias de longas viagens."],
    ),
    (
        "nl",
        &["De fietsers reden langs de grachten naar het station."],
    ),
    ("sv", &["Sjöarna frös till is och barnen åkte skridskor."]),
    ("da", &["Bådene lå stille i havnen, mens solen gik ned."]),
    ("no", &["Fjellene var dekket av snø, og veiene var stengt."]),
    ("fi", &["Vanhassa talossa asui kolme kissaa ja yksi koira."]),
    (
        "ru",
        &[
            "Старые корабли стояли у причалов всю зиму.",
            "Весной ёлки снова зазеленели.",
        ],
    ),
    ("ar", &["زارت المعلمات المكتبة القديمة في المدينة."]),
    ("tr", &["Eski kitaplar küçük dükkânda satılıyor."]),
    ("pl", &["Żółte liście spadały na ścieżkę w parku."]),
    ("el", &["Οι παλιοί δρόμοι οδηγούν στη θάλασσα."]),
    (
        "ja",
        &[
            "古い灯台は海岸の北にあります。",
            "東京都の図書館で本を借りた。",
        ],
    ),
    ("zh", &["老城区的图书馆昨天重新开放了。"]),
    ("ko", &["오래된 도서관에서 책을 빌렸습니다."]),
    ("th", &["ห้องสมุดเก่าเปิดใหม่เมื่อวานนี้"]),
];

fn index() -> (Index, Vec<&'static str>) {
    let mut builder = Builder::new();
    let mut sentences = Vec::new();
    for (language, of_language) in SENTENCES {
        for sentence in *of_language {
            builder.add(&Fields {
                body: sentence,
                language,
                ..Fields::default()
            });
            sentences.push(*sentence);
        }
    }
    (builder.finish(), sentences)
}

/// The first article found, in memory and from files, begins like this.
#[track_caller]
fn check_parsed(query: &Query, text: &str, expect: &str) {
    let (index, sentences) = index();
    let hits = index.search(query).unwrap_or_default();
    let first = hits.docs.first().map(|doc| sentences[*doc as usize]);
    assert!(
        hits.n_all_words > 0 && first.is_some_and(|first| first.starts_with(expect)),
        "{text:?} finds {first:?}"
    );
    assert_eq!(Files::of(&index).search(query), hits, "{text:?} from files");
}

#[track_caller]
fn check(text: &str, expect: &str) {
    check_parsed(&Query::parse(text, false), text, expect);
}

#[track_caller]
fn typing(text: &str, expect: &str) {
    check_parsed(&Query::parse(text, true), text, expect);
}

#[test]
fn other_forms_of_a_word() {
    check("lighthouse repair", "The lighthouses");
    check("Brücke", "Die Bürgermeisterin");
    check("eröffnet", "Die Bürgermeisterin");
    check("forêt sauvage", "Les forêts");
    check("pájaro montaña", "Los pájaros");
    check("antico campanile", "Le città");
    check("pescador história", "As canções");
    check("fietser gracht", "De fietsers");
    check("barn", "Sjöarna");
    check("bådene havn", "Bådene");
    check("fjell snø", "Fjellene");
    check("talo kissa", "Vanhassa");
    check("корабль причал", "Старые");
    check("مكتبة قديمة", "زارت");
}

#[test]
fn without_the_accents() {
    check("bruecken OR brucken", "Die Bürgermeisterin");
    check("foret ancienne", "Les forêts");
    check("pajaros", "Los pájaros");
    check("ano pasado", "El año");
    check("cancoes", "As canções");
    check("zolte liscie", "Żółte");
    check("kucuk dukkan", "Eski");
    check("елки", "Весной");
    check("παλιοι δρομοι", "Οι παλιοί");
    check("sno", "Fjellene");
}

#[test]
fn the_accents_that_were_typed_come_first() {
    check("résumé", "She wrote");
    check("resume", "They resume");
    check("schön OR schon", "Er hat");
}

#[test]
fn the_beginning_of_a_word() {
    typing("light", "The lighthouses");
    typing("dampfschiff", "Das Dampfschiff");
    typing("bürgerm", "Die Bürgermeisterin");
    typing("kaks OR talo", "Vanhassa");
    typing("кораб", "Старые");
    typing("θαλ", "Οι παλιοί");
}

#[test]
fn any_piece_of_a_text_without_spaces() {
    check("灯台", "古い灯台");
    check("京都", "東京都");
    check("図書館", "東京都");
    check("图书馆", "老城区");
    check("도서관", "오래된");
    check("ห้องสมุด", "ห้องสมุด");
    check("สมุดเก่า", "ห้องสมุด");
}

#[test]
fn two_languages_in_one_query() {
    let (index, sentences) = index();
    let query = Query::parse("lighthouse OR 灯台", false);
    let hits = index.search(&query).unwrap_or_default();
    let mut found: Vec<&str> = hits.docs[..hits.n_all_words]
        .iter()
        .map(|doc| sentences[*doc as usize])
        .collect();
    found.sort_unstable();
    assert_eq!(found.len(), 2, "{found:?}");
}
