"""Holds a JSON value against a documented shape: every field there, of its type; further fields may stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Shape = object
"""A type; a list of one shape; a dict of fields; ``Maybe`` a shape or null; ``OneOf`` texts; a pattern for a text."""


@dataclass(frozen=True)
class Maybe:
    """A shape, or null."""

    shape: Shape


@dataclass(frozen=True)
class OneOf:
    """One of several texts, or a value that has one of several shapes."""

    choices: tuple[Shape, ...]


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"\d{4}[0-9A-Z]|[0-9A-Z]{7}")
CITE = re.compile(r"[a-z0-9-]+#.+")
WARNING = re.compile(r"W\d{2}")


def misfits(value: object, shape: Shape, where: str = "") -> Iterator[str]:
    """What is not as the shape says, with the place; nothing when it fits."""
    if isinstance(shape, Maybe):
        if value is not None:
            yield from misfits(value, shape.shape, where)
    elif isinstance(shape, OneOf):
        if all(value != choice and (isinstance(choice, str) or [*misfits(value, choice)]) for choice in shape.choices):
            yield f"{where}: {value!r} is none of {shape.choices}"
    elif isinstance(shape, re.Pattern):
        if not isinstance(value, str) or not shape.fullmatch(value):
            yield f"{where}: {value!r} is not {shape.pattern}"
    elif isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{where}: {value!r} is no object"
            return
        for key, part in shape.items():
            if key not in value:
                yield f"{where}.{key} is missing"
            else:
                yield from misfits(value[key], part, f"{where}.{key}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no list"
            return
        for place, item in enumerate(value):
            yield from misfits(item, shape[0], f"{where}[{place}]")
    elif type(value) is not shape:
        yield f"{where}: {value!r} is no {shape}"
