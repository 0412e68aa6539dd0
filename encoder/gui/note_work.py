"""The note at work: what it says of the question on the screen, and the quotes of answers, facts and queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from encoder.core.beside.asking import about_question
from encoder.core.beside.case_note import CaseNote
from encoder.core.beside.marks import Beside, beside, evidence
from encoder.core.beside.ticks import Tick, ticks
from encoder.core.case_state import DATE
from encoder.core.evidence import Quoted
from encoder.core.query import About, Quote
from encoder.core.session import Session
from encoder.core.tree.explain import QueryDraft
from encoder.core.tree.model import NOTHING
from encoder.core.view import View
from encoder.gui.panes.note import NotePane
from encoder.gui.wording import note as words
from encoder.gui.wording.note import Remark


@dataclass(frozen=True)
class Seen:
    """What the note and its quotes add to a View.

    Attributes:
        loaded: whether there is a note.
        remarks: what stands beside each answer; ``conflict`` what does not agree.
        ticks: the documentation list with its quotes. ``query`` is the draft with quotes, and ``about`` what its check
            is to know.
    """

    loaded: bool = False
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    conflict: str = ""
    ticks: tuple[Tick, ...] = ()
    query: QueryDraft | None = None
    about: About | None = None


NOTHING_SEEN = Seen()


class NoteWork(QObject):
    """Joins the session, the pane of the note and the page.

    Signals:
        changed(): another note: the page is to be shown again.
        refused(str): why nothing was quoted.
        sent_changed(): a query was handed over.
    """

    changed = Signal()
    refused = Signal(str)
    sent_changed = Signal()

    def __init__(self, session: Session, pane: NotePane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._pane = session, pane
        self._subject = ""
        self._fact = ""
        self._beside: Beside | None = None
        self._quotes: tuple[Quoted, ...] = ()
        self._sent: set[str] = set()
        self._asked: set[str] = set()
        pane.changed.connect(self._changed)
        pane.take_off_wanted.connect(self.take_off)

    def forget(self) -> None:
        """Let go of the note and of what was asked about it."""
        self._sent.clear()
        self._asked.clear()
        self._subject = self._fact = ""
        self._pane.clear()

    def note(self) -> CaseNote | None:
        """The note of the case, read."""
        return self._pane.note

    # -- what is shown ------------------------------------------------------------------------------------------------

    def look_at(self, view: View) -> Seen:
        """Mark in the pane what the note says of a View, and give what the page shows of it."""
        position, note = self._session.position(), self.note()
        stopped = position.stopped_at if view.ask is None and position.query is not None else ""
        subject = view.ask.question if view.ask else stopped
        anew = (subject or "result") != self._subject
        self._subject = subject or "result"
        if not stopped:
            self._asked |= self._sent
        if anew:
            self._fact = ""
        self._quotes = view.evidence.get(subject, ())
        self._beside = None
        if note is not None and self._pane.cues is not None and subject:
            self._beside = beside(
                note, self._pane.cues, position, self._session.tree.questions[subject], self._session.book
            )
        if not subject:
            return self._look_at_result(view, anew=anew)
        found = self._beside or Beside(subject)
        if note is not None:
            self._pane.show_mentions(words.mentions(note, found, self._quotes, view.ask), anew=anew)
        self._pane.say_quotes(quoted=bool(self._quotes), more=words.waiting(self._quotes))
        if stopped:
            query = about_question(note, found, position, view.case) if note is not None else None
            about = self._about(subject, found) if note is not None else About(asked=subject in self._asked)
            return Seen(note is not None, query=query, about=about)
        conflict = words.conflict(note, found, view.ask) if note is not None and view.ask else ""
        return Seen(note is not None, words.remarks(found, self._quotes), conflict)

    def _look_at_result(self, view: View, *, anew: bool) -> Seen:
        note, position = self.note(), self._session.position()
        checklist = view.result.checklist if view.result else ()
        made = ticks(checklist, view.evidence, self._session.answers, note, position)
        if note is not None:
            shown = [(tick.item.label, quoted) for tick in made for quoted in tick.quotes]
            shown += [(step.label, quoted) for step in view.way for quoted in step.quotes]
            self._pane.show_mentions(words.quoted_places(note, shown), anew=anew)
        fact = next((tick for tick in made if tick.item.fact == self._fact), None)
        more = f"Select the words that show “{fact.item.label}”, then Ctrl+E." if fact and not fact.quotes else ""
        self._pane.say_quotes(quoted=bool(fact and fact.quotes), more=more)
        self._quotes = fact.quotes if fact else ()
        return Seen(note is not None, ticks=made)

    def _about(self, question: str, found: Beside) -> About:
        """What the check of a query is to know: the record, what its question answers, whether it was asked before."""
        held = self._session.tree.questions[question]
        note = self.note()
        return About(
            answers=tuple(answer.say for answer in held.answers),
            record=note.text if note else "",
            answered=bool(found.answers),
            asked=question in self._asked,
        )

    def _changed(self) -> None:
        self._subject = ""
        self.changed.emit()

    # -- what the coder does ------------------------------------------------------------------------------------------

    def quotes_for(self, question: str, answers: str) -> tuple[Quoted, ...]:
        """What the note shows beside the answers given: it goes with them as their evidence."""
        note, found = self.note(), self._beside
        if note is None or found is None or found.question != question:
            return ()
        return evidence(note, found, frozenset(answers.split("+")))

    def sent(self) -> None:
        """The query on the screen was handed over: asked again on the same point it is said to be the second."""
        self._sent.add(self._subject)
        self.sent_changed.emit()

    def handed_over(self) -> frozenset[str]:
        """The questions whose query was handed over."""
        return frozenset(self._sent)

    def take_up(self, sent: Iterable[str]) -> None:
        """Queries that were handed over before the case was kept."""
        self._sent = set(sent)

    def selected(self) -> Quote | None:
        """What is selected in the note, as a query quotes it."""
        note, place = self.note(), self._pane.selection()
        return note.quote(*place) if note is not None and place is not None else None

    def attach(self, view: View, current: str) -> None:
        """Tie what is selected to the answer of the question asked, or to the fact chosen in the documentation list.

        Args:
            current: the answer whose row is current; without one the quote goes with whatever was or is answered.
        """
        note, place = self.note(), self._pane.selection()
        if note is None or place is None:
            self.refused.emit("Select the words in the note first." if note else "There is no note: paste it first.")
            return
        subject = view.ask.question if view.ask else self._fact
        if not subject or subject == DATE:
            self.refused.emit("Choose a fact under Documentation first; Enter on it leads here.")
            return
        answers = frozenset((current,)) if current else self._session.answers.get(subject, NOTHING)
        held = view.evidence.get(subject)
        shown = self._quotes if held is None and not view.ask else ()
        self._session.attach(subject, (*shown, *note.quoted(*place, answers if view.ask else NOTHING)))

    def take_off(self) -> None:
        """Take off the quote that is gone to or selected, else the last one."""
        note, place = self.note(), self._pane.selection()
        subject = self._fact or self._subject
        if not self._quotes or subject == "result":
            self.refused.emit("There is no quote to take off here.")
            return
        at = [quoted for quoted in self._quotes if note is not None and place == note.where(quoted)]
        self._session.detach(subject, at or self._quotes[-1:], self._quotes)

    def open_fact(self, tick: Tick) -> bool:
        """Choose a fact of the documentation list and show its quote; False without a note."""
        note = self.note()
        if note is None:
            return False
        self._fact = tick.item.fact
        for quoted in tick.quotes:
            place = note.where(quoted)
            if place is not None:
                self._pane.show_place(*place)
                break
        return True
