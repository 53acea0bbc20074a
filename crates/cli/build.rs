//! Puts the reader's files into the program, where `OFFPRINT_RUNTIME` names their folder, and a fingerprint of the sources
//! that pages are made by, so that another program makes its pages anew.

#[path = "src/build/of_reader.rs"]
mod of_reader;

use of_reader::is_of_reader;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What pages are made by, from this package.
const SOURCES: [&str; 6] = [
    "src",
    "../article/src",
    "../packed/src",
    "../search/src",
    "../../src",
    "../../Cargo.lock",
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=OFFPRINT_RUNTIME");
    let mut code = String::from("/// The reader's files.\nconst FILES: &[(&str, &[u8])] = &[\n");
    if let Some(folder) = env::var_os("OFFPRINT_RUNTIME").filter(|folder| !folder.is_empty()) {
        println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
        let mut names: Vec<String> = fs::read_dir(&folder)?
            .flatten()
            .filter_map(|found| found.file_name().into_string().ok())
            .filter(|name| is_of_reader(name))
            .collect();
        names.sort();
        for name in names {
            let path = fs::canonicalize(Path::new(&folder).join(&name))?;
            println!("cargo::rerun-if-changed={}", path.display());
            code.push_str(&format!("    ({name:?}, include_bytes!({path:?})),\n"));
        }
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("runtime.rs"), code)?;

    // FNV-1a, 64 bits: what is here was not written to collide.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        take_in(Path::new(source), &mut hash)?;
    }
    println!("cargo::rustc-env=OFFPRINT_SOURCES={hash:016x}");
    Ok(())
}

/// Takes the names and the bytes of all files in.
fn take_in(path: &Path, hash: &mut u64) -> io::Result<()> {
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    if path.is_dir() {
        let mut paths: Vec<PathBuf> = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        paths.sort();
        for path in paths {
            take_in(&path, hash)?;
        }
    } else if path.is_file() {
        take(path.to_string_lossy().as_bytes());
        take(&fs::read(path)?);
    }
    Ok(())
}
