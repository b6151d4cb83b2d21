//! Whether a live expression is a declared one in the server's spelling.
