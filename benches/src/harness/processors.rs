//! The processors that this process may use, and how to stay on one. Where the system is not Linux,
//! threads run where its scheduler puts them.

/// Their numbers, in order.
pub fn available() -> Vec<usize> {
    let allowed = affinity::allowed();
    if !allowed.is_empty() {
        return allowed;
    }
    (0..std::thread::available_parallelism().map_or(1, usize::from)).collect()
}

/// Puts the calling thread, and those that it starts from now on, on `processor`. Where the system
/// refuses, the thread stays where it is.
pub fn pin_to(processor: usize) {
    affinity::pin_to(processor);
}

/// Puts the calling thread on the `index`th of the processors, counting round them.
pub fn pin_to_nth(index: usize) {
    let processors = available();
    pin_to(processors[index % processors.len()]);
}

#[cfg(target_os = "linux")]
mod affinity {
    const SIZE: usize = size_of::<libc::cpu_set_t>();

    /// Empty if the system does not tell.
    pub(super) fn allowed() -> Vec<usize> {
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

    pub(super) fn pin_to(processor: usize) {
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
}

#[cfg(not(target_os = "linux"))]
mod affinity {
    pub(super) fn allowed() -> Vec<usize> {
        Vec::new()
    }

    pub(super) fn pin_to(_: usize) {}
}

#[cfg(test)]
mod tests {
    use super::{available, pin_to, pin_to_nth};

    #[test]
    fn a_thread_on_one_of_them() {
        let before = available();
        assert!(!before.is_empty());
        // Affinity is a thread's own.
        let there = std::thread::spawn(|| {
            pin_to_nth(usize::MAX);
            // There is no such processor: nothing changes.
            pin_to(usize::MAX);
            available()
        });
        let there = there.join().expect("no panic");
        if cfg!(target_os = "linux") {
            assert_eq!(there, [before[usize::MAX % before.len()]]);
        }
        assert_eq!(available(), before);
    }
}
