"""Fonts fetched, found and missed; the archive is one made here."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from interpreter.letters.pdf import fetch as fetching
from interpreter.letters.pdf.fetch import PACKAGES, fetch
from interpreter.letters.pdf.fonts import FOLDERS, Fonts, folders, home
from interpreter.problems import Problem


def archive(folder: Path, *, known: str) -> None:
    """Programs called apt-get and dpkg-deb that know one package, of one font and a licence."""
    inside = folder / "inside" / "usr" / "share"
    (inside / "fonts").mkdir(parents=True)
    (inside / "fonts" / "NuosuSIL-Regular.ttf").write_bytes(b"font")
    (inside / "doc" / known).mkdir(parents=True)
    (inside / "doc" / known / "copyright").write_bytes(b"free")
    programs = {
        "apt-get": f'#!/bin/sh\n[ "$1 $3" = "download {known}" ] && : > "$3_1_all.deb" || exit 100\n',
        "dpkg-deb": f"#!/bin/sh\ntar -c -C {folder}/inside .\n",
    }
    for name, text in programs.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(stat.S_IRWXU)


@pytest.fixture
def one_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    package = "fonts-sil-nuosusil"
    (tmp_path / "bin").mkdir()
    archive(tmp_path / "bin", known=package)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(fetching, "PACKAGES", {package: PACKAGES[package]})
    return tmp_path / "fonts"


def test_what_is_wanted_is_taken_out_of_a_package_once(one_package: Path) -> None:
    told: list[str] = []
    assert fetch(one_package, told.append) == [one_package / "NuosuSIL-Regular.ttf"]
    assert sorted(path.name for path in one_package.iterdir()) == [
        "NuosuSIL-Regular.ttf", "fonts-sil-nuosusil.copyright",
    ]
    assert isinstance(fetch(one_package, told.append), list)
    assert told == ["fonts-sil-nuosusil"]


def test_a_package_that_is_not_there_is_a_problem(
    one_package: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "PACKAGES", {"fonts-none": ("None.ttf",)})
    found = fetch(one_package)
    assert isinstance(found, Problem)
    assert (found.code, found.fields["package"]) == ("letter.fonts_not_fetched", "fonts-none")
    monkeypatch.setenv("PATH", "")
    assert isinstance(fetch(one_package), Problem)


def test_an_offices_own_folders_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(FOLDERS, "/own/a:/own/b")
    assert folders() == (Path("/own/a"), Path("/own/b"), tmp_path / "policy" / "fonts")
    assert folders()[-1] == home()


def test_no_fonts_is_a_problem_that_says_what_to_do(tmp_path: Path) -> None:
    found = Fonts.found([tmp_path, tmp_path / "none"])
    assert isinstance(found, Problem)
    assert found.code == "letter.no_fonts"


def test_what_is_not_seen_needs_no_glyph(fonts: Fonts) -> None:
    assert fonts.missing("甲\u200b\ufe0f\u00ad") == []
    assert fonts.missing("甲\U00013000乙\U00013000") == ["\U00013000"]
