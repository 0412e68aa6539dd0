"""Words made alike: lower case, no accents, British as American, plural as singular. Index and query share this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LONGEST = 40
"""Letters of a word that count; what is longer is no word of a title."""

_APOSTROPHES = re.compile(r"['\u2019\u02bc`]")
_PIECE = re.compile(r"[a-z0-9]+(?:[&/.][a-z0-9]+|/)*")
_PART = re.compile(r"[a-z0-9]+")
_SHORTEST = 3  # a shorter word is a number or an abbreviation and is left as it is

Rule = tuple[re.Pattern[str], str]


def plain(text: str) -> str:
    """Lower case without accents and apostrophes; every other sign stays."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    parted = unicodedata.normalize("NFKD", text.casefold())
    return _APOSTROPHES.sub("", "".join(c for c in parted if not unicodedata.combining(c)))


def pieces(text: str) -> list[str]:
    """The pieces of a text as they are typed, signs inside a piece kept: i&d, s/p, c40.22."""
    return _PIECE.findall(plain(text))


def parts(text: str) -> list[str]:
    """The letters and digits of a text, parted at everything else."""
    return _PART.findall(plain(text))


def bare(piece: str) -> str:
    """A piece as codes are compared: upper case, letters and digits alone."""
    return "".join(sign for sign in piece.upper() if sign.isalnum())


@dataclass(frozen=True)
class Spelling:
    """The rules that make words alike: ``words`` first, then each rule of ``letters``, then the first of ``plural``."""

    letters: tuple[Rule, ...] = ()
    plural: tuple[Rule, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> Spelling:
        """From rows (kind, pattern, becomes) in order; kind is letters, plural or word.

        Raises:
            re.error: a pattern is no regular expression.
        """
        made: dict[str, list[Rule]] = {"letters": [], "plural": []}
        words = {}
        for kind, pattern, becomes in rows:
            if kind == "word":
                words[pattern] = becomes
            else:
                made[kind].append((re.compile(pattern), becomes))
        return cls(tuple(made["letters"]), tuple(made["plural"]), words)

    def alike(self, word: str) -> str:
        """One word (of ``parts``) in the form that all its spellings share."""
        if word not in self._known:
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[word] = self._made_alike(word[:LONGEST])
        return self._known[word]

    def words_of(self, text: str) -> list[str]:
        """The words of a text, made alike, in order."""
        return [self.alike(word) for word in parts(text)]

    def _made_alike(self, word: str) -> str:
        if len(word) <= _SHORTEST or any(letter.isdigit() for letter in word):
            return self.words.get(word, word)
        if word in self.words:
            return self.words[word]
        for pattern, becomes in self.letters:
            word = pattern.sub(becomes, word)
        for pattern, becomes in self.plural:
            changed = pattern.sub(becomes, word)
            if changed != word:
                return changed
        return word
