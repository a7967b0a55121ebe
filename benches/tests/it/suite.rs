//! The whole suite, executed without measuring: every section, every report.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ratoon_benches::compare::Report;
use serde_json::Value;

/// The figures that are promised to whoever reads the JSON.
const PROMISED: [&str; 36] = [
    "arena/alloc_str/vs_best_peer",
    "arena/alloc_u64/vs_best_peer",
    "arena/frame/vs_vec",
    "arena/giant/retained_ratio",
    "arena/request/vs_best_peer",
    "arena/request/vs_bumpalo",
    "arena/sync_alloc/vs_best_peer",
    "arena/vec_push/vs_best_peer",
    "header_map/allocs_per_cycle",
    "header_map/browser_bulk/vs_http",
    "header_map/browser_each/vs_http",
    "header_map/cold/allocs",
    "header_map/cold/vs_http",
    "header_map/get_known/vs_http",
    "header_map/get_str/vs_http",
    "header_map/proxy_bulk/vs_http",
    "header_map/proxy_each/vs_http",
    "pool/allocs_per_op",
    "pool/context_1t/vs_best_peer",
    "pool/context_1t/vs_malloc",
    "pool/context_2t/vs_best_peer",
    "pool/get_put_1t/over_floor_ns",
    "pool/get_put_1t/vs_best_peer",
    "pool/handoff/objects_over_bound",
    "pool/handoff/vs_best_peer",
    "pool/handoff/vs_malloc",
    "pool/trim_storm/allocs",
    "request/allocs",
    "request/allocs_naive",
    "request/vs_naive",
    "request/vs_naive_mimalloc",
    "server/allocs_per_request",
    "server/depth1/rps_vs_naive",
    "server/depth16/p99_vs_naive",
    "server/depth16/rps_vs_naive",
    "server/rss_growth_percent",
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn every_section_and_every_report() {
    let (json, html, markdown) = (path("all.json"), path("all.html"), path("all.md"));
    let output = Command::new(env!("CARGO_BIN_EXE_compare"))
        .arg("--smoke")
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
    for heading in ["== Object pool ==", "== The server under load ==", "== Where Ratoon loses =="]
    {
        assert!(text.contains(heading), "{heading}");
    }
}

fn check_json(text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let ratios = value["ratios"].as_object().expect("a flat object");
    for key in PROMISED {
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
