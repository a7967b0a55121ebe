use ratoon_arena::Arena;

struct Prints<'a>(&'a str);

impl Drop for Prints<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let mut arena = Arena::new();
    {
        let text = String::from("gone");
        arena.alloc_deferred(Prints(&text));
    }
    arena.reset();
}
