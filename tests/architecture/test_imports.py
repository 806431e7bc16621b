"""Imports run one way, from cli down to problems, inside functions too."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

from tests.architecture.files import ENGINE, ROOT, modules, name

FLOORS = (("problems",), ("language",), ("rulebook",), ("cases", "decision"), ("letters", "batch"), ("assurance",),
          ("jobs",), ("console",), ("cli",))
LEVEL = {floor: level for level, floors in enumerate(FLOORS) for floor in floors}


def imported_floors(source: str) -> set[str]:
    """The floors that a module's text imports anywhere; a relative import counts as unknown (`?`)."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                return {"?"}
            module = node.module or ""
            names = [f"interpreter.{alias.name}" for alias in node.names] if module == "interpreter" else [module]
        for dotted in names:
            first, _, rest = dotted.partition(".")
            if first == "interpreter" and rest:
                found.add(rest.split(".")[0])
            elif first == "cli":
                found.add("cli")
    return found


def wrong_imports(floor: str, source: str) -> set[str]:
    """What a module of `floor` imports and may not: a higher floor, or another one of its own level."""
    return {
        other for other in imported_floors(source)
        if other not in LEVEL or LEVEL[other] > LEVEL[floor] or (LEVEL[other] == LEVEL[floor] and other != floor)
    }


def floor_of(path_name: str) -> str:
    """The folder of the interpreter a module stands in, or its own name where it stands alone."""
    return path_name.removeprefix("interpreter/").split("/")[0].removesuffix(".py")


@pytest.mark.parametrize("path", [p for p in modules() if p != ENGINE / "__init__.py"], ids=name)
def test_imports_run_one_way(path):
    assert wrong_imports(floor_of(name(path)), path.read_text(encoding="utf-8")) == set()


def test_every_folder_of_the_interpreter_is_a_floor():
    folders = {p.name for p in ENGINE.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert folders == set(LEVEL) - {"cli"}


@pytest.mark.parametrize(("floor", "source", "wrong"), [
    ("decision", "from interpreter.cases.facts import read", {"cases"}),
    ("cases", "import interpreter.decision.model", {"decision"}),
    ("language", "def f():\n    from interpreter.rulebook import model", {"rulebook"}),
    ("language", "from interpreter import assurance", {"assurance"}),
    ("letters", "from . import text", {"?"}),
    ("problems", "import cli", {"cli"}),
    ("letters", "from interpreter.decision.model import Decision\nimport json", set()),
])
def test_a_wrong_import_is_seen(floor, source, wrong):
    assert wrong_imports(floor, source) == wrong


def test_the_command_line_is_at_the_top():
    assert floor_of(name(ROOT / "cli.py")) == FLOORS[-1][0]


def imported_modules(source: str) -> set[str]:
    """The modules of the interpreter that a module's text imports where it runs: in functions, too, but not for types
    alone."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("interpreter"):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("interpreter")}
        waiting += ast.iter_child_nodes(node)
    return found


def test_no_modules_of_batches_import_each_other_in_a_circle():
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules()
             if path.is_relative_to(ENGINE / "batch")}
    graph = {one: imported_modules(path.read_text(encoding="utf-8")) & set(files) for one, path in files.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_an_import_in_a_function_is_seen():
    source = "if TYPE_CHECKING:\n    import interpreter.a\ndef f():\n    from interpreter.b import c"
    assert imported_modules(source) == {"interpreter.b", "interpreter.b.c"}
