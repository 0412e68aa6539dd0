"""The command line answers, an auditor with the raw tables judges: every way, every detail, every boundary date."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from itertools import combinations, count, cycle, islice, product

import pytest

from tests.commands.calls import Path
from tests.data.auditor import (
    HOSPITAL,
    STRUCTURAL,
    Rule,
    adds,
    boundaries,
    codes,
    complaints,
    details,
    edits,
    given_by_row,
    in_force,
    lookups,
    of_role,
    pairs_between,
    relations,
    removes,
    rows,
    rules,
    sites,
    toml,
)
from tests.data.program import NOW, Decided, Program

pytestmark = pytest.mark.usefixtures("unmeasured")

BOUNDARIES = boundaries()
FORM = {"20932": "osteoarticular", "20933": "hemicortical", "20934": "complete"}
REFUSED = frozenset(
    {"23200", "24152", "27078", "27646", "27647", "27090", "27091", "27448", "27236", "27244"}
    | {"27130", "27132", "27134", "27138"}
    | {"23146", "23156", "24116", "24126", "25126", "25136", "27356", "27638", "28103", "28107"}
)
"""Resections, implant removals, an osteotomy and fractures; hip arthroplasty; curettage with the allograft inside."""
CODED = {"own_bone_small", "vascularized_bone", "joint_replacement", "lesion_fixation", "hardware_other_site"}
CODED |= {"second_site"}
"""Other work that puts codes on a claim."""


def trail(way: Path) -> dict[str, str]:
    return dict(way["trail"])


def primaries(way: Path) -> frozenset[str]:
    return codes(of_role("primary", way["lines"]))


# ---------------------------------------------------------------------------------------------- every way, every date


@pytest.mark.parametrize("on", BOUNDARIES, ids=str)
def test_no_way_ends_in_a_line_that_an_auditor_would_strike(program: Program, on: date) -> None:
    found = program.paths(on)
    assert len({tuple(map(tuple, way["trail"])) for way in found}) == len(found)
    assert len(found) > 1000 if date(2019, 1, 1) <= on <= date(2026, 12, 31) else len(found) == 1
    for way in found:
        assert not [*complaints(way["lines"], on)], way
        asked = trail(way)
        if codes(way["lines"]) & STRUCTURAL:
            assert asked["graft_material"] == "donor_bone", way
        if "not_documented" in asked.values() or way["outcome"].startswith("query_"):
            assert (way["lines"], way["outcome"][:6]) == ([], "query_"), way


def test_outside_the_loaded_years_nothing_is_put_on_a_claim(program: Program) -> None:
    for on in (BOUNDARIES[0], BOUNDARIES[-1]):
        assert [way["lines"] for way in program.paths(on)] == [[]]


@pytest.mark.parametrize("on", BOUNDARIES[1:-1], ids=str)
def test_the_ten_listed_primaries_and_no_others_are_reached_with_each_structural_add_on(
    program: Program, on: date
) -> None:
    listed = {pair for pair in relations("allowed", on) if pair[0] in STRUCTURAL}
    assert len(listed) == 30
    assert listed == {
        (add_on, primary)
        for way in program.paths(on)
        for add_on in codes(way["lines"]) & STRUCTURAL
        for primary in primaries(way)
    }


@pytest.mark.parametrize("on", BOUNDARIES[1:-1], ids=str)
def test_each_barred_pair_is_reached_as_a_refusal_of_the_donor_graft(program: Program, on: date) -> None:
    """The primary stands alone although a donor graft was answered, and of the add-on's form where forms are asked."""
    barred = {pair for pair in relations("barred", on) if pair[0] in STRUCTURAL}
    forms: dict[str, set[str | None]] = {}
    for way in program.paths(on):
        if trail(way).get("graft_material") == "donor_bone" and not codes(way["lines"]) & STRUCTURAL:
            for primary in primaries(way):
                forms.setdefault(primary, set()).add(trail(way).get("graft_form"))
    refused = {pair for pair in barred if {FORM[pair[0]], None} & forms.get(pair[1], set())}
    assert {pair for pair in barred if pair[1] in REFUSED} <= refused
    assert {primary for _, primary in refused} >= REFUSED
    reached = frozenset().union(*(primaries(way) for way in program.paths(on)))
    vascularized = {row["code"] for row in rows("lookups/vascularized")}
    assert {primary for _, primary in barred - refused} & reached <= vascularized, "no donor bone was answered there"
    beside = {"lookups/graft_geometry", "lookups/spine_graft_codes", "lookups/vascularized"}
    main = {row["code"] for name in lookups() if name not in beside for row in rows(name)}
    assert not {primary for _, primary in barred} & main - reached


# ---------------------------------------------------------------------------------------------- details


def options(way: Path) -> dict[str, list[str]]:
    """The answers that may make sense on a way; of "other work" also each two that put codes on a claim."""
    asked = trail(way)
    found: dict[str, list[str]] = {}
    for name, answers in details().items():
        for answer in answers:
            only = {fact: v for fact, v in answer.get("only", {}).items() if fact in toml("")["question"]}
            if all(asked.get(fact, "") in ([v] if isinstance(v, str) else v) for fact, v in only.items()):
                found.setdefault(name, []).append(answer["id"])
    found["other_work"] += ["+".join(two) for two in combinations(sorted(CODED & {*found["other_work"]}), 2)]
    return found


def fired(decided: Decided) -> list[Rule]:
    """The rules that a result names as reasons, each in its own words and with a source."""
    found = []
    for why in decided["why"]:
        if why["rule"].startswith("rule:"):
            rule = rules()[why["rule"].removeprefix("rule:")]
            assert why["say"] == rule["say"]
            assert why["cites"]
            found.append(rule)
    return found


def named(decided: Decided, code: str) -> bool:
    """Whether a rule named as a reason puts the code on the claim; for the first primary a row of a table may do so."""
    rows_named = {given_by_row().get(why["rule"]) for why in decided["why"]}
    first = bool(decided["lines"]) and decided["lines"][0]["code"] == code
    return any(code in adds(rule) for rule in fired(decided)) or (first and code in rows_named)


def hold(program: Program, way: Path, given: Mapping[str, str], on: date = NOW) -> Decided:
    """Decide a way with details, and hold the result against the tables and against the way without them."""
    said = {**trail(way), **given}
    decided = program.complete(said, on)
    lines = decided["lines"]
    context = f"{said} on {on}: {[(line['code'], *line['modifiers']) for line in lines]}"
    assert decided["outcome"]["id"] == way["outcome"], context
    assert decided["status"] == "decided", context
    assert not [*complaints(lines, on)], context
    for code in codes(lines) - codes(way["lines"]):
        assert named(decided, code), f"{code} appears without a row: {context}"
    for code in codes(way["lines"]) - codes(lines):
        gone = any(code in removes(rule, way["lines"]) for rule in fired(decided))
        assert gone or named(program.decide(trail(way), on), code), f"{code} disappears without a row: {context}"
    denied = " ".join(edit["row"] or "" for edit in decided["edits"] if edit["state"] == "deny")
    for pair, opened in pairs_between(lines, HOSPITAL if said["claim"] == "outpatient" else "practitioner"):
        assert opened or pair in denied, f"{pair} is passed over: {context}"
    return decided


def test_every_answer_to_every_detail_changes_codes_only_by_a_row_that_is_named(program: Program) -> None:
    """Each end with its lines is decided with details drawn anew; each end often enough that all answers come up."""
    ends: dict[str, dict[object, Path]] = {}
    for way in program.paths():
        if way["lines"]:
            key = (codes(way["lines"]), trail(way).get("graft_material"))
            ends.setdefault(way["outcome"], {}).setdefault(key, way)
    families: dict[str, list[str]] = {}
    for row in rows("diagnoses"):
        families.setdefault(row["family"], []).append(row["code"])
    seen: set[tuple[str, str]] = set()
    where: dict[str, list[Path]] = {}
    turn = count()

    def vary(way: Path, given: Mapping[str, str]) -> None:
        decided = hold(program, way, given)
        seen.update((step["question"], one) for step in decided["trail"] for one in step["answer"].split("+"))
        for step in (*decided["trail"], *decided["assumed"]):
            where.setdefault(step["question"], []).append(way)

    for held in ends.values():
        for way in islice(cycle(held.values()), max(24, len(held))):
            chance = random.Random(next(turn))
            given = {name: chance.choice(answers) for name, answers in options(way).items()}
            given["diagnosis_code"] = chance.choice(families[given["diagnosis"]])
            if "spine_primary" in trail(way):
                (add_on,) = codes(of_role("add_on", way["lines"]))
                given["spine_primary"] = chance.choice(sorted(p for a, p in relations("allowed", NOW) if a == add_on))
            if trail(way)["claim"] == "surgeon":
                given["claim"] = chance.choice(("surgeon", "outpatient"))
            vary(way, given)
    wanted = {(name, answer["id"]) for name, answers in details().items() for answer in answers}
    for name, answer in sorted(wanted - seen):
        beside = {"other_work": "second_site"} if name.startswith("second_") else {}
        for way in where[name]:
            if (name, answer) not in seen and answer in options(way).get(name, ()):
                vary(way, {**beside, name: answer})
    assert sorted(wanted - seen) == []


def test_a_second_site_brings_only_what_its_own_bone_and_form_allow(program: Program) -> None:
    """Each tumour resection, with donor soft tissue and with each add-on, beside each bone; the forms take turns."""
    fits = {row["graft_form"]: row["code"] for row in rows("lookups/graft_geometry") if in_force(row, NOW)}
    bones = [(row["bone"], row["code"]) for row in rows("lookups/tumor_resection") if in_force(row, NOW)]
    forms = [answer["id"] for answer in details()["second_form"]]
    firsts = {codes(way["lines"]): way for way in program.paths() if trail(way).get("graft_form") == "soft_tissue"}
    firsts |= {codes(way["lines"]): way for way in program.listed()}
    resections = [way for way in firsts.values() if trail(way)["main_procedure"] == "radical_resection"]
    for place, way in enumerate(resections):
        for number, (bone, second) in enumerate(bones, place):
            form = forms[number % len(forms)]
            decided = hold(program, way, {"other_work": "second_site", "second_bone": bone, "second_form": form})
            form = {step["question"]: step["answer"] for step in decided["trail"]}["second_form"]
            (first,) = primaries(way)
            pair = edits().get(frozenset((first, second)), [])
            closed = [row["column1"] for row in pair if row["modifier_indicator"] == "0" and row["setting"] != HOSPITAL]
            kept = codes(of_role("primary", decided["lines"]))
            assert kept == {closed[0]} if closed else kept <= {first, second}, (trail(way), bone, form)
            apart = sites(decided["lines"])[1]
            allowed = (fits.get(form), second) in relations("allowed", NOW)
            wanted = {fits[form]} if allowed and second in codes(apart) else set()
            assert codes(of_role("add_on", apart)) == wanted, (trail(way), bone, form)


@pytest.mark.parametrize("on", [date(2019, 9, 30), date(2019, 10, 1), NOW], ids=str)
def test_what_bars_an_add_on_in_the_session_takes_it_off_the_claim_and_stays_itself(program: Program, on: date) -> None:
    """Own bone with its vessels and a joint replacement, each beside each listed primary with each add-on."""
    beside = [("vascularized_bone", "vascularized_donor", "vascularized")]
    beside += [("joint_replacement", "prosthesis_joint", "session_prosthesis")]
    for way, (work, question, table) in product(program.listed(on), beside):
        if work == "joint_replacement" and trail(way)["main_procedure"] != "radical_resection":
            continue
        (add_on,) = codes(way["lines"]) & STRUCTURAL
        for row in rows(f"lookups/{table}"):
            found = codes(hold(program, way, {"other_work": work, question: row[question]}, on)["lines"])
            assert row["code"] in found
            assert (add_on in found) == ((add_on, row["code"]) not in relations("barred", on))


def test_sides_and_surgeons_keep_the_add_on_with_the_one_who_placed_it(program: Program) -> None:
    sides, surgeons = ([answer["id"] for answer in details()[name]] for name in ("side", "surgeons"))
    for way, side, surgeon in product(program.listed()[::3], sides, surgeons):
        add_ons = of_role("add_on", hold(program, way, {"side": side, "surgeons": surgeon})["lines"])
        assert bool(add_ons) == (surgeon != "co_other")
        assert not any({"50", "51", "62"} & {*line["modifiers"]} for line in add_ons)


def test_an_undocumented_detail_stops_with_a_query_and_leaves_no_line(program: Program) -> None:
    ends = {way["outcome"]: way for way in program.paths() if way["lines"]}
    beside = {"other_work": "second_site+vascularized_bone+joint_replacement", "diagnosis": "benign"}
    beside |= {"second_form": "osteoarticular"}
    first = {name: answers[0]["id"] for name, answers in details().items() if answers}
    asked = set()
    for way, name in product(ends.values(), toml(".details")["question"]):
        decided = program.decide({**first, **beside, **trail(way), name: "not_documented"})
        if any(step["question"] == name for step in decided["trail"]):
            assert (decided["status"], decided["lines"], len(decided["queries"])) == ("query", [], 1)
            asked.add(name)
    assert asked == {*toml(".details")["question"]}
