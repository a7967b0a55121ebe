//! `compare serve`: the server of the experiment, for a load generator of one's own.

use std::io;
use std::thread;

use crate::server::{Server, Variant, raise_file_limit};
use crate::workloads::Failure;

/// Serves until the process is ended.
pub(super) fn serve(variant: Variant, port: u16, threads: usize) -> Result<(), Failure> {
    raise_file_limit();
    let server =
        Server::start(variant, port, threads, &[]).map_err(|error| unavailable(port, &error))?;
    println!("{} on http://{}", variant.label(), server.address());
    loop {
        thread::park();
    }
}

fn unavailable(port: u16, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is busy; choose another with --port, 0 takes any that is free")
                .into()
        }
        _ => format!("cannot listen on 127.0.0.1:{port}: {error}").into(),
    }
}
