"""The note as words: each with its place in the text as shown, so that every quote is exact to the character."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACES = "\xa0\u2007\u202f\u3000\u200b\u200e\u200f\ufeff\t\x0b\x0c\x85"
_DOTS = "\u2022\u25cf\u25aa"
_SAME = str.maketrans(
    {
        **{chr(code): " " for code in range(32)},
        **dict.fromkeys(_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_DOTS, "*"),
        **dict.fromkeys("\n\r\u2028\u2029", "\n"),
    }
)
_BOX = re.compile(r"[\[(]\s?(?:[xX\u2713\u2714]\s?)?[\])]|[\u25a1\u25a2\u2610\u2611\u2612\u2713\u2714]")
ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|no|vs|approx|incl|resp|fig|ca|cf|e\.g|i\.e|p\.o|b\.i\.d|m\.d|d\.o|p\.a|inf|sup|ant|post"
    r"|prox|dist|lat|med|min|max|dx|hx|bx|fx|sx|pt|al|etc|jr|sr|col|lt|capt|maj|vasc|segm|seg|circ|circumf|osteot|recon"
    r"|allogr|autogr|resn|periph|intermed|osteoart|osteoartic|collat|popl|intercal|cephalomed|sep|hemicyl|vast|ilioing|periacet|hum|fem|tib|fib|clav"
    r"|scap|acet|calc|diaph|metaph|epiph|troch|subtroch|supracond|rad|uln|olec|metacarp|metatars|exc|resect|curett|gr|bilat|fx)|\b[a-z])\.$"
)
"""A short form and its full stop, which ends no sentence and stands between no words."""
UNTICKED, TICKED = "\u2610", "\u2611"
_WORD = re.compile(r"\d+[.,]\d+|[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_")
_SILENT = frozenset("-/'\"*_#|~")
LONGEST_WORD = 40
"""A longer run of letters is no word of a note; it is kept as a place, never looked up."""


def fold(text: str) -> str:
    """The text in small letters with plain quotes, dashes, spaces and boxes; as long as the text itself."""
    small = text.lower()
    if len(small) != len(text):  # a few capitals become two letters: the places would shift
        small = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)
    small = small.translate(_SAME)
    return _BOX.sub(_box, small) if _BOX.search(small) else small


def _box(found: re.Match[str]) -> str:
    """A box of a form as one sign, wide as it was: ticked or not."""
    ticked = any(sign in found[0] for sign in "x\u2713\u2714\u2611\u2612")
    return (TICKED if ticked else UNTICKED).ljust(len(found[0]))


def stem(word: str) -> str:
    """A word without its plural ending or its possessive."""
    if word.endswith("'s"):
        return word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu'":
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text, without hyphens, slashes and quotes.

    Attributes:
        words: stems, other spellings already turned into the one that the phrases use; a punctuation mark is a word.
        starts, ends: places in the whole text.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def _shortens(folded: str, start: int, end: int) -> bool:
    """Whether a full stop only shortens the word before it."""
    return bool(ABBREVIATED.search(folded, max(start, end - 13), end))


def words_of(folded: str, start: int, end: int, alias: Mapping[str, str]) -> Words:
    """The words between two places of a folded text."""
    words: list[str] = []
    starts, ends = [], []
    for found in _WORD.finditer(folded, start, end):
        word = found[0]
        if word in _SILENT or (word == "." and words[-1:] != ["no"] and _shortens(folded, start, found.end())):
            continue
        if len(word) > LONGEST_WORD:
            word = ""
        word = alias.get(word) or stem(word)
        words.append(alias.get(word, word))
        starts.append(found.start())
        ends.append(found.end())
    return Words(tuple(words), tuple(starts), tuple(ends))
