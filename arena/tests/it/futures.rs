//! Which futures are `Send`; see `tests/ui` for one that is not.

use ratoon_arena::{Arena, Scope};
use tokio::task::yield_now;

fn run<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async { tokio::spawn(future).await.unwrap() })
}

#[test]
fn task_that_owns_the_arena_keeps_values_across_await() {
    let text = run(async {
        let arena = Arena::new();
        let number = arena.alloc(1);
        let name = arena.alloc_str("name");
        yield_now().await;
        *number += 1;
        name.make_ascii_uppercase();
        format!("{name}{number}")
    });
    assert_eq!(text, "NAME2");
}

async fn parse<'a>(scope: &mut Scope<'a>, line: &str) -> Vec<&'a str> {
    let mut fields = Vec::new();
    for field in line.split(',') {
        fields.push(&*scope.alloc_str(field));
        yield_now().await;
    }
    fields
}

#[test]
fn scope_passed_to_an_async_function() {
    let fields = run(async {
        let mut arena = Arena::new();
        let mut total = 0;
        for _ in 0..100 {
            let mut scope = arena.scope();
            let fields = parse(&mut scope, "a,bc,def").await;
            let more = parse(&mut scope, "g,h").await;
            total += fields.concat().len() + more.len();
            arena.reset();
        }
        total
    });
    assert_eq!(fields, 800);
}

#[test]
fn scope_moved_into_a_task() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let arena: &'static mut Arena = Box::leak(Box::new(Arena::new()));
    let scope = arena.scope();
    let text = runtime.block_on(async move {
        tokio::spawn(async move {
            let mut scope = scope;
            parse(&mut scope, "x,y").await.concat()
        })
        .await
        .unwrap()
    });
    assert_eq!(text, "xy");
}

#[test]
fn task_cancelled_while_it_holds_a_scope() {
    let dropped = std::sync::Arc::new(());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let held = std::sync::Arc::clone(&dropped);
        let task = tokio::spawn(async move {
            let mut arena = Arena::new();
            let scope = arena.scope();
            scope.alloc_deferred(held);
            std::future::pending::<()>().await;
            scope.alloc(0_u8);
        });
        while std::sync::Arc::strong_count(&dropped) < 2 {
            yield_now().await;
        }
        yield_now().await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    });
    assert_eq!(std::sync::Arc::strong_count(&dropped), 1);
}
