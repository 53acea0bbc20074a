//! Nothing here calls itself deeply, and a page pays for the stack of a module as for everything else in its memory: a quarter of
//! the customary megabyte is plenty.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_TARGET_ARCH").is_some_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=262144");
    }
}
