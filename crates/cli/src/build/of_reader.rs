//! [`is_of_reader`]: which files of `dist/` a site takes along. The build script asks, too.

/// Whether a file of `dist/` is the reader's: a script, a module, a style sheet, an icon, or the page for frames.
pub fn is_of_reader(name: &str) -> bool {
    name == "embed.html"
        || ICONS.contains(&name)
        || [".js", ".wasm", ".css"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// The icons, which stand at the root of a site; the first is the one that its pages name.
pub const ICONS: [&str; 7] = [
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.svg",
    "icon-maskable-512.png",
    "icon-mono.svg",
    "icon-touch.png",
];
