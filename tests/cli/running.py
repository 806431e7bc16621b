"""The command as its users run it: in this process where that is enough, else in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "policy" / "shaoxing-labour-cooperation-2021"
BAD = ROOT / "tests" / "bad" / "unknown_name"
GOOD = ROOT / "tests" / "good"
WORKER, AGENCY = "examples/worker.json", "examples/agency.json"
REFUSED, INCOMPLETE, REVIEW = (f"examples/worker_{outcome}.json" for outcome in ("refused", "incomplete", "review"))
ID = "511133199001019999"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def policy(*args: str | Path, stdin: str | bytes = b"") -> Ran:
    """Runs `policy` with these arguments in this process."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin, prog_name="policy")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def process(
    *args: str | Path, stdin: bytes = b"", shell: str | None = None, **environ: str
) -> tuple[int, bytes, bytes]:
    """Runs `policy` in a process of its own, with `shell` behind it; its code, output and errors as bytes."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, args)]
    if shell is not None:
        command = ["bash", "-c", f'set -o pipefail; "$@" {shell}', "policy", *command]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environ, input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr
