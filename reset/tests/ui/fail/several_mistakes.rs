//! All mistakes are shown together, and the uses of the type bring no further errors.

use ratoon_reset::Reset;

#[derive(Reset)]
#[reset(bound = 7)]
struct Context<'a, T: Clone, const N: usize = 4>
where
    T: 'a,
{
    #[reset(skip)]
    user: &'a T,
    #[reset(unknown, to, default, value = 7)]
    id: u64,
    #[reset(inner = "presence says nothing")]
    path: [u8; N],
}

fn main() {
    let mut context = Context { user: &7, id: 7, path: [0; 3] };
    context.reset();
    context.reusable();
    let _object: &mut dyn Reset = &mut context;
}
