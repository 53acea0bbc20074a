//! Accessibility, checked by axe-core in the page, through open shadow roots.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xtask::workspace;

use crate::browser::Browser;

const RUN: &str = "
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The size of targets is new in WCAG 2.2 and switched off unless asked for.
const rules = { 'target-size': { enabled: true } };
axe.run(document, { resultTypes: ['violations'], runOnly: tags, rules }).then(
  ({ violations }) => done(violations.map(({ id, help, nodes }) => ({
    id, help, where: nodes.slice(0, 5).map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary}`),
  }))),
  (error) => done(String(error)),
);
";

/// Fails with what axe-core found in the page as it is now.
pub async fn check(browser: &Browser) -> Result<()> {
    if browser.run("return typeof axe === 'undefined';").await? == Value::Bool(true) {
        let path = workspace::root().join("tests/browser/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path)
            .context("axe-core is not there: cargo xtask setup --tests")?;
        // In a function of its own, `module` and the like cannot be seen: axe puts itself on the window.
        browser.run(&axe).await?;
    }
    let violations = browser.run_async(RUN, Vec::new()).await?;
    let Some(violations) = violations.as_array() else {
        bail!("axe-core did not run: {violations}");
    };
    let mut told = String::new();
    for violation in violations {
        told.push_str(&format!("\n  {}: {}", violation["id"], violation["help"]));
        for place in violation["where"].as_array().into_iter().flatten() {
            told.push_str(&format!(
                "\n    {}",
                place.as_str().unwrap_or_default().replace('\n', " ")
            ));
        }
    }
    ensure!(told.is_empty(), "axe-core found:{told}");
    Ok(())
}
