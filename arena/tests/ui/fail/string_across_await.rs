use ratoon_arena::{Arena, Scope};

async fn write(scope: &mut Scope<'_>) {
    let mut text = scope.string(0);
    text.push('a');
    tokio::task::yield_now().await;
    text.push('b');
}

fn main() {
    tokio::spawn(async {
        let mut arena = Arena::new();
        write(&mut arena.scope()).await;
    });
}
