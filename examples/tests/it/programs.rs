//! Programs that check themselves and end.

use std::process::Command;

fn runs(program: &str) {
    let output = Command::new(program).output().expect("the program starts");
    assert!(
        output.status.success(),
        "{program}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

macro_rules! programs {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            runs(env!(concat!("CARGO_BIN_EXE_", stringify!($name))));
        }
    )*};
}

programs! {
    arena_fan_out
    arena_frame
    arena_json
    headers_grpc_metadata
    headers_proxy_hop
    headers_response_template
    headers_typed
    pool_axum_extractor
    pool_bumpalo
    pool_tokio_server
    pool_work_queue
}
