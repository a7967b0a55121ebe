//! The processors that this process may use, and how to stay on one.

/// Their numbers, in order; empty where the system does not tell.
pub fn available() -> Vec<usize> {
    // SAFETY: all zeroes is the empty set.
    let mut allowed: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a set of the size given; 0 means the calling thread.
    if unsafe { libc::sched_getaffinity(0, SIZE, &mut allowed) } != 0 {
        return Vec::new();
    }
    let all = 0..8 * SIZE;
    // SAFETY: the processor is below the size of the set in bits.
    all.filter(|&processor| unsafe { libc::CPU_ISSET(processor, &allowed) }).collect()
}

/// Puts the calling thread, and those that it starts from now on, on `processor`. Where the system
/// refuses, the thread stays where it is.
pub fn pin_to(processor: usize) {
    if processor >= 8 * SIZE {
        return;
    }
    // SAFETY: all zeroes is the empty set.
    let mut one: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the processor is below the size of the set in bits.
    unsafe { libc::CPU_SET(processor, &mut one) };
    // SAFETY: the pointer is to a set of the size given. A failure changes nothing.
    unsafe { libc::sched_setaffinity(0, SIZE, &one) };
}

/// Puts the calling thread on the `index`th of the processors, counting round them.
pub fn pin_to_nth(index: usize) {
    let processors = available();
    if !processors.is_empty() {
        pin_to(processors[index % processors.len()]);
    }
}

const SIZE: usize = size_of::<libc::cpu_set_t>();
