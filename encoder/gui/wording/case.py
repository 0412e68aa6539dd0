"""The case under way in words: answers, the way so far, what is still possible, editions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from encoder.core.case_state import DATE
from encoder.core.editions import EditionNote
from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.core.view import Ask, Candidate, View
from encoder.core.view import Option as Offered
from encoder.core.view import WayStep as Step
from encoder.gui.widgets.answer_rows import Option
from encoder.gui.widgets.bars import EditionMark, EditionState
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.paint import Tag
from encoder.gui.widgets.way import StepState, WayStep
from encoder.gui.wording.note import Remark
from encoder.gui.wording.sources import dates, lower_first, mark_codes

UNSAID = "The note does not say"
_UNSAID_MORE = "Ends in a question to the surgeon, never in a code"
_TAKEN = Tag("taken until asked", "plain", "", "taken")
_TO_CONFIRM = Tag("assumed, to confirm", "plain", "query", "to confirm")
_PICTURED = 3  # one in so many answers must have a picture, else the pictures tell nothing apart
_SHORT_LIST = 2  # codes of a family that are named in the narrow list of candidates; of more the first stands for all
_ALWAYS = ("cpt", "icd10cm")
_TABLES = {
    "surgeon": ("cpt", "aoc", "ptp_practitioner", "mue", "pfs", "icd10cm"),
    "outpatient": ("cpt", "aoc", "ptp_hospital", "mue_hospital", "opps", "asc", "pfs", "icd10cm"),
    "inpatient": ("icd10pcs", "icd10cm"),
}
_QUARTER = re.compile(r"(?<=\d)Q(?=\d)")
_NOT_ASKED = "not asked yet"
_UNQUOTED = "no quote"
NO_REMARKS: Mapping[str, Remark] = {}
_EDITION_STATES: dict[str, EditionState] = {"covers": "covers", "older": "older", "newer": "newer"}


def options(
    ask: Ask, pictures: frozenset[str], remarks: Mapping[str, Remark] = NO_REMARKS
) -> tuple[list[Option], list[str]]:
    """The answers as rows, and the ids given before.

    Args:
        pictures: the row pictures there are.
        remarks: what the note says of answers.
    """
    shown = sum(option.picture in pictures for option in ask.options) * _PICTURED >= len(ask.options)
    chosen = [NOT_DOCUMENTED] if ask.undocumented else [option.id for option in ask.options if option.chosen]
    taken = "" if chosen else ask.usual
    rows = [_option(ask, option, shown and option.picture in pictures, taken) for option in ask.options]
    rows = [_remarked(row, remarks.get(row.id)) for row in rows]
    unsaid = (_TO_CONFIRM,) if NOT_DOCUMENTED in ask.assumed else ()
    picture = "none" if shown else ""
    rows.append(Option(NOT_DOCUMENTED, UNSAID, _UNSAID_MORE, picture=picture, tags=unsaid, not_documented=True))
    return rows, chosen


def _remarked(row: Option, remark: Remark | None) -> Option:
    return row if remark is None else replace(row, tags=(*row.tags, *remark.tags), quote=remark.quote)


def dropped(ask: Ask) -> str:
    """What is said of an earlier answer that is no longer offered; empty without one."""
    if not ask.was or written(ask):
        return ""
    return f"was: {ask.was}, dropped. It does not fit what was answered before; please answer again."


def written(ask: Ask) -> str:
    """The diagnosis code as it was written, with the seventh character that no row of the list has."""
    kept = ask.seventh and any(ask.was.startswith(option.id) for option in ask.options)
    return ask.was if kept else next((option.id for option in ask.options if ask.seventh and option.chosen), "")


def _option(ask: Ask, option: Offered, pictured: bool, taken: str) -> Option:
    picked = option.say.startswith(f"{option.id}  ")  # a code of a table, with its title
    text = f"`{option.id}`  {option.say[len(option.id) + 2 :]}" if picked else option.say
    second = option.plain
    if picked and ask.seventh and option.plain:
        second = f"Seventh character due: {', '.join(option.plain.split())}"
    return Option(
        option.id,
        text,
        second,
        "" if picked else option.short,
        option.picture if pictured else "",
        _tags(ask, option, taken),
        group=option.group,
        alone=option.alone,
    )


def _tags(ask: Ask, option: Offered, taken: str) -> tuple[Tag, ...]:
    """What is assumed until it is confirmed goes before what is taken as usual."""
    if any(value == option.id or (ask.seventh and value.startswith(option.id)) for value in ask.assumed):
        return (_TO_CONFIRM,)
    return (_TAKEN,) if option.id == taken else ()


def assumed(ask: Ask, meant: str) -> str:
    """What is assumed at a question, and from what; empty where nothing is."""
    if not ask.assumed:
        return ""
    words = {NOT_DOCUMENTED: UNSAID} | {option.id: option.short or option.say for option in ask.options}
    given = "; ".join(words.get(value, value) for value in ask.assumed)
    return f"Assumed{_from(meant)}: **{given}**. It counts once you confirm it."


def _from(meant: str) -> str:
    return f" from {mark_codes(meant)}" if meant else ""


def way(view: View, *, noted: bool = False) -> list[WayStep]:
    """The steps of the way, with headings before what is to be confirmed, taken as usual, or usually still asked.

    Args:
        noted: there is a note: an answer without a quote from it says so.
    """
    stopped = view.result.queries[0].question if view.result and view.result.queries else ""
    headings = {
        "confirm": f"To confirm, assumed{_from(view.meant)}",
        "assumed": "Taken as usual until asked",
        "todo": "Usually still asked",
    }
    steps: list[WayStep] = []
    for step in view.way:
        heading = headings.pop(step.state, "")
        if heading:
            steps.append(WayStep("", heading, state="heading"))
        made = _step(step, stopped, dated=bool(no_edition(view)))
        if noted and made.state == "answered" and not step.quotes and step.question not in (DATE, "claim"):
            made = replace(made, note=_UNQUOTED)
        steps.append(replace(made, quoted=bool(step.quotes)))
    return steps


def _step(step: Step, stopped: str, *, dated: bool) -> WayStep:
    if step.state == "dropped" and dated:  # nothing is to be asked again: the answers wait for another date
        return WayStep(step.question, step.label, step.value, note="kept")
    states: dict[str, StepState] = {
        "answered": "answered",
        "not_documented": "not_documented",
        "now": "now",
        "assumed": "assumed",
        "dropped": "dropped",
        "confirm": "confirm",
        "todo": "todo",
    }
    state = states[step.state]
    if state == "assumed" and step.value == _NOT_ASKED:
        state = "unasked"
    if step.question == stopped:
        state = "stopped"
    return WayStep(step.question, step.label, step.value, state)


def answered(view: View) -> int:
    """How many questions were answered, date and claim left out."""
    asked = [step for step in view.way if step.question not in (DATE, "claim")]
    return sum(step.state in ("answered", "not_documented") for step in asked)


# -- candidates -------------------------------------------------------------------------------------------------------


def possible(view: View) -> list[Fact]:
    """What may still end on the claim, add-ons marked by a plus."""
    return [_possible(candidate) for candidate in view.possible]


def ruled_out(view: View) -> list[Fact]:
    """What left, the last to go first, each with the answer that did it. Enter goes back to that answer."""
    return [
        Fact(
            candidate.question,
            _codes(candidate),
            candidate.title,
            icon="no",
            ink="text3",
            code=True,
            quiet=True,
            cite=candidate.because,
            end="just now" if candidate.fresh else "",
            opens=bool(candidate.question),
            hint=_hint(candidate),
        )
        for candidate in view.ruled_out
    ]


def _possible(candidate: Candidate) -> Fact:
    text, label = candidate.title, _codes(candidate)
    if not candidate.roles:
        text, label = f"{candidate.title}, {len(candidate.codes)}", "others"
    elif len(candidate.codes) > _SHORT_LIST:
        text = f"{candidate.title}, {len(candidate.codes)} codes"
    return Fact(
        candidate.family, label, text, icon="possible", ink="ok", code=bool(candidate.roles), hint=_hint(candidate)
    )


def _codes(candidate: Candidate) -> str:
    plus = "+ " if candidate.roles and all(role == "add_on" for role in candidate.roles) else ""
    if len(candidate.codes) > _SHORT_LIST:
        return f"{plus}{candidate.codes[0]} …"
    return plus + ", ".join(candidate.codes)


def _hint(candidate: Candidate) -> str:
    return ", ".join(candidate.codes) if len(candidate.codes) > _SHORT_LIST else ""


def spoken(view: View) -> str:
    """What readers say when the page is another: the question, or the verdict with its lines."""
    if view.ask is not None:
        return view.ask.text
    result = view.result
    return f"{result.verdict}. {', '.join(line.text for line in result.lines)}" if result else ""


# -- editions ---------------------------------------------------------------------------------------------------------


def editions(view: View) -> list[EditionMark]:
    """The editions that answer for the claim; what ends before or begins after the date says so."""
    wanted = _TABLES.get(view.claim, _ALWAYS)
    marks = []
    for note in view.editions:
        if note.edition.table in wanted:
            marks.append(EditionMark(edition_name(note), _EDITION_STATES[note.state]))
    return marks


def edition_name(note: EditionNote) -> str:
    """A table and its edition: Add-on list 2026 Q2."""
    return f"{note.edition.label} {spaced(note.edition.edition)}"


def spaced(edition: str) -> str:
    """The name of an edition as it is read: 2026 Q2."""
    return _QUARTER.sub(" Q", edition)


def editions_text(view: View) -> str:
    """Every edition with its dates and what to know of it, as Markdown for the pane beside the page."""
    says = {"covers": "covers the date", "older": "**ends before the date**", "newer": "**begins after the date**"}
    lines = [f"# Editions on {view.on}", "The date of service chooses the edition. Where none covers it, that is said."]
    for note in view.editions:
        edition = note.edition
        held = dates(edition.span.start, edition.span.end)
        lines.append(f"**{edition.label}**, {edition.edition}: {says[note.state]} ({held}). {edition.note}")
    return "\n\n".join(lines)


def no_edition(view: View) -> str:
    """What the strip says instead of its marks when no edition of the code tables covers the date."""
    result = view.result
    if result is None or result.ref not in ("O-NOEDITION", "O-PRE2019"):
        return ""
    return f"{view.on}: {lower_first(result.verdict)}"
