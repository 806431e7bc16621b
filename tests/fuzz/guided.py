"""Coverage-guided fuzzing of reader, parser, checker and evaluation: `python -m tests.fuzz.guided [SECONDS]`.

Atheris grows texts that reach new code. Whatever they hold, what comes back is an answer or problems that can be
shown; an exception stops the run with the text that raised it. Needs the extra `fuzz`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import atheris

with atheris.instrument_imports(include=["interpreter"]):
    from interpreter.language.read import read_expression, read_holes
    from interpreter.problems import Fragment, Problem, Source
    from interpreter.problems.render import render_all
    from interpreter.rulebook.reading import read_yaml

from tests.fuzz.test_fuzz import NOTICE, TOKENS, expressions
from tests.language.pool import FACTS, Growing, sample
from tests.language.test_every_row import work_out

LONGEST = 2_000
"""Characters of a text; what is longer only takes longer."""


class Target:
    """What is done with one text. A scope is used for some thousand texts, and then made anew."""

    def __init__(self) -> None:
        self.seen = 0
        self.growing = Growing(Random(0))

    def __call__(self, data: bytes) -> None:
        self.seen += 1
        if self.seen % 5_000 == 0:
            self.growing = Growing(Random(self.seen))
        text = data[1:].decode("utf-8", "surrogateescape")[:LONGEST]
        problems: list[Problem] = []
        match (data[:1] or b"\0")[0] % 4:
            case 0:
                read_yaml(Source("x.yaml", text), problems)
            case 1:
                read_holes(Fragment.whole("x", text), self.growing.scope, problems)
            case start:
                self.expression(text, "expr" if start == 2 else "value", problems)
        for language in ("zh", "en"):
            render_all(problems, language)

    def expression(self, text: str, start: str, problems: list[Problem]) -> None:
        found = read_expression(Fragment.whole("x", text), self.growing.scope, problems, start=start)
        if found is not None:
            random = Random(len(text))
            case: dict[str, Any] = {name: sample(of, random) for name, of in FACTS.items()}
            gone = frozenset(random.sample(self.growing.paths(), 5))
            for without in (frozenset[str](), gone):
                work_out(self.growing, found.core, self.growing.facts(case, without))


def corpus(folder: Path) -> None:
    """Texts to start from: what the shipped policy says, and its files."""
    for number, text in enumerate(expressions()):
        folder.joinpath(f"e{number}").write_bytes(b"\2" + text.encode())
    for number, path in enumerate(sorted(NOTICE.rglob("*.yaml"))):
        folder.joinpath(f"y{number}").write_bytes(b"\0" + path.read_bytes()[:LONGEST])


def dictionary(path: Path) -> None:
    """The words of the language, as the fuzzer's dictionary has them."""
    quoted = ("".join(f"\\x{byte:02x}" for byte in token.encode("utf-8", "surrogatepass")) for token in TOKENS)
    path.write_text("\n".join(f'"{token}"' for token in quoted) + "\n", encoding="ascii")


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as name:
        folder, words = Path(name) / "corpus", Path(name) / "words"
        folder.mkdir()
        corpus(folder)
        dictionary(words)
        options = [f"-max_total_time={seconds}", f"-dict={words}", f"-max_len={LONGEST}", "-timeout=10", "-seed=1",
                   f"-artifact_prefix={name}/"]
        atheris.Setup([sys.argv[0], *options, str(folder)], Target())
        atheris.Fuzz()


if __name__ == "__main__":
    main()
