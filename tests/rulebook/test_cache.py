"""Kept rulebooks: the same as read ones, and never trusted when anything about them is odd."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from interpreter.language.types import RecordType
from interpreter.rulebook.cache import load_cached, load_rulebook, store
from interpreter.rulebook.load import load
from tests.rulebook.policies import GOOD, copied, swimming

FOLDER = GOOD / "swimming"


@pytest.fixture
def kept_in(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    assert store(swimming(), FOLDER, folder)
    return folder


def test_what_comes_back(kept_in: Path) -> None:
    book = load_cached(FOLDER, kept_in)
    assert book is not None
    assert book.digests == swimming().digests
    child, person = book.facts["child"].type, book.types["person"]
    assert isinstance(child, RecordType)
    assert child.base is person
    assert book.facts["child"].shape is not None
    assert book.facts["child"].shape.type is child
    district = book.types["district"]
    assert isinstance(district, RecordType)
    assert book.row(district, "东区") is book.tables["districts"].rows[0]
    assert book.tables["pools"].rows[0].fields["district"] is book.tables["districts"].rows[0]
    assert book.measures["lessons"].where.line == 1


def test_every_kind_of_rule_can_be_kept(tmp_path: Path) -> None:
    # scales and quotients have bounds that are fractions
    for folder in sorted(path.parent for path in GOOD.glob("*/policy.yaml")):
        book = load(folder, [])
        assert book is not None
        assert store(book, folder, tmp_path / "kept")
        again = load_cached(folder, tmp_path / "kept")
        assert again is not None, folder.name
        assert again.digests == book.digests


def test_the_folder_is_private(kept_in: Path) -> None:
    assert kept_in.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept_in.iterdir())


def test_other_bytes_are_read_anew(kept_in: Path, tmp_path: Path) -> None:
    assert load_cached(copied(tmp_path, ("policy.yaml", "示文", "示示")), kept_in) is None


@pytest.mark.parametrize("content", [b"", b"garbage", pickle.dumps({"a": 1}), pickle.dumps(os.getcwd)])
def test_damaged_files_are_ignored(kept_in: Path, content: bytes) -> None:
    (path,) = kept_in.iterdir()
    path.write_bytes(content)
    assert load_cached(FOLDER, kept_in) is None
    problems: list[object] = []
    assert load_rulebook(FOLDER, problems, kept_in) is not None  # type: ignore[arg-type]
    assert load_cached(FOLDER, kept_in) is not None


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("touch evil",))


def test_nothing_foreign_is_made(kept_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (path,) = kept_in.iterdir()
    path.write_bytes(pickle.dumps(_Evil()))
    assert load_cached(FOLDER, kept_in) is None
    assert not (tmp_path / "evil").exists()


def test_a_folder_others_may_write_to_is_not_used(kept_in: Path) -> None:
    kept_in.chmod(0o777)
    assert load_cached(FOLDER, kept_in) is None
    assert not store(swimming(), FOLDER, kept_in)


def test_a_rulebook_with_errors_is_not_kept(tmp_path: Path) -> None:
    folder = copied(tmp_path, ("measures/lessons.yaml", "pays: amount", "pays: amuont"))
    assert load_rulebook(folder, [], tmp_path / "kept") is None
    assert not (tmp_path / "kept").exists()


def test_a_kept_rulebook_needs_neither_parser_nor_schemas(kept_in: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interpreter.rulebook.cache import load_cached;"
        "assert load_cached(Path(sys.argv[1]), Path(sys.argv[2])) is not None;"
        "assert not {'lark', 'jsonschema', 'yaml', 'jinja2'} & set(sys.modules), sys.modules"
    )
    root = GOOD.parent.parent
    subprocess.run([sys.executable, "-c", code, str(FOLDER), str(kept_in)], check=True, cwd=Path.cwd(),
                   env={"PYTHONPATH": str(root)})
