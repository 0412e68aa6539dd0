"""From a code back to the facts: the answers that lead to it, what the note must hold, and what two codes are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from encoder.core.reverse import Trail
from encoder.errors import UsageError
from encoder.gui.ask_work import AskWork, Origin
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.ask.part import Part
from encoder.gui.pages.ask.sheet import InLine, Sheet
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.fields import line
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.panels import Callout
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Heading, Inset, Words
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording import ask
from encoder.gui.wording import origin as words
from encoder.gui.wording.sources import Sources, many

_EMPTY = (
    "Type the code that the surgeon wrote, and a second one if there is one. You see which answers lead to it and what "
    "the note must show for it; two codes are held against the tables. The tree then starts with those answers as "
    "assumptions, and nothing rests on one until you confirm it."
)
_NOTHING = "Type the code that was written into the first field, for example 20932."


class OriginPart(Part):
    """Two fields; Enter looks up. Of several ways the digits choose one, and its answers start the tree."""

    def __init__(self, look: Look, work: AskWork, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(look, work, sources, parent)
        self.origin: Origin | None = None
        self._chosen = 0
        self.code, self.beside = line("Code that was written", "20932"), line("together with", "no other code")
        self.take = KeyButton(look, "Look up", icon="search", keys=("Enter",), kind="primary")
        self.error = VerdictLine(look, "error")
        self.about = Words(look, "", "small", "text2")
        self.empty = Inset(look, _EMPTY, "body", "text2")
        self.name = Heading(look, "", "place")
        self.standing = IconLine(look, "warn", "warn", "", "body", "warn")
        self.pair, self._pair_source = Callout(look, "ok", ""), Words(look, "", "label", "text3")
        self.pair.add(self._pair_source)
        self.leads = Inset(look, "", "body", "text2")
        self.ways = Section(look, "Which way", text_role="body")
        self.needs = Section(look, "What the note must say on this way", text_role="body")
        self.start = KeyButton(look, "", icon="case", keys=("Ctrl", "Enter"), kind="primary")
        self.open = KeyButton(look, "Page of the code", icon="codes")
        self.lines = Section(look, "More on the two codes", whole_cites=True)
        self.notes = [Section(look, "", whole_cites=True), Section(look, "", whole_cites=True)]
        self.rows = Section(look, "Rows", whole_cites=True)
        self._lay_out()
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self._refuse("")
        self.show_origin(None)

    def _lay_out(self) -> None:
        look = self._look
        fields = QWidget()
        row = Flow(look, gap="part")
        self._pairs: list[QHBoxLayout] = []
        for field in (self.code, self.beside):
            pair = QHBoxLayout()
            pair.addWidget(Words(look, field.accessibleName(), "small", "text2", wrap=False))
            pair.addWidget(field)
            pair.setContentsMargins(0, 0, 0, 0)
            self._pairs.append(pair)
            named = QWidget()
            named.setLayout(pair)
            row.addWidget(named)
        row.addWidget(self.take)
        fields.setLayout(row)
        buttons = Flow(look)
        for button in (self.start, self.open):
            buttons.addWidget(button)
        self._actions.setLayout(buttons)
        left = (
            *(self.empty, self.name, InLine(look, self.standing), self.pair, self.leads),
            *(self.ways, self.needs, self._actions),
        )
        self.sheet = Sheet(look, left, (*self.notes, self.lines, self.rows))
        for widget in (fields, self.error, self.about):
            self._top.addWidget(widget)
        self._stack()

    def _connect(self) -> None:
        for field in (self.code, self.beside):
            field.returnPressed.connect(self._look_up)
            field.textEdited.connect(lambda: self._refuse(""))
        self.take.clicked.connect(self._look_up)
        self.ways.table.opened.connect(lambda place: self.choose(int(place)))
        self.needs.table.opened.connect(self.question_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.open.clicked.connect(lambda: self.code_wanted.emit(self.origin.code if self.origin else ""))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def look_up(self, code: str, with_code: str, way: int = 0) -> None:
        """Show what leads to a code, and to both where there is a second one; of several ways one is chosen."""
        self.code.setText(code)
        self.beside.setText(with_code)
        self._look_up()
        self._choose_again(way)

    def again_on(self) -> None:
        """The date or the tables are others: the same codes are looked up again."""
        chosen = self._chosen
        self._find()
        self._choose_again(chosen)

    def _choose_again(self, place: int) -> None:
        if self.origin is not None and place < len(self.origin.ways):
            self.choose(place)

    def _look_up(self) -> None:
        self._find(looked=True)
        if self.origin is None or not self.sheet.focus_column(0):
            self.focus_main()
        self.sheet.to_top()  # what two codes are stands above the row that has the focus

    def _find(self, *, looked: bool = False) -> None:
        """Look up what is in the fields; ``looked``: somebody asked for it, and is told where nothing is typed."""
        self._refuse("")
        found = None
        try:
            if self.code.text().strip():
                found = self.work.origin(self.code.text(), self.beside.text())
            else:
                self._refuse(_NOTHING if looked else "")
        except UsageError as error:
            self._refuse(str(error))
        self.show_origin(found)

    def _refuse(self, sentence: str) -> None:
        self.error.set_words(sentence)
        self.error.setVisible(bool(sentence))

    def show_origin(self, origin: Origin | None) -> None:
        """Show a code and its ways; none for the words on what this is."""
        self.origin, self._chosen = origin, 0
        on = str(self.work.session.on)
        self.about.set_words(f"On {on}, the date of service of the case.")
        self.empty.setVisible(origin is None)
        self.take.set_kind("plain" if origin else "primary")
        for widget in (self.name, self._actions):
            widget.setVisible(origin is not None)
        self._show_pair(origin)
        leads = words.leads(origin, on) if origin else ""
        self.leads.set_words(leads)
        self.leads.setVisible(bool(leads))
        self.standing.set_words(origin.standing if origin else "")
        self.standing.setVisible(origin is not None and bool(origin.standing))
        for section, code in zip(self.notes, [*(origin.notes if origin else ()), "", ""], strict=False):
            section.rename(f"The note must show for {code}")
            section.show_facts(words.note(origin, code, self._sources) if origin and code else ())
        if origin is not None:
            self.name.set_words(words.head(origin))
            self.open.setText(f"Page of {origin.code}")
            self.open.updateGeometry()
        self.choose(0)
        self.sheet.to_top()

    def _show_pair(self, origin: Origin | None) -> None:
        pair = origin.beside if origin else None
        self.pair.setVisible(pair is not None)
        self.lines.show_facts(ask.sentences(pair.lines, self._sources) if pair else ())
        refs = words.pair_rows(pair) if pair else ()
        self.rows.show_facts(ask.rows(refs), many(len(refs), "row"))
        if pair is not None:
            kind, title, sentence = words.state(pair)
            self.pair.set_kind(kind)
            self.pair.set_words(title, sentence)
            self._pair_source.set_words(words.state_source(pair, self._sources))

    def choose(self, place: int) -> None:
        """Choose one of the ways: its answers are what is assumed."""
        self._chosen = place
        ways = self.origin.ways if self.origin else ()
        current = self.ways.table.currentIndex().row()
        self.ways.show_facts(words.choices(ways, place) if len(ways) > 1 else (), many(len(ways), "group"))
        if self.ways.table.hasFocus() and current >= 0:
            self.ways.table.setCurrentIndex(self.ways.table.model().index(place, 0))
        way = self.way()
        self.needs.show_facts(words.needs(way) if way else ())
        given = self.given()
        self.start.setText(words.start(len(given)))
        self.start.setVisible(bool(given))
        self.start.updateGeometry()
        self.changed.emit()
        if self.isVisible():
            lay_out_now()

    def way(self) -> Trail | None:
        """The chosen way."""
        ways = self.origin.ways if self.origin else ()
        return ways[self._chosen] if self._chosen < len(ways) else None

    def given(self) -> dict[str, str]:
        """The answers to start the tree with."""
        way = self.way()
        return self.work.assumptions(way) if way else {}

    def meant(self) -> str:
        """What they come from."""
        return words.meant(self.origin) if self.origin else ""

    # -- keys ---------------------------------------------------------------------------------------------------------

    def focus_main(self) -> None:
        """Put the focus into the first field."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    def has_choice(self) -> bool:
        """Whether digits choose one of several ways."""
        return self.ways.table.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = self.origin.ways if self.origin else ()
        digit = int(event.text()) if event.text() in set("123456789") else 0
        if digit and digit <= len(ways) and self.has_choice():
            self.choose(digit - 1)
        else:
            super().keyPressEvent(event)

    def set_frame(self, frame: Frame) -> None:
        """Two columns, or one."""
        self.sheet.set_stacked(stacked=frame.across != "wide")
        self.about.setVisible(frame.down != "low")
        self.take.setText("Look up" if frame.across == "wide" else "")
        self.take.setAccessibleName("Look up")
        self.take.updateGeometry()

    def _measure(self) -> None:
        super()._measure()
        px = self._look.px
        for field, pair in zip((self.code, self.beside), self._pairs, strict=True):
            field.setFixedWidth(px("field_code_short"))
            pair.setSpacing(px("near"))
