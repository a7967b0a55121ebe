//! A crate without std. Its panic handler would be a second one if any dependency linked std, and
//! that does not compile.
#![no_std]
#![deny(warnings)]

extern crate alloc;

use alloc::{string::String, vec::Vec};
use core::panic::PanicInfo;

use ratoon_reset::Reset;

/// What one request works with.
#[derive(Reset)]
pub struct Context<T> {
    user: Option<u64>,
    #[reset(max_capacity = 64)]
    path: String,
    items: Vec<T>,
    #[reset(zeroize)]
    key: [u8; 32],
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// Type-checked, with everything that the derive generates.
pub fn reset(context: &mut Context<u8>) -> usize {
    context.reset();
    context.retained_bytes()
}
