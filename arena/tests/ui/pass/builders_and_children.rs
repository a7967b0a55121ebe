use ratoon_arena::Arena;

struct Page<'a> {
    title: &'a str,
    lines: &'a [&'a str],
}

fn main() {
    let mut arena = Arena::new();
    let mut scope = arena.scope();
    let mut text = scope.string(0);
    let mut lines = scope.vec(0);
    for line in ["one", "two"] {
        text.push_str(line);
        lines.push(&*scope.alloc_concat(&[line, "\n"]));
    }
    // Ended, they borrow the scope's memory and no longer the scope.
    let page = &*scope.alloc(Page { title: text.into_str(), lines: lines.into_slice() });
    let len = scope.child(|mut child| {
        let mut copy = child.string(0);
        copy.extend(page.lines.iter().copied());
        let copy = copy.into_str();
        let mut frame = child.frame(16);
        frame.put_slice(page.title.as_bytes());
        frame.put_slice(copy.as_bytes());
        frame.finish().len()
    });
    assert_eq!(len, 14);
    let name = scope.alloc_box(String::from("dropped before the reset"));
    drop(name);
    arena.reset();
}
