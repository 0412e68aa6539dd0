"""The token file: every colour, type size and measure of the window, read once and checked.

Measures are stated in px where body text is 13 px; :class:`Tokens` gives them for the body font in use, so text at
200 % doubles rows, icons and paddings with it. No other module of the window writes a colour or a size.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from encoder.errors import DataError

Scheme = Literal["light", "dark"]
Choice = Literal["system", "light", "dark"]
LEAST_TEXT, MOST_TEXT = 1.0, 2.0
"""The sizes of text that can be chosen, beside the system's."""

_SECTIONS = frozenset({"schema", "body", "colour", "picture", "face", "type", "size", "frame", "share"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HEX = re.compile(r"#[0-9A-F]{6}")
_WEIGHTS = frozenset({400, 500, 600})
_ROLE_KEYS = frozenset({"px", "line", "weight", "zero"})
_ALSO_IN_PICTURES = ("surface", "strong", "warn")  # paper, dotted lines and the question mark of row pictures
_LEAST_RATIO = 0.84  # the label size: nothing smaller is written anywhere


@dataclass(frozen=True, slots=True)
class Role:
    """One way to write text: size and line height as ratios to the body size, weight, whether zeros are slashed."""

    ratio: float
    line: float
    weight: int
    zero: bool


@dataclass(frozen=True, slots=True)
class TokenFile:
    """What the token file says, for both schemes. ``colours`` maps a name to (light, dark)."""

    body: float
    colours: Mapping[str, tuple[str, str]]
    pictures: Mapping[str, tuple[str, str]]
    family: str
    faces: tuple[str, ...]
    roles: Mapping[str, Role]
    sizes: Mapping[str, float]
    frame: Mapping[str, float]
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens for one scheme and one body size.

    Attributes:
        em: the size of the body font in px.
    """

    file: TokenFile
    scheme: Scheme
    em: float

    def colour(self, name: str) -> str:
        """The colour as ``#RRGGBB`` in the scheme in use; DataError for a name the file lacks."""
        pair = self.file.colours.get(name) or self.file.pictures.get(name)
        if pair is None:
            raise DataError(f"the look asks for the colour {name!r}, which resources/tokens.toml does not hold")
        return pair[0 if self.scheme == "light" else 1]

    def px(self, name: str) -> int:
        """A measure in whole px for the body size in use, never less than 1; DataError for a name the file lacks."""
        return max(1, int(self.exact(name) + 0.5))

    def exact(self, name: str) -> float:
        """A measure in px before rounding."""
        if name not in self.file.sizes:
            raise DataError(f"the look asks for the size {name!r}, which resources/tokens.toml does not hold")
        return self.file.sizes[name] * self.em / self.file.body

    def role(self, name: str) -> Role:
        """A way to write text; DataError for a name the file lacks."""
        if name not in self.file.roles:
            raise DataError(f"the look asks for the type {name!r}, which resources/tokens.toml does not hold")
        return self.file.roles[name]

    def line_height(self, name: str) -> float:
        """The line height of a type role in px."""
        return self.role(name).line * self.em

    def frame(self, name: str) -> int:
        """A width or height of the window in px at which the frame changes; DataError for a name the file lacks."""
        if name not in self.file.frame:
            raise DataError(f"the look asks for the frame {name!r}, which resources/tokens.toml does not hold")
        return int(self.file.frame[name] * self.em + 0.5)

    def share(self, name: str) -> float:
        """An opacity between 0 and 1; DataError for a name the file lacks."""
        if name not in self.file.shares:
            raise DataError(f"the look asks for the share {name!r}, which resources/tokens.toml does not hold")
        return self.file.shares[name]

    def recolouring(self) -> Mapping[str, str]:
        """For the row pictures: each light colour they are drawn in, and the dark one for it. Empty when light."""
        pairs = [*self.file.pictures.values(), *(self.file.colours[name] for name in _ALSO_IN_PICTURES)]
        return {} if self.scheme == "light" else dict(pairs)


def read_tokens(path: Path) -> TokenFile:
    """Read and check the token file; DataError names the file, the key and what was expected."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path.name} cannot be read, so the window has no colours: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path.name} is not valid TOML: {error}") from error
    reader = _Reader(path.name)
    if set(raw) != _SECTIONS:
        reader.fail("the file", f"exactly the sections {', '.join(sorted(_SECTIONS))}")
    if raw["schema"] != 1:
        reader.fail("schema", "1")
    body = reader.number("body", raw["body"])
    face = reader.table("face", raw["face"])
    family, faces = face.get("family"), face.get("files")
    if not isinstance(family, str) or not isinstance(faces, list) or not all(isinstance(name, str) for name in faces):
        reader.fail("face", "family, a text, and files, a list of texts")
    return TokenFile(
        body=body,
        colours=reader.colours("colour", raw["colour"]),
        pictures=reader.colours("picture", raw["picture"]),
        family=family,
        faces=tuple(faces),
        roles={name: reader.role(name, value, body) for name, value in reader.table("type", raw["type"]).items()},
        sizes=reader.numbers("size", raw["size"]),
        frame=reader.numbers("frame", raw["frame"]),
        shares=reader.numbers("share", raw["share"]),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks one value after the other and says which one is wrong."""

    file: str

    def fail(self, key: str, expected: str) -> NoReturn:
        raise DataError(f"{self.file}: {key} must be {expected}; mend the file or install the program again")

    def table(self, key: str, value: object) -> dict[str, object]:
        if not isinstance(value, dict) or not value:
            self.fail(key, "a table with entries")
        for name in value:
            if not _NAME.fullmatch(name):
                self.fail(f"{key}.{name}", "named in lower_snake")
        return value

    def number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            self.fail(key, "a number above 0")
        return float(value)

    def numbers(self, key: str, value: object) -> dict[str, float]:
        return {name: self.number(f"{key}.{name}", entry) for name, entry in self.table(key, value).items()}

    def colours(self, key: str, value: object) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for name, pair in self.table(key, value).items():
            match pair:
                case [str(light), str(dark)] if _HEX.fullmatch(light) and _HEX.fullmatch(dark):
                    found[name] = (light, dark)
                case _:
                    self.fail(f"{key}.{name}", "two colours, light and dark, each # and six capital hex digits")
        return found

    def role(self, name: str, value: object, body: float) -> Role:
        entry = self.table(f"type.{name}", value)
        if not set(entry) <= _ROLE_KEYS:
            self.fail(f"type.{name}", f"made of {', '.join(sorted(_ROLE_KEYS))}")
        ratio = self.number(f"type.{name}.px", entry.get("px")) / body
        line = self.number(f"type.{name}.line", entry.get("line")) / body
        weight, zero = entry.get("weight"), entry.get("zero", False)
        if ratio < _LEAST_RATIO:
            self.fail(f"type.{name}.px", f"at least {_LEAST_RATIO} of the body size")
        if line < ratio:
            self.fail(f"type.{name}.line", "at least the size of its text")
        if not isinstance(weight, int) or weight not in _WEIGHTS:
            self.fail(f"type.{name}.weight", "400, 500 or 600")
        if not isinstance(zero, bool):
            self.fail(f"type.{name}.zero", "true or false")
        return Role(ratio, line, weight, zero)
