"""Our own facts about codes and the words of questions agree with the tables, the tree and the source register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from encoder import paths
from encoder.commands.shipped import Shipped
from encoder.core.ask.lexicon import Lexicon
from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.page.edits import extracted
from encoder.core.page.evidence import Desk
from encoder.core.page.lore import CATEGORY, Lore
from encoder.store.toml_table import read_table
from tests.data.program import NOW

STRUCTURAL = {"20932", "20933", "20934"}
PAIR_CITE = re.compile(r"ncci-ptp-2024q3#(\w{5}):(\w{5})")


@pytest.fixture(scope="module")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


@pytest.fixture(scope="module")
def lexicon(shipped: Shipped) -> Lexicon:
    return shipped.lexicon(shipped.tree())


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of a TOML file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _cites(value: object) -> Iterator[str]:
    """Every text under a key ``cites``."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part) if key == "cites" else _cites(part)
    elif isinstance(value, list):
        for part in value:
            yield from _cites(part)


FILES = sorted(file for name in ("ask", "pages") for file in (paths.resources() / name).glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_source_is_in_the_register_and_every_pair_that_is_cited_is_held(desk: Desk, file: Path) -> None:
    known = {source.id for source in desk.book.sources()}
    cites = [*_cites(dict(read_table(file).table))]
    assert {cite.partition("#")[0] for cite in cites} <= known
    for first, second in (match.groups() for cite in cites if (match := PAIR_CITE.fullmatch(cite))):
        if extracted(desk, first) and extracted(desk, second):
            settings = (PRACTITIONER, HOSPITAL)
            held = any(desk.book.pair(first, second, setting, NOW) for setting in settings)
            assert held, f"{first}:{second}"


def _lost(desk: Desk, codes: Iterable[str]) -> set[str]:
    """The codes that no table names."""
    return {code for code in codes if not desk.title(code)}


def test_every_code_that_is_named_exists(desk: Desk, lexicon: Lexicon) -> None:
    lore = desk.lore
    categories = {CATEGORY + code.category for code in desk.book.codes()}
    subjects = {subject for service in lore.services for subject in service.of}
    assert {subject for subject in subjects if subject.startswith(CATEGORY)} <= categories
    assert _lost(desk, (subject for subject in subjects if not subject.startswith(CATEGORY))) == set()
    assert _lost(desk, (code for service in lore.services for code in service.codes)) == set()
    assert _lost(desk, (code for entry in lore.confused for code in entry.codes)) == set()
    assert _lost(desk, (code for topic in lexicon.topics.values() for code in topic.codes)) == set()
    assert _lost(desk, (code for scope in lexicon.scopes.values() for code in scope.codes)) == set()
    assert _lost(desk, (code for entry in lexicon.glossary.values() for code in entry.codes)) == set()


def test_our_own_facts_contradict_no_table(desk: Desk) -> None:
    book, lore = desk.book, desk.lore
    for code in book.codes():
        for service in lore.services_of(code.code, code.category):
            for other in service.codes:
                allowed = book.relation(other, code.code, NOW).state.value == "allowed"
                barred = book.relation(other, code.code, NOW).state.value == "barred"
                pairs = [book.pair(code.code, other, setting, NOW) for setting in (PRACTITIONER, HOSPITAL)]
                inside = any(pair is not None and pair.column1 == code.code for pair in pairs)
                assert not (service.state == "apart" and (barred or inside)), (service.id, code.code, other)
                assert not (service.state in ("inside", "never") and allowed), (service.id, code.code, other)


def test_each_founding_claim_is_answered_once(desk: Desk) -> None:
    claims = [entry.claim for entry in desk.lore.confused if entry.claim]
    assert sorted(claims) == [*range(1, 11)]
    assert all("20932" in entry.codes for entry in desk.lore.confused if entry.claim)
    assert all(entry.said.endswith((".", "?")) and entry.says.endswith(".") for entry in desk.lore.confused)


def test_every_picture_exists(desk: Desk) -> None:
    drawn = {file.stem for file in (paths.resources() / "pictures").glob("**/*.svg")}
    assert {*desk.lore.pictures.values()} <= drawn
    named = {name for name in desk.lore.pictures if not name.startswith(CATEGORY)}
    assert _lost(desk, named) == set()


def test_every_figure_of_the_tables_is_spelled_out(desk: Desk) -> None:
    lore, book = desk.lore, desk.book
    tables = {edition.table for edition in book.editions()}
    assert {meaning.table for meaning in lore.meanings.values()} <= tables
    figures = [figure for code in book.codes() for figure in book.indicators(code.code)]
    figures += list(book.indicators("*"))
    assert {figure.field for figure in figures} <= lore.meanings.keys()
    bare = {
        (f.field, f.value) for f in figures if lore.meanings[f.field].means and not lore.meanings[f.field].of(f.value)
    }
    assert bare == set()
    indicators = {pair.indicator for code in book.codes() for pair in book.pairs(code.code)}
    assert indicators <= lore.meanings["pair_indicator"].means.keys()


def test_every_modifier_is_decided_by_an_indicator_that_is_lost(desk: Desk, lexicon: Lexicon) -> None:
    lore = desk.lore
    for modifier in lore.modifiers.values():
        assert not modifier.by or modifier.values
        fields = {modifier.by, *(exemption.field for exemption in modifier.exemptions)} - {""}
        assert fields <= lore.meanings.keys()
        values = {
            figure.value
            for code in desk.book.codes()
            for figure in desk.book.indicators(code.code)
            if figure.field == modifier.by
        }
        assert not modifier.by or values <= modifier.values.keys(), modifier.code
        assert _lost(desk, (code for exemption in modifier.exemptions for code in exemption.codes)) == set()
    named = {name for situation in lexicon.situations.values() for name in situation.modifiers}
    assert named <= lore.modifiers.keys()
    assert lore.modifiers.keys() <= {modifier.code for modifier in desk.book.modifiers()}


def test_the_diagnoses_that_fit_are_families_of_the_tree(desk: Desk, lexicon: Lexicon) -> None:
    fits = desk.lore.fits
    families = {answer.id for answer in desk.tree.questions["diagnosis"].answers}
    categories = {code.category for code in desk.book.codes()}
    assert fits.families.keys() <= categories
    assert {family for named in fits.families.values() for family in named} <= families
    assert {*fits.doubt} <= desk.tree.warnings.keys()
    assert {term.family for term in lexicon.terms.values()} - {""} <= families
    assert all(list(desk.book.diagnoses(term.family)) for term in lexicon.terms.values() if term.family)


def test_what_lies_outside_names_no_structural_add_on(desk: Desk, lexicon: Lexicon) -> None:
    tables = {*desk.book.tables()}
    for scope in lexicon.scopes.values():
        assert not STRUCTURAL & {*scope.codes}
        assert scope.table in tables | {""}
        assert not (scope.refuse and scope.codes)


def test_groups_of_codes_and_values_of_figures_exist(desk: Desk, lexicon: Lexicon) -> None:
    families = {family.id for family in desk.tree.families}
    assert {name for group in lexicon.families.values() for name in group.families} <= families
    for entry in lexicon.glossary.values():
        assert not entry.figure or desk.lore.meanings[entry.figure].of(entry.value), entry.label


def test_topics_are_those_of_the_facts(desk: Desk, lexicon: Lexicon) -> None:
    about = {topic for service in desk.lore.services for topic in service.about}
    silent = {topic.id for topic in lexicon.topics.values() if not topic.codes} - about
    assert silent == set()


def test_lore_gives_a_picture_only_where_there_is_one(desk: Desk) -> None:
    lore: Lore = desk.lore
    assert lore.picture("20932", "addon_structural_allograft") == "osteoarticular"
    assert lore.picture("27365", "radical_resection_bone") == "radical_resection"
    assert lore.picture("99999", "nothing") == ""
