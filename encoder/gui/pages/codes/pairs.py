"""The code pairs of a code: a table of both directions, narrowed by words, direction, setting and indicator."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QVBoxLayout, QWidget

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.page.edits import filtered
from encoder.core.page.model import CodePage
from encoder.gui.look import Look
from encoder.gui.pages.codes.panels import CodePanel
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.rows import Index
from encoder.gui.widgets.tables import RowTable, TableModel
from encoder.gui.widgets.text import Inset
from encoder.gui.wording import code as words
from encoder.gui.wording.code import PairRow
from encoder.gui.wording.sources import many

OTHER, GIVES, MODIFIER, SETTING, READING = range(5)
_HEADS = ("Other code", "Gives way", "Modifier", "Setting", "Reading")
_MODIFIERS = {"0": "0 · never", "1": "1 · allowed", "9": "9 · withdrawn"}
_ALLOWED = "“Allowed”: only for a separate site or encounter that the note shows."


class PairModel(TableModel[PairRow]):
    """The rows as a table model."""

    def heads(self) -> tuple[str, ...]:
        return _HEADS

    def cells(self, item: PairRow) -> tuple[str, ...]:
        modifier = _MODIFIERS.get(item.indicator, item.indicator)
        return item.other, item.gives_way, modifier, item.settings, item.title

    def spoken(self, item: PairRow) -> str:
        way = f"{item.gives_way} gives way, indicator {item.indicator}, {item.means}"
        return f"{item.other}, {item.title}: {way}, {item.settings}"

    def hint(self, item: PairRow, column: int) -> str:
        return in_full(item).replace("`", "")

    def mark(self, item: PairRow, column: int) -> tuple[str, str]:
        return "", "stop" if column == MODIFIER and item.indicator == "0" else ""

    def code(self, column: int) -> bool:
        return column in (OTHER, GIVES)


def in_full(row: PairRow) -> str:
    """All that a row says."""
    return (
        f"`{row.other}` {row.title}: `{row.gives_way}` gives way. Indicator {row.indicator}: {row.means}. "
        f"{row.rationale}, {row.settings}. Row {row.row}"
    )


class PairTable(RowTable):
    """The table with its keys; as high as its rows, up to a height of the tokens, then it scrolls.

    Signals:
        code_wanted(str): Enter on a row. current(str): all that the current row says.
        leave_up(), leave_down(): Up from the first row, Down from the last.
    """

    code_wanted = Signal(str)
    current = Signal(str)
    leave_up = Signal()
    leave_down = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Code pairs", parent)
        self.pairs = PairModel(self)
        self.setModel(self.pairs)
        self.horizontalHeader().setMinimumSectionSize(look.px("edge"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleDescription("Enter opens the other code.")
        self.resized.connect(self._fit)
        self.clicked.connect(lambda index: self._open(index) if index.column() == OTHER else None)
        look.changed.connect(self._fit)

    def show_rows(self, rows: Sequence[PairRow]) -> None:
        """Show other rows."""
        self.pairs.set_rows(rows)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px("least_code_column"), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px("least_possible"), self._wanted())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.current.emit(in_full(self.pairs.rows()[current.row()]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at, last = event.key(), self.currentIndex().row(), len(self.pairs.rows()) - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Up and at <= 0:
            self.leave_up.emit()
        elif key == Qt.Key.Key_Down and at == last:
            self.leave_down.emit()
        elif key in _MOVES and last >= 0:
            to = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            self.setCurrentIndex(self.pairs.index(to[Qt.Key(key)], 0))
        else:
            event.ignore()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.code_wanted.emit(self.pairs.rows()[index.row()].other)

    def _wanted(self) -> int:
        rows = len(self.pairs.rows()) * self.look.px("row_high")
        return min(
            rows + self.horizontalHeader().sizeHint().height() + self.look.px("hair"), self.look.px("pairs_high")
        )

    def _fit(self) -> None:
        """Columns as wide as their words, the reading takes the rest; where that is little, the setting goes."""
        header, room = self.horizontalHeader(), self.viewport().width()
        wanted = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(READING)]
        tight = sum(wanted) + self.look.px("least_possible") > room
        self.setColumnHidden(SETTING, tight)
        if tight:
            wanted[SETTING] = 0
        for column, width in enumerate(wanted):
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(READING, max(room - sum(wanted), self.look.px("field_case")))


_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class PairsPanel(CodePanel):
    """Filters above the table, and below it what "allowed" means.

    Signals:
        code_wanted(str): the page of another code. start_wanted(str): the answers that lead to both codes of a pair.
    """

    code_wanted = Signal(str)
    start_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Code pairs", parent)
        self._page: CodePage | None = None
        self._title = "Code pairs"
        self.text = QLineEdit()
        self.text.setAccessibleName("Words in code, title or rationale")
        self.text.setPlaceholderText("code, title or reading")
        self.direction = _box(
            look, "Direction", (("", "both ways"), ("first", "other gives way"), ("second", "it gives way"))
        )
        self.setting = _box(
            look, "Setting", (("", "all settings"), (PRACTITIONER, "practitioner"), (HOSPITAL, "hospital"))
        )
        self.indicator = _box(
            look, "Indicator", (("", "0 and 1"), ("0", "0, never"), ("1", "1, allowed"), ("9", "9, withdrawn"))
        )
        self.pairs = PairTable(look)
        self.none = Inset(look, "No pair fits the filter.", "small", "text2")
        self._filters = QWidget()
        flow = Flow(look)
        for control in (self.direction, self.setting, self.indicator):
            flow.addWidget(control)
        self._filters.setLayout(flow)
        self.full = Inset(look, _ALLOWED, "small", "text2")
        self.start = KeyButton(look, "", icon="case", keys=("Ctrl", "R"), small=True)
        begin = QWidget()
        Flow(look, begin).addWidget(self.start)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.text, self._filters, self.pairs, self.none, self.full, begin):
            column.addWidget(part)
        self._whole, self._inner = whole, column
        self.add(whole)
        self.text.textEdited.connect(lambda _text: self._filter())
        for combo in (self.direction, self.setting, self.indicator):
            combo.activated.connect(lambda _at: self._filter())
        self.pairs.code_wanted.connect(self.code_wanted)
        self.pairs.current.connect(self._turned)
        self.start.clicked.connect(lambda: self.start_wanted.emit(self.other()))
        self.pairs.leave_up.connect(lambda: self.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pairs.leave_down.connect(self.leave_down)
        self._measure_pairs()
        look.changed.connect(self._measure_pairs)

    def show_page(self, page: CodePage) -> None:
        """Show the pairs of a page, nothing filtered out."""
        self._page = page
        self.text.clear()
        for combo in (self.direction, self.setting, self.indicator):
            combo.setCurrentIndex(0)
        self._whole.setVisible(bool(page.edits))
        self._filter()

    def first(self) -> QWidget:
        return self.pairs if self._whole.isVisibleTo(self) and self.pairs.pairs.rows() else self.table

    def focus_main(self) -> None:
        super().focus_main()
        if self.first() is self.pairs and not self.pairs.currentIndex().isValid():
            self.pairs.setCurrentIndex(self.pairs.pairs.index(0, 0))

    def other(self) -> str:
        """The other code of the current pair; empty for none."""
        row = self.pairs.currentIndex().row()
        return self.pairs.pairs.rows()[row].other if row >= 0 else ""

    def _turned(self, in_full: str) -> None:
        self.full.set_words(in_full)
        self._show_start()

    def _show_start(self) -> None:
        other = self.other()
        self.start.setVisible(bool(other))
        if self._page is not None and other:
            self.start.setText(words.start(self._page.code, other))
            self.start.updateGeometry()

    def _filter(self) -> None:
        page = self._page
        if page is None:
            return
        way = {"": None, "first": True, "second": False}[str(self.direction.currentData())]
        setting, indicator = str(self.setting.currentData()), str(self.indicator.currentData())
        rows = words.pairs(page, filtered(page.edits, self.text.text(), setting, indicator, way))
        whole = len(words.pairs(page, page.edits))
        self.pairs.show_rows(rows)
        self.pairs.setVisible(bool(rows))
        self.full.set_words(_ALLOWED)
        self._show_start()
        self.none.setVisible(not rows)
        self.title.set_title(
            self._title, many(whole, "pair") if len(rows) == whole else f"{len(rows)} of {whole} pairs"
        )

    def _measure_pairs(self) -> None:
        px = self._look.px
        self._inner.setSpacing(px("tight"))
        self._inner.setContentsMargins(px("snug"), 0, px("snug"), 0)


def _box(look: Look, name: str, choices: Sequence[tuple[str, str]]) -> ComboBox:
    made = ComboBox(look, name)
    for value, said in choices:
        made.addItem(said, value)
    return made
