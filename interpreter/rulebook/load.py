"""From a policy folder to a checked rulebook: the one order in which everything is read and linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from interpreter.problems import Problem
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes, policy, stationery
from interpreter.rulebook.called import as_table, read_called
from interpreter.rulebook.checks import check_clauses, check_ground
from interpreter.rulebook.definitions import read_definitions
from interpreter.rulebook.digest import digests
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.duties import read_duties
from interpreter.rulebook.files import Document, of_kind, read_folder
from interpreter.rulebook.heads import declare_called
from interpreter.rulebook.limits import read_limits
from interpreter.rulebook.measures import Around, authority_type, read_claimants, read_measure
from interpreter.rulebook.model import Measure, Parameter, Rulebook, Table
from interpreter.rulebook.overlays import read_overlays, settle
from interpreter.rulebook.parameters import read_delegations, read_parameters
from interpreter.rulebook.reading import Mapping, Node
from interpreter.rulebook.referrals import read_referrals, with_referrals
from interpreter.rulebook.requirements import REFUSE, read_requirements
from interpreter.rulebook.schema import check_form
from interpreter.rulebook.settled import Settled
from interpreter.rulebook.shapes import add_provided, fact_roots, record_types
from interpreter.rulebook.tables import declare_tables, read_tables
from interpreter.rulebook.vocabulary import declare_facts, declare_types, fill_fields


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody wants to try without touching the files: values of parameters and rows of tables that stand in for
    their own, and what authorities set besides (as it would stand in their files), by name."""

    parameters: dict[str, Node] = field(default_factory=dict)
    tables: dict[str, Node] = field(default_factory=dict)
    authorities: dict[str, Mapping] = field(default_factory=dict)


def load(folder: Path, problems: list[Problem], *, changes: Changes | None = None) -> Rulebook | None:
    """Reads and checks a policy folder.

    Every problem of the folder is added to `problems`; the rulebook is given where none of them is an error. A
    folder that is not there, files that cannot be read and rules that make no sense are problems alike.
    """
    found: list[Problem] = []
    documents = read_checked(folder, found)
    book = link(documents, folder, found, changes or Changes(), sound=not _errors(found))
    problems.extend(sorted(found, key=_in_file_order))
    return book


def _in_file_order(problem: Problem) -> tuple[str, int]:
    where = problem.where
    return ("", 0) if where is None else (where.source.name, where.start)


def read_checked(folder: Path, problems: list[Problem]) -> list[Document]:
    """The files of a folder as trees, each checked for its form."""
    documents = read_folder(folder, problems)
    for document in documents:
        if document.root is not None:
            check_form(document.kind, document.root, problems)
    return documents


def link(
    documents: list[Document], folder: Path, problems: list[Problem], changes: Changes, *, sound: bool = True
) -> Rulebook | None:
    """Gives every word of the files its meaning. `sound` says that the files have the right form."""
    before = len(problems)
    roots = {document.kind: document.root for document in documents if document.kind in ("policy", "facts",
                                                                                          "parameters", "definitions")}
    root = roots.get("policy")
    if root is None:
        return None
    draft = Draft(problems)
    head = policy.read_head(root, folder.resolve().name, draft)
    plans = declare_tables(of_kind(documents, "table"), draft)
    shells = declare_types(roots.get("facts"), draft)
    fact_shells, _ = declare_facts(roots.get("facts"), draft)
    tables = read_tables(plans, changes.tables, draft)
    heads = declare_called(of_kind(documents, "table"), draft)
    fill_fields(shells + fact_shells, draft)
    parameters = read_parameters(roots.get("parameters"), changes.parameters, draft)
    called = read_called(heads, changes.tables, draft)
    tables |= {name: as_table(one) for name, one in called.items()}
    _known_changes(changes, parameters, tables, draft)
    parameters = read_delegations(roots.get("parameters"), parameters, draft)
    definitions = read_definitions(roots.get("definitions"), draft)
    add_provided(definitions, record_types(draft))
    claimants, bearers = read_claimants(root, "claimants", draft), read_claimants(root, "bearers", draft)
    authority = authority_type((*claimants.values(), *bearers.values()), draft)
    own = [overlay for _, overlay in of_kind(documents, "authority")]
    sets = read_overlays(own, changes.authorities.values(), authority, parameters, called, draft)
    parameters, defined = settle(sets, authority, parameters, called, draft)
    definitions = defined | definitions
    common = read_requirements(
        nodes.mapping(nodes.mapping(root, "common"), "requires"), (), definitions, draft, REFUSE
    )
    measures = _measures(documents, Around(claimants, common, definitions), draft)
    if not _errors(problems[before:]):
        referrals = read_referrals(sets, authority, parameters, called)
        whole = Settled(parameters, definitions, draft.slots.count)
        measures = {name: with_referrals(measure, referrals, whole) for name, measure in measures.items()}
    limits = read_limits(root, measures, draft)
    as_of = policy.read_as_of(root, draft)
    order, payer = policy.read_order(root, draft), policy.read_payer(root, authority, draft)
    variables = stationery.variables(authority, draft)
    remedies = policy.read_remedies(root, variables, draft)
    paper = stationery.read_stationery(nodes.mapping(root, "paper"), variables, measures, draft)
    papers = tuple(
        (one.authority, paper.under(stationery.read_stationery(one.paper, variables, measures, draft)))
        for one in sets if one.paper is not None
    )
    duties = read_duties(of_kind(documents, "duty"), bearers, definitions, measures, draft)
    check_clauses(root, draft)
    if as_of is None or not sound or _errors(problems[before:]):
        return None
    facts = fact_roots(draft)
    book = Rulebook(
        head.policy, folder.resolve().name, head.title, head.number, head.issuers, head.issued,
        (draft.since, head.until), draft.money, draft.money_type, draft.leap_day, as_of, order, payer, claimants, facts,
        draft.types, parameters, tables, definitions, measures, limits,
        {one.called: one.shown for one in sets}, draft.schemes, draft.clauses,
        head.letters, remedies, draft.causes, draft.slots.count,
        bearers=bearers, duties=duties, language=head.language, paper=paper,
        papers=papers,
    )
    check_ground(book, draft)
    if _errors(problems[before:]):
        return None
    book.digests = digests(book, folder)
    return book


def _errors(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _measures(documents: list[Document], around: Around, draft: Draft) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for document, root in of_kind(documents, "measure"):
        measure = read_measure(root, document, around, draft)
        if measure is not None:
            measures[measure.name] = measure
    return measures


def _known_changes(
    changes: Changes, parameters: dict[str, Parameter], tables: dict[str, Table], draft: Draft
) -> None:
    """What is to be tried must be there to be changed."""
    for name, node in changes.parameters.items():
        if name not in parameters:
            draft.problem("change.parameter", node.span, found=name, guess=closest(name, parameters))
    for name, node in changes.tables.items():
        if name not in tables:
            draft.problem("change.table", node.span, found=name, guess=closest(name, tables))
