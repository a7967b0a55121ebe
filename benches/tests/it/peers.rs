//! Every peer of the list takes part, and nobody else is called a peer.

use ratoon_benches::harness::Kind;
use ratoon_benches::harness::threads::on_large_stack;
use ratoon_benches::peers::PEERS;
use ratoon_benches::workloads::SECTIONS;

/// All workloads with the peers that take part.
fn taking_part() -> Vec<(&'static str, Vec<&'static str>)> {
    let workloads = SECTIONS.iter().flat_map(|section| section.workloads);
    let peers = |workload: &ratoon_benches::harness::Workload| {
        let subjects = (workload.subjects)(1);
        let peers = subjects.iter().filter(|subject| subject.kind == Kind::Peer);
        peers.map(|subject| subject.name).collect()
    };
    on_large_stack(|| workloads.map(|workload| (workload.key, peers(workload))).collect())
}

#[test]
fn no_peer_was_dropped_and_none_is_unlisted() {
    let all = taking_part();
    for peer in PEERS {
        for key in peer.workloads {
            let workload = all.iter().find(|(workload, _)| workload == key);
            let (_, subjects) = workload.unwrap_or_else(|| panic!("there is no workload {key}"));
            let takes_part = subjects.iter().any(|subject| peer.has(subject));
            assert!(takes_part, "{} takes no part in {key}", peer.name);
        }
    }
    for subject in all.iter().flat_map(|(_, subjects)| subjects) {
        assert!(
            PEERS.iter().any(|peer| peer.has(subject)),
            "{subject} is not in the list of peers"
        );
    }
}
