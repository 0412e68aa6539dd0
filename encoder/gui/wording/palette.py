"""The rows of the palette: what it offers at first, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from encoder.gui.actions import Action, matching
from encoder.gui.searching import Sought
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.hits import HitRow
from encoder.gui.wording import hits

TABLES = {
    "cpt": "cpt",
    "icd10cm": "icd10cm_list",
    "icd10pcs": "icd10pcs_tables",
    "hcpcs": "hcpcs",
    "pos": "places",
}
"""The table whose edition stands beside the name of a code set."""
KEYS = (
    Hint(("↑", "↓"), "choose"),
    Hint(("Enter",), "open"),
    Hint(("Esc",), "close"),
    Hint(("Alt", "1", "–", "8"), "search in"),
    Hint(("Ctrl", "↓"), "next group"),
    Hint(("Tab",), "next control"),
)
"""The keys of the palette."""
_FEW = 6  # commands beside hits


def at_first(
    recent: Sequence[str], favourites: Sequence[str], title: Callable[[str], str], actions: Sequence[Action]
) -> list[HitRow]:
    """What is offered before anything is typed: the last searches, the favourites, every command."""
    rows: list[HitRow] = []
    if recent:
        rows.append(HitRow("heading", "recent", "Looked for before, while this window is open"))
        rows += [HitRow("again", text, text, "Search") for text in recent]
    if favourites:
        rows.append(HitRow("heading", "favourites", "Favourites"))
        rows += [HitRow("code", code, title(code), code, code=True) for code in favourites]
    rows.append(HitRow("heading", "commands", "Commands"))
    return [*rows, *_commands(list(enumerate(actions)))]


def found(
    sought: Sought, edition: Callable[[str], str], question: Callable[[str], str], actions: Sequence[Action]
) -> list[HitRow]:
    """What was found, never nothing: a question first where the text reads as one, else last."""
    text = " ".join(sought.wish.text.split())
    asks = hits.is_question(text)
    own = matching(actions, text)
    commands = [(at, action) for at, action in enumerate(actions) if action in own]
    rows: list[HitRow] = []
    if asks:
        rows += [HitRow("heading", "ask", "Question"), hits.ask(text)]
    if commands and not sought.found.hits:
        rows += _with_heading(commands)
    rows += hits.groups(sought, edition, question)
    rows += hits.near(sought.found.near)
    if commands and sought.found.hits:
        rows += _with_heading(commands[:_FEW])
    if not asks:
        rows += [HitRow("heading", "ask", "Question"), hits.ask(text)]
    return rows


def _with_heading(commands: Sequence[tuple[int, Action]]) -> list[HitRow]:
    return [HitRow("heading", "commands", "Commands"), *_commands(commands)]


def _commands(commands: Sequence[tuple[int, Action]]) -> Iterator[HitRow]:
    for at, action in commands:
        yield HitRow("command", str(at), action.name, "Command", keys=action.keys)
