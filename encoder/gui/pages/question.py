"""The question being asked: heading, hint, answers, and beside them the body map or a field for a code as written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.core.view import Ask
from encoder.core.viewing import KEYS
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.widgets.answer_rows import Density
from encoder.gui.widgets.answers import AnswerKind, AnswerList
from encoder.gui.widgets.body_map import BodyMap
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.panels import Callout
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Heading, Inset, Words
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording import case
from encoder.gui.wording.note import Remark
from encoder.gui.wording.sources import many

_SIDES = {"_right": "patient's right", "_left": "patient's left", "": ""}
_MAP_SHARE = 0.75  # of its usual width: where less is left beside the answers, the map takes turns with them


class QuestionPage(QWidget):
    """One question. The same widgets serve every question.

    Signals:
        answered(str, str): question id, and answer ids joined by a plus.
        confirmed(): what is assumed is the answer.
        back(): Backspace. leave_up(): to the way. help_wanted(): explain the question.
        changed(): what the keys do now is another (ticks, filter, map).
    """

    answered = Signal(str, str)
    confirmed = Signal()
    back = Signal()
    leave_up = Signal()
    help_wanted = Signal()
    changed = Signal()

    def __init__(self, look: Look, pictures: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pictures = look, pictures
        self._ask: Ask | None = None
        self._frame = Frame()
        self._map: BodyMap | None = None
        self._map_in_turn = self._is_long = False
        self._regions: dict[str, str] = {}
        self.heading = Heading(look)
        self._hint = Inset(look, "", "body", "text2")
        self._detail = Inset(look, "", "small", "text3")
        self._explain = KeyButton(look, "Explain", icon="help", keys=("F1",), kind="flat", small=True)
        self._turn = KeyButton(look, "Map", icon="fit", keys=("Alt", "M"), kind="flat", small=True)
        self._dropped = Callout(look, "warn", "")
        self._assumed = Inset(look, "", "small", "text2")
        self.confirm = KeyButton(look, "Confirm", icon="tick", keys=("Enter",), small=True)
        self._conflict = VerdictLine(look, "conflict")
        self.answers = AnswerList(look)
        self._caption = Words(look, "", "small", "text2")
        self._code_label = Words(look, "Code as written", "small", "text2", wrap=False)
        self.code = QLineEdit()
        self._code_error = VerdictLine(look, "error")
        self._take = KeyButton(look, "", icon="tick", keys=("Enter",), kind="primary")
        self._lay_out()
        self._connect()
        look.changed.connect(self._measure)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self.heading, 1)
        for button in (self._turn, self._explain):
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QVBoxLayout()
        self._words.addLayout(self._head)
        for words in (self._hint, self._detail):
            self._words.addWidget(words)
        self._conflict_row = QHBoxLayout()
        self._conflict_row.addWidget(self._conflict)
        self._words.addLayout(self._conflict_row)
        self._map_column = QVBoxLayout()
        self._content = QHBoxLayout()
        self._content.addWidget(self.answers, 1)
        self._content.addLayout(self._map_column)
        self._map_column.addWidget(self._caption)
        self._field = QHBoxLayout()
        for widget in (self._code_label, self.code):
            self._field.addWidget(widget)
        self._field.addStretch(1)
        self._typed = QVBoxLayout()
        self._typed.addLayout(self._field)
        self._typed.addWidget(self._code_error)
        self._below = QHBoxLayout()
        self._below.addWidget(self._take)
        self._below.addStretch(1)
        self._column.addLayout(self._words)
        self._column.addWidget(self._dropped)
        self._to_confirm = QHBoxLayout()
        self._to_confirm.addWidget(self._assumed, 1)
        self._to_confirm.addWidget(self.confirm)
        self._column.addLayout(self._to_confirm)
        self._column.addLayout(self._typed)
        self._column.addLayout(self._content, 1)
        self._column.addLayout(self._below)
        self._explain.setAccessibleName("Explain")  # narrow windows show its icon alone
        self.code.setAccessibleName("Code as written, with its seventh character")
        self.code.setPlaceholderText("for example M84.551A")
        self._measure()

    def _connect(self) -> None:
        self.answers.answered.connect(lambda ids: self._give("+".join(ids)))
        self.answers.back.connect(self.back)
        self.answers.leave_up.connect(self.leave_up)
        self.answers.resting.connect(self.heading.set_ringed)
        self.answers.ticked.connect(self._show_ticks)
        self.answers.entered.connect(self._confirm)
        self.confirm.clicked.connect(self._confirm)
        self.answers.current_changed.connect(self._point_out)
        self._explain.clicked.connect(self.help_wanted)
        self._turn.clicked.connect(self.turn_map)
        self._take.clicked.connect(self.answers.answer_ticked)
        self.code.returnPressed.connect(self._give_code)
        self.code.textEdited.connect(lambda: self.refuse(""))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_ask(
        self,
        ask: Ask,
        detail: str = "",
        meant: str = "",
        remarks: Mapping[str, Remark] = case.NO_REMARKS,
        conflict: str = "",
    ) -> None:
        """Ask a question.

        Args:
            detail: said of a refining one: how many come after it.
            meant: where its assumed answer comes from.
            remarks: what the note says of its answers; ``conflict`` what does not agree in it.
        """
        again = self._ask is not None and self._ask.question == ask.question
        self._ask = ask
        self.heading.set_words(ask.text)
        self._hint.set_words(ask.hint)
        self._detail.set_words(detail)
        dropped = case.dropped(ask)
        self._dropped.set_words(dropped)
        self._dropped.setVisible(bool(dropped))
        self._assumed.set_words(case.assumed(ask, meant))
        for widget in (self._assumed, self.confirm):
            widget.setVisible(self.assumes())
        self._say_conflict(conflict)
        options, chosen = case.options(ask, self._pictures, remarks)
        self._is_long = len(ask.options) > KEYS
        self._offer_regions(ask, chosen)
        self._offer_code(ask)
        self._take.setVisible(self.takes_several())
        if not again:
            self._map_in_turn = False
        self.answers.clear()
        self._arrange()
        self._column.activate()  # the list gets its place first, so that its rows are measured once
        kind: AnswerKind = "many" if ask.kind == "many" else "one"
        self.answers.set_question(ask.text, options, kind, chosen, self._density())
        self._show_ticks(self.answers.ticked_ids())

    def remark(self, remarks: Mapping[str, Remark], conflict: str) -> None:
        """Say something else of the answers shown; nothing else on the page is touched."""
        if self._ask is not None:
            self._say_conflict(conflict)
            self._column.activate()
            self.answers.remark(case.options(self._ask, self._pictures, remarks)[0])

    def _say_conflict(self, conflict: str) -> None:
        self._conflict.set_words(conflict)
        self._conflict.setVisible(bool(conflict))

    def asked(self) -> str:
        """The id of the question shown, or an empty string."""
        return self._ask.question if self._ask else ""

    def set_frame(self, frame: Frame) -> None:
        """Rows and heading for a frame of the window."""
        self._frame = frame
        self._measure()
        self._arrange()

    def focus_main(self) -> None:
        """Put the focus on the answers, or on the map where it stands in their place."""
        target: QWidget = self._map if self._map is not None and self._map_in_turn else self.answers
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say under the field for a code what is wrong with it; an empty sentence takes that back."""
        self._code_error.set_words(sentence)
        self._code_error.setVisible(bool(sentence))
        self.code.setProperty("error", bool(sentence))
        self.code.style().unpolish(self.code)
        self.code.style().polish(self.code)
        self.changed.emit()

    def has_map(self) -> bool:
        """Whether the question can be answered on the body map."""
        return bool(self._regions)

    def digits(self) -> list[str]:
        """The digits that answer now."""
        return list(self.answers.keys())

    def takes_several(self) -> bool:
        """Whether several answers may be given."""
        return self._ask is not None and self._ask.kind == "many"

    def assumes(self) -> bool:
        """Whether an answer is assumed, which Enter confirms."""
        return self._ask is not None and bool(self._ask.assumed)

    def is_detail(self) -> bool:
        """Whether Esc leads back to a result that stands without this question."""
        return bool(self._detail.text())

    def takes_turns(self) -> bool:
        """Whether there is room for the answers or the map, but not for both."""
        return self.has_map() and self._map_width() == 0

    def turn_map(self) -> None:
        """Show the map in place of the answers, or the answers again."""
        if self.takes_turns():
            self._map_in_turn = not self._map_in_turn
            self._arrange()
            lay_out_now()
            self.focus_main()
            self.changed.emit()

    # -- answers ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._map_in_turn:
            self.turn_map()
        else:
            super().keyPressEvent(event)

    def _give(self, answers: str) -> None:
        """Hand an answer over; a diagnosis that still lacks its seventh character goes to the field first."""
        if self._ask is None:
            return
        option = next((option for option in self._ask.options if option.id == answers), None)
        if self._ask.seventh and option is not None and option.plain:
            self.code.setText(option.id)
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refuse(f"Type the seventh character behind it: {', '.join(option.plain.split())}. Enter takes it.")
            return
        self.answered.emit(self._ask.question, answers)

    def _confirm(self) -> None:
        if self.assumes() and self.confirm.isEnabled():
            self.confirmed.emit()

    def _give_code(self) -> None:
        written = self.code.text().strip().upper()
        if self._ask is not None and written:
            self.answered.emit(self._ask.question, written)

    def _offer_code(self, ask: Ask) -> None:
        picked = any(option.say.startswith(f"{option.id}  ") for option in ask.options)
        for widget in (self._code_label, self.code):
            widget.setVisible(picked)
        self.code.setText(case.written(ask))
        self.code.setPlaceholderText("for example M84.551A" if ask.seventh else "five digits")
        self._code_error.setVisible(False)
        self.code.setProperty("error", False)

    def _show_ticks(self, ids: list[str]) -> None:
        self._take.setText(f"Take {many(len(ids), 'answer')}" if ids else "Take the answers")
        self._take.setEnabled(bool(ids))
        self.confirm.setEnabled(not (ids and self.takes_several()))
        self._take.setToolTip("" if ids else "Tick what applies first, or answer with the last row.")
        self._take.updateGeometry()
        if self.takes_several():
            lay_out_now()
        self.changed.emit()

    # -- the body map -------------------------------------------------------------------------------------------------

    def _offer_regions(self, ask: Ask, chosen: list[str]) -> None:
        self._regions = {}
        names: dict[str, str] = {}
        if ask.map:
            body = self._body_map()
            for option in ask.options:
                for region in option.regions:
                    for side, words in _sides(region, body.regions()):
                        self._regions[region + side] = option.id
                        names[region + side] = f"{option.say}, {words}" if words else option.say
            body.offer(names)
            body.select(region for region, answer in self._regions.items() if answer in chosen)
        self._say_region("")

    def _body_map(self) -> BodyMap:
        """The map, made when a question first needs it."""
        if self._map is None:
            self._map = BodyMap(self._look, self)
            self._map.region_hovered.connect(self._say_region)
            self._map.region_chosen.connect(lambda region: self._give(self._regions[region]))
            self._map_column.insertWidget(0, self._map, 1)
        return self._map

    def _point_out(self, answer: str) -> None:
        if self._map is not None and self._regions:
            self._map.show_meant(region for region, given in self._regions.items() if given == answer)

    def _say_region(self, region: str) -> None:
        named: Mapping[str, str] = self._map.offered() if self._map else {}
        self._caption.set_words(named.get(region, "Either side counts alike: the side is a question of its own."))

    def _map_width(self) -> int:
        """The width left for the map beside the answers; 0 when it is too little."""
        px = self._look.px
        left = self.width() - 2 * px("page") - px("pane") - px("least_answers")
        return min(left, px("map_width")) if left >= px("map_width") * _MAP_SHARE else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Answers and map side by side, or one of them; hint and details where there is room."""
        beside = self._map_width()
        has_map, turns = self.has_map(), self.has_map() and not beside
        self._map_in_turn = self._map_in_turn and turns
        on_map = has_map and (bool(beside) or self._map_in_turn)
        if self._map is not None:
            self._map.setVisible(on_map)
            self._map.setMinimumWidth(beside if on_map and beside else 0)
            self._map.setMaximumWidth(beside if on_map and beside else self.maximumWidth())
            self._caption.setMaximumWidth(beside if on_map and beside else self.maximumWidth())
        self._caption.setVisible(on_map)
        self._content.setStretch(1, 1 if self._map_in_turn else 0)
        self.answers.setVisible(not self._map_in_turn)
        self._turn.setVisible(turns)
        self._turn.setText("Answers" if self._map_in_turn else "Map")
        self._hint.setVisible(bool(self._hint.text()) and self._frame.down != "low")
        self._detail.setVisible(bool(self._detail.text()))

    def _density(self) -> Density:
        """Rows stand closer in a long list, so that more of it is seen."""
        density = self._frame.density
        return "short" if density == "normal" and self._is_long else density

    def _measure(self) -> None:
        px, roomy = self._look.px, self._frame.roomy
        side = px("page" if self._frame.across == "wide" else "part") - px("snug")
        low = self._frame.down == "low"
        self._column.setContentsMargins(side, px("near" if low else "pane"), side + px("snug"), px("near"))
        self._column.setSpacing(px("near" if low else "part"))
        self.answers.set_density(self._density())
        self._words.setSpacing(px("hair"))
        self._head.setSpacing(px("tight"))
        self._conflict_row.setContentsMargins(px("snug"), 0, 0, 0)
        self._typed.setContentsMargins(px("snug"), 0, 0, 0)
        self._typed.setSpacing(px("tight"))
        self._field.setSpacing(px("near"))
        self._to_confirm.setSpacing(px("near"))
        self._content.setContentsMargins(px("snug"), 0, 0, 0)
        self._content.setSpacing(px("pane"))
        self._map_column.setSpacing(px("tight"))
        self._below.setContentsMargins(px("snug"), 0, 0, 0)
        self.heading.set_role("title" if roomy else "title_short")
        self.code.setFixedWidth(px("field_code"))
        self._explain.setText("Explain" if self._frame.across == "wide" else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px("least_side"), self._look.px("least_note"))


def _sides(region: str, known: frozenset[str]) -> list[tuple[str, str]]:
    """The shapes of a region in the picture: both sides of the body, or one in the midline."""
    found = [(side, words) for side, words in _SIDES.items() if region + side in known]
    return [(side, words) for side, words in found if side] or found
