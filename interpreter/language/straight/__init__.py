"""Straight-line Python for what is usual: everything an expression reads is there and known."""
