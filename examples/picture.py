"""A page of a letter as a picture, `docs/letter.png`: `make picture`. Needs the fonts of `make fonts`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from interpreter.cases.facts import read_case  # noqa: E402
from interpreter.decision.decide import decide  # noqa: E402
from interpreter.letters.compose import Composer  # noqa: E402
from interpreter.letters.pdf.fonts import Fonts  # noqa: E402
from interpreter.letters.pdf.lay_out import lay_out_one  # noqa: E402
from interpreter.letters.plan import letters_for  # noqa: E402
from interpreter.problems import Problem, Source  # noqa: E402
from interpreter.problems.render import render_all  # noqa: E402
from interpreter.rulebook.load import load  # noqa: E402

CASE = ROOT / "examples" / "worker.json"
NOTICE = ROOT / "policy" / "shaoxing-labour-cooperation-2021"
PICTURE = ROOT / "docs" / "letter.png"
SCALE, EDGE = 1.25, 8


def main() -> int:
    """Prints what is wrong, if anything; else the first and the last page of the example's first letter."""
    problems: list[Problem] = []
    fonts = Fonts.ours()
    rules = load(NOTICE, problems)
    facts = rules and read_case(Source("worker.json", CASE.read_text(encoding="utf-8")), rules, problems)
    if isinstance(fonts, Problem) or rules is None or facts is None:
        print(render_all([fonts] if isinstance(fonts, Problem) else problems, "zh"), file=sys.stderr)
        return 1
    decision = decide(rules, facts)
    plan = letters_for(decision, rules)[0]
    letter = Composer(rules, ROOT / "templates").paper(decision, plan, problems)
    if letter is None:
        print(render_all(problems, "zh"), file=sys.stderr)
        return 1
    numbered = replace(letter, number=letter.number.replace("＿＿", "3"))
    pages = pypdfium2.PdfDocument(lay_out_one(numbered, fonts))
    shown = [pages[place].render(scale=SCALE).to_pil() for place in (0, len(pages) - 1)]
    width, height = shown[0].size
    picture = Image.new("RGB", (len(shown) * (width + EDGE) + EDGE, height + 2 * EDGE), "#d0d0d0")
    for place, page in enumerate(shown):
        picture.paste(page, (EDGE + place * (width + EDGE), EDGE))
    picture.quantize(32).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}  {PICTURE.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
