"""A query to the surgeon: the draft, and the check that it leads nowhere.

The rules are those of the product's source entry ``query-practice`` (public descriptions of the AHIMA/ACDIS practice
brief of 2022), some stricter than it: a draft names no code, offers "other" and "unable to determine", quotes the
record with the place, and says no word about payment. The draft is the same whichever code would result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from encoder.core.tree.model import Query

SAYS = "The record says"
ASKS = "Please clarify"
PLACEHOLDER = "[quote the sentence of the record that raises the question, with its place]"
CLOSING = "Please answer in a dated and signed addendum. The operative note itself stays as it is."
DESCRIPTION, OTHER, UNABLE = "Description", "Other, please specify", "Unable to determine"
_CODE = re.compile(r"(?<![\w-])(?:\d{5}|[A-Z]\d{2}\.\w{1,4}|0[A-Z0-9]{6})(?![\w-])")
_YES_NO = re.compile(r"\b(yes or no|yes/no|\byes\b\s*\[?\s*\]?\s*/?\s*\bno\b)", re.IGNORECASE)
_QUOTED = re.compile(r'["“”]([^"“”\n]{8,})["“”]([^\n"“”]*)')
_PLACE = re.compile(r"[(\[][^()\[\]]*[A-Za-z]{3}[^()\[\]]*[)\]]")
_BOX = re.compile(r"^\s*(?:\[[ x]?\]|\u2610|\( \))\s*(.+?)[\s_:]*$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]?")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the record and where it stands: document, section, line."""

    text: str
    place: str = ""

    def __str__(self) -> str:
        text = self.text.replace('"', "'")
        return f'"{text}" [{self.place}]' if self.place else f'"{text}"'


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The word lists of ``resources/query_words.toml``, ready to be looked up."""

    money: re.Pattern[str]
    leading: re.Pattern[str]
    edit: re.Pattern[str]
    auxiliaries: frozenset[str]
    small: frozenset[str]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a query beside its text.

    Attributes:
        answers: the answers of its question in words; the title must name none of them.
        record: the text it quotes from, where that is at hand; quotes must stand in it.
        answered: the record, read as a whole, already answers. ``asked``: this point was asked before.
    """

    answers: tuple[str, ...] = ()
    record: str = ""
    answered: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class QueryCheck:
    """One rule of a non-leading query and whether the text keeps it. ``fix`` says what to do when it does not."""

    id: str
    say: str
    passed: bool
    fix: str = ""


def words_from(lists: Iterable[tuple[str, Sequence[str]]]) -> QueryWords:
    """The word lists, by name; each phrase may end a word with ``*``."""
    held = {name: tuple(phrase.lower() for phrase in phrases) for name, phrases in lists}
    return QueryWords(
        _any(held["money"]),
        _any(held["leading"]),
        _any(held["edit"]),
        frozenset(held["auxiliaries"]),
        frozenset(held["small"]),
    )


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    parts = [re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases]
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?!\w)")


def draft(query: Query, case: str, on: date, quotes: Sequence[str | Quote] = (), options: Sequence[str] = ()) -> str:
    """The text of a query about one fact, ready to be edited.

    Args:
        case: the coder's label of the case; may be empty. ``on`` is the date of service.
        quotes: sentences of the record with their place, all that bear on the question; without any, a placeholder
            asks for one.
        options: choices that the quotes themselves support; they are put into the neutral order of the alphabet.
    """
    about = "; ".join(text for text in (query.topic, f"case {case}" if case else "", f"date of service {on}") if text)
    record = "\n".join(str(quote) if isinstance(quote, Quote) else f'"{quote}"' for quote in quotes) or PLACEHOLDER
    choices = [f"[ ] {option}" for option in sorted(dict.fromkeys(options), key=str.casefold)]
    line = " ____________________________"
    return "\n".join(
        (
            "To: [surgeon]",
            f"About: {about}",
            "",
            SAYS,
            record,
            "",
            ASKS,
            query.ask,
            "",
            *choices,
            f"[ ] {DESCRIPTION}:{line}",
            f"[ ] {OTHER}:{line}",
            f"[ ] {UNABLE}",
            "",
            CLOSING,
        )
    )


def check(text: str, words: QueryWords, about: About | None = None) -> tuple[QueryCheck, ...]:
    """Hold a draft, edited or not, against the rules; those that need more than the text only with ``about``."""
    known = about or About()
    lower = text.lower()
    quotes = [(quote, rest) for quote, rest in _QUOTED.findall(text)]
    asked = _QUOTED.sub(" ", text)
    checks = [
        _quoted(text, quotes, known),
        _clean("Q2", "No word about payment or denial", _found(words.money, lower)),
        _open(text, asked, quotes, words),
        QueryCheck(
            "Q4",
            '"Other" and "unable to determine" are offered',
            "other" in lower and "unable to determine" in lower,
            "Put both choices back.",
        ),
        _yes_no(asked, quotes, words),
        _neutral(text, asked, known, words),
        QueryCheck(
            "Q7",
            "Asks for an addendum, not an edit",
            "addendum" in lower and not words.edit.search(lower),
            "Ask for a dated and signed addendum that leaves the first entry as it is.",
        ),
    ]
    if about is not None:
        checks += [
            QueryCheck("Q9", "The record does not answer it already", not about.answered, "Answer from the record."),
            QueryCheck(
                "Q10",
                "Not asked before on this point",
                not about.asked,
                "An unanswered query goes up by hospital policy.",
            ),
        ]
    return tuple(checks)


def _found(pattern: re.Pattern[str], lower: str) -> list[str]:
    return sorted({" ".join(found.split()) for found in pattern.findall(lower)})


def _clean(name: str, say: str, found: Sequence[str]) -> QueryCheck:
    return QueryCheck(name, say, not found, f"Take out: {', '.join(found)}.")


def _quoted(text: str, quotes: Sequence[tuple[str, str]], about: About) -> QueryCheck:
    fix = ""
    if not quotes or PLACEHOLDER in text:
        fix = "Put in the sentence of the record, in quotation marks."
    elif any(not _PLACE.search(f"{quote} {rest}") for quote, rest in quotes):
        fix = "Say behind each quote where it stands, in brackets."
    elif about.record:
        held = " ".join(about.record.replace('"', "'").split())
        strange = [q for q, _ in quotes if " ".join(q.split()) not in held and _bare(q) not in held]
        fix = f"Quote as the record has it: {strange[0]}" if strange else ""
    return QueryCheck("Q1", "Quotes this record, with the place", not fix, fix)


def _bare(quote: str) -> str:
    return " ".join(_PLACE.sub(" ", quote).split())


def _open(text: str, asked: str, quotes: Sequence[tuple[str, str]], words: QueryWords) -> QueryCheck:
    held = {word for quote, _ in quotes for word in _meaning(quote, words)}
    bare = [option for option in _options(text) if not _meaning(option, words) <= held or not _meaning(option, words)]
    fix = ""
    if "?" not in asked and "please describe" not in asked.lower():
        fix = "Ask what was done, in an open sentence."
    elif bare:
        fix = f"Take out the choice that no quote supports: {bare[0]}."
    return QueryCheck("Q3", "Open question; no choice without an indicator", not fix, fix)


def _options(text: str) -> list[str]:
    """The choices of a query beside description, other and unable to determine."""
    plain = (DESCRIPTION.lower(), "other", UNABLE.lower(), "yes", "no")
    return [option for option in _BOX.findall(text) if not option.lower().startswith(plain)]


def _meaning(text: str, words: QueryWords) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if word not in words.small}


def _yes_no(asked: str, quotes: Sequence[tuple[str, str]], words: QueryWords) -> QueryCheck:
    """Yes or no is allowed only to confirm what the record already says, never to bring in something new."""
    held = {word for quote, _ in quotes for word in _meaning(quote, words)}
    new = ""
    for sentence in _SENTENCE.findall(asked):
        first = _WORD.search(sentence.lower())
        if sentence.rstrip().endswith("?") and first and first[0] in words.auxiliaries:
            brought = _meaning(sentence, words) - held - words.auxiliaries
            new = new or ", ".join(sorted(brought))
    passed = not new and not _YES_NO.search(asked)
    fix = (
        f"This is answered with yes or no and brings in: {new}."
        if new
        else "Ask for a description instead of yes or no."
    )
    return QueryCheck("Q5", "Not answerable with yes or no", passed, fix)


def _neutral(text: str, asked: str, about: About, words: QueryWords) -> QueryCheck:
    codes = sorted(set(_CODE.findall(text)))
    leads = _found(words.leading, asked.lower())
    options = [option.casefold() for option in _options(text)]
    title = next((line for line in text.splitlines() if line.lower().startswith("about:")), "").lower()
    named = [answer for answer in about.answers if answer.lower() in title]
    fix = ""
    if codes or leads:
        fix = f"Take out: {', '.join(codes + leads)}."
    elif named:
        fix = f"Let the title name the topic, not an answer: {named[0]}."
    elif options != sorted(options):
        fix = "Put the choices into the order of the alphabet."
    return QueryCheck("Q6", "Names no code and leads nowhere; the title names the topic only", not fix, fix)
