//! What `offprint check` reports, a line for each finding.

use serde_json::Value;

/// The findings of a report in JSON: `NAME 4:5 missing-title articles[0].title`.
pub fn findings(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).expect("a report in JSON");
    let files = report["files"].as_array().expect("files");
    let of_file = |file: &Value| {
        let name = file["name"].as_str().expect("a name").to_string();
        let problems = file["problems"].as_array().expect("problems").clone();
        problems.into_iter().map(move |problem| {
            let text = |name: &str| problem[name].as_str().expect("a text").to_string();
            let (line, column) = (&problem["line"], &problem["column"]);
            format!("{name} {line}:{column} {} {}", text("code"), text("path"))
        })
    };
    files.iter().flat_map(of_file).collect()
}
