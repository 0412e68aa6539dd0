"""The findings of an audit as they were written, filtered; the current one in full below the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.fields import line
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.tables import RowTable, TableModel
from encoder.gui.widgets.text import Words
from encoder.gui.wording import audit as words
from encoder.gui.wording.case import spaced
from encoder.gui.wording.findings import TABLES, TAGS
from encoder.gui.wording.sources import mark_codes
from encoder.store.findings_file import Found, FoundRows, Wanted

CLAIM, LINES, SEVERITY, KIND, SAY, STAKE = range(6)
_HEADS = ("Claim", "Lines", "Severity", "Kind", "Finding", "US$")
_REST = 200  # ms after the last letter of the filter


class FindingsModel(TableModel[Found]):
    """Findings as a table model."""

    figures = frozenset((STAKE,))

    def heads(self) -> tuple[str, ...]:
        return _HEADS

    def cells(self, item: Found) -> tuple[str, ...]:
        severity = words.SEVERITIES.get(item.severity, item.severity)
        kind = words.KINDS.get(item.kind, item.kind)
        change = f"{item.change}: " if item.change else ""
        return item.claim, item.lines, severity, kind, change + item.say, _stake(item)

    def spoken(self, item: Found) -> str:
        return f"Claim {item.claim}, {full(item)}"

    def hint(self, item: Found, column: int) -> str:
        return item.say if column == SAY else ""

    def mark(self, item: Found, column: int) -> tuple[str, str]:
        tag = TAGS.get(item.severity)
        if column != SEVERITY:
            return "", ""
        return tag.icon if tag else "no", {"stop": "stop", "warn": "warn"}.get(tag.kind if tag else "", "text2")


def _stake(row: Found) -> str:
    try:
        return f"{float(row.at_stake):,.2f}" if row.at_stake else ""
    except ValueError:
        return row.at_stake


def full(row: Found) -> str:
    """Everything about a finding."""
    name = f"{TABLES.get(row.table, row.table)} {spaced(row.edition)}".strip()
    proof = ", ".join(part for part in (name, row.row.rpartition(":")[2].replace(">", " → ")) if part)
    said = [f"line {row.lines}" if row.lines else "", words.SEVERITIES.get(row.severity, row.severity), row.say, proof]
    return " · ".join(part for part in said if part)


class AuditFindings(QWidget):
    """A row of filters, the table, and the current finding in full.

    Signals:
        wanted(Wanted): other findings are wanted.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.kind, self.severity = ComboBox(look, "Kind of finding"), ComboBox(look, "Severity")
        self.change = ComboBox(look, "Difference")
        self.text = line("Text in a finding: claim, code, words", "claim, code, words")
        for box, first, names in (
            (self.kind, "every kind", words.KINDS),
            (self.severity, "every severity", words.SEVERITIES),
            (self.change, "every difference", words.CHANGES),
        ):
            box.addItem(first, "")
            for key, name in names.items():
                box.addItem(name, key)
            box.currentIndexChanged.connect(lambda _at: self._tell())
        self.count = Words(look, "", "small", "text2", wrap=False)
        self._filters = Flow(look)
        for widget in (self.severity, self.kind, self.change, self.text, self.count):
            self._filters.addWidget(widget)
        self.table = RowTable(look, "Findings")
        self.model = FindingsModel(self)
        self.table.setModel(self.model)
        self.table.resized.connect(self._fit)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.detail = IconLine(look, "info", "text2", "")
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._filters)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.detail)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._tell)
        self.text.textEdited.connect(lambda _text: self._rest.start())
        self.text.returnPressed.connect(self._tell)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_detail(now.row()))
        self.detail.hide()
        self._measure()
        look.changed.connect(self._measure)

    def begin(self, *, look_back: bool) -> None:
        """Show the findings of another file, all of them."""
        for box in (self.kind, self.severity, self.change):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.text.clear()
        self.change.setVisible(look_back)
        self._tell()

    def show_found(self, found: FoundRows) -> None:
        """Show findings that were read."""
        self.model.set_rows(found.rows)
        shown = f"the first {len(found.rows):,} of " if len(found.rows) < found.wanted else ""
        of = f" of {found.all:,}" if found.wanted < found.all else ""
        self.count.set_words(f"{shown}{found.wanted:,} findings{of}")
        self._fit()
        self.detail.hide()

    def focus_main(self) -> None:
        """Put the focus on the table, else on the filter."""
        if self.model.rows():
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self) -> None:
        self._rest.stop()
        kind, severity, change = (box.currentData() for box in (self.kind, self.severity, self.change))
        self.wanted.emit(Wanted(kind, severity, change, self.text.text().strip()))

    def _show_detail(self, at: int) -> None:
        rows = self.model.rows()
        if 0 <= at < len(rows):
            self.detail.show_line("info", "text2", mark_codes(full(rows[at])))
        self.detail.setVisible(0 <= at < len(rows))

    def _fit(self) -> None:
        """The words of a finding take what the other columns leave; in a narrow window some of those go."""
        room = self.table.viewport().width()
        narrow = room < self._look.px("sheet")
        self.table.setColumnHidden(LINES, narrow)
        self.table.setColumnHidden(KIND, narrow)
        self.text.setFixedWidth(self._look.px("find"))
        used = 0
        for column in (CLAIM, LINES, SEVERITY, KIND, STAKE):
            if not self.table.isColumnHidden(column):
                wanted = max(
                    self.table.sizeHintForColumn(column), self.table.horizontalHeader().sectionSizeHint(column)
                )
                width = min(wanted, room // 4)
                self.table.setColumnWidth(column, width)
                used += width
        self.table.setColumnWidth(SAY, max(room - used, self._look.px("least_possible")))

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("pane"), px("part"), px("pane"), px("part"))
        self._column.setSpacing(px("near"))
        self._fit()
