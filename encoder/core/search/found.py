"""What a search gives back: the hits with their reasons, how the words were read, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    system: str
    code: str
    title: str
    score: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    scope: bool


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
