//! Work on several things at once.

use std::num::NonZero;
use std::thread::{self, ScopedJoinHandle};

/// Fewer things than this are done sooner than threads are started for them.
const FEW: usize = 200;

/// What `work` makes of each item, in their order. Many items are shared out among the
/// processors: to read a thousand small files is mostly work of the system.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < FEW {
        return items.iter().map(work).collect();
    }
    let share = share(items.len());
    let do_share = |items: &[T]| items.iter().map(&work).collect::<Vec<R>>();
    let (mine, others) = items.split_at(share.min(items.len()));
    thread::scope(|scope| {
        let others: Vec<_> =
            others.chunks(share).map(|items| scope.spawn(|| do_share(items))).collect();
        let mut done = do_share(mine);
        others.into_iter().for_each(|other| done.extend(wait(other)));
        done
    })
}

/// The same of items that are given away.
pub(crate) fn turn<T: Send, R: Send>(mut items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if items.len() < FEW {
        return items.into_iter().map(work).collect();
    }
    let share = share(items.len());
    let do_share = |items: Vec<T>| items.into_iter().map(&work).collect::<Vec<R>>();
    thread::scope(|scope| {
        let mut others = Vec::new();
        while items.len() > share {
            let last = items.split_off((items.len() - 1) / share * share);
            others.push(scope.spawn(|| do_share(last)));
        }
        let mut done = do_share(items);
        others.into_iter().rev().for_each(|other| done.extend(wait(other)));
        done
    })
}

/// How many of so many items a processor gets.
fn share(count: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    count.div_ceil(processors).max(FEW / 2)
}

/// What two pieces of work give that do not need each other.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (wait(one), other)
    })
}

/// What a thread gives. One that panics takes this one with it.
fn wait<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done() {
        assert_eq!(both(|| 1, || "a"), (1, "a"));
    }

    #[test]
    fn the_order_stays() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 10 * FEW + 7] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|it| it * 2).collect();
            assert_eq!(map(&items, |it| it * 2), doubled);
            assert_eq!(turn(items, |it| it * 2), doubled);
        }
    }
}
