"""What benchmarks have in common: the memory of a turn, and where their tables go."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).with_name("README.md")


def peak_megabytes() -> float:
    """The most memory this process alone ever had; `getrusage` never tells less than its parent had."""
    peak = re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(peak[1]) / 1024 if peak else 0


def write_table(name: str, text: str) -> None:
    """Puts a table, which ends in a newline, between its marks in README.md."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, _, rest = README.read_text("utf-8").partition(begin)
    README.write_text(f"{before}{begin}{text}{end}{rest.partition(end)[2]}", "utf-8")
