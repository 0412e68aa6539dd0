"""The case at work: what its page wants goes to the session, and every View that comes back is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from encoder.core.beside.case_note import Document
from encoder.core.case_state import DATE
from encoder.core.kept import Kept
from encoder.core.session import Session
from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.core.view import View
from encoder.errors import EncoderError, UsageError
from encoder.gui.note_work import NOTHING_SEEN, NoteWork
from encoder.gui.pages.case import CasePage
from encoder.gui.printing import print_text
from encoder.gui.wording import copied
from encoder.gui.wording.sources import many

_LAST = "Ctrl+Z brings the answers of the last one back; its note is gone."
_LAST_SAVED = "The last one is saved; Ctrl+Z brings it back."
_NO_END = "Nothing to copy yet: the case has not come to an end."


class CaseWork(QObject):
    """One session and the page that shows it.

    Signals:
        shown(View): another View is on the page.
        failed(str): a fault of what we ship; it takes the place of the page.
        said(str, str, bool): a message, its note, and whether it says that something was done.
        copy_wanted(str, str): a text for the clipboard, and what is then said.
        case_wanted(): the case is to be on the screen.
        date_wanted(): the date of service is to be changed in the bar.
        check_wanted(View): the claim of the case is to be checked.
        save_wanted(): the case is to be saved.
        kept_changed(): something that is kept of the case is another.
    """

    shown = Signal(object)
    failed = Signal(str)
    said = Signal(str, str, bool)
    copy_wanted = Signal(str, str)
    case_wanted = Signal()
    date_wanted = Signal()
    check_wanted = Signal(object)
    save_wanted = Signal()
    kept_changed = Signal()

    def __init__(self, session: Session, page: CasePage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.page = session, page
        self.view: View | None = None
        self.seen = NOTHING_SEEN
        self.remembered: Callable[[int], Kept | None] = lambda _number: None
        self._number = session.number
        self._given: tuple[Document, ...] = ()
        self.notes = NoteWork(session, page.right.note, self)
        self.notes.changed.connect(self._note_changed)
        self.notes.sent_changed.connect(self.kept_changed)
        self.notes.refused.connect(lambda sentence: self.said.emit(sentence, "", False))
        session.listen(self._show)
        for inner in (page.question, page.result, page.stop):
            inner.back.connect(lambda: self.do(session.back))
        page.question.answered.connect(self.answer)
        page.question.confirmed.connect(self.confirm)
        page.left_question.connect(lambda: self.do(session.leave))
        page.way.steps.chosen.connect(self.go_to)
        page.right.possible.question_wanted.connect(self.go_to)
        page.result.ask_wanted.connect(self.go_to)
        page.result.acted.connect(self._act)
        page.stop.acted.connect(self._act)
        page.stop.edited.connect(self.kept_changed)
        page.right.note.quote_wanted.connect(self.attach)
        page.result.columns.fact_wanted.connect(self.open_fact)

    def begin(self) -> None:
        """Show the case for the first time and put the focus on its question."""
        self.do(lambda: self._show(self.session.view()))
        self.page.focus_main()

    def do(self, intention: Callable[[], object]) -> None:
        """Let the session do something."""
        try:
            intention()
        except UsageError as error:
            if not self.page.refuse(str(error)):
                self.said.emit(str(error), "", False)
        except EncoderError as error:
            self.failed.emit(str(error))

    def _show(self, view: View) -> None:
        if self.session.number != self._number:
            self._turn()
        self.view = view
        self.seen = self.notes.look_at(view)
        end = view.result if view.ask is None and view.result is not None and not view.result.queries else None
        self.page.show_view(view, self.session.tree.outcomes[end.outcome].between if end is not None else (), self.seen)
        self.shown.emit(view)
        self.kept_changed.emit()

    def _turn(self) -> None:
        """To another case: note and draft of the one before go, and what was kept of this one comes."""
        self._number, self.view = self.session.number, None
        self.page.stop.forget()
        self.notes.forget()
        self.page.forget()
        kept = self.remembered(self._number)
        if kept is not None:
            self.page.stop.take_up(kept.drafts)
            self.notes.take_up(kept.sent)
            self._given = kept.documents
            self.page.right.note.give(kept.documents)

    def _note_changed(self) -> None:
        self._given = ()
        self._show_again()

    def _show_again(self) -> None:
        """Show the same with another note."""
        if self.view is not None:
            self._show(self.view)

    # -- what the page and the bar want -------------------------------------------------------------------------------

    def answer(self, question: str, answers: str) -> None:
        """Answer a question; several ids are joined by a plus."""
        quotes = self.notes.quotes_for(question, answers)
        self.do(lambda: self.session.answer(question, answers, quotes))

    def confirm(self) -> None:
        """Take what is assumed as the answer, with what the note shows beside it."""
        ask = self.view.ask if self.view is not None else None
        if ask is not None:
            quotes = self.notes.quotes_for(ask.question, "+".join(ask.assumed))
            self.do(lambda: self.session.confirm(quotes))

    def go_to(self, question: str) -> None:
        """Go back to a question of the way; the date of service is in the bar."""
        if question == DATE:
            self.page.open_main()
            self.date_wanted.emit()
            return
        if self.view and any(step.question == question and step.state == "dropped" for step in self.view.way):
            self._say("This answer is kept: it counts again when the way leads back to its question.")
            return
        if self._waits(question):
            self._say("This is asked in its turn; nothing rests on it until you confirm it there.")
            return
        self.do(lambda: self.session.turn_to(question))
        self.page.open_main()

    def _waits(self, question: str) -> bool:
        """Whether an answer is assumed to a question that the way has not come to."""
        assumed = self.view and any(step.question == question and step.state == "confirm" for step in self.view.way)
        return bool(assumed) and all(later.id != question for later in self.session.position().later)

    def start_from(self, given: Mapping[str, str], meant: str) -> None:
        """Begin the case again with answers that are assumed until each is confirmed."""
        self.case_wanted.emit()
        self.do(lambda: self.session.assume(given, meant, anew=True))
        self.page.open_main()
        self._say(f"{many(len(given), 'answer')} assumed, to confirm.", "Ctrl+Z brings the case back as it was.")

    def set_date(self, on: object) -> None:
        """Change the date of service."""
        if isinstance(on, date):
            self.do(lambda: self.session.set_date(on))

    def undo(self) -> None:
        """Take the last change back."""
        self.do(self.session.undo)

    def start_new(self) -> None:
        """Begin another case: answers, label, note and draft go."""
        last = self.remembered(self.session.number)
        self.case_wanted.emit()
        self.do(self.session.clear)
        self.page.open_main()
        saved = last is not None and last.saved
        self._say("A new case.", _LAST_SAVED if saved else _LAST)

    def name_case(self, label: str) -> None:
        """Give the case another label."""
        self.session.set_case(label)
        self.kept_changed.emit()

    # -- what is kept -------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[Document, ...]:
        """The documents of the case, those that are being read again too."""
        return self._given or self.page.right.note.documents()

    def kept(self, *, saved: bool) -> Kept:
        """What is kept of the case; of one that the coder did not save, no word of the note."""
        state, drafts, sent = self.session.state(), self.page.stop.drafts(), self.notes.handed_over()
        whole = Kept(state, saved, self.documents(), drafts, sent)
        return whole if saved else whole.bare

    def take_up(self, kept: Kept) -> tuple[str, ...]:
        """Go on with a case that was kept; the questions whose answers could not be taken up."""
        self.case_wanted.emit()
        lost: tuple[str, ...] = ()

        def go_on() -> None:
            nonlocal lost
            lost = self.session.take_up(kept.state)

        self.do(go_on)
        self.page.open_main()
        return lost

    # -- the question, the query and their quotes ---------------------------------------------------------------------

    def enter_answer(self) -> None:
        """Go back to the question that a stop asks the surgeon about."""
        if self.page.kind == "stop" and self.view and self.view.result:
            self.go_to(self.view.result.queries[0].question)

    def quote(self) -> None:
        """Put what is selected in the note into the draft of the query."""
        if self.page.kind != "stop":
            return
        selected = self.notes.selected()
        if selected is not None:
            self.page.stop.quote(selected)
        else:
            self.said.emit("Select the sentence in the note first.", "", False)

    def attach(self) -> None:
        """Tie what is selected in the note to the answer, to a fact, or put it into the query."""
        if self.page.kind == "stop":
            self.quote()
        elif self.view is not None:
            current = self.page.question.answers.current_id() if self.page.kind == "question" else ""
            self.notes.attach(self.view, "" if current == NOT_DOCUMENTED else current)

    def open_fact(self, fact: str) -> None:
        """Show a fact of the documentation list in the note, or its evidence where there is no note."""
        columns = self.page.result.columns
        tick = next((tick for tick in self.seen.ticks if tick.item.fact == fact), None)
        if tick is None or not self.notes.open_fact(tick):
            columns.show_evidence(columns.documentation.table, fact)
            return
        self.page.open_part("note")
        self._show_again()

    def print(self) -> None:
        """Print the query, or write it into a PDF."""
        if self.page.kind == "stop" and print_text(self.page, self.page.stop.text(), self.page.font(), "Query"):
            self.notes.sent()
            self._say("The query was handed to the printer.")

    def copied(self) -> tuple[str, str]:
        """The lines and the reason, or the query, and what is said of it; an empty text and why there is none."""
        if self.page.kind == "stop":
            self.notes.sent()
            return self.page.stop.text(), "Copied the query."
        if self.view and self.view.result and self.page.kind == "result":
            return copied.claim_text(self.view, self.view.result, self.seen.ticks), copied.said(self.view.result)
        return "", _NO_END

    def _act(self, action: str) -> None:
        """An action of the verdict band."""
        name, _, question = action.partition(":")
        doing: dict[str, Callable[[], object]] = {
            "details": lambda: self.do(self.session.ask_details),
            "copy": lambda: self.copy_wanted.emit(*self.copied()),
            "new": self.start_new,
            "check": lambda: self.check_wanted.emit(self.view),
            "date": self.date_wanted.emit,
            "change": lambda: self.go_to(question),
            "surgeon": lambda: self.answer(question, "not_documented"),
            "enter": self.enter_answer,
            "print": self.print,
            "save": self.save_wanted.emit,
        }
        doing[name]()

    def _say(self, text: str, note: str = "") -> None:
        self.said.emit(text, note, True)
