"""Where templates are found and run: a sandbox that only knows texts, lists and named parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interpreter.letters.escaping import Written, mark, without_marks
from interpreter.problems import Language, Problem, Source

LARGEST_TEMPLATE = 100_000
LARGEST_LETTER = 2_000_000
"""In characters."""

FILTERS: dict[str, Callable[..., Any]] = {"join": lambda texts, between="": between.join(texts), "length": len}
"""Every filter there is."""

LOOP = ("index", "first", "last")
"""What may be asked of `loop`."""

_VALUES = "the values"
"""Where a letter's values are collected: a name that no template can write."""


class Templates(BaseLoader):
    """The templates of a folder: those for an authority of a policy before those of the policy, these before the common
    ones of a language. `authority` are the names its folder may have, the first first."""

    def __init__(
        self, folder: Path, policy: str = "", authority: Iterable[str] = (), language: Language = "zh",
    ) -> None:
        self.folder = folder
        of_policy = [folder / policy] if _is_name(policy) else []
        own = [place / name for place in of_policy for name in authority if _is_name(name)]
        common = folder if language == "zh" else folder / language
        self.places = [*own, *of_policy, common]

    def find(self, name: str) -> Path | None:
        """The file a template's name (`granted.md`, `parts/foot.md`) stands for; never one outside the folder."""
        for place in self.places:
            path = place / name
            if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):
                return path
        return None

    def source(self, name: str) -> Source | Problem:
        """The text of a template, or why there is none."""
        path = self.find(name)
        if path is None:
            return Problem("letter.template_missing", fields={"template": name, "folder": self.folder.name})
        shown = f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return Problem("letter.template_unreadable", fields={"template": shown})
        if len(text) > LARGEST_TEMPLATE:
            return Problem("letter.template_large", fields={"template": shown, "most": LARGEST_TEMPLATE})
        return Source(shown, without_marks(text))

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, None]:
        """For Jinja, which asks for an included template."""
        found = self.source(template)
        if isinstance(found, Problem):
            raise TemplateNotFound(template)
        return found.text, None, None


def own_folders(folder: Path, policy: str) -> list[str]:
    """The names of the folders within a policy's: each may be that of an authority."""
    place = folder / policy
    if not _is_name(policy) or not place.is_dir():
        return []
    return sorted(inner.name for inner in place.iterdir() if inner.is_dir())


def _is_name(folder: str) -> bool:
    """Whether this names a folder inside another one."""
    return folder not in ("", ".", "..") and not set(folder) & set('/\\:\0')


@pass_context
def _written(context: Context, value: object) -> str:
    """What stands in a letter's source for a value that a template writes."""
    return mark(value, context[_VALUES])


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without functions, tests and globals. A dot reads a named part and nothing else, so that no attribute or
    method of a Python object is ever within reach; a value written is marked, so that it is never read as Markdown."""

    def __init__(self, templates: Templates) -> None:
        super().__init__(
            loader=templates, undefined=StrictUndefined, finalize=_written, autoescape=False, auto_reload=False,
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        )
        self.templates = templates
        self.globals.clear()
        self.filters.clear()
        self.filters.update(FILTERS)
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> NoReturn:
        raise SecurityError("letters have no subscripts")

    def call(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SecurityError("letters call nothing")


def render(
    environment: LetterEnvironment, name: str, context: Mapping[str, object], problems: list[Problem],
) -> Written | None:
    """The Markdown of a letter, or None and a problem. The template has passed `check_template`."""
    written: list[str] = []
    values: list[str] = []
    size, counted = 0, 0
    try:
        for chunk in environment.get_template(name).generate({**context, _VALUES: values}):
            written.append(chunk)
            size += len(chunk) or 1  # a loop that writes nothing ends too
            if len(values) > counted:
                size += sum(map(len, values[counted:]))
                counted = len(values)
            if size > LARGEST_LETTER:
                problems.append(Problem("letter.large", fields={"template": name, "most": LARGEST_LETTER}))
                return None
    except (TemplateError, RecursionError, TypeError) as error:
        problems.append(Problem("letter.rendering", fields={"template": name, "detail": type(error).__name__}))
        return None
    return Written("".join(written), values)
