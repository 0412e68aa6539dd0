"""What a note affirms of a fact: its findings, the places of the operation, and what follows from several together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from encoder.core.note.cues import Conditions, Cues, Kind
from encoder.core.note.findings import NAMES, TOLD, Finding
from encoder.core.note.naming import NOTHING, UNKNOWN
from encoder.core.note.places import DIAGNOSED, GRAFT, NAME, OPERATED, OTHER, Place
from encoder.core.note.reading import Reading
from encoder.core.note.status import AFFIRMED
from encoder.core.tree.model import NOTHING as NO_VALUES
from encoder.core.tree.model import Values

SILENT, UNCLEAR, CONTRADICTION = "silent", "unclear", "contradiction"
RADICAL, CURETTAGE, MARGIN, GRAFT_ONLY = "radical_resection", "curettage", "tumor_margin_unclear", "graft_only"
TUMOR = frozenset((RADICAL, CURETTAGE, MARGIN))
Carried = dict[str, list[Finding]]
"""Values of one fact, each with the findings that carry it."""
RESECTED = frozenset(("took_out",))
"""The mark of a sentence in which something came out."""
_FIBULA = frozenset(("own_fibula", "vascularized_fibula"))
OUTRANKS = {
    "pelvis_acetabulum": {"pelvis_partial"},
    "innominate": {"pelvis_partial", "pelvis_acetabulum"},
    "ischium_trochanter": {"proximal_femur"},
    "olecranon": {"ulna"},
}
"""A resection of the larger part contains the smaller one; a part of a bone says more than the bone."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer that the note suggests, with the findings that carry it."""

    question: str
    answer: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that the note does not answer: silent, unclear or a contradiction, with the findings that show it."""

    question: str
    because: str
    findings: tuple[Finding, ...] = ()


Made = Suggestion | Missing


def of(name: str, value: str, found: Iterable[Finding]) -> Suggestion:
    """The suggestion of a value with the findings that carry it."""
    return Suggestion(name, value, tuple(finding for finding in found if finding.value == value))


@dataclass
class Facts:
    """One note, asked fact by fact.

    Attributes:
        given: the answers suggested so far.
        second: the second of two operations that the note tells.
    """

    reading: Reading
    cues: Cues
    given: dict[str, Suggestion] = field(default_factory=dict)
    second: Facts | None = None

    def answered(self, question: str) -> Values:
        """The answer suggested to a question; empty before."""
        suggestion = self.given.get(question)
        return frozenset(suggestion.answer.split("+")) if suggestion else NO_VALUES

    def said(self, fact: str, *, where: Iterable[str] | None = None, value: str = "") -> list[Finding]:
        """The affirmed findings of a fact, in some kinds of sections, of one value."""
        kinds = None if where is None else set(where)
        return [
            finding
            for finding in self.reading.findings
            if finding.fact == fact
            and finding.status == AFFIRMED
            and (kinds is None or finding.section in kinds)
            and value in ("", finding.value)
        ]

    def plain(self, name: str) -> Suggestion | Missing:
        """A question whose answer one finding, a place, or several findings together give."""
        values = self.values(name)
        chosen = self.chosen(name, values)
        if chosen is not None:
            return Suggestion(name, chosen, tuple(values[chosen]))
        return Missing(
            name, CONTRADICTION if len(values) > 1 else SILENT, tuple(f for fs in values.values() for f in fs)
        )

    def chosen(self, name: str, values: Mapping[str, Sequence[Finding]]) -> str | None:
        """The one value, or the one that outranks the others; None for a contradiction or for none."""
        if len(values) == 1:
            return next(iter(values))
        order = self.cues.prefer.get(name, ())
        return next((value for value in order if value in values), None) if all(v in order for v in values) else None

    def values(self, name: str, seen: frozenset[str] = frozenset()) -> Carried:
        """The values that the note affirms for a fact."""
        if name in self.given:
            suggestion = self.given[name]
            return {suggestion.answer: list(suggestion.findings)}
        found: Carried = {}
        for finding in self.said(name):
            if name != "bone":
                found.setdefault(finding.value, []).append(finding)
        if name == "repair_kind" and not found and "bone_repair" in self.answered("main_procedure"):
            broken = self.said("diagnosis", value="acute_trauma")
            found = {"fracture": broken} if broken else {}
        sited = name in self.cues.site_questions
        if sited and not found:
            found = self.sited(name)
        made: Carried = {}
        for rule in self.cues.derived:
            if rule.fact == name and name not in seen:
                carried = self._holds(rule.when, seen | {name})
                if carried is not None:
                    made.setdefault(rule.value, []).extend(carried)
        return {**({} if sited and made else found), **made}

    def _holds(self, when: Conditions, seen: frozenset[str]) -> list[Finding] | None:
        """The findings that carry a rule; None where it does not hold."""
        carried: list[Finding] = []
        marks: list[Finding] = []
        for fact, values in when:
            if values == {"yes"} and fact in self.reading.marks:
                marks.append(self.reading.marks[fact])
                continue
            there = self.values(fact, seen)
            chosen = self.chosen(fact, there)
            if chosen is None or chosen not in values:
                return None
            carried.extend(there[chosen])
        return [*marks, *carried]

    def origins_used(self) -> set[str]:
        """Whose bone, or what else, was put in: grafts that no later sentence takes back."""
        return {
            mention.origin
            for mention in self.reading.mentions
            if mention.stands
            and not mention.weak
            and mention.line.kind in TOLD | NAMES
            and mention.origin not in (UNKNOWN, NOTHING)
        }

    # ---- places

    def sited(self, name: str) -> Carried:
        """What the places of the operation answer: the named and operated ones, else those of the diagnosis."""
        places = [place for place in self.reading.places if place.status == AFFIRMED]
        if name == "cartilage_joint":
            return self._by_site(name, places, lambda p: p.site.kind == "bone") or self._by_site(name, places)
        for roles in ((NAME, OPERATED), (DIAGNOSED,), (OTHER,)):
            near = [place for place in places if place.role in roles]
            found = self._by_site(name, near)
            if len(found) > 1 and roles == (DIAGNOSED,):
                sure = [p for p in near if any(hit.what.kind is Kind.DIAGNOSIS for hit in p.line.hits)]
                found = self._by_site(name, sure) or found
            if len(found) > 1 and name == "bone" and self._two_ends(near):
                return found
            if len(found) > 1:
                found = self._agreed(name, near, places) or found
            if len(found) > 1 and name == "bone" and not self._by_site(name, near, lambda p: p.role == NAME):
                found = self._by_graft(places) or found
            if found:
                other = self._another_specimen(places) if name == "bone" else {}
                return {**self._finer(name, found, places), **other}
        if name == "bone" and RADICAL in self.answered("main_procedure") and (found := self._by_graft(places)):
            return found
        past = self._by_site(name, [p for p in self.reading.places if p.role in (DIAGNOSED, NAME, OTHER, OPERATED)])
        if len(past) == 1:
            return past  # "recurrent tumour of the radius, curetted two years ago": only there it is named
        return {}

    def _two_ends(self, near: Sequence[Place]) -> bool:
        """Whether the title names one end of a bone and the story resects only the other."""
        named = self._by_site("bone", near, lambda p: p.role == NAME)
        told = self._by_site("bone", near, lambda p: p.role == OPERATED and p.line.marks >= RESECTED)
        ends = {name.partition("_")[0] for name in (*named, *told)}
        return len(named) == len(told) == 1 and ends == {"distal", "proximal"}

    def _another_specimen(self, places: Sequence[Place]) -> Carried:
        """The bone that was sent to the pathologist, where the title and the diagnosis name only other bones."""
        sent = [p for p in places if p.line.kind == "specimens" and p.site.answers.get("bone")]
        named = {p.site.within or p.site.id for p in places if p.role in (NAME, DIAGNOSED)}
        other = [p for p in sent if not {p.site.within, p.site.id} & named]
        return self._by_site("bone", other) if named and len(other) == len(sent) else {}

    def _finer(self, name: str, found: Carried, places: Sequence[Place]) -> Carried:
        """The larger or finer part that the diagnosis names, where the operation names only what lies in it."""
        stated = self._by_site(name, places, lambda p: p.role == DIAGNOSED)
        finer = [value for value in stated if found.keys() <= OUTRANKS.get(value, set())]
        return {finer[0]: stated[finer[0]]} if len(finer) == 1 else found

    def _agreed(self, name: str, near: Sequence[Place], places: Sequence[Place]) -> Carried:
        """Of several places the one that the diagnosis names too, or the title where the story bears it out."""
        found = self._by_site(name, near)
        stated = self._by_site(name, places, lambda p: p.role == DIAGNOSED)
        if len(stated) == 1 and stated.keys() <= found.keys():
            return {value: found[value] for value in stated}
        named = self._by_site(name, near, lambda p: p.role == NAME)
        told = self._by_site(name, near, lambda p: p.role == OPERATED)
        title = {place.site.within or place.site.id for place in near if place.role == NAME}
        same = any({place.site.within, place.site.id} & title for place in near if place.role == OPERATED)
        return named if len(named) == 1 and (named.keys() <= told.keys() or same) else {}

    def _by_site(
        self, name: str, places: Iterable[Place], only: Callable[[Place], bool] = lambda place: True
    ) -> Carried:
        found: Carried = {}
        for place in places:
            value = place.site.answers.get(name)
            if value and only(place) and not (name == "bone" and place.site.kind == "part"):
                found.setdefault(value, []).append(self.at(place, name, value))
        for value, below in OUTRANKS.items():
            for lower in below & found.keys() if value in found else ():
                del found[lower]
        if name == "bone" and len(found) > 1 and _FIBULA & self.reading.marks.keys():
            found.pop("fibula", None)  # it is the patient's own graft, not what was resected
        return found

    def _by_graft(self, places: Sequence[Place]) -> Carried:
        """The part of the bone that the donor piece replaced, where the note names the bone alone."""
        bones = {place.site.id for place in places if place.site.kind == "part"}
        return self._by_site("bone", places, lambda place: place.role == GRAFT and place.site.within in bones)

    def at(self, place: Place, fact: str, value: str) -> Finding:
        """A finding at a place of the note."""
        words, line = place.line.words, place.line
        start, end = words.starts[place.first], words.ends[place.last - 1]
        return Finding(fact, value, AFFIRMED, start, end, self.reading.text[start:end], "", line.kind, line.number)
