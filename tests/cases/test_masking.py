"""What is private is never shown, whatever else is wrong with a case."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interpreter.cases.facts import named_policy, read_case, read_history
from interpreter.cases.masking import stars, unread, without_identities
from interpreter.problems import Problem
from interpreter.problems.render import render
from tests.cases.made import BOOK, CODE, ID, OTHER_ID, source

NAME, PAY = "欧阳示例", "8642.97"
PRIVATE = (ID, OTHER_ID, NAME, PAY)


def shown(problems: list[Problem]) -> str:
    """All that people or programs can see of problems: what is rendered, and every source, field and label."""
    text = [render(problem, language, width=4000) for problem in problems for language in ("zh", "en")]
    for problem in problems:
        text += [problem.where.source.text if problem.where else "", repr(problem.fields), repr(problem.labels)]
    return "\n".join(text)


def assert_hidden(text: str, name: str = "case.json", **more: Any) -> None:
    problems: list[Problem] = []
    read_case(source(text, name), BOOK, problems, **more)
    seen = shown(problems)
    for private in PRIVATE:
        assert private not in seen
        assert private.lower() not in seen


def test_stars_keep_the_width() -> None:
    assert stars("a示Ａ1\n") == "*＊＊*\n"


def test_identity_numbers_are_known_by_their_look() -> None:
    assert without_identities(f"a{ID}b {OTHER_ID.lower()} {CODE}") == f"a{'*' * 18}b {'*' * 18} {CODE}"


def test_of_a_text_that_cannot_be_read_only_known_words_are_shown() -> None:
    text = '{"worker": {"id": "' + ID + '", 姓名: ' + NAME + "}"
    hidden = text.replace(ID, "*" * 18).replace(NAME, "＊＊＊＊")
    assert unread(source(text), {"worker", "id", "姓名"}).text == hidden


def test_the_public_rest_of_a_line_is_shown() -> None:
    data = {"worker": {"id": ID, "name": NAME, "stays": [{"month": "2021-13", "kind": "全日"}]}}
    text = json.dumps(data, ensure_ascii=False)
    problems: list[Problem] = []
    read_case(source(text), BOOK, problems)
    assert problems[0].where is not None
    assert problems[0].where.source.text == text.replace(ID, "*" * 18).replace(NAME, "＊＊＊＊")


def test_private_values_in_the_wrong_place() -> None:
    for facts in (
        {"姓各": NAME, "id": ID},
        {"id": [ID], "name": {"name": NAME}},
        {"name": NAME, "nicknames": [3, NAME], "id": ID},
        {"name": NAME, "id": ID, "stays": [{"month": ID, "kind": NAME, "place": f"{NAME}的家"}]},
        {"name": NAME, "id": ID, NAME: 1, ID: 1},
        {"id": int(ID), "jobs": [{"pay": PAY, "start": 3}, {"pay": [PAY]}, PAY]},
        ID, [NAME, ID],
    ):
        assert_hidden(json.dumps({"worker": facts}, ensure_ascii=False))
        assert_hidden(json.dumps({"worker": facts}))
        assert_hidden(json.dumps({"wroker": facts}))
    assert_hidden(json.dumps(ID))
    assert_hidden(json.dumps([ID, NAME]))


def test_private_values_from_outside() -> None:
    for path, value in (
        ("worker.id", ID[:-1]), ("worker.id", f"{ID}1"), ("worker.nmae", NAME),
        ("worker.jobs", f'[{{"pay": {PAY}, "x": 1}}'),
        ("name", f"{NAME}\u202e"), ("worker.stays", f'[{{"id": "{ID}"}}]'),
    ):
        assert_hidden(json.dumps({"worker": {"id": OTHER_ID}}), sets=[(path, value)])


def test_history_hides_whom_it_is_about() -> None:
    problems: list[Problem] = []
    entry = {"measure": "stay_aid", "key": {"worker": ID, "x": NAME}, "amount": "x", "note": NAME, "number": 3}
    assert read_history(source(json.dumps(entry, ensure_ascii=False)), BOOK, problems) == ()
    assert len(problems) == 4
    assert ID not in shown(problems)
    assert NAME not in shown(problems)


broken = st.sampled_from([
    ('"', ""), (",", ""), (":", "："), ("{", ""), ("}", ""), ('"month"', '"mouth"'), ('"name"', '"nmae"'),
    ("2021-03", "2021-13"), ('"stays"', '"住宿"'), ("[", ""), ("全日", "养老"), ("worker", "firm"), ('"', "'"),
    ('"id"', '"name"'), ("member", "person"), ("3,", "NaN,"), ("true", "maybe"), ('"worker"', '"劳动者"'),
])


@given(st.lists(st.tuples(broken, st.integers(0, 30)), max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_no_damage_lets_private_values_out(
    damage: list[tuple[tuple[str, str], int]], ascii_only: bool, indent: int | None
) -> None:
    data = {
        "application": {"filed_on": "2021-06-10"}, "claims": ["stay_aid"],
        "worker": {
            "id": ID, "name": NAME, "other_aid": True, "stays": [{"month": "2021-03", "kind": "全日"}, {"kind": "x"}],
            "jobs": [{"start": "2021-02-30", "pay": PAY}],
        },
        "firm": {"heads": 3, "roster": [{"person": {"id": OTHER_ID, "name": NAME}, "joined": "2021-3"}]},
        "history": [{"measure": "stay_aid", "key": {"worker": OTHER_ID}, "amount": True}],
    }
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    for (old, new), number in damage:
        parts = text.split(old)
        at = number % max(1, len(parts) - 1) + 1
        text = old.join(parts[:at]) + (new if len(parts) > at else "") + old.join(parts[at:])
    assert_hidden(text)
    assert_hidden(text, "case.yaml")
    named_policy(source(text))
