"""Deciding many: the same rules as SQL."""
