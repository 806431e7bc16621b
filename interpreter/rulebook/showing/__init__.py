"""A policy as people read it: the whole notice, or one thing in it, as a page of text."""

from interpreter.rulebook.showing.show import show_policy

__all__ = ["show_policy"]
