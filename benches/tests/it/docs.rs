//! The figures in the docs are those of one recorded run.

use std::path::Path;

use ratoon_benches::compare::stale_blocks;

#[test]
fn figures_are_those_of_the_recorded_run() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let stale = stale_blocks(root).expect("every block is in its file");
    assert!(
        stale.is_empty(),
        "not what `cargo compare --docs` wrote from benches/figures.json: {stale:?}"
    );
}
