"""Letters a second: PDF beside WeasyPrint's, Word, page and text; and the memory that print files of any length take.

Prints the tables, with --write into benchmarks/README.md too, and exits with 1 where a bar is missed. Everything is
measured in processes of their own that take turns; see benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from turns import write_table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

CHUNK = 50
"""Letters of one document."""
WARM = 5
ROUNDS = 3
FEW, MANY = 2_000, 20_000
TIMES, TWO_CORES, MEMORY = 10.0, 1.7, 1.2


def papers(count: int, seed: int = 7) -> list:
    """Letters of the shipped notice on generated cases, all different."""
    from examples.generate import caseload
    from interpreter.cases.facts import read_plain
    from interpreter.decision.decide import decide
    from interpreter.letters.compose import Composer
    from interpreter.letters.plan import letters_for
    from interpreter.rulebook.load import load

    rules = load(ROOT / "policy" / "shaoxing-labour-cooperation-2021", [])
    composer = Composer(rules, ROOT / "templates")
    found: list = []
    for data in caseload(seed):
        facts = read_plain(data, rules, [])
        if facts is None:
            continue
        decision = decide(rules, facts)
        for plan in letters_for(decision, rules):
            made = composer.paper(decision, plan, [])
            if made is not None:
                found.append(made)
        if len(found) >= count:
            return found[:count]
    raise AssertionError("the caseload does not end")


def typst_pdf(letters: list) -> bytes:
    from interpreter.letters.pdf.fonts import Fonts
    from interpreter.letters.pdf.lay_out import lay_out

    return lay_out(letters, Fonts.ours())


def one_by_one(letters: list) -> list[bytes]:
    from interpreter.letters.pdf.fonts import Fonts
    from interpreter.letters.pdf.lay_out import lay_out_one

    return [lay_out_one(letter, Fonts.ours()) for letter in letters]


def weasyprint_pdf(letters: list) -> bytes:
    """One document of all letters, from our own pages and their style, in the same fonts."""
    import weasyprint

    from interpreter.letters import html

    pages = [html.lay_out(letter) for letter in letters]
    head, _, _ = pages[0].partition("<body>")
    bodies = (page.partition("<body>")[2].partition("</body>")[0] for page in pages)
    parts = "".join(f'<div style="break-after: page">{body}</div>' for body in bodies)
    return weasyprint.HTML(string=f"{head}<body>{parts}</body></html>").write_pdf()


def shape(ending: str) -> Callable[[list], list]:
    from interpreter.letters.layouts import LAYOUTS

    return lambda letters: [LAYOUTS[ending](letter) for letter in letters]


def engines() -> dict[str, Callable[[list], object]]:
    return {
        "pdf": typst_pdf, "pdf, a file each": one_by_one, "weasyprint": weasyprint_pdf, "docx": shape("docx"),
        "html": shape("html"), "txt": shape("txt"),
    }


def rate(name: str, rounds: int, core: int) -> list[float]:
    """Letters a second of processor time, one figure a round of letters not seen before; a few others warm up."""
    os.sched_setaffinity(0, {core})
    engine = engines()[name]
    letters = papers(CHUNK * rounds + WARM)
    engine(letters[:WARM])
    found = []
    for start in range(WARM, len(letters), CHUNK):
        begin = time.process_time()
        engine(letters[start : start + CHUNK])
        found.append(CHUNK / (time.process_time() - begin))
    return found


def walls(name: str, core: int) -> float:
    """Wall seconds for many documents, on one core, once told to begin."""
    os.sched_setaffinity(0, {core})
    letters = papers(CHUNK * 7, seed=core + 11)
    engine = engines()[name]
    engine(letters[:CHUNK])
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.perf_counter()
    for start in range(CHUNK, CHUNK * 7, CHUNK):
        engine(letters[start : start + CHUNK])
    return time.perf_counter() - begin


def peak(count: int) -> int:
    """Kilobytes at most, for a print file of so many letters."""
    from interpreter.letters.pdf.print_file import PrintFile

    source = papers(600)
    letters = (
        replace(letter, case=f"{letter.case}-{place}", number=f"示〔2021〕{place}号", addressee=f"第{place}位")
        for place, letter in enumerate(islice(cycle(source), count))
    )
    with tempfile.TemporaryFile() as file:
        made = PrintFile(file)
        while chunk := list(islice(letters, CHUNK)):
            made.add(typst_pdf(chunk))
        made.finish()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def started(*arguments: str) -> subprocess.Popen:
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, __file__, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment,
    )


def answer(process: subprocess.Popen) -> object:
    out, _ = process.communicate()
    return json.loads(out.splitlines()[-1])


def side_by_side(name: str, cores: list[int]) -> float:
    """Letters a second by the wall, with a process on each core."""
    processes = [started("walls", name, str(core)) for core in cores]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    seconds = [float(str(answer(process))) for process in processes]
    return sum(CHUNK * 6 / each for each in seconds)


def fonts_conf(folder: Path) -> None:
    """Lets WeasyPrint find our fonts."""
    from interpreter.letters.pdf.fonts import folders

    places = "".join(f"<dir>{place}</dir>" for place in folders())
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{places}'
        f"<cachedir>{folder}</cachedir></fontconfig>", encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")


def lines(few: int, many: int) -> Iterator[tuple[str, bool]]:
    """The tables' lines, each with whether its bar is met."""
    rates: dict[str, list[float]] = {name: [] for name in engines()}
    cores = sorted(os.sched_getaffinity(0))
    for _ in range(ROUNDS):
        for name in rates:
            rounds = 1 if name == "weasyprint" else 3
            rates[name] += answer(started("rate", name, str(rounds), str(cores[0])))  # type: ignore[operator]
    middle = {name: statistics.median(found) for name, found in rates.items()}
    yield "| letters of the notice, one core | a second |\n|---|---:|", True
    labels = {
        "pdf": f"PDF, {CHUNK} in a document", "pdf, a file each": "PDF, a file each, tagged",
        "weasyprint": f"WeasyPrint, {CHUNK} in a document", "docx": "Word, a file each", "html": "HTML", "txt": "text",
    }
    for name, label in labels.items():
        yield f"| {label} | {middle[name]:,.0f} |" if middle[name] >= 20 else f"| {label} | {middle[name]:,.1f} |", True
    pairs = [(side_by_side("pdf", cores[:1]), side_by_side("pdf", cores[:2])) for _ in range(ROUNDS)]
    gain = statistics.median(two / one for one, two in pairs)
    small, large = (answer(started("peak", str(count))) for count in (few, many))
    yield "\n| | ratio | bar | |\n|---|---:|---:|---|", True
    times = middle["pdf"] / middle["weasyprint"]
    memory = large / small  # type: ignore[operator]
    yield f"| PDF against WeasyPrint | {times:.1f} | at least {TIMES:g} | {met(times >= TIMES)} |", times >= TIMES
    yield f"| two cores against one | {gain:.2f} | at least {TWO_CORES} | {met(gain >= TWO_CORES)} |", gain >= TWO_CORES
    yield (
        f"| peak memory of {many:,} letters ({large // 1024} MB) against {few:,} ({small // 1024} MB) | {memory:.2f} "  # type: ignore[operator]
        f"| at most {MEMORY} | {met(memory <= MEMORY)} |", memory <= MEMORY,
    )


def met(so: bool) -> str:
    return "met" if so else "missed"


def main() -> int:
    match sys.argv[1:]:
        case ["rate", name, rounds, core]:
            print(json.dumps(rate(name, int(rounds), int(core))))
            return 0
        case ["walls", name, core]:
            print(json.dumps(walls(name, int(core))))
            return 0
        case ["peak", count]:
            print(peak(int(count)))
            return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    parser.add_argument("--few", type=int, default=FEW, help="letters of the small print file")
    parser.add_argument("--many", type=int, default=MANY, help="letters of the large print file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fonts_conf(Path(folder))
        table = []
        good = True
        for line, fine in lines(asked.few, asked.many):
            print(line, flush=True)
            table.append(line)
            good = good and fine
    if asked.write:
        write_table("letters", "\n".join(table) + "\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
