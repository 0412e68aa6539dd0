"""Everything that can have the focus has a name, a role and, in lists, words for every row."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.answer_rows import Option
from encoder.gui.widgets.answers import AnswerList
from encoder.gui.widgets.bars import EditionMark, EditionsStrip, Hint, HintBar
from encoder.gui.widgets.body_map import BodyMap
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import CheckBox, ComboBox, RadioButton, Segmented
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.panels import Callout, SectionTitle
from encoder.gui.widgets.tables import RowTable
from encoder.gui.widgets.text import Heading, Words
from encoder.gui.widgets.verdict import ClaimLine, CodeLines, VerdictLine
from encoder.gui.widgets.way import WayList, WayStep
from encoder.gui.widgets.way_line import WayLine

Role = QAccessible.Role


def page(look: Look) -> QWidget:
    answers, way, facts, line = AnswerList(look), WayList(look), FactTable(look, "Why not"), WayLine(look)
    answers.set_question("Which bone?", [Option("femur", "Femur"), Option("tibia", "Tibia")])
    way.set_steps([WayStep("where", "Where", "Limb")])
    line.set_steps([WayStep("where", "Where", "Limb")])
    facts.set_facts([Fact("20933", "20933", "Form: joint surface", code=True)])
    lines, strip, bar = CodeLines(look), EditionsStrip(look), HintBar(look)
    lines.set_lines([ClaimLine("20932", "Donor bone with a joint surface")])
    strip.set_editions("Editions", [EditionMark("Values 2026")])
    bar.set_hints([Hint(("F1",), "help")])
    made = QWidget()
    column = QVBoxLayout(made)
    for widget in (
        *(strip, line, Heading(look, "Which bone?"), answers, way, facts, lines, bar, BodyMap(look)),
        *(
            KeyButton(look, "Copy", keys=("C",)),
            CheckBox(look, "On"),
            RadioButton(look, "Dark"),
            ComboBox(look, "Place"),
        ),
        *(Segmented(look, "Claim", [("a", "Surgeon"), ("b", "Facility")]), Callout(look, "warn", "Two facts", "More")),
        *(
            SectionTitle(look, "Why"),
            VerdictLine(look, "decided", "Decided"),
            Words(look, "Words"),
            RowTable(look, "Cases"),
        ),
    ):
        column.addWidget(widget)
    return made


def walk(reader: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield reader
    for place in range(reader.childCount()):
        yield from walk(reader.child(place))


def test_everything_that_can_have_the_focus_has_a_name_and_a_role(look: Look, qtbot: QtBot) -> None:
    shown = page(look)
    qtbot.addWidget(shown)
    shown.show()
    roles = set()
    for reader in walk(QAccessible.queryAccessibleInterface(shown)):
        if reader.state().focusable and not reader.state().invisible:
            name = reader.text(QAccessible.Text.Name)
            assert name, f"{reader.role()} of {reader.object()} has no name"
            roles.add(reader.role())
    expected = {Role.List, Role.ListItem, Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.Graphic}
    assert roles >= expected | {Role.Table}


def test_the_rows_of_lists_are_read(look: Look, qtbot: QtBot) -> None:
    shown = page(look)
    qtbot.addWidget(shown)
    shown.show()
    read = {
        reader.text(QAccessible.Text.Name)
        for reader in walk(QAccessible.queryAccessibleInterface(shown))
        if reader.role() == Role.ListItem
    }
    assert read == {"1, Femur", "2, Tibia", "Where: Limb", "20933: Form: joint surface"}
