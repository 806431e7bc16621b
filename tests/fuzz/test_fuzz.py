"""Damaged files of every kind: whatever they hold, what comes back is an answer or problems, never an exception.

Runs a few seconds in `make test`; ten minutes in all in `make test-full`. Seeded: the same damage every time.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interpreter.cases.facts import read_case
from interpreter.cases.files import read_file
from interpreter.decision.decide import case_problems, decide
from interpreter.language.parse import parse
from interpreter.problems import Fragment, Problem, Source
from interpreter.problems.render import render_all
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.reading import read_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
NOTICE = next(iter(sorted((ROOT / "policy").glob("*/policy.yaml")))).parent
SECONDS = 150 if os.environ.get("POLICY_FULL") else 3
"""For each of the four readers."""

TOKENS = (
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not(", "(", ")", "[", "]",
    "..", ".", ",", "=", "!=", "<=", ">", "+", "-", "*", "/", "**", '"', '@"', "{{", "}}", "|", ":", "- ", "#", "&a",
    "*a", "<<", "!!str", "---", "\n", "\t", "  ", "：", "，", "（", "“", "null", "~", "true", "是", "0", "1e999", "10%",
    "2021-02-30", "2021-13", '@"2021-02-30"', '@"P1M"', "9" * 40, "\x00", "\u202e", "\ufeff", "\U0001f600", "㐀",
    "count(", "months between(", "worker", "item", "至今", "{", "}", "'", "\\", "as_of", "from", "to", "'''", "null}",
)


def damaged(text: str, random_: random.Random) -> str:
    """The text with one to four places cut, doubled, swapped or overwritten."""
    for _ in range(random_.randint(1, 4)):
        at = random_.randrange(len(text) + 1)
        length = random_.choice((1, 1, 2, 5, 20, 200))
        piece = text[at : at + length]
        match random_.randrange(5):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + random_.choice(TOKENS) + text[at:]
            case 2:
                text = text[:at] + piece + piece + text[at + length :]
            case 3:
                other = random_.randrange(len(text) + 1)
                text = text[:at] + text[other : other + length] + text[at + length :]
            case _:
                text = text[:at] + random_.choice(TOKENS) + text[at + length :]
    return text


def rounds() -> Iterator[random.Random]:
    """Seeded generators until the time is up; at least forty."""
    until = time.monotonic() + SECONDS
    number = 0
    while number < 40 or time.monotonic() < until:
        yield random.Random(number)
        number += 1


def told(problems: list[Problem], seed: random.Random) -> None:
    """Every problem can be shown, in both languages."""
    for language in ("zh", "en"):
        assert render_all(problems, language) or not problems, seed


def expressions() -> list[str]:
    """Every line of the notice's files that may hold an expression."""
    found = []
    for path in sorted(NOTICE.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _, _, value = line.partition(": ")
            found.append(value or line.strip())
    return [text for text in found if text]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    found = load(NOTICE, problems)
    assert found is not None
    return found


def test_the_parser() -> None:
    texts = expressions()
    for seed in rounds():
        for _ in range(50):
            fragment = Fragment.whole("x", damaged(seed.choice(texts), seed))
            for start in ("expr", "value"):
                found = parse(fragment, start)
                if isinstance(found, Problem):
                    assert found.where is not None
                    assert 0 <= found.where.start <= found.where.end <= len(fragment.text) + 1
                    told([found], seed)


def test_the_yaml_reader() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(NOTICE.rglob("*.yaml"))]
    for seed in rounds():
        for _ in range(5):
            problems: list[Problem] = []
            found = read_yaml(Source("x.yaml", damaged(seed.choice(texts), seed)), problems)
            assert found is not None or problems
            told(problems, seed)


def test_the_checker(tmp_path: Path) -> None:
    folder = tmp_path / NOTICE.name
    shutil.copytree(NOTICE, folder)
    paths = sorted(path for path in folder.rglob("*.yaml") if path.parent.name != "tests")
    for seed in rounds():
        path = seed.choice(paths)
        before = path.read_bytes()
        path.write_text(damaged(before.decode("utf-8"), seed), encoding="utf-8", errors="surrogatepass")
        problems: list[Problem] = []
        found = load(folder, problems)
        assert found is not None or any(problem.severity == "error" for problem in problems), path
        told(problems, seed)
        path.write_bytes(before)


def test_the_case_reader(rulebook: Rulebook, tmp_path: Path) -> None:
    paths = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".json", ".yaml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    file = tmp_path / "case.json"
    for seed in rounds():
        for _ in range(5):
            file.write_text(damaged(seed.choice(texts), seed), encoding="utf-8", errors="surrogatepass")
            problems: list[Problem] = []
            source = read_file(file, problems)
            case = None if source is None else read_case(source, rulebook, problems)
            assert case is not None or problems
            told(problems, seed)
            if case is not None:
                wrong = case_problems(rulebook, case)
                told(wrong, seed)
                if not wrong:
                    decide(rulebook, case)

