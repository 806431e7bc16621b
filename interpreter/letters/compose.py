"""Letters as documents, one after the other: whatever they share is made once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from interpreter.decision.model import Decision
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.check import check_template, template_of
from interpreter.letters.context import letter_context
from interpreter.letters.environment import LetterEnvironment, Templates, own_folders, render
from interpreter.letters.escaping import clean
from interpreter.letters.markdown import read
from interpreter.letters.names import file_name
from interpreter.letters.office import Issued, Office
from interpreter.letters.paper import Paper, of
from interpreter.letters.plan import LetterKind, LetterPlan
from interpreter.letters.wording import Wording
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook

DRAFT = Text("草稿，未盖章", "draft, not sealed")


def told_as(plan: LetterPlan) -> tuple[str, ...]:
    """The names under which an office may say what it always tells in such a letter, the first first."""
    if plan.kind in ("granted", "partly_granted"):
        return (plan.kind, "granted") if plan.measure.kind == "benefit" else ("entitled",)
    return (plan.kind,)


@dataclass(slots=True)
class Composer:
    """Writes the letters of one rulebook's decisions, in its language where none is given. `day` is the date of the
    letters, by default the day as of which was decided."""

    rulebook: Rulebook
    templates: Path
    language: Language | None = None
    day: date | None = None
    wording: Wording = field(init=False)
    office: Office = field(init=False)
    _folders: frozenset[str] = field(init=False)
    _environments: dict[tuple[str, ...], LetterEnvironment] = field(default_factory=dict)
    _sound: dict[tuple[tuple[str, ...], LetterKind], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wording = Wording.of(self.rulebook, self.language or self.rulebook.language)
        self.office = Office(self.rulebook, self.wording.language)
        self._folders = frozenset(own_folders(self.templates, self.rulebook.policy))

    def paper(
        self, decision: Decision, plan: LetterPlan, problems: list[Problem], issued: Issued | None = None,
    ) -> Paper | None:
        """One letter, as a draft; None, and a problem, where its template is not sound or gives none. Without `issued`
        its number is left open.

        What is wrong with a template is told once, not with every letter.
        """
        template = template_of(self.rulebook, plan.kind)
        own = tuple(name for name in names_of_authority(decision.authority) if name in self._folders)
        environment = self._environments.get(own)
        if environment is None:
            found = Templates(self.templates, self.rulebook.policy, own, self.rulebook.language)
            environment = self._environments[own] = LetterEnvironment(found)
        key = (own, plan.kind)
        if key not in self._sound:
            self._sound[key] = check_template(environment, template, problems)
        if not self._sound[key]:
            return None
        like = told_as(plan)
        office = self.office.words(decision.authority, self.day or decision.as_of, like, issued)
        context = letter_context(decision, plan.measure, plan.kind, self.wording, office, day=self.day)
        written = render(environment, template, context, problems)
        if written is None:
            return None
        made = of(
            read(written), file_name(plan, decision), decision.case, language=self.wording.language,
            draft=DRAFT.to(self.wording.language),
        )
        if plan.kind == "review":
            return replace(made, form="plain", draft="")
        return replace(
            made, letterhead=tuple(map(clean, office.letterhead)), number=clean(office.number), form=office.form,
            head=office.head,
        )
