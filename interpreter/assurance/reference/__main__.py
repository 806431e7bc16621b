"""Writes docs/ anew: `python -m interpreter.assurance.reference`."""

from __future__ import annotations

from interpreter.assurance.reference import pages

if __name__ == "__main__":
    for path, text in pages():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
