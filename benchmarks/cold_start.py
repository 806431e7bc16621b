"""How long a newcomer waits: `policy eval` in a fresh process against the bare import of its libraries.

Prints a small table and exits with 1 where the ratio of the medians is over the limit. See benchmarks/README.md.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
LIMIT = 2.0

IMPORTS = [sys.executable, "-c", "import click, yaml, lark, jinja2"]
EVAL = [str(Path(sys.executable).with_name("policy")), "eval", "examples/worker.json"]


def seconds(command: list[str], cache: Path) -> float:
    """The wall time of one run in a fresh process, its checked rulebooks kept in `cache`."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # byte code is kept, as it is for everybody
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder, "warm")
        seconds(EVAL, warm)
        seconds(IMPORTS, warm)
        imports, cached, uncached = [], [], []
        for number in range(ROUNDS):
            imports.append(seconds(IMPORTS, warm))
            cached.append(seconds(EVAL, warm))
            uncached.append(seconds(EVAL, Path(folder, f"cold-{number}")))
    base = statistics.median(imports)
    print(f"median of {ROUNDS}                   ms   ratio")
    for label, times in (("import of the libraries", imports), ("policy eval, cached", cached),
                         ("policy eval, not cached", uncached)):
        middle = statistics.median(times)
        print(f"{label:<25}{middle * 1000:6.0f}{middle / base:8.2f}")
    ratio = statistics.median(cached) / base
    print(f"limit for the cached one {LIMIT:14.2f}   {'ok' if ratio <= LIMIT else 'too slow'}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
