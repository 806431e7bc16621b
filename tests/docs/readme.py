"""README as something to run: its code blocks in order, section by section."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
WORKED_ON = ("policy", "examples")
GAP = "..."
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^`([^`]+)`, whole:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and where its text stands in README."""

    language: str
    text: str
    start: int


def sections(text: str) -> dict[str, list[Block]]:
    """The blocks under each heading of the second level."""
    heads = [*re.finditer(r"^## (.+)$", text, re.MULTILINE)]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {
        head[1]: [
            Block(found[1], found[2], found.start(2)) for found in _BLOCK.finditer(text, head.end(), end)
        ]
        for head, end in zip(heads, ends, strict=True)
    }


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1] = (found[-1][0] + line[2:], "")
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def agrees(shown: str, actual: str) -> bool:
    """Whether an output is as shown; a line `...` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(parts), actual) is not None


def whole_files(text: str) -> Iterator[tuple[Path, str]]:
    """Files that README shows whole, with what it shows of them."""
    for found in _FILE.finditer(text):
        yield ROOT / found[1], found[2]


class Checkout:
    """A copy of what README works on, with `policy` and `python` as its reader has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        tools = folder / "bin"
        tools.mkdir()
        for name in WORKED_ON:
            shutil.copytree(ROOT / name, self.folder / name)
        for name, run in {"policy": f"'{sys.executable}' '{ROOT / 'cli.py'}'", "python": f"'{sys.executable}'"}.items():
            tool = tools / name
            tool.write_text(f'#!/bin/sh\nexec {run} "$@"\n', encoding="utf-8")
            tool.chmod(0o755)
        unwanted = ("COLUMNS", "POLICY_LANG", "POLICY_DEBUG")
        self.environ = {name: value for name, value in os.environ.items() if name not in unwanted} | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
            "XDG_CACHE_HOME": str(folder / "cache"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        }

    def run(self, *command: str) -> str:
        """What a command prints, on both streams."""
        return self._run(command).stdout.decode("utf-8")

    def _run(self, command: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )

    def succeed(self, *command: str) -> str:
        """What a command that must not fail prints."""
        done = self._run(command)
        if done.returncode:
            raise SystemExit(done.stdout.decode("utf-8"))
        return done.stdout.decode("utf-8")

    def console(self, command: str) -> str:
        return self.run("bash", "-c", command)

    def edit(self, diff: str) -> None:
        """Makes the edits that a diff block shows: lines for other lines, each found exactly once."""
        for name, body in re.findall(r"^--- (.+)\n((?:[-+ ].*\n)+?)(?=^---|\Z)", diff, re.MULTILINE):
            path = self.folder / name
            text = path.read_text(encoding="utf-8")
            old = "\n".join(line[1:] for line in body.splitlines() if line[0] in "- ")
            new = "\n".join(line[1:] for line in body.splitlines() if line[0] in "+ ")
            assert text.count(old) == 1, f"{name} has {text.count(old)} times: {old}"
            path.write_text(text.replace(old, new), encoding="utf-8")
