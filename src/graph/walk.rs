//! Walks over numbered revisions. None recurses.

/// A set of revisions: whether each is a member.
pub(super) type Members = Vec<bool>;

/// The members of `set`, in the order of revisions.
pub(super) fn members(set: &[bool]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at)
}

/// The revisions of a line: all those above and below one of them. Without one, all there are.
pub(super) struct Line(Option<Members>);

impl Line {
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.as_ref().is_none_or(|line| line[at])
    }

    /// Whether it may leave out any.
    pub(super) fn is_named(&self) -> bool {
        self.0.is_some()
    }

    /// Those of `revisions` that are in it.
    pub(super) fn of(&self, revisions: &[usize]) -> Vec<usize> {
        revisions.iter().copied().filter(|&at| self.has(at)).collect()
    }
}

/// What comes before each revision, and what after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// The revisions just below each, as its file lists them.
    pub(super) down: Vec<Vec<usize>>,
    /// The revisions just above each.
    pub(super) up: Vec<Vec<usize>>,
}

impl Edges {
    /// The edges of which `down` is one half.
    pub(super) fn new(down: Vec<Vec<usize>>) -> Edges {
        let mut up = vec![Vec::new(); down.len()];
        for (at, below) in down.iter().enumerate() {
            below.iter().for_each(|&it| up[it].push(at));
        }
        Edges { down, up }
    }

    /// `starts` and everything below them.
    pub(super) fn below(&self, starts: &[usize]) -> Members {
        reach(starts, &self.down)
    }

    /// `starts` and everything above them.
    pub(super) fn above(&self, starts: &[usize]) -> Members {
        reach(starts, &self.up)
    }

    /// The line of `at`.
    pub(super) fn line(&self, at: Option<usize>) -> Line {
        Line(at.map(|at| {
            let (below, above) = (self.below(&[at]), self.above(&[at]));
            below.into_iter().zip(above).map(|(below, above)| below || above).collect()
        }))
    }

    /// The members of `set`, each before everything below it and line by line: a walk goes down
    /// a line for as long as nothing that is left stands above it, and then to the line that does.
    /// Where any of several lines may come first, the order of revisions decides.
    pub(super) fn newest_first(&self, set: &[bool]) -> Vec<usize> {
        let mut walk = Walk::new(self, set);
        let mut order = Vec::new();
        let mut line = 0;
        while let Some(&tip) = walk.tips.get(line) {
            if walk.above_left[tip] > 0 {
                line = walk.line_above(tip);
            } else {
                order.push(tip);
                line = walk.pass(line, tip);
            }
        }
        order
    }

    /// The members of `set` just above which no other member stands, in the order of revisions.
    pub(super) fn tips(&self, set: &[bool]) -> Vec<usize> {
        members(set).filter(|&at| self.up[at].iter().all(|&above| !set[above])).collect()
    }

    /// Everything below any of `set`. A member of it is there only if it is below another one.
    pub(super) fn strictly_below(&self, set: &[usize]) -> Members {
        let below: Vec<_> = set.iter().flat_map(|&at| &self.down[at]).copied().collect();
        self.below(&below)
    }
}

/// A walk from the newest to the oldest, see [`Edges::newest_first`].
struct Walk<'a> {
    edges: &'a Edges,
    /// What is left to pass.
    left: Members,
    /// How many of those that are left stand just above each revision.
    above_left: Vec<usize>,
    /// The next revision of each line that the walk has begun.
    tips: Vec<usize>,
    /// Whether each revision is one of `tips`.
    is_tip: Members,
}

impl Walk<'_> {
    fn new<'a>(edges: &'a Edges, set: &[bool]) -> Walk<'a> {
        let above = |at: usize| edges.up[at].iter().filter(|&&above| set[above]).count();
        let above_left: Vec<_> = (0..set.len()).map(above).collect();
        let tips: Vec<_> = members(set).filter(|&at| above_left[at] == 0).collect();
        let mut is_tip = vec![false; set.len()];
        tips.iter().for_each(|&tip| is_tip[tip] = true);
        Walk { edges, left: set.to_vec(), above_left, tips, is_tip }
    }

    /// Passes `tip`, the next revision of `line`, and says where to go on.
    fn pass(&mut self, line: usize, tip: usize) -> usize {
        (self.left[tip], self.is_tip[tip]) = (false, false);
        let mut next = None;
        for &below in &self.edges.down[tip] {
            if !self.left[below] {
                continue;
            }
            self.above_left[below] -= 1;
            if self.is_tip[below] {
                continue;
            }
            self.is_tip[below] = true;
            match next {
                None => next = Some(below),
                Some(_) => self.tips.push(below),
            }
        }
        match next {
            Some(next) => {
                self.tips[line] = next;
                line
            }
            None => {
                self.tips.remove(line);
                line.saturating_sub(1)
            }
        }
    }

    /// The first line in which something above `tip` is left. There is one, or `tip` would be
    /// free.
    fn line_above(&self, tip: usize) -> usize {
        let mut above = vec![false; self.left.len()];
        let mut todo = vec![tip];
        while let Some(at) = todo.pop() {
            for &next in &self.edges.up[at] {
                if self.left[next] && !above[next] {
                    above[next] = true;
                    todo.push(next);
                }
            }
        }
        self.tips.iter().position(|&tip| above[tip]).unwrap_or(self.tips.len())
    }
}

fn reach(starts: &[usize], edges: &[Vec<usize>]) -> Members {
    let mut reached = vec![false; edges.len()];
    let mut todo = starts.to_vec();
    while let Some(at) = todo.pop() {
        if !reached[at] {
            reached[at] = true;
            todo.extend(&edges[at]);
        }
    }
    reached
}
