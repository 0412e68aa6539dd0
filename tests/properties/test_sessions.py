"""Whatever a coder does in whatever order, no answer is lost, undo goes back exactly, and the way can be replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from encoder.core.kept import Kept, from_text, to_text
from encoder.core.session import Session
from encoder.core.tree.explain import explain
from encoder.core.tree.model import NOT_DOCUMENTED, Tree, Values
from encoder.core.tree.walk import walk
from encoder.core.view import Ask, View
from encoder.errors import UsageError
from encoder.store.codebook import Codebook

pytestmark = pytest.mark.usefixtures("unmeasured")

DATES = [date(2018, 12, 31), date(2019, 6, 1), date(2025, 12, 31), date(2026, 5, 1), date(2027, 1, 1)]


def answers_to(ask: Ask) -> st.SearchStrategy[str]:
    """What can be answered on the screen: one option, several where the question takes several, or not documented."""
    ids = [option.id for option in ask.options]
    one = st.sampled_from([*ids, NOT_DOCUMENTED])
    if ask.kind != "many":
        return one
    several = st.lists(
        st.sampled_from([option.id for option in ask.options if not option.alone]), min_size=1, max_size=4, unique=True
    )
    return one | several.map("+".join)


class Coder(RuleBasedStateMachine):
    """A coder at the window: answers what is asked or anything else, turns back, undoes, changes the date."""

    tree: Tree
    book: Codebook

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.tree, self.book, date(2026, 5, 1))
        self.told: list[View] = []
        self.session.listen(self.told.append)
        self.given: dict[str, Values] = {}
        self.earlier: list[tuple[View, dict[str, Values]]] = []

    def view(self) -> View:
        return self.session.view()

    def change(self, intention: Callable[[], None]) -> None:
        """Do what can be undone; remember how the case stood."""
        before, given_before, told = self.view(), dict(self.given), len(self.told)
        intention()
        self.earlier.append((before, given_before))
        assert len(self.told) == told + 1

    def take(self, question: str, text: str) -> None:
        self.change(lambda: self.session.answer(question, text))
        self.given[question] = frozenset(text.split("+"))

    @rule(data=st.data())
    def answer_what_is_asked(self, data: st.DataObject) -> None:
        ask = self.view().ask
        assume(ask is not None)
        assert ask is not None
        self.take(ask.question, data.draw(answers_to(ask)))

    @rule(data=st.data())
    def answer_the_common_way(self, data: st.DataObject) -> None:
        for answer in ("surgeon", "donor_bone", "limb", "radical_resection", "osteoarticular", "distal_femur", "yes"):
            ask = self.view().ask
            if ask is not None and answer in {option.id for option in ask.options}:
                self.take(ask.question, answer)

    @rule(data=st.data())
    def answer_any_question(self, data: st.DataObject) -> None:
        question = self.tree.questions[data.draw(st.sampled_from(sorted(self.tree.questions)))]
        ids = [answer.id for answer in question.answers]
        self.take(question.id, data.draw(st.sampled_from([*ids, NOT_DOCUMENTED])))

    @rule(question=st.sampled_from(["form", "bone", "other_work", "diagnosis_code", ""]), text=st.text(max_size=12))
    def answer_what_is_not_offered(self, question: str, text: str) -> None:
        before = self.view()
        try:
            self.session.answer(question, text)
        except UsageError:
            assert self.view() == before
        else:
            pytest.fail(f"{question}={text} was taken")

    @precondition(lambda self: not self.session.focus and self.session.position().trail)
    @rule(data=st.data())
    def change_an_answer_and_change_it_back(self, data: st.DataObject) -> None:
        before = self.view()
        step = data.draw(st.sampled_from(self.session.position().trail))
        others = [answer.id for answer in self.tree.questions[step.question].answers]
        self.take(step.question, data.draw(st.sampled_from([*others, NOT_DOCUMENTED])))
        self.take(step.question, step.text)
        assert self.view() == before

    @rule(on=st.sampled_from(DATES))
    def set_the_date(self, on: date) -> None:
        if on == self.session.on:
            self.session.set_date(on)
        else:
            self.change(lambda: self.session.set_date(on))

    @rule(data=st.data())
    def turn_to_a_step(self, data: st.DataObject) -> None:
        self.session.turn_to(data.draw(st.sampled_from([step.question for step in self.view().way])))

    @rule()
    def ask_the_details(self) -> None:
        self.session.ask_details()

    @rule()
    def leave(self) -> None:
        self.session.leave()

    @rule()
    def go_back(self) -> None:
        trail = self.session.position().trail
        if self.session.focus or not trail:
            self.session.back()
            return
        self.change(self.session.back)
        del self.given[trail[-1].question]

    @rule()
    def start_again(self) -> None:
        self.change(self.session.clear)
        self.given = {name: values for name, values in self.given.items() if name == "claim"}

    @rule()
    def keep_it_and_take_it_up_again(self) -> None:
        before = self.view()
        kept = from_text(to_text(Kept(self.session.state(), saved=True)))

        def take_up() -> None:
            assert self.session.take_up(kept.state) == ()

        self.change(take_up)
        assert self.view() == replace(before, can_undo=True)

    @precondition(lambda self: self.earlier)
    @rule()
    def undo(self) -> None:
        view, self.given = self.earlier.pop()
        self.session.undo()
        assert self.view() == view

    @invariant()
    def every_answer_is_on_the_screen(self) -> None:
        view = self.view()
        steps = {step.question: step for step in view.way}
        for question in self.given:
            assert steps[question].state in {"answered", "not_documented", "now", "dropped"}, (question, view.way)
        assert len(steps) == len(view.way)
        assert view.can_undo == bool(self.earlier)

    @invariant()
    def the_trail_can_be_replayed(self) -> None:
        position = self.session.position()
        answers = {step.question: frozenset(step.answers) for step in position.trail}
        again = walk(self.tree, self.book, answers, self.session.on)
        assert (again.trail, again.status, again.pending) == (position.trail, position.status, position.pending)
        assert again.aside == ()
        reach = self.session.reach()
        assert explain(again, self.book, reach, self.session.case) == explain(
            position, self.book, reach, self.session.case
        )

    @invariant()
    def what_is_not_documented_gives_no_line(self) -> None:
        position = self.session.position()
        if any(NOT_DOCUMENTED in step.answers for step in position.trail):
            result = explain(position, self.book, self.session.reach())
            assert (result.status, result.lines, len(result.queries)) == ("query", (), 1)
            assert position.query is not None
            assert position.query.fact in result.queries[0].text or position.query.ask in result.queries[0].text


def test_a_coder_can_do_anything_in_any_order(tree: Tree, book: Codebook) -> None:
    machine = type("Coder", (Coder,), {"tree": tree, "book": book})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=60, stateful_step_count=25, deadline=None),
    )
