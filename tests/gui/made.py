"""Views made by hand: one small case, of which each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from encoder.core.codes import Edition, Span
from encoder.core.editions import EditionNote
from encoder.core.edits.findings import EditCheck
from encoder.core.query import draft
from encoder.core.tree.explain import ChecklistItem, Notice, QueryDraft, Result, Value, Why, WhyNot
from encoder.core.tree.model import Kind, Query, Question
from encoder.core.tree.rules import Line
from encoder.core.view import Ask, Candidate, Option, View, WayStep

ON = date(2026, 5, 1)
SINCE = date(2019, 1, 1)


def option(name: str, say: str = "", **more: Any) -> Option:
    made = Option(name, say or name.capitalize(), f"plain words for {name}", name.capitalize(), "", "", "", False)
    return replace(made, **more)


def ask(*options: Option, **more: Any) -> Ask:
    made = Ask(
        question="form",
        label="Form",
        text="What form was the donor material?",
        hint="The back-table paragraph usually says.",
        help="graft_form",
        kind="one",
        options=options or (option("joint"), option("part"), option("ring")),
        map=False,
        refines=False,
        usual="",
        was="",
    )
    return replace(made, **more)


def step(question: str, value: str, state: str = "answered", label: str = "") -> WayStep:
    return WayStep(question, label or question.capitalize(), value, state)


def candidate(family: str, *codes: str, **more: Any) -> Candidate:
    made = Candidate(family, f"title of {family}", codes, ("add_on",) * len(codes), True, "", "", False)
    return replace(made, **more)


def gone(family: str, *codes: str, fresh: bool = False) -> Candidate:
    return candidate(family, *codes, possible=False, because="Form: joint surface", question="form", fresh=fresh)


def edition(table: str, label: str, state: str = "covers") -> EditionNote:
    end = date(2024, 9, 30) if state == "older" else None
    return EditionNote(Edition(table, label, "2024Q3" if end else "2026", Span(SINCE, end), "A note.", ()), state)


EDITIONS = (
    edition("cpt", "CPT, our wording"),
    edition("aoc", "Add-on list"),
    edition("ptp_practitioner", "Code pairs", "older"),
    edition("opps", "Outpatient prospective payment"),
    edition("icd10cm", "ICD-10-CM"),
)
CLAIM = step("claim", "Surgeon")


def refining(name: str, usual: str = "") -> Question:
    answers = ()
    return Question(
        name, name.capitalize(), f"Which {name}?", "", Kind.ONE, answers, "q", (), refines=True, usual=usual
    )


def view(**more: Any) -> View:
    """A case at the question of the form, two codes possible and one ruled out."""
    made = View(
        case="12-044",
        on=ON,
        claim="surgeon",
        way=(
            step("date_of_service", "2026-05-01"),
            CLAIM,
            step("form", "Being asked", "now"),
            step("bone", "", "todo"),
        ),
        ask=ask(),
        result=None,
        possible=(candidate("joint", "20932"), candidate("others", "27365", "27447", "27646", roles=())),
        ruled_out=(gone("ring", "20934", fresh=True), gone("spine", "20930", "20931")),
        editions=EDITIONS,
        can_undo=True,
        can_go_back=True,
    )
    return replace(made, **more)


def result(**more: Any) -> Result:
    """Two lines, decided, with one thing to say of every kind."""
    cites = ("cms-aoc-2026q2#20932>27365",)
    made = Result(
        status="decided",
        outcome="joint_on_femur",
        ref="O-20932",
        verdict="Decided: this primary may carry the add-on",
        say="The joint surface decides.",
        review=(),
        open=None,
        lines=(Line("27365", "primary", 1, ("LT",)), Line("20932", "add_on")),
        why=(
            Why("tumor_resection.distal_femur", "The femur came out in one piece.", cites, SINCE, None, "27365"),
            Why("outcome:joint_on_femur", "The joint surface decides.", cites, SINCE, None),
            Why("rule:pairs_older", "No loaded edition of the code pairs covers this date.", cites, SINCE, None),
        ),
        why_not=(
            WhyNot("20930", "spine", "Where: limb. 20930 is for the spine", "region", "limb", "", cites),
            WhyNot("20931", "spine", "Where: limb. 20931 is for the spine", "region", "limb", "", cites),
            WhyNot("20934", "ring", "Form: joint surface", "form", "joint", "", cites),
        ),
        warnings=(Notice("W09", "note", "The pair table ends before 20932 was used.", cites),),
        checklist=(
            ChecklistItem("margin", "Margin", "Out in one piece", "procedure", "Radical resection", cites),
            ChecklistItem("lot", "Lot", "Number of the tissue bank", "", "", cites),
        ),
        edits=(
            EditCheck("Add-on list", "27365 may carry 20932", "ok", "aoc:20932>27365", cites),
            EditCheck("Units", "27365 1 of 1", "look", "", cites),
        ),
        values=(Value("27365", "31.40", "55.00", "1837.05", "2026/July"), Value("20932", "", "", "", "2026/July")),
        queries=(),
        hospital_code="0QRC0KZ",
        assumed=(),
    )
    return replace(made, **more)


def ended(**more: Any) -> View:
    """The same case at its result."""
    way = (step("date_of_service", "2026-05-01"), CLAIM, step("form", "Joint surface"), step("bone", "Femur"))
    return view(ask=None, result=result(**more), way=way)


def stopped(**more: Any) -> Result:
    """An end without a line."""
    made = result(
        status="stopped",
        ref="O-OUTSIDE",
        verdict="No line: outside the tables",
        lines=(),
        values=(),
        hospital_code="",
        edits=(),
    )
    return replace(made, **more)


def queried() -> View:
    """The same case stopped at the form, which the note does not say."""
    asked = Query(
        "query_form",
        "N04",
        "Form of the graft",
        "the form of the donor material",
        "They differ in it.",
        "What form?",
        (),
    )
    query = QueryDraft(asked.fact, asked.topic, asked.why, draft(asked, "12-044", ON), "form")
    way = (step("date_of_service", "2026-05-01"), CLAIM, step("form", "Not documented", "not_documented"))
    stop = stopped(
        status="query", ref="O-QUERY", verdict="Stop: ask the surgeon. One fact is missing", queries=(query,)
    )
    return view(ask=None, result=stop, way=way)


class Places:
    """Places of handles, kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def place(self, name: str) -> str:
        return self.kept.get(name, "")

    def keep_place(self, name: str, place: str) -> None:
        self.kept[name] = place
