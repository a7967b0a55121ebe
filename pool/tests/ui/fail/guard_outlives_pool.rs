//! A guard borrows its pool, and an object may not outlive what it borrows.
use ratoon_pool::{Pool, Reset};

struct Note<'a>(Option<&'a String>);

impl Reset for Note<'_> {
    fn reset(&mut self) {}
}

impl Drop for Note<'_> {
    fn drop(&mut self) {
        if let Some(text) = self.0 {
            println!("{text}");
        }
    }
}

fn main() {
    let guard = {
        let pool = Pool::<String>::new(String::new);
        pool.get()
    };
    drop(guard);

    let notes = Pool::<Note<'_>>::new(|| Note(None));
    let text = String::from("dropped before the pool");
    notes.get().0 = Some(&text);
}
