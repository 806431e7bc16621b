"""How long a batch of the shipped notice takes, from Parquet to Parquet, beside a plain copy and the interpreter, and
where the time goes: `notice_batch.py` prints the table, `--write` puts it into README.md.

The cases are generated ones, all of other people: nobody applies twice, though lines of one case compete. Each job is
a process of its own on one thread; times are processor time after imports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb
from per_case import NOTICE, rulebook
from stdnum.cn import uscc
from turns import peak_megabytes, write_table

from examples.generate import MAKERS, caseload
from interpreter.batch.answers import Rules, answer
from interpreter.batch.files.parquet import take_parquet
from interpreter.batch.outputs import write_files
from interpreter.cases.facts import Case, read_plain
from interpreter.decision.verdict import verdict_batch

CASES = 30_000
SLICE = 600
"""Cases that the interpreter decides."""
BAR = 4


def cases(count: int) -> Iterator[dict[str, Any]]:
    """So many cases of workers, employers and agencies in turn, each with firms of its own."""
    # counties only report their duties
    streams = [caseload(1, maker) for maker in MAKERS]
    streams = [chain([first], rest) for first, rest in ((next(one), one) for one in streams) if "county" not in first]
    for number, data in enumerate(islice(chain.from_iterable(zip(*streams, strict=True)), count)):
        yield _own(data, number)


def _own(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The case with a credit code of its own for its claimant, wherever that stands."""
    text = json.dumps(data, ensure_ascii=False)
    for claimant, field in (("employer", "uscc"), ("agency", "id")):
        old = data.get(claimant, {}).get(field)
        if old is not None:
            # two letters more than the generator has, so that no firm beside is the same
            code = f"{old[:8]}YY{number % 10**7:07d}"
            text = text.replace(old, code + uscc.calc_check_digit(code))
    made: dict[str, Any] = json.loads(text)
    return made


def notice_file(path: Path, count: int = CASES) -> None:
    """The cases as Parquet, in the shapes of their JSON."""
    lines = path.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(data, ensure_ascii=False) + "\n" for data in cases(count))
    duckdb.execute(f"COPY (FROM read_json('{lines}', sample_size = -1)) TO '{path}' (FORMAT parquet)")
    lines.unlink()


def copied(path: Path, out: Path) -> dict[str, float]:
    """A plain copy."""
    base = duckdb.connect(config={"threads": 1})
    begun = time.process_time()
    base.execute(f"COPY (FROM read_parquet('{path}')) TO '{out}' (FORMAT parquet)")
    return {"a plain copy": time.process_time() - begun}


def decided(path: Path, out: Path) -> dict[str, float]:
    """The cases looked through and decided, their decisions and sums written: seconds by part."""
    base, problems, made = duckdb.connect(config={"threads": 1}), [], Rules(rulebook(NOTICE))
    found: dict[str, float] = {}
    clock = [time.process_time()]

    def done(part: str) -> None:
        clock.append(time.process_time())
        found[part] = found.get(part, 0) + clock[-1] - clock[-2]

    made.batch.statements("cases")
    done("the rules as SQL")
    taken = take_parquet(path, made.rulebook, base, out.parent, problems)
    assert taken is not None, problems
    taken.prove()
    base.execute(f"CREATE TEMP VIEW cases AS {taken.relation}")
    done("looking the cases through")
    one = "(SELECT * FROM cases WHERE position = 0)"
    answer(made, one, base, in_order=True)
    done("planning: a batch of one case")
    query = answer(made, "cases", base, in_order=taken.in_order, told=done)
    write_files(query, made, out.parent, base)
    done("decisions put together and written")
    return found


def interpreted(path: Path, out: Path) -> dict[str, float]:
    """The interpreter's verdicts on some of the cases, read before: seconds a thousand cases."""
    rules = rulebook(NOTICE)
    read = [one for data in cases(SLICE) if isinstance(one := read_plain(data, rules, []), Case)]
    begun = time.process_time()
    verdict_batch(rules, read)
    return {"interpreter": (time.process_time() - begun) / len(read)}


JOBS = {"copied": copied, "decided": decided, "interpreted": interpreted}
TEXTS = {
    "lines": "lines by the rules, in SQL", "residue": "cases that SQL leaves open, by the interpreter",
    "limits": "limits",
}


def turn(name: str, path: Path, folder: Path) -> tuple[dict[str, float], float]:
    """A job in a process of its own: its seconds by part, and its peak of memory in MB."""
    command = [sys.executable, __file__, "--work", name, str(path), str(folder / "out.parquet")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    parts, memory = json.loads(told.splitlines()[-1])
    return parts, memory


def table(folder: Path, count: int = CASES) -> str:
    """The table as Markdown."""
    path = folder / "notice.parquet"
    notice_file(path, count)
    copy = sum(turn("copied", path, folder)[0].values())
    parts, memory = turn("decided", path, folder)
    each = turn("interpreted", path, folder)[0]["interpreter"]
    whole = sum(parts.values())
    lines = [f"| the notice, {count:,} cases | seconds | a case, ms | against the copy |", "|---|---:|---:|---:|"]
    rows = {"a plain copy": copy, **{TEXTS.get(part, part): seconds for part, seconds in parts.items()}, "ours": whole}
    lines += [f"| {part} | {seconds:.2f} | {seconds / count * 1000:.3f} | {seconds / copy:.1f} |"
              for part, seconds in rows.items()]
    lines += [f"| the interpreter, cases read before | | {each * 1000:.2f} | |", "",
              f"Against the copy {whole / copy:.1f}, at most {BAR}: {'reached' if whole <= BAR * copy else 'missed'}. "
              f"{each * count / whole:.1f} times as fast as the interpreter. Peak memory {memory:,.0f} MB. "
              f"DuckDB {duckdb.__version__}, one thread, one turn; load at the end "
              f"{os.getloadavg()[0] / (os.cpu_count() or 1):.1f} a processor."]
    return "\n".join(lines) + "\n"


def main() -> int:
    if sys.argv[1:2] == ["--work"]:
        parts = JOBS[sys.argv[2]](Path(sys.argv[3]), Path(sys.argv[4]))
        print(json.dumps([parts, peak_megabytes()]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        text = table(Path(folder))
    print(text)
    if "--write" in sys.argv[1:]:
        write_table("notice", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
