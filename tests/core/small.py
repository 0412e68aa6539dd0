"""A small tree that holds: every kind of question, fact, outcome and rule once, over tables of a few rows.

Tests spoil one thing in it and look for the sentence that says so.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from encoder.core.tree.model import Tree
from encoder.core.tree.proofs import Proof, prove
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree
from tests.tiny import Tiny, shipped_edits

NOW = date(2026, 5, 1)

SOURCES = {
    "edits/modifiers.csv": shipped_edits("modifiers.csv"),
    "edits/clashes.csv": shipped_edits("clashes.csv"),
    "codes.csv": """\
code,title,plain,site,area,category,includes_graft,from,until,replaced_by,cites
20680,Deep implant removal,Plate or nail taken out,Any,,implant_removal,none,2019-01-01,,,manual#20680
20932,Donor joint (add-on),A joint end,Any,,addon_structural_allograft,graft_is_the_service,2019-01-01,,,manual#20932
20955,Fibula with its vessels,Own bone with vessels,Any,,vascularized,graft_is_the_service,2019-01-01,,,manual#20955
20956,Crest with its vessels,Own bone with vessels,Any,,vascularized,graft_is_the_service,2019-01-01,,,manual#20956
27365,Femur resection,Out in one piece,Femur,lower_limb,resection,none,2019-01-01,,,manual#27365
27445,Hinged knee,A hinge,Knee,lower_limb,arthroplasty,none,2019-01-01,2025-12-31,,manual#27445
27447,Total knee,A new knee,Knee,lower_limb,arthroplasty,none,2019-01-01,,,manual#27447
27646,Fibula resection,Out in one piece,Fibula,lower_limb,resection,none,2019-01-01,,,manual#27646
""",
    "relations.csv": """\
row,add_on,primary,kind,type,basis,modifier_indicator,from,until,cites
aoc:20932>27365,20932,27365,allowed,1,On the list,,2019-01-01,,list#20932:27365
bar:20932>27445,20932,27445,barred,,Withdrawn,1,2019-01-01,2019-09-30,list#27445:20932
bar:20932>27646,20932,27646,barred,,Named in the note,1,2019-01-01,,list#27646:20932 manual#20932
bar:20932>20956,20932,20956,barred,,Two grafts at one site,1,2019-01-01,,list#20956:20932
""",
    "pairs.csv": """\
column1,column2,modifier_indicator,rationale,setting,edition,from,until,cites
27365,27445,1,More extensive procedure,both,2024Q3,,,list#27365:27445
27646,27365,0,Mutually exclusive,practitioner,2024Q3,,,list#27646:27365
""",
    "indicators.csv": """\
code,field,value,edition,from,until,cites
*,conversion_factor,33.4009,2026,2026-01-01,2026-12-31,list#factor
20932,mult_proc_ind,0,2026,2026-01-01,2026-12-31,list#20932
27365,mue_practitioner,1,2026,2026-01-01,2026-06-30,list#27365
27365,mue_practitioner_mai,3,2026,2026-01-01,2026-06-30,list#27365
27365,bilateral_ind,1,2025,2025-01-01,2026-12-31,list#27365
27646,bilateral_ind,0,2025,2025-01-01,2026-12-31,list#27646
""",
    "lookups/by_bone.csv": """\
row,bone,code,say,warn,review,from,until,cites
by_bone.femur,femur,27365,The femur,,,2019-01-01,,manual#femur
by_bone.fibula,fibula,27646,The fibula,W02,Look again,2019-01-01,,manual#fibula
by_bone.knee,knee,27445,The hinge,,,2019-01-01,2025-12-31,manual#hinge
by_bone.knee_after,knee,27447,The new knee,,,2026-01-01,,manual#knee
""",
    "lookups/by_form.csv": """\
row,form,code,say,warn,review,from,until,cites
by_form.joint,joint,20932,A joint surface,,,2019-01-01,,manual#joint
by_form.chips,chips,,Chips,,,2019-01-01,,manual#chips
""",
    "lookups/by_donor.csv": """\
row,donor,code,say,warn,review,from,until,cites
by_donor.fibula,fibula,20955,The fibula,,,2019-01-01,,manual#fibula
by_donor.crest,crest,20956,The crest,,,2019-01-01,,manual#crest
""",
}

HEAD = """\
schema = 1
id = "small"
title = "A small tree"
edition = "2026-11-23"
start = "claim"
from = 2019-01-01
until = 2026-12-31
usual_way = ["form", "bone"]
cites = ["manual#tree"]

[[band]]
until = 2018-12-31
outcome = "before"

[[band]]
from = 2027-01-01
outcome = "after"

[question.claim]
label = "Claim"
ask = "Which claim is this?"
hint = "The form says."
query = "claim"
cites = ["manual#claim"]
same_ways = { outpatient = "surgeon" }
next = "form"
answer = [{ id = "surgeon", say = "Surgeon" }, { id = "outpatient", say = "Outpatient" }]

[question.form]
label = "Form"
ask = "What form was the graft?"
hint = "The table says."
query = "form"
cites = ["manual#form"]
answer = [
  { id = "joint", say = "With a joint surface", next = "bone" },
  { id = "chips", say = "Chips", next = "bone" },
  { id = "none", say = "No graft", short = "None", next = "outside" },
  { id = "unclear", say = "It cannot be told", query = "form" },
]

[question.bone]
label = "Bone"
ask = "Which bone?"
hint = "The title says."
query = "bone"
cites = ["manual#bone"]
map = true
next = [
  { when = { form = "joint", relation = "allowed" }, to = "placed" },
  { when = { form = "joint", relation = ["barred", "not_listed"] }, to = "end" },
  { when = { form = "chips" }, to = "end" },
]
  [[question.bone.answer]]
  id = "femur"
  say = "Femur"
  regions = ["femur_shaft"]
  [[question.bone.answer]]
  id = "fibula"
  say = "Fibula"
  [[question.bone.answer]]
  id = "knee"
  say = "Knee"
  only = { form = ["joint", "chips"] }

[question.placed]
label = "Placed"
ask = "Was it cut and placed?"
hint = "The note says."
query = "placed"
cites = ["manual#placed"]
answer = [{ id = "yes", say = "Yes", next = "end" }]

[fact.primary]
say = "Primary"
case = [{ how = "lookup", args = ["by_bone", "bone"] }]

[fact.add_on]
say = "Add-on"
case = [{ when = { form = ["joint", "chips"] }, how = "lookup", args = ["by_form", "form"] }]

[fact.relation]
say = "What the list says"
case = [{ how = "relation", args = ["add_on", "primary"] }]

[fact.withdrawn]
say = "A bar once stood"
case = [{ how = "withdrawn", args = ["20932", "primary"] }]

[fact.coded]
say = "A claim with lines"
case = [{ when = { outcome_kind = "decided", claim = ["surgeon", "outpatient"] }, how = "value", args = ["yes"] }]

[fact.category]
say = "Kind of primary"
case = [{ how = "attribute", args = ["category", "primary"] }]

[fact.bilateral]
say = "Both sides"
case = [{ how = "indicator", args = ["bilateral_ind", "primary"] }]

[fact.values_loaded]
say = "Values loaded"
case = [{ how = "covered", args = ["pfs"] }]

[fact.donor_code]
say = "Code of the graft with its vessels"
case = [{ how = "lookup", args = ["by_donor", "donor"] }]

[fact.donor_state]
say = "Add-on beside the graft with its vessels"
case = [{ how = "relation", args = ["claim_add_on", "donor_code"] }]

[fact.second_primary]
say = "Primary of the second site"
case = [{ how = "lookup", args = ["by_bone", "second_bone"] }]

[fact.second_pair]
say = "Edit between the two"
case = [{ how = "pair", args = ["primary", "second_primary"] }]

[fact.same_bone]
say = "The second bone is the first"
case = [{ how = "same", args = ["bone", "second_bone"] }]

[fact.other_bone]
say = "Two bones"
case = [{ how = "differ", args = ["bone", "second_bone"] }]

[fact.side_modifier]
say = "Modifier of the side"
case = [{ when = { side = "left" }, how = "value", args = ["LT"] }]

[fact.main_code]
say = "The primary once more"
case = [{ how = "copy", args = ["primary"] }]

[fact.diagnosis_side]
say = "Side in the diagnosis"
case = [{ how = "diagnosis", args = ["side", "diagnosis_code"] }]

[fact.has_diagnosis]
say = "A diagnosis was given"
case = [{ when = { coded = "yes" }, how = "known", args = ["diagnosis"] }]
"""

DETAILS = """\
[question.side]
label = "Side"
ask = "Which side?"
hint = "The consent says."
query = "side"
refines = true
usual = "not_asked"
asked = { coded = "yes" }
cites = ["manual#side"]
answer = [{ id = "left", say = "Left" }, { id = "right", say = "Right" }, { id = "both", say = "Both" }]

[question.work]
label = "Other work"
ask = "What else was done?"
hint = "Mark all."
query = "work"
refines = true
kind = "many"
usual = "none"
asked = { coded = "yes" }
cites = ["manual#work"]
answer = [
  { id = "none", say = "Nothing", alone = true },
  { id = "hardware", say = "Hardware elsewhere" },
  { id = "vessels", say = "Own bone with vessels" },
  { id = "second_site", say = "A second site", only = { bone = ["femur", "fibula"] } },
]

[question.donor]
label = "Donor bone"
ask = "Which bone was moved?"
hint = "The note says."
query = "donor"
refines = true
asked = { work = "vessels" }
cites = ["manual#donor"]
answer = [{ id = "fibula", say = "Fibula" }, { id = "crest", say = "Iliac crest" }]

[question.second_bone]
label = "Second bone"
ask = "Which bone was the second?"
hint = "A margin of its own."
query = "bone"
refines = true
asked = { work = "second_site" }
cites = ["manual#second"]
copy_answers = "bone"

[question.diagnosis]
label = "Diagnosis"
ask = "Which diagnosis?"
hint = "The pathology says."
query = "diagnosis"
refines = true
usual = "not_asked"
asked = { coded = "yes" }
cites = ["manual#diagnosis"]
answer = [{ id = "malignant", say = "Malignant" }, { id = "trauma", say = "Injury" }]

[question.diagnosis_code]
label = "Diagnosis code"
ask = "Which code?"
hint = "With its side."
query = "diagnosis"
refines = true
usual = "not_asked"
kind = "pick"
source = "diagnoses:diagnosis"
asked = { has_diagnosis = "yes" }
cites = ["manual#diagnosis"]
"""

ENDS = """\
[[outcome]]
id = "before"
ref = "O-BEFORE"
kind = "stopped"
verdict = "Too early"
say = "The code did not exist."
cites = ["manual#before"]

[[outcome]]
id = "after"
ref = "O-AFTER"
kind = "stopped"
verdict = "Too late"
say = "No edition is loaded."
cites = ["manual#after"]

[[outcome]]
id = "outside"
ref = "O-OUT"
kind = "stopped"
verdict = "No line"
say = "It is outside the tables."
cites = ["manual#outside"]

[[outcome]]
id = "listed"
ref = "O-20932"
kind = "decided"
verdict = "the primary may carry the add-on"
say = "It is on the list."
when = { form = "joint", relation = "allowed", placed = "yes" }
without = "the primary alone, another graft bars the add-on"
lines = [{ role = "primary", code_of = "primary" }, { role = "add_on", code_of = "add_on" }]
warn = ["W01"]
cites = ["list#listed"]

[[outcome]]
id = "refused"
ref = "O-NL"
kind = "decided"
verdict = "the primary alone"
say = "It is not on the list."
when = { form = "joint", relation = ["barred", "not_listed"] }
lines = [{ role = "primary", code_of = "primary" }]
review = "Look again."
cites = ["list#refused"]
  [outcome.open]
  ask = "Is it on the list?"
  sides = [
    { head = "Yes", say = "One says so.", cite = "list#yes" },
    { head = "No", say = "One does not.", cite = "manual#no" },
  ]

[[outcome]]
id = "chips"
ref = "O-CHIPS"
kind = "decided"
verdict = "the primary alone"
say = "Chips have no code."
when = { form = "chips" }
lines = [{ role = "primary", code_of = "primary" }]
cites = ["manual#chips"]

[[rule]]
id = "left"
say = "Left: LT."
when = { side = "left" }
effect = [{ modify = "primary", value = "LT" }]
cites = ["manual#left"]

[[rule]]
id = "right"
say = "Right: RT."
when = { side = "right" }
effect = [{ modify = "primary", value = "RT" }]
cites = ["manual#right"]

[[rule]]
id = "both"
say = "Both: 50."
when = { side = "both", bilateral = "1" }
effect = [{ modify = "primary", value = "50" }]
cites = ["list#both"]

[[rule]]
id = "both_lines"
say = "Both: two lines."
when = { side = "both", bilateral = ["0", "not_loaded"] }
effect = [{ split = "primary" }]
cites = ["list#both"]

[[rule]]
id = "hardware"
say = "Hardware elsewhere has its code."
when = { work = "hardware" }
effect = [{ line = { role = "other", code = "20680", modifiers = ["XS"] } }, { review = "Is it another site?" }]
cites = ["manual#hardware"]

[[rule]]
id = "vessels"
say = "Own bone with vessels has its code."
when = { work = "vessels", donor = ["fibula", "crest"] }
effect = [{ line = { role = "other", code_of = "donor_code" } }]
cites = ["manual#vessels"]

[[rule]]
id = "vessels_side"
say = "The side on its line too."
when = { work = "vessels", side = "left" }
effect = [{ modify = "donor_code", value = "side_modifier" }]
cites = ["manual#vessels"]

[[rule]]
id = "vessels_bar"
say = "The add-on is barred beside it."
when = { donor_state = "barred" }
effect = [{ drop = "add_on" }]
becomes = "O-BARRED"
cites = ["list#vessels"]

[[rule]]
id = "second"
say = "A second primary."
when = { second_pair = "none", same_bone = "no" }
effect = [{ line = { role = "second_primary", code_of = "second_primary" } }]
cites = ["manual#second"]

[[rule]]
id = "second_same"
say = "The same bone is one site."
when = { same_bone = "yes" }
effect = [{ warn = "W03" }]
cites = ["manual#second"]
  [rule.open]
  ask = "Is it one site?"
  sides = [{ head = "Yes", say = "It is one bone.", cite = "manual#one" }]

[[rule]]
id = "second_other"
say = "Two bones are two sites."
when = { other_bone = "yes" }
cites = ["manual#second"]

[[rule]]
id = "second_inside"
say = "The first is inside the second."
when = { second_pair = "second_0" }
effect = [{ replace = "primary", value = "second_primary" }, { warn = "W03" }]
cites = ["list#second"]

[[rule]]
id = "withdrawn"
say = "A bar was withdrawn."
when = { withdrawn = "yes", category = "arthroplasty" }
from = 2019-10-01
effect = [{ warn = "W03" }]
cites = ["list#withdrawn"]

[[rule]]
id = "side_differs"
say = "The diagnosis says right."
when = { diagnosis_side = "right", side = "left" }
effect = [{ warn = "W04" }]
cites = ["manual#side"]

[[rule]]
id = "values"
say = "No values for the date."
when = { coded = "yes", values_loaded = "no" }
cites = ["list#values"]

[[rule]]
id = "main"
say = "The primary is the resection."
when = { main_code = "27365", outcome = "chips" }
cites = ["manual#main"]
"""

TEXTS = (
    """\
[warning.W01]
severity = "warn"
say = "Never 51."
cites = ["list#W01"]
[warning.W02]
severity = "note"
say = "The row warns."
cites = ["list#W02"]
[warning.W03]
severity = "stop"
say = "Only one is reported."
cites = ["list#W03"]
[warning.W04]
severity = "stop"
say = "The sides differ."
cites = ["manual#W04"]
"""
    + "".join(
        f"""\
[query.{name}]
ref = "Q-{name}"
topic = "{name.capitalize()}"
fact = "the {name}"
why = "The code goes by the {name}."
ask = "Please describe the {name}."
cites = ["manual#{name}"]
"""
        for name in ("claim", "form", "bone", "placed", "side", "work", "donor", "diagnosis")
    )
    + """\
[[family]]
id = "joint"
title = "donor piece with a joint surface"
needs = "a donor segment with a joint surface"
codes = ["20932"]
near = true
cites = ["list#family"]
[[family]]
id = "vessels"
title = "own bone with its vessels"
needs = "own bone moved with its vessels"
codes = ["20955", "20956"]
near = true
cites = ["manual#family"]
[[family]]
id = "knees"
title = "knees"
needs = "a new knee"
codes = ["27445", "27447"]
near = true
cites = ["manual#knees"]
"""
)

TREE = {"small.toml": HEAD, "small.details.toml": DETAILS, "small.outcomes.toml": ENDS, "small.texts.toml": TEXTS}


class Small(Tiny):
    """The small tree and its tables in a folder of their own; ``change`` spoils one place of one file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.tree_folder = folder / "tree"
        (self.sources / "lookups" / "by_bone.csv").unlink()
        for name, text in {**SOURCES, **TREE}.items():
            self.put(name, text.encode())

    def path(self, name: str) -> Path:
        return self.tree_folder / name if name in TREE else super().path(name)

    def remove(self, name: str, start: str) -> None:
        """Take out the block that begins so, to the next empty line."""
        text = self.path(name).read_text(encoding="utf-8") + "\n\n"
        block = text[text.index(start) :].partition("\n\n")[0]
        self.put(name, text.replace(block, "", 1).encode())

    def tree(self) -> Tree:
        return read_tree(self.tree_folder, "small")

    def prove(self, book: Codebook | None = None) -> Proof:
        """The proof of the tree as it stands, over a book of the tables as they stand unless one is handed in."""
        if book is not None:
            return prove(self.tree(), book)
        made = Codebook.open(self.build())
        try:
            return prove(self.tree(), made)
        finally:
            made.close()


def assert_found(proof: Proof, kind: str, *words: str) -> None:
    """Some fault of the kind says all the words."""
    assert any(fault.kind == kind and all(word in fault.say for word in words) for fault in proof.faults), "\n".join(
        f"{fault.kind}: {fault.say}" for fault in proof.faults
    )
