"""Nothing of any notice in the engine, and nothing in the repository that does not belong there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from stdnum.cn import ric

from tests.architecture.files import ROOT, engine_texts, name, texts

REGISTRIES = tuple(a + b for a, b in (("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".com"), ("npmjs", ".org"),
                                      ("crates", ".io"), ("rubygems", ".org"), ("conda", ".anaconda.org")))
OUTSIDE = ("../" + "shared", "/work" + "/main", "/work" + "/shared")
RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
SYNTHETIC = {"996", "997", "998", "999"}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def cells(rows: Any) -> list[str]:
    """The cells of a table's rows in either of their forms, without the head."""
    if isinstance(rows, str):
        return [cell.strip() for line in rows.splitlines()[1:] for cell in line.split("|")]
    return [cell for row in rows for cell in row.values() if isinstance(cell, str)]


def words_of_notice(folder: Path) -> set[str]:
    """What only this notice says: its names, measures, places and, as numbers, its sums of money."""
    policy = read(folder / "policy.yaml")
    words = {policy["policy"], policy["title"], policy["number"], *policy["issuers"]}
    words |= {clause["title"] for clause in policy["clauses"].values()}
    words |= {scheme["title"] for scheme in policy.get("other_schemes", {}).values()}
    for measure in map(read, folder.glob("measures/*.yaml")):
        words |= {measure["measure"], measure["title"]}
    for table in map(read, folder.glob("tables/*.yaml")):
        if "type" not in table:  # a table that gives a type (regions) is vocabulary, its rows are the notice
            words |= {table["table"], table["label"]}
        words |= {cell for cell in cells(table["rows"]) if len(cell) > 1 and not re.fullmatch(r"[0-9-]{10}", cell)}
    for overlay in map(read, folder.glob("authorities/*.yaml")):
        words.add(overlay["authority"])
    for parameter in read(folder / "parameters.yaml")["parameters"].values():
        values = [parameter.get("value"), *parameter.get("values", {}).values()]
        for value in filter(None, values):
            amount = re.fullmatch(rf"([0-9]+) {policy['money']['currency']}(/.*)?", str(value))
            if amount:
                words |= {amount[1], f"{int(amount[1]):,}"}
    return words


def occurs(word: str, text: str) -> bool:
    """Whether a word stands in a text by itself; Chinese words have no borders."""
    pattern = re.escape(word)
    if word[0].isascii():
        pattern = rf"(?<![0-9A-Za-z_]){pattern}"
    if word[-1].isascii():
        pattern = rf"{pattern}(?![0-9A-Za-z_])"
    return re.search(pattern, text) is not None


NOTICES = sorted(path.parent for path in (ROOT / "policy").glob("*/policy.yaml"))


@pytest.mark.parametrize("folder", NOTICES, ids=lambda folder: folder.name)
def test_no_word_of_the_notice_in_the_engine(folder):
    words = words_of_notice(folder)
    found = [(name(path), word) for path in engine_texts() for word in sorted(words)
             if occurs(word, path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_words_of_the_notice_are_found():
    words = set().union(*map(words_of_notice, NOTICES))
    for measure in (ROOT / "policy").glob("*/measures/*.yaml"):
        assert measure.stem in words
    assert {"越城区", "马边", "3000", "3,000", "绍兴市"} <= words
    assert occurs("3000", "limit = 3000")
    assert not occurs("3000", "limit = 13000")
    assert occurs("越城区", "发给越城区的")


def test_no_package_registry_and_no_outside_place():
    unwanted = (*REGISTRIES, *OUTSIDE)
    found = [(name(path), word) for path in texts() for word in unwanted if word in path.read_text(encoding="utf-8")]
    assert found == []


def real_looking(text: str) -> list[str]:
    """Resident ids with a right check digit whose serial number is not of those kept for invented people."""
    ids = RESIDENT_ID.findall(text)
    return [found for found in ids if ric.is_valid(found.upper()) and found[14:17] not in SYNTHETIC]


def test_every_person_is_invented():
    assert [(name(path), found) for path in texts() for found in real_looking(path.read_text(encoding="utf-8"))] == []


def test_a_real_looking_id_is_seen():
    serial = next(f"51113319900101{n:03}{check}" for n in range(1, 2) for check in "0123456789X"
                  if ric.is_valid(f"51113319900101{n:03}{check}"))
    assert real_looking(f"id: {serial}，") == [serial]
    assert real_looking("511133199001019999") == []
