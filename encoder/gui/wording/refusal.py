"""Sentences of refusals as they are said in the window: what they tell the user to type is a control here."""

from __future__ import annotations

import re

_INSTEAD: tuple[tuple[str, str], ...] = (
    (r" with 'encoder data (?:remove|rollback)[^']*'", " on the data page"),
    (r"give the key with --key, or trust it with 'encoder data trust'", "trust it under Packs and keys"),
    (r"or say with --licensed that", "or tick that"),
    (r"and --from says", "and the first day that was given is"),
    (r"leave --from out, or check the file", "check that day, or the file"),
    (r"the same command goes on", "running it again goes on"),
)
_WORDS = tuple((re.compile(pattern), words) for pattern, words in _INSTEAD)


def in_window(sentence: str) -> str:
    """The sentence without words of the command line."""
    for pattern, words in _WORDS:
        sentence = pattern.sub(words, sentence)
    return sentence
