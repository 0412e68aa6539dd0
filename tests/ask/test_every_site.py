"""Words for an operation at a site lead where the tree leads, for every site, form and graft that has a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from encoder.core.ask.lexicon import Lexicon, Term
from encoder.core.page.evidence import Desk
from encoder.core.tree.rules import claim
from encoder.core.tree.walk import walk
from tests.ask.conftest import Ask
from tests.ask.expected import phrases

pytestmark = pytest.mark.usefixtures("unmeasured")

FORMS = {
    "osteoarticular": "an osteoarticular allograft",
    "hemicortical": "a hemicortical allograft",
    "complete": "a complete intercalary allograft",
    "chips": "allograft chips",
}
GRAFTS = {"donor_bone": "with allograft", "own_bone": "with autograft", "nothing": "without graft"}
BY_SITE = {
    "nonunion of the {}, allograft": ("nonunion_bone", {"main_procedure": "bone_repair", "repair_kind": "nonunion"}),
    "arthrodesis of the {} with allograft": ("fusion_joint", {"other_kind": "fusion"}),
    "amputation through the {}, no graft": ("amputation_level", {"other_kind": "amputation"}),
    "saucerization of the {} for osteomyelitis, no graft": ("infection_bone", {"other_kind": "infection"}),
}
UNSAID = {"tibia_sliding", "tibia_synostosis", "other", "other_site"}


def _answered(desk: Desk, given: Mapping[str, str]) -> tuple[str, ...]:
    """The codes at the end of the way with these answers."""
    answers = {"claim": "surgeon", "region": "limb", **given}
    position = walk(desk.tree, desk.book, {name: frozenset((value,)) for name, value in answers.items()}, desk.on)
    lines = tuple(line.code for line in claim(position).lines)
    return lines or tuple(filter(None, [position.facts.one("primary")]))


def _one(term: Term, question: str) -> str:
    """The one answer that a site gives to a question; empty when it gives none, or several."""
    values = term.facts.get(question, frozenset()) - UNSAID
    return next(iter(values)) if len(values) == 1 and term.facts[question] == values else ""


def _operations(site: Term, word: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Operations at a site, in words and in answers."""
    bone = _one(site, "bone")
    if bone:
        given = {"main_procedure": "radical_resection", "bone": bone}
        yield f"wide resection of the {word} without graft", {**given, "graft_material": "nothing"}
        for form, said in FORMS.items():
            answers = {"graft_material": "donor_bone", "graft_form": form, "graft_placed": "yes"}
            yield f"radical resection of the {word} with {said}", {**given, **answers}
    at = _one(site, "curettage_site")
    for material, said in GRAFTS.items() if at else ():
        given = {"main_procedure": "curettage", "curettage_site": at, "graft_material": material}
        yield f"curettage of the {word} {said}", given
    for text, (question, given) in BY_SITE.items():
        at = _one(site, question)
        if at:
            material = "nothing" if "no graft" in text else "donor_bone"
            yield (
                text.format(word),
                {"main_procedure": "other_surgery", "graft_material": material, **given, question: at},
            )


def test_words_for_an_operation_lead_where_the_tree_leads(ask: Ask, lexicon: Lexicon, desk: Desk) -> None:
    words, asked = phrases(lexicon), 0
    for name, site in lexicon.terms.items():
        for text, given in _operations(site, words[name][0]) if site.kind == "site" else ():
            codes = _answered(desk, given)
            if codes:
                asked += 1
                answer = ask(text)
                assert (answer.kind, answer.codes, answer.answered) == ("which_code", codes, True), (text, answer.say)
    assert asked > 250
