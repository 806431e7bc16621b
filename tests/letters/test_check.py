"""Templates are checked before anything is written: every fault is found at its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from interpreter.letters.check import check_template, check_templates
from interpreter.letters.environment import LetterEnvironment, Templates
from interpreter.problems import Problem, Source
from interpreter.problems.messages.letters import MESSAGES
from interpreter.rulebook.model import Rulebook
from tests.letters.building import TEMPLATES, requirement, rulebook


def check(folder: Path, name: str = "x", policy: str = "") -> list[Problem]:
    problems: list[Problem] = []
    check_template(LetterEnvironment(Templates(folder, policy)), f"{name}.md", problems)
    return problems


def faults(folder: Path, source: str) -> list[tuple[str, str, object]]:
    """Code, marked characters and guess of every problem of a template."""
    (folder / "x.md").write_text(source, encoding="utf-8")
    return [
        (p.code, p.where.source.text[p.where.start : p.where.end] if p.where else "", p.fields.get("guess"))
        for p in check(folder)
    ]


def test_our_own_templates_are_sound() -> None:
    problems: list[Problem] = []
    check_templates(TEMPLATES, rulebook(), problems)
    assert problems == []


def found(folder: Path, book: Rulebook) -> list[tuple[str, object]]:
    """Code of every problem of a policy's templates, with the place or the name it is about."""
    problems: list[Problem] = []
    check_templates(folder, book, problems)
    return [(p.code, str(p.where) if p.where else p.fields.get("template", p.fields.get("name"))) for p in problems]


def put(folder: Path, **templates: str) -> None:
    for name, source in templates.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


def test_every_letter_the_rules_can_lead_to_has_to_have_a_template(tmp_path: Path) -> None:
    put(tmp_path, yes="{{ case }}")
    names = ("partly_granted.md", "no.md", "other.md", "incomplete.md")
    missing = [("letter.template_missing", name) for name in names]
    letters = {"granted": "yes", "refused": "no", "referred": "other"}
    assert found(tmp_path, rulebook(letters=letters)) == missing
    steady = rulebook().measures["steady"]
    only = rulebook(letters=letters, measures={"steady": replace(steady, head=(requirement("a"),))})
    assert found(tmp_path, only) == missing[1:]
    assert ("letter.template_missing", "acceptance.md") not in found(tmp_path, rulebook())
    assert ("letter.template_missing", "x.md") in found(tmp_path, rulebook(letters={"acceptance": "x"}))


def test_a_letter_nobody_can_get_is_checked_where_it_is_there(tmp_path: Path) -> None:
    put(tmp_path, acceptance="{{ cas }}")
    assert found(tmp_path, rulebook(measures={})) == [("letter.name_unknown", f"{tmp_path.name}/acceptance.md:1:4")]


def test_a_name_under_letters_that_is_no_letter(tmp_path: Path) -> None:
    problems: list[Problem] = []
    check_templates(TEMPLATES, rulebook(letters={"grantd": "x"}), problems)
    assert [(p.code, p.fields) for p in problems] == [
        ("letter.kind_unknown", {"name": "grantd", "guess": "granted"})]


def test_templates_of_every_authority_are_checked(tmp_path: Path) -> None:
    common = dict.fromkeys(("granted", "partly_granted", "refused", "not_accepted", "incomplete"), "{{ case }}")
    put(tmp_path, **common)
    assert found(tmp_path, rulebook()) == []
    put(tmp_path, made__示例区__granted="{{ cas }}", made__3302__refused="甲\n{% include 'part.md' %}",
        made__3302__part="{{ cas }}", made__parts__foot="{{ cas }}")
    assert found(tmp_path, rulebook()) == [
        ("letter.name_unknown", f"{tmp_path.name}/made/3302/part.md:1:4"),
        ("letter.name_unknown", f"{tmp_path.name}/made/示例区/granted.md:1:4"),
    ]


def test_a_folder_named_after_no_authority_is_told(tmp_path: Path) -> None:
    put(tmp_path, **dict.fromkeys(("granted", "partly_granted", "refused", "not_accepted", "incomplete"), "{{ case }}"))
    put(tmp_path, made__示利区__granted="{{ case }}", made__images__other="{{ case }}")
    problems: list[Problem] = []
    check_templates(tmp_path, rulebook(), problems)
    assert [(p.code, p.fields["name"], p.fields["guess"]) for p in problems] == [
        ("letter.authority_unknown", "示利区", "示例区")]


@pytest.mark.parametrize(("source", "found"), [
    ("{{ measure.titel }}", ("letter.name_unknown", "titel", "measure.title")),
    ("{{ cas }}", ("letter.name_unknown", "cas", "case")),
    ("{% if adressee.name %}{% endif %}", ("letter.name_unknown", "adressee", "addressee")),
    ("{% for line in lines %}{{ line.resaon }}{% endfor %}", ("letter.name_unknown", "resaon", "line.reason")),
    ("{% if outcome == 'grantd' %}{% endif %}", ("letter.name_unknown", "grantd", "granted")),
    ("{% if 'entitlment' != measure.kind %}{% endif %}", ("letter.name_unknown", "entitlment", "entitlement")),
    ("{{ case.__class__ }}", ("letter.name_unknown", "__class__", None)),
    ("{{ measure.values }}", ("letter.name_unknown", "values", None)),
    ("{{ loop.index }}", ("letter.name_unknown", "loop", None)),
    ("{% for a in lines %}{{ loop.cycle }}{% endfor %}", ("letter.name_unknown", "cycle", None)),
    ("{{ case | safe }}", ("letter.filter_unknown", "safe", None)),
    ("{{ policy.issuers | joined }}", ("letter.filter_unknown", "joined", "join")),
    ("{{ policy.issuers | join(1) }}", ("letter.not_allowed", "{{ policy.issuers | join(1) }}", None)),
    ("{{ lines | join }}", ("letter.not_list", "lines", None)),
    ("{% for a in case %}{% endfor %}", ("letter.not_list", "case", None)),
    ("{{ lines }}", ("letter.not_text", "lines", None)),
    ("{{ case ~ measure }}", ("letter.not_text", "measure", None)),
    ("{{ case == date }}", ("letter.not_text", "{{ case == date }}", None)),
    ("{{ lines if case else date }}", ("letter.not_text", "{{ lines if case else date }}", None)),
    ("{{ case if date }}", ("letter.not_allowed", "{{ case if date }}", None)),
    ("{{ range(10) }}", ("letter.not_allowed", "{{ range(10) }}", None)),
    ("{{ case.format(1) }}", ("letter.not_allowed", "{{ case.format(1) }}", None)),
    ("{{ lines[0] }}", ("letter.not_allowed", "{{ lines[0] }}", None)),
    ("{{ 'a' * 1000000000 }}", ("letter.not_allowed", "{{ 'a' * 1000000000 }}", None)),
    ("{{ 9 ** 9 }}", ("letter.not_allowed", "{{ 9 ** 9 }}", None)),
    ("{% set x = 1 %}", ("letter.not_allowed", "{% set x = 1 %}", None)),
    ("{% macro m() %}{% endmacro %}", ("letter.not_allowed", "{% macro m() %}{% endmacro %}", None)),
    ("{% filter upper %}{% endfilter %}", ("letter.not_allowed", "{% filter upper %}{% endfilter %}", None)),
    ("{% autoescape false %}\n{% endautoescape %}", ("letter.not_allowed", "{% autoescape false %}", None)),
    ("{% extends 'y.md' %}", ("letter.not_allowed", "{% extends 'y.md' %}", None)),
    ("{% include case %}", ("letter.not_allowed", "{% include case %}", None)),
    ("{% include 'y.md' %}", ("letter.template_missing", "y.md", None)),
    ("{% include '../x.md' %}", ("letter.template_missing", "../x.md", None)),
    ("{% include 'x.md' %}", ("letter.include_circle", "x.md", None)),
    ("{% for a in lines %}{% for b in facts %}{% endfor %}{% endfor %}", ("letter.loop_inside", "facts", None)),
    ("{% for a, b in lines %}{% endfor %}", ("letter.not_allowed", "{% for a, b in lines %}{% endfor %}", None)),
    ("甲\n{% if case %}\n乙", ("letter.syntax", "乙", None)),
    ("{{ case }", ("letter.syntax", "{{ case }", None)),
])
def test_a_fault_is_found_at_its_place(tmp_path: Path, source: str, found: tuple[str, str, object]) -> None:
    assert faults(tmp_path, source) == [found]


def test_each_of_several_faults_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("第一行 cas\n甲 {{ cas }} {{ case }} {{ cas }}\n{{ datee }}\n", encoding="utf-8")
    assert [(p.where.line, p.where.column) for p in check(tmp_path) if p.where] == [(2, 6), (2, 27), (3, 4)]


def test_faults_of_an_included_part_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("{{ cas }}", encoding="utf-8")
    (tmp_path / "x.md").write_text("{% include 'part.md' %}{% include 'part.md' %}", encoding="utf-8")
    (problem,) = check(tmp_path)
    assert str(problem.where) == f"{tmp_path.name}/part.md:1:4"


def test_a_loop_may_go_through_the_parts_of_an_outer_item(tmp_path: Path) -> None:
    inner = "{% for b in a.failed %}{{ b.say }}{{ loop.index }}{% endfor %}"
    assert faults(tmp_path, f"{{% for a in lines %}}{inner}{{% endfor %}}") == []


def test_includes_that_double_each_other_end(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"{{% include '{number + 1}.md' %}}\n" * 20, encoding="utf-8")
    (tmp_path / "5.md").write_text("甲{{ case }}" * 20, encoding="utf-8")
    assert [p.code for p in check(tmp_path, "0")] == ["letter.template_large"]


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.md").write_text("a" * 100_001, encoding="utf-8")
    (tmp_path / "deep.md").write_text("{{ " + "(" * 5000 + "case" + ")" * 5000 + " }}", encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    codes = {name: [p.code for p in check(tmp_path, name)] for name in ("binary", "large", "deep", "folder", "none")}
    assert codes == {
        "binary": ["letter.template_unreadable"], "large": ["letter.template_large"], "deep": ["letter.template_large"],
        "folder": ["letter.template_missing"], "none": ["letter.template_missing"],
    }


def test_a_policys_own_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("{{ common_fault }}", encoding="utf-8")
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "x.md").write_text("{{ case }}", encoding="utf-8")
    assert check(tmp_path, policy="made") == []
    assert [p.code for p in check(tmp_path, policy="other")] == ["letter.name_unknown"]
    assert [p.code for p in check(tmp_path / "made", policy="../..")] == []


def test_an_authoritys_template_comes_before_its_policys(tmp_path: Path) -> None:
    put(tmp_path, x="common", made__x="policy", made__示例区__x="label", made__3301__x="key", made__3302__y="key")

    def text(name: str, *authority: str) -> str:
        source = Templates(tmp_path, "made", authority).source(f"{name}.md")
        return source.text if isinstance(source, Source) else source.code

    assert text("x", "示例区", "3301") == "label"
    assert text("x", "", "3301") == "key"
    assert text("x", "示例县", "3302") == "policy"
    assert text("y", "示例县", "3302") == "key"
    assert text("x", "..", "../made/3301", "/") == "policy"
    (tmp_path / "made" / "x.md").unlink()
    assert text("x", "示例县", "3302") == "common"
    assert text("z", "示例县", "3302") == "letter.template_missing"


def test_a_link_out_of_the_folder_is_no_template(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.md").write_text("秘密", encoding="utf-8")
    (inside / "x.md").symlink_to(tmp_path / "secret.md")
    assert [p.code for p in check(inside)] == ["letter.template_missing"]


def test_every_message_encodes_for_the_terminals_of_offices() -> None:
    for message in MESSAGES.values():
        mends = message.mend if isinstance(message.mend, tuple) else (message.mend,)
        for text in (message.says, *mends):
            if text is not None:
                text.zh.encode("gbk")
                text.en.encode("gbk")


def test_a_notice_in_english_has_letters_in_english() -> None:
    problems: list[Problem] = []
    check_templates(TEMPLATES, replace(rulebook(), language="en"), problems)
    assert problems == []
    chinese = {path.name for path in TEMPLATES.glob("*.md")} - {"README.md"}
    assert {path.name for path in (TEMPLATES / "en").glob("*.md")} == chinese
    for path in (TEMPLATES / "en").rglob("*.md"):
        assert path.read_text(encoding="utf-8").isascii(), path.name
