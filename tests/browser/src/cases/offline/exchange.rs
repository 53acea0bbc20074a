//! The file `.offprint`: what goes into it, what comes out of it, and what of a reader's own stays whatever a file says. The scripts are asked as *Saved* asks them.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::stage::Stage;

/// What the cases have before them: the scripts, and a way to make a picture of some letters.
const BEFORE: &str = r#"
    const [{ read, savedIn, written }, imported, { nameOf }, { Positions }] = await Promise.all(["exchange", "imported", "edition", "positions"].map((name) => import(`/${name}.js`)));
    const bytesOf = (text) => new TextEncoder().encode(text);
    const picture = async (path, text, type = "image/png") => ({ path, hash: await nameOf(bytesOf(text)), type, blob: new Blob([text], { type }) });
    const textOf = ({ path, blob }) => blob.text().then((text) => `${path} ${text}`);
    const recordsOf = async (file) => {
        const { articles, pictures, problems } = await read(file);
        const records = imported.records(articles, pictures);
        return { problems, records: await Promise.all(records.map(async ({ id, pictures }) => [id, (await Promise.all(pictures.map(textOf))).sort()])) };
    };
"#;

/// Runs a script of the page that gives a value, and holds that against what is expected.
async fn check(stage: &Stage<'_>, script: &str, expect: Value) -> Result<()> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; (async () => {{ {BEFORE} {script} }})().then(done, (error) => done(String(error.stack ?? error)));"
    );
    let found = stage.browser.run_async(&script, Vec::new()).await?;
    ensure!(
        found == expect,
        "{script:.600}: {found:#}, expected {expect:#}"
    );
    Ok(())
}

/// What is exported is what was saved, by its digest: not what an address gives now, whoever's it is, and whatever type a server has said.
pub async fn what_was_saved_is_what_goes(stage: &Stage<'_>) -> Result<()> {
    stage.open("").await?;
    let script = r#"
        const root = `${location.origin}/kept/`;
        const store = await caches.open("offprint:/kept/");
        const put = async (text, type) => {
            const hash = await nameOf(bytesOf(text));
            await store.put(`${root}.offprint/file/${hash}`, new Response(text, { headers: type ? { "content-type": type } : {} }));
            return hash;
        };
        const saved = {};
        const article = async (id, ...pictures) => {
            const text = JSON.stringify({ language: "fr", articles: [{ id, title: id, image: "images/a.png" }] });
            const files = [[`article/${id}/`, await put(`<p>${id}`, "text/html"), 1], [`article/${id}/article.json`, await put(text, "application/json"), 1], ["data/aaaa.bin", await put("\0"), 1]];
            saved[`article/${id}`] = { files: [...files, ...pictures] };
        };
        await article("one", ["images/a.png", await put("first"), 5], ["images/b.avif", await put("second", "application/octet-stream"), 6]);
        await article("two", ["images/a.png", await put("another"), 7], ["https://elsewhere.example/%C3%A4?size=2", await put("third", "image/webp; x"), 5]);
        await article("three", ["images/gone.png", await nameOf(bytesOf("gone")), 4], ["https://elsewhere.example/none", null, null]);
        const damaged = await put("as it was");
        await store.put(`${root}.offprint/file/${damaged}`, new Response("no more"));
        await article("four", ["images/d.png", damaged, 9]);
        await store.put(`${root}.offprint/saved`, new Response(JSON.stringify(saved)));
        const of = await savedIn(root, "/kept/");
        const found = [];
        const entries = [];
        for (const name of ["article/one", "article/two", "article/three", "article/four", "article/none"]) {
            const { articles, pictures, nMissing } = await of(name);
            found.push([articles.map(({ id, language }) => `${id} ${language}`).join(), await Promise.all(pictures.map(async (picture) => `${await textOf(picture)} ${picture.type}`)), nMissing]);
            entries.push(...articles.map((article) => ({ article, pictures })));
        }
        const { files, nLeft } = written(entries, { read: {} });
        return [found, nLeft, await Promise.all(files.map(recordsOf))];
    "#;
    let foreign = "https://elsewhere.example/%C3%A4?size=2 third";
    let expect = json!([
        [
            [
                "one fr",
                [
                    "images/a.png first image/png",
                    "images/b.avif second image/avif"
                ],
                0
            ],
            [
                "two fr",
                [
                    "images/a.png another image/png",
                    format!("{foreign} image/webp")
                ],
                0
            ],
            ["three fr", [], 2],
            ["four fr", [], 1],
            ["", [], 1],
        ],
        0,
        [{ "problems": [], "records": [
            ["one", ["images/a.png first", "images/b.avif second"]],
            ["two", [foreign, "images/a.png another"]],
            ["three", []],
            ["four", []],
        ] }],
    ]);
    check(stage, script, expect).await
}

/// What does not fit into one file makes several, each of which is read wholly; what is in none is counted.
pub async fn no_file_is_too_large(stage: &Stage<'_>) -> Result<()> {
    stage.open("").await?;
    let of_limits = |limits: Value| {
        format!(
            r#"
            const logo = await picture("logo.png", "logo");
            const entries = await Promise.all(Array.from({{ length: 9 }}, async (_, ix) => ({{ article: {{ id: `${{ix}}`, title: ix === 4 ? "ä".repeat(2000) : "" }}, pictures: [logo, await picture(`${{ix}}.png`, `own ${{ix}}`)] }})));
            const limits = {limits};
            const {{ files, nLeft }} = written(entries, {{ read: {{}} }}, {{ bytes: 1e9, line: 1e9, articles: 1e9, pictures: 1e9, ...limits }});
            const lines = await Promise.all(files.map(async (file) => bytesOf((await file.text()).split("\n")[0]).length));
            const all = await Promise.all(files.map(recordsOf));
            const own = all.flatMap(({{ records }}) => records).every(([id, pictures]) => pictures.join() === `${{id}}.png own ${{id}},logo.png logo`);
            return [files.length, nLeft, own, all.map(({{ problems, records }}) => problems.length + records.length).join(), lines.every((length) => length <= (limits.line ?? 1e9)) && files.every(({{ size }}) => size <= (limits.bytes ?? 1e9))];"#
        )
    };
    let cases = [
        (json!({}), json!([1, 0, true, "9", true])),
        (json!({ "articles": 4 }), json!([3, 0, true, "4,4,1", true])),
        (
            json!({ "pictures": 4 }),
            json!([5, 0, true, "2,2,2,2,1", true]),
        ),
        (json!({ "line": 700 }), json!([2, 1, true, "4,4", true])),
        (json!({ "bytes": 4600 }), json!([3, 0, true, "4,4,1", true])),
    ];
    for (limits, expect) in cases {
        check(stage, &of_limits(limits), expect).await?;
    }
    Ok(())
}

/// What came out of a file can come from no server again: it stays unless the same article comes later, and then it is asked.
pub async fn what_was_imported_stays(stage: &Stage<'_>) -> Result<()> {
    stage.open("").await?;
    let of = |before: Value, after: Value| {
        format!(
            r#"
            const records = async (article, ...paths) => imported.records([{{ id: "a", ...article }}], await Promise.all(paths.map((path) => picture(path, path))));
            const [before, after] = await Promise.all([records(...{before}), records(...{after})]);
            const parts = imported.compared(after, before);
            return Object.entries(parts).flatMap(([part, all]) => all.map(({{ pictures }}) => [part, ...pictures.map(({{ path }}) => path)].join(" "))).join();"#
        )
    };
    let image = |rest: Value| {
        let mut article = json!({ "image": "a.png" });
        if let (Some(all), Some(rest)) = (article.as_object_mut(), rest.as_object()) {
            all.extend(rest.clone());
        }
        article
    };
    let dated = |published: &str| json!({ "published": published });
    let cases = [
        (json!([{ "id": "b" }]), json!([{}]), "fresh"),
        (json!([{}]), json!([{}]), "same"),
        (
            json!([image(json!({})), "a.png"]),
            json!([image(json!({}))]),
            "same a.png",
        ),
        (
            json!([image(json!({}))]),
            json!([image(json!({})), "a.png"]),
            "fresh a.png",
        ),
        (
            json!([{ "title": "A" }]),
            json!([{ "title": "B" }]),
            "older",
        ),
        (
            json!([dated("2026-01-02")]),
            json!([dated("2026-01-01")]),
            "older",
        ),
        (
            json!([dated("2026-01-01")]),
            json!([{ "published": "2025-01-01", "updated": "2026-01-01T01:00:00Z" }]),
            "later",
        ),
        (
            json!([image(dated("2026-01-01")), "a.png"]),
            json!([image(dated("2026-01-02"))]),
            "later a.png",
        ),
        (
            json!([dated("2026-01-01")]),
            json!([dated("nonsense")]),
            "older",
        ),
    ];
    for (before, after, expect) in cases {
        check(stage, &of(before, after), json!(expect)).await?;
    }
    Ok(())
}

/// Places that a file brings: none is the latest for ever, and for none of them one of a reader's own goes.
pub async fn places_that_a_file_brings(stage: &Stage<'_>) -> Result<()> {
    stage.open("").await?;
    let script = r#"
        const positions = new Positions("/places/");
        const place = (when, block = 1) => ({ title: "", block, part: 0, furthest: 0.5, when });
        const day = 86_400_000;
        for (let n = 0; n < 290; n += 1) positions.merge(`own-${n}`, place(1000 + n, 7));
        const brought = {
            "own-1": place(Date.now() + 2 * day, 0),
            "own-2": place(2_000, 0),
            "own-3": place(500, 0),
            ahead: place(Date.now() + day / 2),
            never: place(9e15),
            before: place(-1),
            ["x".repeat(501)]: place(1),
            ...Object.fromEntries(Array.from({ length: 400 }, (_, n) => [n, place(3000 + n)])),
        };
        const { local } = await read(written([], { read: brought }).files[0]);
        const isNow = local.read.ahead.when <= Date.now();
        positions.join(local.read);
        const all = new Map(positions.all());
        const own = [...all.keys()].filter((id) => id.startsWith("own-")).length;
        return [isNow, all.size, own, ["own-1", "own-2", "own-3"].map((id) => all.get(id).block), ["ahead", "399", "391", "390", "never", "before"].map((id) => all.has(id))];
    "#;
    let expect = json!([
        true,
        300,
        290,
        [7, 0, 7],
        [true, true, true, false, false, false]
    ]);
    check(stage, script, expect).await
}
