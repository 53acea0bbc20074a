//! What each driver is asked for: a quiet browser without a window, that asks nobody on the network for anything.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use xtask::system::Engine;

/// The capabilities of a new session, WebDriver §7; with a profile that is kept, where the browser is to keep it there.
pub fn of(engine: Engine, profile: Option<&Path>) -> Result<Map<String, Value>> {
    let browser = engine.browser().with_context(|| {
        format!(
            "no browser for {}: cargo xtask setup --tests",
            engine.name()
        )
    })?;
    let mut all = json!({ "pageLoadStrategy": "normal", "timeouts": { "script": 60_000, "pageLoad": 60_000 } });
    let folder = profile.map(|profile| profile.to_string_lossy().into_owned());
    let mut chromium: Vec<String> = chromium_arguments()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut firefox = vec!["-headless".to_owned()];
    if let Some(folder) = folder {
        chromium.push(format!("--user-data-dir={folder}"));
        firefox.extend(["-profile".to_owned(), folder]);
    }
    // WebKit's driver knows nothing of profiles: see the driver.
    let own = match engine {
        Engine::Chromium => json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": browser, "args": chromium },
            "goog:loggingPrefs": { "browser": "ALL" },
        }),
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": { "binary": browser, "args": firefox, "prefs": firefox_preferences() },
        }),
        Engine::WebKit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
        }),
    };
    if let (Some(all), Value::Object(own)) = (all.as_object_mut(), own) {
        all.extend(own);
    }
    match all {
        Value::Object(all) => Ok(all),
        _ => Ok(Map::new()),
    }
}

fn chromium_arguments() -> Vec<&'static str> {
    vec![
        "--headless=new",
        // Root may not use the sandbox, and containers rarely have one.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        // The hostile cases change the address after # thousands of times.
        "--disable-ipc-flooding-protection",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-quic",
        "--disable-sync",
        "--disable-search-engine-choice-screen",
        "--metrics-recording-only",
        "--force-color-profile=srgb",
        "--lang=en-US",
    ]
}

fn firefox_preferences() -> Value {
    json!({
        "app.normandy.enabled": false,
        "app.update.disabledForTesting": true,
        "browser.safebrowsing.blockedURIs.enabled": false,
        "browser.safebrowsing.downloads.enabled": false,
        "browser.safebrowsing.malware.enabled": false,
        "browser.safebrowsing.phishing.enabled": false,
        "browser.search.update": false,
        "browser.shell.checkDefaultBrowser": false,
        "browser.translations.enable": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        // As Chromium's flooding protection: 0 is no limit.
        "dom.navigation.navigationRateLimit.count": 0,
        "dom.push.connection.enabled": false,
        "extensions.getAddons.cache.enabled": false,
        "extensions.systemAddon.update.enabled": false,
        "intl.accept_languages": "en-US",
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.dns.disablePrefetch": true,
        "network.prefetch-next": false,
        "services.settings.server": "data:,#nowhere",
        "toolkit.telemetry.enabled": false,
    })
}
