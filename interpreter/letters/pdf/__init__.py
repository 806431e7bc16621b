"""A letter on paper after GB/T 9704: set by Typst, every character with a glyph, the same bytes on every rerun."""
