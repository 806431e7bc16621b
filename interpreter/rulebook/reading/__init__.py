"""The strict YAML reader: text to nodes that know their places, and nothing that YAML would guess."""

from interpreter.rulebook.reading.bytes import decode
from interpreter.rulebook.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from interpreter.rulebook.reading.plain import find, to_plain
from interpreter.rulebook.reading.reader import LIMITS, Limits, read_yaml

__all__ = [
    "LIMITS", "Entry", "Limits", "Mapping", "Node", "Scalar", "Sequence", "decode", "find", "read_yaml", "to_plain",
]
