//! Statements that make tables and indexes, and the clauses of which they consist.
