"""The panes beside the page: the way, what is possible, the check of a query, help, and the pane that holds them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from encoder import paths
from encoder.core.query import check
from encoder.gui.look import Look
from encoder.gui.panes.check import CheckPane
from encoder.gui.panes.help import HelpPane
from encoder.gui.panes.possible import PossiblePane
from encoder.gui.panes.right import Mode, RightPane
from encoder.gui.panes.way import WayPane
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.panels import KeyLine
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Words
from encoder.store.cue_file import read_query_words
from tests.gui.made import Places, candidate, gone, queried, view


@pytest.fixture
def pane(look: Look) -> Iterator[dict[str, QWidget]]:
    """Panes that a test makes, closed behind it."""
    made: dict[str, QWidget] = {}
    yield made
    for one in made.values():
        one.close()
        one.deleteLater()


def shown(pane: QWidget) -> None:
    pane.resize(396, 500)
    pane.show()
    lay_out_now()


def said(table: FactTable) -> list[str]:
    return [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]


# -- what is possible -------------------------------------------------------------------------------------------------


def test_what_is_possible_and_what_was_ruled_out_by_which_answer(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["possible"] = PossiblePane(look)
    shown(made)
    made.show_view(view())
    assert said(made.possible.table) == ["+ 20932: title of joint", "others: title of others, 3"]
    assert said(made.ruled_out.table) == [
        "+ 20934: title of ring, just now, Form: joint surface",
        "+ 20930, 20931: title of spine, Form: joint surface",
    ]
    assert made.count() == 2


def test_a_large_family_is_named_by_its_first_code_and_has_all_in_the_hint(
    look: Look, pane: dict[str, QWidget]
) -> None:
    made = pane["possible"] = PossiblePane(look)
    family = candidate("vessels", "20955", "20956", "20957", roles=("primary",) * 3)
    made.show_view(view(possible=(family,)))
    assert said(made.possible.table) == ["20955 …: title of vessels, 3 codes"]
    assert made.possible.table.facts()[0].hint == "20955, 20956, 20957"


def test_enter_on_what_was_ruled_out_goes_to_the_answer_that_did_it(
    look: Look, pane: dict[str, QWidget], qtbot: QtBot
) -> None:
    made = pane["possible"] = PossiblePane(look)
    shown(made)
    made.show_view(view())
    made.ruled_out.table.setFocus()
    made.ruled_out.table.setCurrentIndex(made.ruled_out.table.model().index(0, 0))
    with qtbot.waitSignal(made.question_wanted) as told:
        QTest.keyClick(made.ruled_out.table, Qt.Key.Key_Return)
    assert told.args == ["form"]


def test_the_words_of_both_lists_begin_in_one_column(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["possible"] = PossiblePane(look)
    shown(made)
    made.show_view(view(possible=(candidate("joint", "20932"),), ruled_out=(gone("spine", "20930", "20931"),)))
    alike = made.grab().toImage()
    made.show_view(view(possible=(candidate("joint", "20932"),), ruled_out=(gone("ring", "20934"),)))
    assert made.grab().toImage() != alike  # the codes ruled out are shorter, so the words above them move too
    first, second = (table.itemDelegate() for table in (made.possible.table, made.ruled_out.table))
    assert first.setting(0) == second.setting(0)  # type: ignore[attr-defined]


def test_nothing_left_is_said(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["possible"] = PossiblePane(look)
    shown(made)
    made.show_view(view(possible=()))
    words = [label.text() for label in made.findChildren(Words) if label.isVisible()]
    assert "Nothing is left: the case ended without a line." in words


def test_a_list_that_grew_has_its_place_at_once(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["possible"] = PossiblePane(look)
    made.show_view(view())
    shown(made)
    many = tuple(candidate(f"family{at}", f"2090{at}") for at in range(9))
    made.show_view(view(possible=many))
    lay_out_now()
    upper, lower = made.possible.table, made.ruled_out.table
    assert upper.height() == upper.heightForWidth(upper.width())
    assert lower.mapTo(made, lower.rect().topLeft()).y() > upper.mapTo(made, upper.rect().bottomLeft()).y()


# -- the check of a query ---------------------------------------------------------------------------------------------


def test_each_rule_of_a_query_is_shown_with_what_to_do(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["check"] = CheckPane(look)
    shown(made)
    result = queried().result
    assert result is not None
    lists = read_query_words(paths.resources() / "query_words.toml")
    made.show_checks(check(result.queries[0].text, lists))
    rows = said(made.section.table)
    assert len(rows) == 7
    assert rows[0].startswith("Quotes this record, with the place: not yet.")
    assert [fact.icon for fact in made.section.table.facts()] == ["warn", *["tick"] * 6]
    made.show_after(queried(), result.queries[0])
    words = [label.text() for label in made.findChildren(Words) if label.isVisible()]
    assert "Query check, 6 of 7 pass" in words
    assert "It reopens Form." in words


# -- help and the way -------------------------------------------------------------------------------------------------


def test_help_has_a_title_and_is_closed_by_key_and_button(look: Look, pane: dict[str, QWidget], qtbot: QtBot) -> None:
    made = pane["help"] = HelpPane(look)
    shown(made)
    made.show_text("Help: Form", "# The form\n\nOnly one fits.")
    assert made.article.accessibleName() == "Help: Form"
    assert "Only one fits." in made.article.text()
    with qtbot.waitSignal(made.closed):
        QTest.keyClick(made.article, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(made.closed):
        QTest.keyClick(made.article, Qt.Key.Key_Down)


def test_the_foot_of_the_way_says_its_key(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["way"] = WayPane(look)
    shown(made)
    foot = made.findChild(KeyLine)
    assert isinstance(foot, KeyLine)
    assert foot.accessibleName() == "↑: change an earlier answer"
    assert foot.heightForWidth(80) > foot.heightForWidth(300)


# -- the pane that holds them -----------------------------------------------------------------------------------------


def parts(made: RightPane) -> set[str]:
    held = {"possible": made.possible, "check": made.check, "note": made.note, "help": made.help}
    return {name for name, part in held.items() if part.isVisible()}


@pytest.mark.parametrize(
    ("mode", "first", "second"),
    [
        ("both", {"possible", "note"}, {"possible", "note"}),
        ("tabs", {"possible"}, {"note"}),
        ("one", {"possible"}, {"note"}),
    ],
)
def test_both_parts_or_one_of_them(
    look: Look, pane: dict[str, QWidget], mode: Mode, first: set[str], second: set[str]
) -> None:
    made = pane["right"] = RightPane(look, Places())
    made.possible.show_view(view())
    shown(made)
    made.set_mode(mode)
    assert parts(made) == first
    made.focus_part("note")
    assert parts(made) == second
    assert made.focusWidget() is made.note.view
    made.focus_part("top")
    assert made.focusWidget() is made.possible.possible.table
    assert parts(made) == first


def test_tabs_are_named_by_what_they_hold_and_turn_the_pane(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["right"] = RightPane(look, Places())
    made.possible.show_view(view())
    shown(made)
    made.set_mode("tabs")
    made.show_check(checking=False)
    tabs = next(one for one in made.findChildren(QTabBar) if one.accessibleName() == "Beside the page")
    assert [tabs.tabText(at) for at in range(2)] == ["Possible 2", "Note"]
    tabs.setCurrentIndex(1)
    assert parts(made) == {"note"}
    made.show_check(checking=True)
    assert tabs.tabText(0) == made.top_name() == "Check"
    tabs.setCurrentIndex(0)
    assert parts(made) == {"check"}
    made.focus_part("top")
    assert made.focusWidget() is made.check.section.table


def test_help_lies_over_both_parts(look: Look, pane: dict[str, QWidget]) -> None:
    made = pane["right"] = RightPane(look, Places())
    shown(made)
    made.show_help(shown=True)
    assert parts(made) == {"help"}
    assert made.panes() == []
    made.show_help(shown=False)
    assert [whole for whole, _ in made.panes()][1] is made.note
