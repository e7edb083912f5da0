//! Works on many things at once, where that is worth a thread.

use std::panic::resume_unwind;
use std::thread;

/// As many as a small machine has cores, and enough that some work while others wait for the disk.
const THREADS: usize = 4;

/// What `work` makes of each of the items, in their order; one after the other where there are no more than a `few`.
pub(super) fn map<T: Send, R: Send>(
    mut items: Vec<T>,
    few: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let size = items.len().div_ceil(THREADS);
    if items.len() <= few {
        return items.into_iter().map(work).collect();
    }
    thread::scope(|scope| {
        let mut parts = Vec::new();
        while !items.is_empty() {
            let rest = items.split_off(size.min(items.len()));
            let part = std::mem::replace(&mut items, rest);
            let work = &work;
            parts.push(scope.spawn(move || part.into_iter().map(work).collect::<Vec<R>>()));
        }
        let done = parts
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 2, 3, 7, 100] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(map(items.clone(), 2, |it| it), items);
        }
    }
}
