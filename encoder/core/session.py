"""One case under way: takes intentions (answer, change, back, date), keeps every answer, tells its listeners once.

The session knows no screen. After each intention it makes one complete ``View``; the same object drives the window,
the tests and the keyboard journeys. Nothing is ever lost: answers that no longer fit stay with the case and are shown.

Answers may be assumed, from a code that somebody wrote or from a question in plain words. An assumption is no answer:
the walk never sees it, so that no result rests on one. It is shown on the way, offered at its question, and counts
once the coder confirms it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from encoder.core.book import Book
from encoder.core.case_state import CaseState
from encoder.core.editions import editions_on
from encoder.core.evidence import Quoted, counting, distinct, tied
from encoder.core.tree.explain import answer_text, explain
from encoder.core.tree.model import NOT_DOCUMENTED, NOTHING, Family, Kind, Question, Tree, Values
from encoder.core.tree.reach import Codes, Reach, left_at
from encoder.core.tree.walk import Position, Step, offered, ordered, parse_answer, picks, walk
from encoder.core.view import Ask, Candidate, Option, View, WayStep
from encoder.errors import UsageError

DATE, CLAIM = "date_of_service", "claim"
KEYS = 9
"""Answers that have a digit of their own; the others are reached by typing letters."""
Listener = Callable[[View], None]


@dataclass
class Session:
    """A case.

    Attributes:
        focus: the question the coder turned back to; empty when the walk decides what is asked.
        assumed: answers to be confirmed; ``meant`` is what they came from.
        number: which of the cases worked since the program was started it is; undo may lead back to one before.
    """

    tree: Tree
    book: Book
    on: date
    case: str = ""
    answers: dict[str, Values] = field(default_factory=dict)
    focus: str = ""
    through: bool = False
    evidence: dict[str, tuple[Quoted, ...]] = field(default_factory=dict)
    assumed: dict[str, Values] = field(default_factory=dict)
    meant: str = ""
    number: int = 1

    def __post_init__(self) -> None:
        self._listeners: list[Listener] = []
        self._undo: list[CaseState] = []
        self._reach: dict[date, Reach] = {}
        self._before: frozenset[str] = frozenset()
        self._earlier: dict[str, Values] = {}
        self._last = self.number

    # ---- intentions

    def listen(self, listener: Listener) -> None:
        """Call the listener with a View after each change."""
        self._listeners.append(listener)

    def answer(self, question_id: str, answer_ids: str, quotes: Iterable[Quoted] = ()) -> None:
        """Answer a question; several ids are joined by a plus. ``quotes`` are tied to the answer as its evidence.

        Raises:
            UsageError: no such question or answer; the case stays as it was.
        """
        values = parse_answer(self.tree, self.book, question_id, answer_ids)
        self._remember()
        self.answers[question_id] = values
        held = tied((*self.evidence.get(question_id, ()), *quotes), values)
        if held:
            self.evidence[question_id] = held
        self._earlier.pop(question_id, None)
        self.focus = ""
        if self.through:
            position = self.position()
            self.focus = position.later[0].id if position.later and position.status == "decided" else ""
            self.through = bool(self.focus)
        self._tell()

    def attach(self, subject: str, quotes: Iterable[Quoted]) -> None:
        """Tie quotes to a question or a fact of the documentation list; those without an answer wait for one."""
        before = self.evidence.get(subject, ())
        after = distinct((*before, *quotes))
        if after != before:
            self._remember()
            self.evidence[subject] = after
            self._tell()

    def detach(self, subject: str, quotes: Iterable[Quoted], among: Iterable[Quoted] = ()) -> None:
        """Take quotes off again. A fact of the documentation list is then without, also where the note would show it.

        Args:
            among: what is shown where nobody tied anything yet; the rest of it stays.
        """
        gone = set(quotes)
        self._remember()
        self.evidence[subject] = tuple(quote for quote in self.evidence.get(subject, among) if quote not in gone)
        self._tell()

    def assume(self, given: Mapping[str, str], meant: str = "", *, anew: bool = False) -> None:
        """Assume answers until each is confirmed; answers that were given stay as they are.

        Args:
            meant: what they come from, such as the code that was written.
            anew: begin the case again with the same date and label; its claim stays where it is as assumed.

        Raises:
            UsageError: no such question or answer; the case stays as it was.
        """
        found = {name: parse_answer(self.tree, self.book, name, text) for name, text in given.items()}
        self._remember()
        if anew:
            kept = self.answers.get(CLAIM, NOTHING)
            self.answers = {CLAIM: kept} if kept and found.get(CLAIM, kept) == kept else {}
            self.assumed = {}
            self._earlier.clear()
        self.assumed.update(found)
        self.meant = meant
        self.focus, self.through = "", False
        self._tell()

    def confirm(self, quotes: Iterable[Quoted] = ()) -> None:
        """Take the assumed answer to the question that is asked as the answer, ``quotes`` as its evidence.

        Raises:
            UsageError: nothing is assumed there, or the answer does not fit what was answered before.
        """
        ask = self.view().ask
        if ask is None or not ask.assumed:
            raise UsageError("Nothing is assumed for this question; answer it as the note says.")
        self.answer(ask.question, "+".join(ask.assumed), quotes)

    def turn_to(self, question_id: str) -> None:
        """Show a question of the way again, its answer marked; nothing changes until it is answered anew."""
        if question_id in self.tree.questions and question_id != self.focus:
            self.focus = question_id
            self.through = False
            self._tell()

    def ask_details(self) -> None:
        """Go through the refining questions that nobody answered yet, one after the other."""
        later = self.position().later
        if later:
            self.focus, self.through = later[0].id, True
            self._tell()

    def leave(self) -> None:
        """Leave a question that was turned to; the case stands where it stood."""
        if self.focus:
            self.focus, self.through = "", False
            self._tell()

    def back(self) -> None:
        """Take back the last answer; it is offered again, marked as given before."""
        if self.focus:
            self.leave()
            return
        trail = self.position().trail
        if trail:
            last = trail[-1].question
            self._remember()
            self._earlier[last] = self.answers.pop(last)
            self._tell()

    def undo(self) -> None:
        """Undo the last change of an answer, of its evidence or of the date."""
        if self._undo:
            state = self._undo.pop()
            label = state.case if state.number != self.number else self.case or state.case  # one written since stays
            self._take_up(replace(state, case=label))

    def set_date(self, on: date) -> None:
        """Change the date of service; every answer stays."""
        if on != self.on:
            self._remember()
            self.on = on
            self._tell()

    def set_case(self, label: str) -> None:
        """Change the label of the case."""
        self.case = label

    def again(self) -> None:
        """The tables are others, an edition came or went: every answer stays, what follows from it may not."""
        self._reach.clear()
        self._tell()

    def clear(self) -> None:
        """Start another case with the same date and claim."""
        self._begin()
        claim = self.answers.get(CLAIM)
        self.answers = {CLAIM: claim} if claim else {}
        self._earlier.clear()
        self.evidence = {}
        self.focus, self.through, self.case = "", False, ""
        self.assumed, self.meant = {}, ""
        self._tell()

    def take_up(self, state: CaseState) -> tuple[str, ...]:
        """Go on with a case that was kept. Undo leads back to the one before it.

        Returns:
            The questions whose answers could not be taken up: the tree or the tables no longer know them.
        """
        answers, lost = self._known(state.answers)
        assumed, _ = self._known(state.assumed)
        earlier, _ = self._known(state.earlier)
        self._begin()
        known = replace(state, answers=answers, assumed=assumed, earlier=earlier, number=self.number)
        self._take_up(known)
        return lost

    # ---- reading

    def state(self) -> CaseState:
        """The case as it can be kept, and taken up again."""
        return CaseState(
            self.on,
            self.case,
            dict(self.answers),
            dict(self._earlier),
            dict(self.assumed),
            self.meant,
            self.focus,
            dict(self.evidence),
            self.number,
        )

    def position(self) -> Position:
        """Where the case stands."""
        return walk(self.tree, self.book, self.answers, self.on)

    def reach(self) -> Reach:
        """What each way of the date can end in; made once a date."""
        if self.on not in self._reach:
            self._reach = {self.on: Reach(self.tree, self.book, self.on)}
        return self._reach[self.on]

    def view(self) -> View:
        """The case as it stands, complete."""
        position = self.position()
        question = self._asked(position)
        along = self.reach().along(position.steps)
        possible, ruled_out = self._candidates(position, along)
        result = explain(position, self.book, self.reach(), self.case) if position.status != "incomplete" else None
        return View(
            case=self.case,
            on=self.on,
            claim=next(iter(self.answers.get(CLAIM, ())), ""),
            way=self._way(position, question),
            ask=self._ask(question, position) if question else None,
            result=result,
            possible=possible,
            ruled_out=ruled_out,
            editions=editions_on(self.book, self.on),
            can_undo=bool(self._undo),
            can_go_back=bool(self.focus or position.trail),
            evidence=dict(self.evidence),
            meant=self.meant,
        )

    # ---- inside

    def _known(self, given: Mapping[str, Values]) -> tuple[dict[str, Values], tuple[str, ...]]:
        """The answers that the tree and the tables still know, and the questions of the others."""
        known: dict[str, Values] = {}
        for name, values in given.items():
            with suppress(UsageError):
                known[name] = parse_answer(self.tree, self.book, name, "+".join(sorted(values)))
        return known, tuple(name for name in given if name not in known)

    def _remember(self) -> None:
        self._undo.append(self.state())

    def _take_up(self, state: CaseState) -> None:
        self.on, self.case, self.number = state.on, state.case, state.number
        self.answers, self._earlier = dict(state.answers), dict(state.earlier)
        self.evidence = dict(state.evidence)
        self.assumed, self.meant = dict(state.assumed), state.meant
        self.focus, self.through = state.focus, False
        self._tell()

    def _begin(self) -> None:
        """What comes now is another case."""
        self._remember()
        self._last += 1
        self.number = self._last

    def _tell(self) -> None:
        view = self.view()
        for listener in self._listeners:
            listener(view)

    def _asked(self, position: Position) -> Question | None:
        if self.focus:
            on_way = {step.question for step in position.trail} | {q.id for q in position.later}
            if self.focus in on_way:
                return self.tree.questions[self.focus]
        return position.pending

    def _ask(self, question: Question, position: Position) -> Ask:
        facts = position.facts
        given = self.answers.get(question.id) or self._earlier.get(question.id) or frozenset()
        options = options_of(question, position, self.book, given)
        was = ""
        undocumented = NOT_DOCUMENTED in given
        if given and not undocumented and not any(option.chosen for option in options):
            was = answer_text(question, Step(question.id, ordered(question, given)))
        return Ask(
            question=question.id,
            label=question.label,
            text=question.ask,
            hint=question.hint,
            help=question.help,
            kind="many" if question.kind is Kind.MANY else "one",
            options=options,
            map=question.map,
            refines=question.refines,
            usual=question.usual,
            was=was,
            seventh=question.source.startswith("diagnoses:") and bool(facts.one("diagnosis")),
            undocumented=undocumented,
            assumed=self._assumed(question, options),
        )

    def _assumed(self, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
        """The assumed answer to a question that nobody answered, where all of it is still offered."""
        values = self.assumed.get(question.id, NOTHING)
        if question.id in self.answers or not values:
            return ()
        offer = {option.id for option in options}
        codes = tuple(offer) if question.kind is Kind.PICK else ()  # with a seventh character, which no row of it has
        fits = all(value in (*offer, NOT_DOCUMENTED) or value.startswith(codes) for value in values)
        return ordered(question, values) if fits else ()

    def _way(self, position: Position, asked: Question | None) -> tuple[WayStep, ...]:
        steps = [WayStep(DATE, "Date of service", self.on.isoformat(), "answered")]
        seen = set()
        for step in position.trail:
            question = self.tree.questions[step.question]
            seen.add(step.question)
            state = "not_documented" if NOT_DOCUMENTED in step.answers else "answered"
            if asked is not None and asked.id == question.id:
                state = "now"
            steps.append(WayStep(question.id, question.label, answer_text(question, step), state, self._quotes(step)))
        for step in position.aside:
            question = self.tree.questions[step.question]
            seen.add(step.question)
            state = "now" if asked is not None and asked.id == question.id else "dropped"
            steps.append(WayStep(question.id, question.label, answer_text(question, step), state))
        if asked is not None and asked.id not in seen:
            seen.add(asked.id)
            steps.append(WayStep(asked.id, asked.label, "Being asked", "now"))
        for question in self._to_confirm(position, seen):
            seen.add(question.id)
            given = Step(question.id, ordered(question, self.assumed[question.id]))
            steps.append(WayStep(question.id, question.label, answer_text(question, given), "confirm"))
        for question in position.later:
            if question.id not in seen:
                usual = question.answer(question.usual)
                value = usual.brief if usual else "not asked yet"
                steps.append(WayStep(question.id, question.label, value, "assumed"))
        if position.outcome is None and position.query is None:
            todo = (self.tree.questions[name] for name in self.tree.usual_way if name not in seen)
            steps += [WayStep(question.id, question.label, "", "todo") for question in todo]
        return tuple(steps)

    def _quotes(self, step: Step) -> tuple[Quoted, ...]:
        """The quotes that prove an answer."""
        return counting(self.evidence.get(step.question, ()), frozenset(step.answers))

    def _to_confirm(self, position: Position, seen: set[str]) -> tuple[Question, ...]:
        """The questions with an assumed answer that may still be asked, in the order of the tree."""
        ended = position.pending is None
        later = {question.id for question in position.later}
        return tuple(
            question
            for question in self.tree.questions.values()
            if question.id in self.assumed and question.id not in seen and (not ended or question.id in later)
        )

    def _candidates(
        self, position: Position, along: tuple[Codes, ...]
    ) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
        possible: list[Candidate] = []
        ruled_out: list[tuple[int, Candidate]] = []
        for family in self.tree.families:
            left = frozenset(family.codes) & along[-1]
            if left:
                possible.append(self._candidate(family, tuple(c for c in family.codes if c in left), True))
                continue
            index = left_at(frozenset(family.codes), along)
            if family.near and index is not None and index >= 0:
                step = position.steps[index]
                question = self.tree.questions[step.question]
                because = f"{question.label}: {answer_text(question, step)}"
                fresh = index == len(position.steps) - 1
                ruled_out.append((index, self._candidate(family, family.codes, False, because, step.question, fresh)))
        named = {code for family in self.tree.families for code in family.codes}
        rest = tuple(sorted(along[-1] - named))
        if rest:
            possible.append(Candidate("other", "other procedures, own codes", rest, (), True, "", "", False))
        ruled_out.sort(key=lambda item: -item[0])
        return tuple(possible), tuple(candidate for _, candidate in ruled_out)

    def _candidate(
        self,
        family: Family,
        codes: tuple[str, ...],
        possible: bool,
        because: str = "",
        question: str = "",
        fresh: bool = False,
    ) -> Candidate:
        roles = tuple(
            "add_on" if (held := self.book.code(code)) and held.category.startswith("addon") else "primary"
            for code in codes
        )
        return Candidate(family.id, family.title, codes, roles, possible, because, question, fresh)


def options_of(question: Question, position: Position, book: Book, given: Values = NOTHING) -> tuple[Option, ...]:
    """The answers that a question offers at a position, in the order of the screen, digits on the first nine."""
    made: list[Option] = []
    if question.kind is Kind.PICK:
        for code in picks(question, book, position.facts, position.on):
            made.append(_pick(code, len(made) + 1, given, book))
        return tuple(made)
    for place, answer in enumerate(offered(question, position.facts), 1):
        key = str(place) if place <= KEYS else ""
        texts = (answer.say, answer.plain, answer.brief, answer.group, answer.picture)
        made.append(Option(answer.id, *texts, key, answer.id in given, answer.regions, answer.alone))
    return tuple(made)


def _pick(code: str, place: int, given: Values, book: Book) -> Option:
    diagnosis, held = book.diagnosis(code), book.code(code)
    title = diagnosis.title if diagnosis else held.title if held else code
    plain = diagnosis.seventh if diagnosis else held.plain if held else ""
    return Option(code, f"{code}  {title}", plain, code, "", "", str(place) if place <= KEYS else "", code in given)
