"""Work that crosses floors, for the command line: read, decide, show, write. Each job says what to print."""

from interpreter.jobs.batch import BatchAsked, batch
from interpreter.jobs.bulk import CHANGED, Mailing, duties, letters
from interpreter.jobs.cases import Given
from interpreter.jobs.ended import Ended, View, guarded
from interpreter.jobs.evaluate import Question, evaluate
from interpreter.jobs.explain import ask, help_on
from interpreter.jobs.fonts import fonts
from interpreter.jobs.layout import format_files
from interpreter.jobs.lists import Listing, lists
from interpreter.jobs.notices import blank_form, check, run_tests, show, start
from interpreter.jobs.office import Import, import_files

__all__ = [
    "CHANGED",
    "BatchAsked",
    "Ended",
    "Given",
    "Import",
    "Listing",
    "Mailing",
    "Question",
    "View",
    "ask",
    "batch",
    "blank_form",
    "check",
    "duties",
    "evaluate",
    "fonts",
    "format_files",
    "guarded",
    "help_on",
    "import_files",
    "letters",
    "lists",
    "run_tests",
    "show",
    "start",
]
