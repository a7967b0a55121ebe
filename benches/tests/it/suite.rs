//! The whole suite, executed without measuring: every section, every report.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ratoon_benches::compare::Report;
use ratoon_benches::figures::FIGURES;
use serde_json::Value;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn every_section_and_every_report() {
    let (json, html, markdown) = (path("all.json"), path("all.html"), path("all.md"));
    let output = Command::new(env!("CARGO_BIN_EXE_compare"))
        .args(["--smoke", "--verbose"])
        .args(["--json".as_ref(), json.as_os_str()])
        .args(["--html".as_ref(), html.as_os_str()])
        .args(["--markdown".as_ref(), markdown.as_os_str()])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    check_json(&fs::read_to_string(json).expect("written"));
    check_html(&fs::read_to_string(html).expect("written"));
    let table = fs::read_to_string(markdown).expect("written");
    assert!(table.contains("| whole request, against naive"), "{table}");
    for heading in [
        "== Object pool ==",
        "== The server under load ==",
        "== Where Ratoon loses ==",
        "\nWhat it saves in an HTTP stack of your own\n",
    ] {
        assert!(text.contains(heading), "{heading}");
    }
}

fn check_json(text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let ratios = value["ratios"].as_object().expect("a flat object");
    for key in FIGURES.iter().map(|figure| figure.key) {
        let figure = ratios.get(key).unwrap_or_else(|| panic!("{key} is missing"));
        assert!(figure.as_f64().is_some_and(f64::is_finite), "{key}: {figure}");
    }
    assert!(ratios.values().all(Value::is_number));
    assert_eq!(value["ranges"].as_object().map(serde_json::Map::len), Some(ratios.len()));
    for zero in [
        "header_map/allocs_per_cycle",
        "leak/contexts_leaked",
        "pool/allocs_per_op",
        "request/allocs",
        "server/allocs_per_request",
    ] {
        assert_eq!(ratios[zero], 0.0, "{zero}");
    }
    let machine = &value["machine"];
    for field in ["cpu", "system", "compiler", "commit", "date", "mode", "malloc"] {
        assert!(machine[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
    }
    for peer in ["bumpalo", "http", "rylv-pool", "axum", "tokio"] {
        assert!(machine["versions"][peer].is_string(), "the version of {peer}");
    }
    let report: Report = serde_json::from_str(text).expect("what was written can be read");
    let names: Vec<&str> = report.results.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(names, ["pool", "arena", "header_map", "request", "leak", "retention", "server"]);
}

fn check_html(page: &str) {
    for id in ["pool", "arena", "header_map", "request", "leak", "retention", "server"] {
        assert!(page.contains(&format!("<h2 id=\"{id}\">")), "{id}");
    }
    for foreign in ["<script", "<link", "src=", "url(", "@import", "https://"] {
        assert!(!page.contains(foreign), "the page needs `{foreign}`");
    }
}
