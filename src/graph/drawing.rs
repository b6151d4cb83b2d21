//! A drawing of revisions: nodes one below the other, and the strokes between them.
//!
//! Every revision that is still to come and that something above it needs has a lane, a column
//! of its own; all strokes to it meet there. A lane ends at its revision and is free for another
//! one, so a drawing is as wide as its widest place asks for and no wider. What would be wider
//! than [`WIDEST`] lanes is not drawn and left to be said in words, as is what leads to a
//! revision outside of the drawing.

use super::{Revision, RevisionGraph};

/// The most lanes of a drawing. The eye loses the thread sooner, and half the width of a terminal
/// is left for words.
const WIDEST: usize = 20;

/// A revision of a drawing with the strokes around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'g> {
    /// The revision, whose node stands between `left` and `right`.
    pub revision: &'g Revision,
    /// The strokes to the left of the node.
    pub left: String,
    /// The strokes to the right of the node, and a blank in front of each.
    pub right: String,
    /// The strokes that lead from the node to other lanes; a line of its own.
    pub link: Option<String>,
    /// The strokes beside any more lines before the next node.
    pub beside: String,
    /// Its parents to which no stroke leads.
    pub parents: Vec<&'g str>,
    /// The names of its dependencies to which no stroke leads.
    pub depends_on: Vec<&'g str>,
}

/// The characters of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strokes {
    /// Lines with round corners.
    Box,
    /// What every terminal has.
    Ascii,
}

/// How a stroke is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pen {
    /// To a dependency.
    Dotted,
    /// To a parent.
    Solid,
}

/// A column with strokes to a revision further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lane {
    to: usize,
    pen: Pen,
}

/// The columns from left to right.
type Lanes = Vec<Option<Lane>>;

impl RevisionGraph {
    /// A drawing of `revisions`, given with each before all that it needs, as
    /// [`RevisionGraph::history`] gives them: a row for each.
    pub fn draw<'g>(&'g self, revisions: &[&'g Revision], strokes: Strokes) -> Vec<Row<'g>> {
        let mut left_to_draw = vec![false; self.revisions.len()];
        let numbers = || revisions.iter().filter_map(|it| self.index.get(&it.id).copied());
        numbers().for_each(|at| left_to_draw[at] = true);
        let mut lanes = Lanes::new();
        let mut rows: Vec<Row<'g>> = Vec::with_capacity(revisions.len());
        let mut ended = None;
        for at in numbers() {
            left_to_draw[at] = false;
            let column = column_of(&lanes, at);
            // One node right below another seems to come before it.
            let last = rows.last_mut().filter(|it| it.link.is_none() && ended == Some(column));
            if let Some(last) = last {
                last.link = Some(last.beside.clone());
            }
            rows.push(self.drawn_row(at, column, &mut lanes, &left_to_draw, strokes));
            ended = lanes.get(column).is_none_or(Option::is_none).then_some(column);
        }
        rows
    }

    /// The row of `at`, whose node is in `column`; `lanes` are then those below it.
    fn drawn_row(
        &self,
        at: usize,
        column: usize,
        lanes: &mut Lanes,
        below: &[bool],
        strokes: Strokes,
    ) -> Row<'_> {
        let revision = &self.revisions[at];
        if column == lanes.len() {
            lanes.push(None);
        }
        let above = lanes.clone();
        lanes[column] = None;

        let mut links = Vec::new();
        let (mut parents, mut depends_on) = (Vec::new(), Vec::new());
        let is_parent = |number: usize| number < self.lines.down[at].len();
        for (number, &need) in self.needs.down[at].iter().enumerate() {
            let pen = if is_parent(number) { Pen::Solid } else { Pen::Dotted };
            let drawn = below[need].then(|| lead(lanes, column, Lane { to: need, pen })).flatten();
            match drawn {
                Some(to) => links.push((to, pen)),
                None if is_parent(number) => parents.push(self.revisions[need].id.as_str()),
                None => depends_on.push(self.revisions[need].id.as_str()),
            }
        }
        let upright = |lane: &Option<Lane>| match lane {
            Some(lane) => strokes.upright(lane.pen),
            None => ' ',
        };
        let spaced = |lanes: &[Option<Lane>]| -> String {
            lanes.iter().flat_map(|lane| [upright(lane), ' ']).collect()
        };
        let link = Link { column, links: &links, above: &above, below: lanes };
        let link = link.is_needed().then(|| link.draw(strokes));
        let row = Row {
            revision,
            left: spaced(&above[..column]),
            right: format!(" {}", spaced(&above[column + 1..])).trim_end().to_owned(),
            link,
            beside: spaced(lanes).trim_end().to_owned(),
            parents,
            depends_on,
        };
        while lanes.last() == Some(&None) {
            lanes.pop();
        }
        row
    }
}

/// The column of the node of `at`: that of its lane, else one that is free.
fn column_of(lanes: &Lanes, at: usize) -> usize {
    let lane = lanes.iter().position(|lane| lane.is_some_and(|lane| lane.to == at));
    lane.unwrap_or_else(|| free(lanes))
}

/// The first column without a lane; one may have to be added.
fn free(lanes: &Lanes) -> usize {
    lanes.iter().position(Option::is_none).unwrap_or(lanes.len())
}

/// The column of the lane in which a stroke from the node in `column` leads to where `lane` does:
/// the one that does already, else one that is free. `None` where the drawing would become too
/// wide.
fn lead(lanes: &mut Lanes, column: usize, lane: Lane) -> Option<usize> {
    let known = lanes.iter_mut().enumerate().find_map(|(at, it)| match it {
        Some(it) if it.to == lane.to => Some((at, it)),
        _ => None,
    });
    if let Some((at, known)) = known {
        known.pen = known.pen.max(lane.pen);
        return Some(at);
    }
    let at = if lanes[column].is_none() { column } else { free(lanes) };
    if at >= WIDEST {
        return None;
    }
    if at == lanes.len() {
        lanes.push(None);
    }
    lanes[at] = Some(lane);
    Some(at)
}

/// The line between a node and the next one.
struct Link<'a> {
    /// The node's column.
    column: usize,
    /// The columns to which strokes lead from it.
    links: &'a [(usize, Pen)],
    /// The lanes that come from above; that of the node is there or not.
    above: &'a Lanes,
    /// The lanes that go on.
    below: &'a Lanes,
}

impl Link<'_> {
    /// Whether a stroke leaves the node's own column, or what leads straight down is not what a
    /// node right below the other means.
    fn is_needed(&self) -> bool {
        self.links.iter().any(|(to, pen)| *to != self.column || *pen == Pen::Dotted)
    }

    fn draw(&self, strokes: Strokes) -> String {
        let mut line = String::new();
        for at in 0..self.above.len().max(self.below.len()) {
            line.push(self.cell(at, strokes));
            line.push(self.level(at).map_or(' ', |pen| strokes.level(pen)));
        }
        line.trim_end().to_owned()
    }

    /// What stands in the column `at`. A stroke that only passes a lane is broken by it, so that
    /// the two do not seem to meet.
    fn cell(&self, at: usize, strokes: Strokes) -> char {
        let lane = |lanes: &Lanes| lanes.get(at).copied().flatten();
        let (above, below) = (lane(self.above), lane(self.below));
        let (left, right) = (at.checked_sub(1).and_then(|it| self.level(it)), self.level(at));
        let meets = at == self.column || self.links.iter().any(|(to, _)| *to == at);
        match (meets, below, left.max(right)) {
            (true, Some(lane), None) => strokes.upright(lane.pen),
            (true, ..) => strokes.joint(Joint {
                up: at == self.column || above.is_some(),
                down: below.is_some(),
                left: left.is_some(),
                right: right.is_some(),
            }),
            (false, Some(lane), _) => strokes.upright(lane.pen),
            (false, None, Some(pen)) => strokes.level(pen),
            (false, None, None) => ' ',
        }
    }

    /// The stroke between the columns `at` and `at + 1`.
    fn level(&self, at: usize) -> Option<Pen> {
        let covers = |to: usize| (self.column.min(to)..self.column.max(to)).contains(&at);
        self.links.iter().filter(|(to, _)| covers(*to)).map(|(_, pen)| *pen).max()
    }
}

/// Where strokes lead from the place at which they meet.
struct Joint {
    up: bool,
    down: bool,
    left: bool,
    right: bool,
}

impl Strokes {
    fn upright(self, pen: Pen) -> char {
        match (self, pen) {
            (Strokes::Box, Pen::Solid) => '│',
            (Strokes::Box, Pen::Dotted) => '┊',
            (Strokes::Ascii, Pen::Solid) => '|',
            (Strokes::Ascii, Pen::Dotted) => ':',
        }
    }

    fn level(self, pen: Pen) -> char {
        match (self, pen) {
            (Strokes::Box, Pen::Solid) => '─',
            (Strokes::Box, Pen::Dotted) => '╌',
            (Strokes::Ascii, Pen::Solid) => '-',
            (Strokes::Ascii, Pen::Dotted) => '.',
        }
    }

    fn joint(self, Joint { up, down, left, right }: Joint) -> char {
        let (round, plain) = match (up, down, left, right) {
            (true, true, true, true) => ('┼', '+'),
            (true, true, true, false) => ('┤', '+'),
            (true, true, false, true) => ('├', '+'),
            (true, false, true, true) => ('┴', '+'),
            (false, true, true, true) => ('┬', '+'),
            (true, false, true, false) => ('╯', '\''),
            (true, false, false, true) => ('╰', '`'),
            (false, true, true, false) => ('╮', '.'),
            (false, true, false, true) => ('╭', '.'),
            (_, _, true, _) | (_, _, _, true) => ('─', '-'),
            (true, _, false, false) | (_, true, false, false) => ('│', '|'),
            (false, false, false, false) => (' ', ' '),
        };
        match self {
            Strokes::Box => round,
            Strokes::Ascii => plain,
        }
    }
}
