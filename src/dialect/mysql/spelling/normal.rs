//! One form for trees that mean the same.

use super::super::Flavour;
use super::tree::{Tree, node, word};

/// As what an expression is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Sense {
    /// Only whether it is true, false or unknown counts.
    Truth,
    /// Its value counts.
    Value,
}

/// The tree in one form.
pub(super) fn normal(tree: Tree, sense: Sense, flavour: Flavour) -> Tree {
    let tree = value(tree, flavour);
    match sense {
        Sense::Truth => truth(tree),
        Sense::Value => tree,
    }
}

/// The tree where its value counts.
fn value(tree: Tree, flavour: Flavour) -> Tree {
    let (name, of) = match tree {
        Tree::Node(name, of) => (name, of),
        Tree::Word(it) => return value_of_word(it, flavour),
        leaf => return leaf,
    };
    let mut of: Vec<Tree> = of.into_iter().map(|it| value(it, flavour)).collect();
    match &*name {
        "and" | "or" => chain(&name, of),
        // MariaDB makes whole numbers of its sides first.
        "xor" if flavour == Flavour::MariaDb => exclusive(of),
        "xor" => exclusive(of.into_iter().map(truth).collect()),
        "not" => of.pop().map_or(word("null"), negated),
        "is true" if of.first().is_some_and(is_definite) => of.pop().unwrap_or(word("null")),
        "is false" if of.first().is_some_and(is_definite) => of.pop().map_or(word("null"), negated),
        "is true" | "is false" => node(name, of.into_iter().map(truth).collect()),
        "is null" => node(name, of.into_iter().map(without_truth).collect()),
        "if()" if of.len() == 3 => {
            let rest = of.split_off(1);
            node(name, of.into_iter().map(truth).chain(rest).collect())
        }
        "case when" => {
            let last = of.len().saturating_sub(1);
            let each = of.into_iter().enumerate();
            node(
                name,
                each.map(|(at, it)| if at % 2 == 0 && at < last { truth(it) } else { it })
                    .collect(),
            )
        }
        _ => compared(name, of),
    }
}

/// MariaDB writes 1 for true wherever it stands.
fn value_of_word(text: String, flavour: Flavour) -> Tree {
    match (flavour, &*text) {
        (Flavour::MariaDb, "true") => word("1"),
        (Flavour::MariaDb, "false") => word("0"),
        _ => Tree::Word(text),
    }
}

/// `a AND b AND c` is one node of three.
fn chain(name: &str, of: Vec<Tree>) -> Tree {
    let mut all = Vec::new();
    for tree in of {
        match truth(tree) {
            Tree::Node(inner, of) if inner == name => all.extend(of),
            other => all.push(other),
        }
    }
    node(name, all)
}

/// `a XOR b XOR c` is one node of three; what is negated within makes one negation around it, or none.
fn exclusive(of: Vec<Tree>) -> Tree {
    let mut is_negated = false;
    let mut all = Vec::new();
    for tree in of {
        let (tree, was_negated) = match tree {
            Tree::Node(name, mut of) if name == "not" && of.first().is_some_and(is_exclusive) => {
                (of.pop().unwrap_or(word("null")), true)
            }
            other => (other, false),
        };
        is_negated ^= was_negated;
        match tree {
            Tree::Node(name, of) if name == "xor" => all.extend(of),
            tree if is_negative(&tree) => {
                is_negated = !is_negated;
                all.push(negated(tree));
            }
            tree => all.push(tree),
        }
    }
    let tree = node("xor", all);
    if is_negated { node("not", vec![tree]) } else { tree }
}

fn is_exclusive(tree: &Tree) -> bool {
    matches!(tree, Tree::Node(name, _) if name == "xor")
}

/// Whether it is the one of two opposites that stands for neither.
fn is_negative(tree: &Tree) -> bool {
    const NEGATIVE: [&str; 5] = ["not", "<>", "<=", ">=", "or"];
    matches!(tree, Tree::Node(name, _) if NEGATIVE.contains(&name.as_str()))
}

/// The same comparison with its sides exchanged.
fn mirrored(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "=" => "=",
        "<>" => "<>",
        "<=>" => "<=>",
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        _ => return None,
    })
}

/// The comparison that is true where this one is false.
fn opposite(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "=" => "<>",
        "<>" => "=",
        "<" => ">=",
        ">" => "<=",
        "<=" => ">",
        ">=" => "<",
        _ => return None,
    })
}

fn is_constant(tree: &Tree) -> bool {
    matches!(tree, Tree::Text(_) | Tree::Word(_))
}

/// A comparison with a constant has it on its right.
fn compared(name: String, mut of: Vec<Tree>) -> Tree {
    match (mirrored(&name), &of[..]) {
        (Some(mirrored), [left, right]) if is_constant(left) && !is_constant(right) => {
            of.reverse();
            node(mirrored, of)
        }
        _ => node(name, of),
    }
}

/// Whether it is nothing but true, false or unknown.
fn is_truth(tree: &Tree) -> bool {
    const FORMS: [&str; 11] = [
        "and",
        "or",
        "xor",
        "not",
        "like",
        "in",
        "between",
        "is true",
        "is false",
        "is null",
        "regexp_like()",
    ];
    match tree {
        Tree::Node(name, _) => mirrored(name).is_some() || FORMS.contains(&name.as_str()),
        _ => false,
    }
}

/// Whether it is true or false, and never unknown.
fn is_definite(tree: &Tree) -> bool {
    match tree {
        Tree::Node(name, of) if name == "not" => of.first().is_some_and(is_definite),
        Tree::Node(name, _) => matches!(name.as_str(), "is true" | "is false" | "is null" | "<=>"),
        _ => false,
    }
}

/// The tree where only its truth counts: a value is compared with 0.
fn truth(tree: Tree) -> Tree {
    match &tree {
        Tree::Word(text) if text == "true" => word("1"),
        Tree::Word(text) if text == "false" => word("0"),
        Tree::Word(_) => tree,
        _ if is_truth(&tree) => tree,
        _ => node("<>", vec![tree, word("0")]),
    }
}

/// What of a comparison with 0 is NULL where it is.
fn without_truth(tree: Tree) -> Tree {
    match tree {
        Tree::Node(name, mut of) if name == "<>" && of.last() == Some(&word("0")) => {
            of.truncate(1);
            of.pop().unwrap_or(word("null"))
        }
        other => other,
    }
}

/// `NOT tree`, down to the comparisons.
fn negated(tree: Tree) -> Tree {
    match truth(tree) {
        Tree::Node(name, mut of) => match (&*name, opposite(&name)) {
            (_, Some(opposite)) => node(opposite, of),
            ("and", _) => chain("or", of.into_iter().map(negated).collect()),
            ("or", _) => chain("and", of.into_iter().map(negated).collect()),
            ("not", _) if of.first().is_some_and(is_truth) => of.pop().unwrap_or(word("null")),
            _ => node("not", vec![Tree::Node(name, of)]),
        },
        other => node("not", vec![other]),
    }
}
