"""The rules of a rulebook as SQL."""
