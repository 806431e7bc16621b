"""A failing policy and its cases made smaller: parts are taken away while the same thing goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic
from typing import Any

from interpreter.language.parse import parse
from interpreter.language.tree import Tree, children
from interpreter.problems import Fragment, Problem
from interpreter.rulebook.model import Rulebook
from tests.batch.generated import folder
from tests.batch.generated.cases import Data
from tests.batch.generated.folder import Files

Wrong = Callable[[Rulebook, Sequence[Data]], str | None]
Path_ = tuple[str | int, ...]

KEPT = {"policy", "title", "number", "issuers", "issued", "in_force", "as_of", "money", "claimants", "clauses", "label",
        "type", "table", "measure", "clause", "claimant"}
EXPRESSIONS = {"when", "is", "pays", "grants", "amount", "during"}


def kind(complaint: str) -> str:
    """What tells complaints of one cause from those of another, roughly: how they begin."""
    return complaint.partition(":")[0].partition(" ")[0]


def smaller(files: Files, cases: Sequence[Data], wrong: Wrong, seconds: float) -> tuple[Files, list[Data], str]:
    """A policy and cases with as little as possible in them of which `wrong` still complains, within so much time."""
    until = monotonic() + seconds
    book, _ = folder.read(files)
    assert book is not None
    said = wrong(book, cases)
    assert said is not None
    best: tuple[Files, list[Data], str] = (files, list(cases), said)

    def tries(new_files: Files, new_cases: list[Data]) -> bool:
        nonlocal best
        found, _ = folder.read(new_files)
        if found is None:
            return False
        try:
            complaint = wrong(found, new_cases)
        except Exception:  # a case that no longer is one of this policy
            return False
        if complaint is None or kind(complaint) != kind(best[2]):
            return False
        best = new_files, new_cases, complaint
        return True

    _fewer_cases(best, tries)
    changed = True
    while changed and monotonic() < until:
        changed = False
        for change in (_without_parts, _without_words, _without_facts):
            for new_files, new_cases in change(lambda: best):
                if monotonic() > until:
                    return best
                changed = tries(new_files, new_cases) or changed
    return best


def _fewer_cases(best: tuple[Files, list[Data], str], tries: Callable[[Files, list[Data]], bool]) -> None:
    files, cases, _ = best
    for case in cases:
        if tries(files, [case]):
            return
    step = max(1, len(cases) // 2)
    while step:
        start = 0
        while start < len(cases):
            fewer = cases[:start] + cases[start + step :]
            if fewer and tries(files, fewer):
                cases = fewer
            else:
                start += step
        step //= 2


Best = Callable[[], tuple[Files, list[Data], str]]


def _without_parts(best: Best) -> Iterator[tuple[Files, list[Data]]]:
    """Files, entries and rows taken away, the largest first."""
    tried: set[Path_] = set()
    while True:
        files, cases, _ = best()
        paths = [path for path in _entries(files, ()) if path not in tried]
        if not paths:
            return
        path = min(paths, key=len)
        tried.add(path)
        without = deepcopy(files)
        _remove(without, path)
        yield without, [_case_without(case, path) for case in cases]


def _entries(data: Any, path: Path_) -> Iterator[Path_]:
    if isinstance(data, dict):
        for name, inner in data.items():
            if name not in KEPT:
                yield (*path, name)
            yield from _entries(inner, (*path, name))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            if len(data) > 1:
                yield (*path, number)
            yield from _entries(inner, (*path, number))


def _remove(data: Any, path: Path_) -> None:
    for part in path[:-1]:
        data = data[part]
    del data[path[-1]]


def _case_without(case: Data, path: Path_) -> Data:
    """A case without the fields that the vocabulary has no longer."""
    gone = path[-1] if path[0] == "facts.yaml" else None

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: kept(inner) for name, inner in value.items() if name != gone}
        return [kept(item) for item in value] if isinstance(value, list) else value

    found: Data = kept(case) if gone is not None else deepcopy(case)
    if path[0].__class__ is str and str(path[0]).startswith("measures/"):
        name = str(path[0])[len("measures/") : -len(".yaml")]
        if "claims" in found:
            found["claims"] = [claim for claim in found["claims"] if claim != name]
        if "history" in found:
            found["history"] = [entry for entry in found["history"] if entry["measure"] != name]
    return found


def _without_words(best: Best) -> Iterator[tuple[Files, list[Data]]]:
    """Expressions in whose place a part of theirs stands, or a literal."""
    tried: set[tuple[Path_, str]] = set()
    while True:
        files, cases, _ = best()
        options = [
            (path, text) for path, written in _texts(files, ()) for text in _parts(written)
            if (path, text) not in tried
        ]
        if not options:
            return
        path, text = options[0]
        tried.add((path, text))
        changed = deepcopy(files)
        at: Any = changed
        for part in path[:-1]:
            at = at[part]
        at[path[-1]] = text
        yield changed, cases


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict):
        for name, inner in data.items():
            if isinstance(inner, str) and (name in EXPRESSIONS or (path and path[-1] in ("per", "for_each"))):
                yield (*path, name), inner
            else:
                yield from _texts(inner, (*path, name))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _texts(inner, (*path, number))


def _parts(written: str) -> Iterator[str]:
    tree = parse(Fragment.whole("part", written))
    if isinstance(tree, Problem):
        return
    waiting: list[Tree] = list(children(tree))
    found = []
    while waiting:
        node = waiting.pop(0)
        found.append(written[node.start : node.end])
        waiting.extend(children(node))
    simple = ["true", "false", "1", "100 CNY"]
    yield from (text for text in [*simple, *found] if len(text) < len(written))
    for text in found:
        if len(text) > 8:
            for literal in ("true", "1", '"a"', '@"2021-01-31"'):
                yield written.replace(text, literal, 1)


def _without_facts(best: Best) -> Iterator[tuple[Files, list[Data]]]:
    """Cases with facts, rows, claims and earlier decisions taken away."""
    tried: set[Path_] = set()
    while True:
        files, cases, _ = best()
        paths = [path for path in _entries_of_cases(cases, ()) if path not in tried]
        if not paths:
            return
        path = min(paths, key=len)
        tried.add(path)
        fewer = deepcopy(cases)
        _remove(fewer, path)
        yield files, fewer


def _entries_of_cases(data: Any, path: Path_) -> Iterator[Path_]:
    if isinstance(data, dict):
        for name, inner in data.items():
            if name not in ("number", "application"):
                yield (*path, name)
            yield from _entries_of_cases(inner, (*path, name))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            if path:
                yield (*path, number)
            yield from _entries_of_cases(inner, (*path, number))


def kept(files: Files, cases: Sequence[Data], said: str, to: Path | None = None) -> Path:
    """Writes a policy, its cases and what is wrong with them into a folder, for whoever looks into it."""
    place = Path(mkdtemp(prefix="policy-made-")) if to is None else to
    place.mkdir(parents=True, exist_ok=True)
    folder.write(files, place)
    lines = [json.dumps(case, ensure_ascii=False, indent=1) for case in cases]
    for number, text in enumerate(lines):
        (place / f"case{number}.json").write_text(text + "\n", encoding="utf-8")
    (place / "complaint.txt").write_text(said + "\n", encoding="utf-8")
    return place
