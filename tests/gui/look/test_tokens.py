"""The token file: readable, checked, and legible in both schemes."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import DataError
from encoder.gui.look.tokens import Scheme, Tokens, read_tokens
from tests.gui.look.dress import RESOURCES

FILE = RESOURCES / "tokens.toml"
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")

# What is written or drawn, on every fill it may stand on, and the contrast it needs.
GROUNDS = ("surface", "sunken", "window", "hover", "tint")
LEGIBLE = [
    (("text", "text2"), (*GROUNDS, "ok_tint", "warn_tint", "stop_tint"), 4.5),
    (("text3",), GROUNDS, 4.5),
    (("accent",), GROUNDS, 4.5),
    (("ok",), ("surface", "sunken", "hover", "ok_tint"), 4.5),
    (("warn",), ("surface", "sunken", "hover", "tint", "warn_tint"), 4.5),
    (("stop",), ("surface", "sunken", "hover", "stop_tint"), 4.5),
    (("on_accent",), ("accent", "accent_hover"), 4.5),
    (("strong",), ("surface", "sunken", "window", "hover", "tint", "warn_tint"), 3.0),
    (("accent",), ("surface", "sunken", "window", "warn_tint"), 3.0),
    (("joint", "implant_line"), ("surface",), 3.0),
    (("donor_line",), ("donor",), 3.0),
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [(ink, ground, least) for inks, grounds, least in LEGIBLE for ink in inks for ground in grounds],
)
def test_every_ink_is_legible_on_every_fill_it_stands_on(scheme: Scheme, ink: str, ground: str, least: float) -> None:
    tokens = Tokens(read_tokens(FILE), scheme, 13)
    assert contrast(tokens.colour(ink), tokens.colour(ground)) >= least


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_colour_that_is_written_with_has_its_contrast_tested() -> None:
    inks = {ink for inks, _grounds, _least in LEGIBLE for ink in inks}
    fills = {"window", "sunken", "surface", "line", "accent_hover", "tint", "tint_line", "hover", "scrim"}
    tints = {f"{kind}_{part}" for kind in ("ok", "warn", "stop") for part in ("tint", "line")}
    assert set(read_tokens(FILE).colours) <= inks | fills | tints


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_schemes_have_every_colour(scheme: Scheme) -> None:
    tokens = Tokens(read_tokens(FILE), scheme, 13)
    assert tokens.colour("text") == {"light": "#15191E", "dark": "#E9ECEF"}[scheme]
    assert tokens.colour("donor") == {"light": "#EE9130", "dark": "#DB842B"}[scheme]


def test_at_the_design_size_measures_are_as_written_and_at_twice_the_text_they_double() -> None:
    file = read_tokens(FILE)
    once, twice = Tokens(file, "light", 13), Tokens(file, "light", 26)
    assert (once.px("answer"), once.px("key"), once.px("icon_row"), once.px("pane")) == (58, 18, 16, 16)
    for name, size in file.sizes.items():
        assert twice.exact(name) == pytest.approx(2 * size)
        assert once.px(name) >= 1
    assert once.frame("wide") == 1092
    assert once.line_height("body") == pytest.approx(18)


def test_a_recolouring_gives_each_light_colour_one_dark_colour() -> None:
    file = read_tokens(FILE)
    assert Tokens(file, "light", 13).recolouring() == {}
    dark = Tokens(file, "dark", 13).recolouring()
    assert dark["#EE9130"] == "#DB842B"
    assert dark["#FFFFFF"] == file.colours["surface"][1] == file.pictures["hole"][1]


@pytest.mark.parametrize("ask", ["colour", "px", "role", "frame", "share"])
def test_a_name_that_the_file_lacks_is_said(ask: str) -> None:
    tokens = Tokens(read_tokens(FILE), "light", 13)
    with pytest.raises(DataError, match=r"'nothing_such'.*tokens\.toml"):
        getattr(tokens, ask)("nothing_such")


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("schema = 1", "schema = 2", "schema must be 1"),
        ("body = 13", "body = 0", "body must be a number above 0"),
        ("body = 13", "body = true", "body must be a number above 0"),
        ("[share]", "[shares]", "exactly the sections"),
        ('["#EEF0F2", "#0F1215"]', '["#EEF0F2"]', "colour.window must be two colours"),
        ('["#EEF0F2", "#0F1215"]', '["#eef0f2", "#0F1215"]', "colour.window must be two colours"),
        ('["#EEF0F2", "#0F1215"]', '"#EEF0F2"', "colour.window must be two colours"),
        ("answer = 58", 'answer = "58"', "size.answer must be a number"),
        ("answer = 58", "Answer = 58", "size.Answer must be named in lower_snake"),
        ('family = "Inter"', "family = 3", "face must be family"),
        ("label = { px = 11, line = 14", "label = { px = 10, line = 14", "type.label.px must be at least"),
        ("label = { px = 11, line = 14", "label = { px = 11, line = 9", "type.label.line must be at least"),
        ("line = 14, weight = 400", "line = 14, weight = 450", "weight must be 400, 500 or 600"),
        ("weight = 600, zero = true", "weight = 600, zero = 1", "zero must be true or false"),
        ("weight = 600, zero = true", "weight = 600, slashed = true", "must be made of"),
        ("[frame]", "[frame", "not valid TOML"),
    ],
)
def test_a_wrong_token_file_is_refused_by_key(tmp_path: Path, written: str, instead: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert written in text
    wrong = tmp_path / "tokens.toml"
    wrong.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"tokens\.toml") as caught:
        read_tokens(wrong)
    assert said in str(caught.value)


def test_a_missing_token_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tokens\.toml cannot be read"):
        read_tokens(tmp_path / "tokens.toml")


def test_an_empty_section_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    wrong = tmp_path / "tokens.toml"
    wrong.write_text(text[: text.index("[share]")] + "[share]\n", encoding="utf-8")
    with pytest.raises(DataError, match="share must be a table with entries"):
        read_tokens(wrong)
