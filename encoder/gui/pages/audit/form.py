"""What is audited: the file, how its columns were understood, where the findings go, and under which tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.gui import files
from encoder.gui.audit_work import Asked
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox, Segmented
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.fields import Named, line
from encoder.gui.widgets.flow import set_across
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.text import Inset, Words

_CLAIMS, _FINDINGS = "Claims (*.csv *.txt *.tsv);;All files (*)", "Findings (*.csv)"
_SETTINGS = ((PRACTITIONER, "Practitioner"), (HOSPITAL, "Outpatient hospital"))
_EMPTY = (
    "Choose a csv of past claims: one row a claim line, with a header, the rows of a claim together. Drop it here, "
    "paste its path, or press Ctrl+O. It is read from this computer and kept nowhere."
)
_NO_LOOK_BACK = "no, by the dates of service alone"


class AuditForm(Scroller):
    """Fields at the left, the columns of the file at the right or below.

    Signals:
        file_named(Path): another file of claims. run_wanted(): the audit is to run.
    """

    file_named = Signal(object)
    run_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self.source, self.out = (
            line("File of claims", "claims.csv"),
            line("File of the findings", "claims-findings.csv"),
        )
        self.choose = KeyButton(look, "Choose…", icon="open", keys=("Ctrl", "O"))
        self.place = KeyButton(look, "", icon="save")
        self.place.setAccessibleName("Choose where the findings go")
        self.setting = Segmented(look, "Setting of claims that do not say theirs", _SETTINGS)
        self.against = ComboBox(look, "Look back under other tables")
        self.run = KeyButton(look, "Run the audit", icon="check", keys=("Ctrl", "Enter"), kind="primary")
        self.error = IconLine(look, "stop", "stop", "", "body", "stop")
        self.columns = Section(look, "How the columns were understood", most_label=0.4)
        self._empty = Inset(look, _EMPTY, "body", "text2")
        self._lay_out(look)
        self.choose.clicked.connect(self.choose_file)
        self.place.clicked.connect(self.choose_place)
        self.source.returnPressed.connect(self._take_source)
        self.source.editingFinished.connect(self._take_source)
        self.run.clicked.connect(self.run_wanted)
        self._named = ""
        self.refuse("")
        self.show_columns([])
        self._measure()
        look.changed.connect(self._measure)

    def _lay_out(self, look: Look) -> None:
        fields = QFrame()
        self._fields = QVBoxLayout(fields)
        self._rows: list[QHBoxLayout] = []
        self._fields.addWidget(self.error)
        self._row(Named(look, "File of claims", self.source), self.choose)
        self._row(Named(look, "Findings go into", self.out), self.place)
        for name, control in (
            ("Setting of claims that do not say theirs", self.setting),
            ("Look back: what would differ", self.against),
        ):
            self._fields.addWidget(Named(look, name, control), 0, Qt.AlignmentFlag.AlignLeft)
        said = "A look-back audits the same file under the tables of another day and writes the differences alone."
        self._fields.addWidget(Words(look, said, "small", "text2"))
        self._fields.addWidget(self.run, 0, Qt.AlignmentFlag.AlignLeft)
        self._fields.addStretch(1)
        right = QWidget()
        self._columns = QVBoxLayout(right)
        self._columns.addWidget(self._empty)
        self._columns.addWidget(self.columns)
        self._columns.addStretch(1)
        body = QWidget()
        body.setProperty("fill", "none")
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._across.addWidget(fields, 1)
        self._across.addWidget(right, 1)
        self.setWidget(body)

    def _row(self, field: QWidget, button: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._rows.append(row)
        self._fields.addLayout(row)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_file(self, file: Path) -> None:
        """Show a file of claims, and offer a place for its findings beside it."""
        self.source.setText(str(file))
        self._named = self.source.text()
        self.out.setText(str(file.with_name(f"{file.stem}-findings.csv")))
        self.refuse("")

    def show_columns(self, facts: Sequence[Fact]) -> None:
        """Show how the columns of the file were understood; without any what goes here."""
        self.columns.show_facts(facts)
        self._empty.setVisible(not facts)
        self.run.setEnabled(bool(facts) and not any(fact.ink == "stop" for fact in facts))
        self.run.setToolTip("" if self.run.isEnabled() else "Choose a file of claims first")

    def show_days(self, days: Sequence[tuple[str, str]]) -> None:
        """Offer days under whose tables the file can be audited too."""
        chosen = self.against.currentData()
        self.against.clear()
        self.against.addItem(_NO_LOOK_BACK, "")
        for day, words in days:
            self.against.addItem(words, day)
        self.against.setCurrentIndex(max(self.against.findData(chosen), 0))

    def refuse(self, sentence: str) -> None:
        """Say what went wrong; without a sentence nothing did."""
        self.error.set_words(sentence)
        self.error.setVisible(bool(sentence))

    def asked(self) -> Asked:
        """What is to be audited."""
        day = self.against.currentData()
        against = date.fromisoformat(day) if day else None
        return Asked(Path(self.source.text().strip()), Path(self.out.text().strip()), self.setting.current(), against)

    def focus_main(self) -> None:
        """Put the focus on what comes next: the file, or running the audit."""
        (self.run if self.run.isEnabled() else self.source).setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is wanted -----------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Choose a file of claims."""
        file = files.open_file(self, "File of claims", _CLAIMS)
        if file is not None:
            self.file_named.emit(file)

    def choose_place(self) -> None:
        """Choose the file that the findings go into."""
        file = files.save_file(self, "Findings go into", self.out.text(), _FINDINGS)
        if file is not None:
            self.out.setText(str(file))

    def _take_source(self) -> None:
        written = self.source.text()
        if written != self._named and files.typed(written):
            self._named = written
            self.file_named.emit(files.typed(written)[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_across(self._across, across=self.width() >= self._look.px("sheet"))

    def _measure(self) -> None:
        px = self._look.px
        self._across.setContentsMargins(px("pane"), px("pane"), px("pane"), px("pane"))
        self._across.setSpacing(px("wide"))
        for layout in (self._fields, self._columns):
            layout.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(px("part"))
        for row in self._rows:
            row.setSpacing(px("tight"))
        self.against.setMaximumWidth(px("sheet"))
