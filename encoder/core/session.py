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
from encoder.core.case_state import CLAIM, CaseState
from encoder.core.editions import editions_on
from encoder.core.evidence import Quoted, distinct, tied
from encoder.core.tree.explain import explain
from encoder.core.tree.model import NOTHING, Question, Tree, Values
from encoder.core.tree.reach import Reach
from encoder.core.tree.walk import Position, parse_answer, walk
from encoder.core.view import View
from encoder.core.viewing import ask_of, candidates_of, way_of
from encoder.errors import UsageError

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
        state = self.state()
        possible, ruled_out = candidates_of(self.tree, self.book, position, along)
        result = explain(position, self.book, self.reach(), self.case) if position.status != "incomplete" else None
        return View(
            case=self.case,
            on=self.on,
            claim=next(iter(self.answers.get(CLAIM, ())), ""),
            way=way_of(state, self.tree, position, question),
            ask=ask_of(state, question, position, self.book) if question else None,
            result=result,
            possible=possible,
            ruled_out=ruled_out,
            editions=editions_on(self.book, self.on),
            can_undo=bool(self._undo),
            can_go_back=bool(self.focus or position.trail),
            evidence=state.evidence,
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
