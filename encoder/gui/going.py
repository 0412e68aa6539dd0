"""Going to a page with something in hand: a code, a question, answers to assume, a claim to check, a text of help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from encoder.core.view import View
from encoder.gui.places import ASK, CASE, CHECK, CODES, HELP

if TYPE_CHECKING:
    from encoder.gui.desk import Desk
    from encoder.gui.pages.page import Page

_REACHED = frozenset({"answered", "not_documented", "now", "assumed"})  # steps of the way that can be asked
_AN_END = "This is an end of the questions; the answers lead there."


class Going:
    """The pages know no other page; what one of them hands to another goes through here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _at(self, place: str) -> Page:
        return self._desk.stage.page_of(place)

    def open_code(self, code: str) -> None:
        """Go to the page of a code."""
        self._at(CODES).open(code)
        self._desk.show_place(CODES)

    def ask(self, text: str) -> None:
        """Ask a question in plain words; an empty one shows what can be asked."""
        self._desk.show_place(ASK)
        self._at(ASK).open(text)

    def start_from(self, code: str, with_code: str, way: int = 0) -> None:
        """From a code, and one beside it or nothing, back to the answers that lead to it, one of the ways chosen."""
        self._desk.show_place(ASK)
        self._at(ASK).open((code, with_code, way))

    def assume(self, given: Mapping[str, str], meant: str) -> None:
        """Begin the case again with answers that are assumed until each is confirmed."""
        self._desk.work.start_from(given, meant)

    def check_case(self, view: View) -> None:
        """The claim of the case goes to the claim check."""
        from encoder.gui.wording.claim import of_case

        claim = of_case(view)
        if claim is not None:
            self._at(CHECK).open(claim)
            self._desk.show_place(CHECK)

    # -- questions of the tree and help -------------------------------------------------------------------------------

    def question_name(self, place: str) -> str:
        """The name of a place in the questions: that of its question, or that it is an end."""
        question = self._desk.session.tree.questions.get(_question(place))
        return question.label if question else "End"

    def open_question(self, place: str) -> None:
        """A question on the way is asked again; of any other its help is shown."""
        desk, question = self._desk, _question(place)
        view = desk.view()
        if view is not None and question in {step.question for step in view.way if step.state in _REACHED}:
            desk.show_place(CASE)
            desk.work.go_to(question)
        elif question in desk.session.tree.questions:
            self.explain_question(question)
        else:
            desk.show_place(CASE)
            desk.messages.tell(_AN_END)

    def explain_question(self, question: str) -> None:
        """Help on a question of the tree, beside the case."""
        desk = self._desk
        desk.show_place(CASE)
        desk.work.do(lambda: desk.case.open_help(*desk.texts.of_question(question)))

    def explain(self) -> None:
        """Help at the question; on pages without help of their own the help page."""
        desk = self._desk
        view, page, case = desk.view(), desk.page(), desk.case
        if page is not case:
            topic = page.topic
            if not page.explain():
                self.show_help(topic or desk.texts.topics()[0][0])
        elif case.help_is_open():
            case.close_help()
        elif view is not None and view.ask is not None:
            self.explain_question(view.ask.question)
        else:
            desk.work.do(lambda: case.open_help("Help", desk.texts.text("program")))

    def show_help(self, topic: str) -> None:
        """Show a topic on the page of help."""
        self._desk.show_place(HELP)
        self._at(HELP).open(topic)


def _question(place: str) -> str:
    """The question of a place: an answer is written ``question=answer``."""
    return place.partition("=")[0]
