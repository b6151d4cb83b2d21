//! Every mistake in models, with its line, caret and hint.

mod columns;
mod files;
mod names;
mod references;
mod sections;
mod shapes;
mod syntax;
mod tables;

use super::{mistakes, mistakes_of, parse, shown};
