//! The leak, over HTTP. That the program does not compile with Ratoon's pool and without `Reset` is a
//! doctest of `workloads::leak`.

use ratoon_benches::workloads::leak::{NOBODY, USER_7, WithObjectPool, WithRatoon, ask};

#[test]
fn stranger_taken_for_the_last_user() {
    let told = ask::<WithObjectPool>().expect("both clients are answered");
    assert_eq!(told.user, USER_7);
    assert_eq!(told.anonymous, USER_7, "the published pool does not reset");
}

#[test]
fn stranger_is_nobody_with_reset() {
    let told = ask::<WithRatoon>().expect("both clients are answered");
    assert_eq!(told.user, USER_7);
    assert_eq!(told.anonymous, NOBODY);
}
