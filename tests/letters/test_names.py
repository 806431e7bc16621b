"""What letters' files are called: nothing a file system takes amiss, nothing about a person."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.names import UNKNOWN_AUTHORITY, file_name, folder_name
from interpreter.letters.plan import letters_for
from tests.letters.building import GRANTED, PERSON_IS, rulebook

NUMBERS = st.text() | st.sampled_from((
    "../../x", "/etc/x", "C:\\x", "CON", "con.txt", "a" * 500, "示" * 500, "", ".", "..", "-rf", "a/b", "a\x00b", "a b",
    "NUL.",
))


def named(number: str) -> str:
    of = replace(GRANTED, case=number)
    return file_name(letters_for(of, rulebook())[0], of)


@given(NUMBERS)
def test_a_case_number_cannot_leave_the_folder(number: str) -> None:
    harmless(named(number) + ".html")


@given(NUMBERS)
def test_an_authority_cannot_leave_the_folder(name: str) -> None:
    folder = folder_name((name, "other"))
    harmless(folder + ".x")
    assert folder.upper() not in {"CON", "PRN", "AUX", "NUL"}


def harmless(name: str) -> None:
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert name.count(".") == 1
    assert name.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL"}
    assert not name.startswith(("-", "."))
    assert len(name.encode("utf-8")) <= 250


def test_numbers_that_look_alike_keep_names_apart() -> None:
    assert len({named(number) for number in ("a/b", "a_b", "a:b", "a b", "a" * 90, "a" * 91)}) == 6


def test_no_name_or_number_of_a_person_is_in_a_file_name() -> None:
    name = named(f"甲-{PERSON_IS[1].value}-{PERSON_IS[0].value}")
    assert "511133" not in name
    assert "示例甲" not in name


def test_an_authority_nobody_knows_has_a_folder_too() -> None:
    assert folder_name(()) == UNKNOWN_AUTHORITY
    assert folder_name(("示例区", "3301")) == "示例区"
