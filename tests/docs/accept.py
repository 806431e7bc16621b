"""Writes anew what README shows, from what is printed now. Read every difference before you keep it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.docs.readme import GAP, README, Checkout, commands, sections, whole_files


def refreshed(text: str) -> str:
    """README with its outputs and whole files as they are now."""
    told: list[tuple[int, str, str]] = []
    for blocks in sections(text).values():
        with tempfile.TemporaryDirectory() as folder:
            checkout = Checkout(Path(folder))
            last = ""
            # what a broken checkout prints is not to be kept
            checkout.succeed("policy", "check")
            for block in blocks:
                match block.language:
                    case "console":
                        new = "".join(_told(checkout, command, shown) for command, shown in commands(block.text))
                        told.append((block.start, block.text, new))
                    case "diff":
                        checkout.edit(block.text)
                    case "python":
                        last = checkout.succeed("python", "-c", block.text)
                    case "text":
                        told.append((block.start, block.text, last))
    for start, old, new in sorted(told, reverse=True):
        text = text[:start] + new + text[start + len(old) :]
    for path, shown in whole_files(text):
        text = text.replace(f"```yaml\n{shown}```", f"```yaml\n{path.read_text(encoding='utf-8')}```")
    return text


def _told(checkout: Checkout, command: str, shown: str) -> str:
    output = checkout.console(command)
    first, *others = command.splitlines()
    written = "\n".join([f"$ {first}", *(f"> {line}" for line in others)]) + "\n"
    return written + _cut(output, shown)


def _cut(output: str, shown: str) -> str:
    """The output, cut as what was shown: so many blocks (between empty lines) before the gap, so many after it."""
    was = shown.rstrip("\n").split("\n\n")
    if GAP not in was:
        return output
    gap = was.index(GAP)
    now = output.rstrip("\n").split("\n\n")
    return "\n\n".join([*now[:gap], GAP, *now[len(now) - (len(was) - gap - 1) :]]) + "\n"


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
