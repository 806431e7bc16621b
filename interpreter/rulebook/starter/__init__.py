"""A small working policy to start from."""

from interpreter.rulebook.starter.new import new_policy

__all__ = ["new_policy"]
