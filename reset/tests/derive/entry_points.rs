//! The derives of the crates that re-export the trait: each names its own crate.

use ratoon_reset::Reset as _;
use ratoon_reset_derive::{ResetForArena, ResetForHeaderMap, ResetForPool};

macro_rules! entry_points {
    ($($test:ident: $derive:ident;)*) => {$(
        #[test]
        fn $test() {
            #[derive($derive)]
            struct Context {
                user: u64,
                #[reset(max_capacity = 4)]
                path: String,
            }

            let mut context = Context { user: 7, path: String::from("/account") };
            context.reset();
            assert_eq!((context.user, context.path.capacity()), (0, 4));
        }
    )*};
}

entry_points! {
    derive_for_arena: ResetForArena;
    derive_for_header_map: ResetForHeaderMap;
    derive_for_pool: ResetForPool;
}
