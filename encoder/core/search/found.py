"""What a search gives back: the hits with their reasons, how the words were read, and what to say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

SYSTEMS = ("cpt", "icd10cm", "icd10pcs", "hcpcs", "modifier", "pos", "tree")


@dataclass(frozen=True, slots=True)
class Hit:
    """One find.

    Attributes:
        code: the code; a place in the tree is a question, question=answer, or outcome:id.
        score: 1 for the code that was typed, below that how well the entry answers.
        matched: why it is here, a reason for each word that it answers, ready to be shown.
        missing: the typed words that it does not answer.
        scope: whether the tables of the decision know it.
        official: whether the title is the licensed text of a CPT code, in place of our wording.
    """

    system: str
    code: str
    title: str
    score: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    scope: bool
    official: bool = False

    @property
    def written(self) -> str:
        """The code as a page of the code book takes it: a place of service is told from the modifier of its digits."""
        return f"pos:{self.code}" if self.system == "pos" else self.code


@dataclass(frozen=True, slots=True)
class ReadWord:
    """How one typed word was read.

    ``how`` is typed, begins, stem, same, near, short, spelling, joined, parted or nothing.
    """

    typed: str
    read: str
    how: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    Attributes:
        corrected: the query with its letter errors mended, when a mended word led to the best hit; else None.
        words: how each word was read, by the best hit.
        said: a sentence where there is something to say: nothing found, words that no title has, words left aside.
        near: words or codes near what was typed, where nothing or little was found.
    """

    query: str
    corrected: str | None
    hits: tuple[Hit, ...]
    words: tuple[ReadWord, ...] = ()
    said: str = ""
    near: tuple[str, ...] = ()


def titled(hits: Iterable[Hit], official: Callable[[str], str | None]) -> tuple[Hit, ...]:
    """The hits with the licensed text of each CPT code, where there is one."""
    return tuple(
        replace(hit, title=text, official=True) if hit.system == "cpt" and (text := official(hit.code)) else hit
        for hit in hits
    )
