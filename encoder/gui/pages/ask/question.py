"""A question in plain words: the box, the answer with its sources, its codes and rows, and what can be asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.core.ask.answer import Answer
from encoder.gui.ask_work import NATIONAL, AskWork, place_id
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.ask.part import Part
from encoder.gui.pages.ask.sheet import InLine, Sheet
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Inset, Words
from encoder.gui.wording import ask as words
from encoder.gui.wording.sources import Sources, many

_NOT_LOADED = "Localities are not loaded: amounts are national."
_PLACEHOLDER = "for example: can 20932 go with 27447"


class QuestionPart(Part):
    """One box; Enter answers. Without a question it shows what can be asked.

    Signals:
        copy_wanted(): the answer.
    """

    copy_wanted = Signal()

    def __init__(self, look: Look, work: AskWork, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(look, work, sources, parent)
        self.answer: Answer | None = None
        self.facts: dict[str, str] = {}
        self.box = QLineEdit()
        self.box.setAccessibleName("Question")
        self.box.setPlaceholderText(_PLACEHOLDER)
        self.take = KeyButton(look, "Answer", icon="ask", keys=("Enter",), kind="primary")
        self.about = Words(look, "", "small", "text2", wrap=False)
        self.locality = ComboBox(look, "Locality of amounts")
        self._national = Words(look, _NOT_LOADED, "small", "text3", wrap=False)
        self.refusal = IconLine(look, "warn", "warn", "", "body", "warn")
        self.head, self.source = Inset(look, "", "answer"), Inset(look, "", "label", "text3")
        self.read_as = Inset(look, "", "small", "text2")
        self.more = Section(look, "", text_role="body", whole_cites=True)
        self.more.table.setAccessibleName("The answer, sentence by sentence")
        self.near = Section(look, "Nearest", text_role="body")
        self.examples = Section(look, "What can be asked", text_role="body")
        self.codes, self.rows = Section(look, "Codes", text_role="body"), Section(look, "Rows", whole_cites=True)
        self.asked = Section(look, "Asked before", text_role="body")
        self.copy = KeyButton(look, "Copy answer and rows", icon="copy", keys=("Ctrl", "Shift", "C"))
        self.start = KeyButton(look, "", icon="case", keys=("Ctrl", "Enter"))
        self.again = KeyButton(look, "What can be asked", icon="help")
        self._lay_out()
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self.show_answer(None)

    def _lay_out(self) -> None:
        row = Flow(self._look)
        for button in (self.copy, self.start, self.again):
            row.addWidget(button)
        self._actions.setLayout(row)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.setContentsMargins(0, 0, 0, 0)
        for words_ in (InLine(self._look, self.refusal), self.head, self.source, self.read_as):
            self._head.addWidget(words_)
        self._answer = head
        left = (head, self._actions, self.more, self.near, self.examples)
        self.sheet = Sheet(self._look, left, (self.codes, self.rows, self.asked))
        self._field = QHBoxLayout()
        self._field.addWidget(self.box, 1)
        self._field.addWidget(self.take)
        under = QWidget()
        said = Flow(self._look, under, gap="part")
        for widget in (self.about, self.locality, self._national):
            said.addWidget(widget)
        self._top.addLayout(self._field)
        self._top.addWidget(under)
        self._stack()

    def _connect(self) -> None:
        self.box.returnPressed.connect(lambda: self.ask(self.box.text()))
        self.take.clicked.connect(lambda: self.ask(self.box.text()))
        self.copy.clicked.connect(self.copy_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.again.clicked.connect(lambda: self.ask(""))
        for section in (self.examples, self.asked):
            section.table.opened.connect(self.ask)
        self.codes.table.opened.connect(self.code_wanted)
        self.near.table.opened.connect(self._go_near)
        self.locality.activated.connect(lambda at: self._place(str(self.locality.itemData(at))))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def ask(self, text: str) -> None:
        """Answer a question; an empty one shows what can be asked."""
        self.box.setText(text)
        self.show_answer(self.work.ask(text) if text.strip() else None)
        self.focus_main()
        self.box.selectAll()

    def again_on(self) -> None:
        """The date or the tables are others: the same question is answered again."""
        if self.answer is not None:
            self.show_answer(self.work.ask(self.answer.question))
        else:
            self.show_answer(None)

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer; none for what can be asked."""
        self.answer = answer
        self.facts = self.work.facts(answer) if answer else {}
        self._show_about()
        refused = words.refused(answer) if answer else ""
        self.refusal.set_words(refused)
        self.refusal.setVisible(bool(refused))
        self._answer.setVisible(answer is not None)
        self._actions.setVisible(answer is not None)
        asked = [text for text in self.work.asked if answer is None or text != answer.question]
        self.asked.show_facts(words.asked(asked), "in this window; never stored")
        self.examples.show_facts(() if answer else words.examples())
        if answer is not None:
            self._show(answer)
        else:
            for section in (self.more, self.near, self.codes, self.rows):
                section.show_facts(())
        self.sheet.to_top()
        self.changed.emit()
        if self.isVisible():
            lay_out_now()

    def _show(self, answer: Answer) -> None:
        sources = self._sources
        self.head.set_words(words.head(answer))
        self.source.set_words(words.cite(answer.said[0].cites, sources))
        self.source.setVisible(bool(self.source.text()))
        self.read_as.set_words(words.read_as(answer))
        self.read_as.setVisible(bool(answer.read_as))
        self.more.show_facts(words.sentences(answer.said[1:], sources))
        codes = words.codes(answer, sources.title)
        self.codes.show_facts(codes)
        self.near.show_facts(words.near(answer.near, {fact.id for fact in codes}))
        self.rows.show_facts(words.rows(answer.rows), many(len(answer.rows), "row"))
        self.start.setText(words.start(len(self.facts)))
        self.start.setVisible(bool(self.facts))
        self.start.updateGeometry()

    def _show_about(self) -> None:
        work = self.work
        self.about.set_words(f"On {work.session.on}, the date of service of the case.")
        places = work.localities()
        self.locality.clear()
        self.locality.addItem("Amounts: national", NATIONAL)
        for place in places:
            self.locality.addItem(f"{place.state} {place.number}, {place.name}", place_id(place))
        self.locality.setCurrentIndex(max(self.locality.findData(work.locality), 0))
        self.locality.setVisible(bool(places))
        self._national.setVisible(not places)

    def _place(self, locality: str) -> None:
        self.work.locality = locality
        self.again_on()

    def _go_near(self, place: str) -> None:
        kind, _, name = place.partition(":")
        {"ask": self.ask, "code": self.code_wanted.emit}.get(kind, self.question_wanted.emit)(name)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def focus_main(self) -> None:
        """Put the focus into the box."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_frame(self, frame: Frame) -> None:
        """Two columns, or one."""
        self.sheet.set_stacked(stacked=frame.across != "wide")
        self.take.setText("Answer" if frame.across != "narrow" else "")
        self.take.setAccessibleName("Answer")
        self.take.updateGeometry()

    def _measure(self) -> None:
        super()._measure()
        px = self._look.px
        self._field.setSpacing(px("near"))
        self._head.setSpacing(px("tight"))
