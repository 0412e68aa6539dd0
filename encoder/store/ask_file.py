"""Reading the words of questions: ``resources/ask/*.toml`` become one ``Lexicon``.

Every answer of the tree that a word stands for must exist; an unknown key, a wrong type or a question the tree does not
have is refused in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from encoder.core.ask.lexicon import (
    CUE,
    FAMILY,
    FILLER,
    GLOSSARY,
    NEGATION,
    PLACE,
    SCOPE,
    SITUATION,
    TERM,
    TOPIC,
    CodeFamily,
    Facts,
    GlossaryEntry,
    Lexicon,
    Phrase,
    Scope,
    Sense,
    Situation,
    Spelling,
    Term,
    Topic,
)
from encoder.core.ask.words import tokens
from encoder.core.tree.model import Tree
from encoder.errors import DataError
from encoder.store.toml_table import Table, read_table

KINDS = ("part", "procedure", "material", "form", "approach", "scope", "claim", "side", "detail", "diagnosis")
_SITE = "site"
_ELSEWHERE = ("other", "other_site")


def read_lexicon(folder: Path, tree: Tree) -> Lexicon:
    """Read every file of words.

    Raises:
        DataError: a file is missing, is no TOML, or holds something that is not expected.
    """
    words = read_table(folder / "words.toml")
    words.only({"filler", "negations", "ends", "contractions", "spellings"})
    contractions, spellings = (_pairs(words.part(name)) for name in ("contractions", "spellings"))
    made = _Maker(Spelling.of(contractions, spellings), tree)
    for text in words.texts("filler"):
        made.add(text, Sense(FILLER, ""))
    for text in words.texts("negations"):
        made.add(text, Sense(NEGATION, ""))
    made.cues(read_table(folder / "cues.toml"))
    made.sites(read_table(folder / "sites.toml"))
    made.terms(read_table(folder / "terms.toml"))
    made.topics(read_table(folder / "topics.toml"))
    made.situations(read_table(folder / "situations.toml"))
    made.scopes(read_table(folder / "scope.toml"))
    made.glossary(read_table(folder / "glossary.toml"))
    made.families(read_table(folder / "families.toml"))
    places = read_table(folder / "places.toml")
    places.only({"towns", "unnamed", "states"})
    states = _pairs(places.part("states"))
    for text in (*places.texts("towns"), *places.texts("unnamed"), *states):
        made.add(text, Sense(PLACE, text))
    return made.lexicon(words, states, frozenset(places.texts("unnamed")))


def _pairs(table: Table) -> Mapping[str, str]:
    return {key: table.text(key) for key in table.table}


class _Maker:
    """Collects phrases and entries, file by file."""

    def __init__(self, spelling: Spelling, tree: Tree) -> None:
        self._spelling, self._tree = spelling, tree
        self._phrases: dict[Phrase, list[Sense]] = {}
        self._terms: dict[str, Term] = {}
        self._topics: dict[str, Topic] = {}
        self._situations: dict[str, Situation] = {}
        self._scopes: dict[str, Scope] = {}
        self._glossary: dict[str, GlossaryEntry] = {}
        self._families: dict[str, CodeFamily] = {}

    def add(self, text: str, sense: Sense) -> None:
        phrase = tuple(token.text.lower() for token in tokens(text, self._spelling))
        senses = self._phrases.setdefault(phrase, [])
        if sense not in senses:
            senses.append(sense)

    def _words(self, table: Table, sense: Sense) -> str:
        words = table.texts("words")
        if not words:
            raise DataError(f"{table.where} has no 'words'.")
        for text in words:
            self.add(text, sense)
        return words[0]

    def cues(self, whole: Table) -> None:
        for name in whole.table:
            for text in whole.texts(name):
                self.add(text, Sense(CUE, name))

    def sites(self, whole: Table) -> None:
        whole.only({_SITE})
        sites = whole.part(_SITE)
        named = {q for name in sites.table for q in sites.part(name).table if q != "words"}
        for name in sites.table:
            table = sites.part(name)
            given = {question: table.texts(question) for question in table.table if question != "words"}
            facts = {question: given.get(question) or self._elsewhere(question) for question in named}
            facts = {question: values for question, values in facts.items() if question in _OWN or values is not None}
            key = f"{_SITE}:{name}"
            self._words(table, Sense(TERM, key))
            checked = self._facts({q: v for q, v in facts.items() if v is not None}, table.where)
            self._terms[key] = Term(key, _SITE, checked, {}, None, "")

    def _elsewhere(self, question: str) -> tuple[str, ...] | None:
        """What a site answers to a question about sites that it does not name: another one, or nothing offered."""
        if question in _OWN:
            return None
        offered = {answer.id for answer in self._tree.questions[question].answers}
        return tuple(answer for answer in _ELSEWHERE if answer in offered)

    def terms(self, whole: Table) -> None:
        whole.only({"term"})
        terms = whole.part("term")
        for name in terms.table:
            table = terms.part(name)
            table.only({"kind", "words", "facts", "hints", "off", "family"})
            kind = table.text("kind")
            if kind not in KINDS:
                raise DataError(f"{table.where}: 'kind' is '{kind}'; one of {', '.join(KINDS)} was expected.")
            self._words(table, Sense(TERM, name))
            off = self._read_facts(table.part("off")) if "off" in table.table else None
            facts, hints = self._read_facts(table.part("facts")), self._read_facts(table.part("hints"))
            self._terms[name] = Term(name, kind, facts, hints, off, table.text("family", ""))

    def _read_facts(self, table: Table) -> Facts:
        return self._facts({question: table.texts(question) for question in table.table}, table.where)

    def _facts(self, given: Mapping[str, tuple[str, ...]], where: str) -> Facts:
        for name, values in given.items():
            question = self._tree.questions.get(name)
            if question is None:
                raise DataError(f"{where}: the tree has no question '{name}'; mend its name.")
            known = {answer.id for answer in question.answers}
            wrong = [value for value in values if value not in known]
            if wrong:
                raise DataError(f"{where}: question '{name}' has no answer '{wrong[0]}'; mend its name.")
        return {name: frozenset(values) for name, values in given.items()}

    def topics(self, whole: Table) -> None:
        whole.only({"topic"})
        topics = whole.part("topic")
        for name in topics.table:
            table = topics.part(name)
            table.only({"words", "codes"})
            label = self._words(table, Sense(TOPIC, name))
            self._topics[name] = Topic(name, label, table.texts("codes"))

    def situations(self, whole: Table) -> None:
        for key, table in _numbered(whole, "situation", {"words", "modifiers"}):
            label = self._words(table, Sense(SITUATION, key))
            self._situations[key] = Situation(key, label, table.texts("modifiers"))

    def scopes(self, whole: Table) -> None:
        for _, table in _numbered(whole, "scope", {"id", "words", "say", "codes", "table", "refuse", "cites"}):
            key = table.text("id")
            label = self._words(table, Sense(SCOPE, key))
            self._scopes[key] = Scope(
                key,
                label,
                table.text("say"),
                table.texts("codes"),
                table.text("table", ""),
                table.get("refuse", bool, False) is True,
                _cited(table),
            )

    def glossary(self, whole: Table) -> None:
        for key, table in _numbered(whole, "entry", {"words", "say", "codes", "figure", "value", "cites"}):
            label = self._words(table, Sense(GLOSSARY, key))
            figure = table.text("figure", "")
            say = "" if figure else table.text("say")
            cites = () if figure else _cited(table)
            value = table.text("value") if figure else ""
            self._glossary[key] = GlossaryEntry(key, label, say, table.texts("codes"), figure, value, cites)

    def families(self, whole: Table) -> None:
        for key, table in _numbered(whole, "family", {"words", "families"}):
            label = self._words(table, Sense(FAMILY, key))
            self._families[key] = CodeFamily(key, label, table.texts("families"))

    def lexicon(self, words: Table, states: Mapping[str, str], unnamed: frozenset[str]) -> Lexicon:
        phrases = {phrase: tuple(senses) for phrase, senses in self._phrases.items()}
        known = {word for phrase in phrases for word in phrase} | set(self._spelling.spellings)
        known |= {word for text in self._spelling.contractions.values() for word in text.split()}
        return Lexicon(
            self._spelling,
            phrases,
            max(len(phrase) for phrase in phrases),
            frozenset(known),
            frozenset(phrase for phrase, senses in phrases.items() if Sense(NEGATION, "") in senses),
            frozenset(words.texts("ends")),
            self._terms,
            self._topics,
            self._situations,
            self._scopes,
            self._glossary,
            self._families,
            states,
            unnamed,
        )


_OWN = {"region", "cranio_procedure", "arthroplasty_operation"}
"""Questions that a site may settle but that are not about sites alone: nothing is said where a site names none."""


def _numbered(whole: Table, key: str, known: set[str]) -> Iterable[tuple[str, Table]]:
    whole.only({key})
    for place, entry in enumerate(whole.tables(key)):
        table = Table(entry, f"{whole.where}: {key} {place + 1}")
        table.only(known)
        yield str(place), table


def _cited(table: Table) -> tuple[str, ...]:
    cites = table.texts("cites")
    if not cites:
        raise DataError(f"{table.where} has no 'cites'; every answer names its source.")
    return cites
