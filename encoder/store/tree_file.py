"""Reading a tree: the TOML files of one tree become one ``Tree``.

Strict: an unknown key, a wrong type, a second id or a missing text is refused in one sentence with file, id, key, value
and what was expected.

What a reader of single files cannot see (dangling ids, gaps, conflicts, citations) is proved in ``core.tree.proofs``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from encoder.core.codes import Span
from encoder.core.tree.facts import HOWS
from encoder.core.tree.model import (
    ANY,
    Answer,
    Band,
    Case,
    Caution,
    Condition,
    Derived,
    Effect,
    Family,
    Go,
    Kind,
    LineSpec,
    Open,
    Outcome,
    Query,
    Question,
    Rule,
    Tree,
)
from encoder.core.tree.rules import ROLES
from encoder.errors import DataError

EFFECTS = ("line", "modify", "drop", "replace", "split", "warn", "review")
_HEAD = {
    "schema",
    "id",
    "title",
    "edition",
    "start",
    "from",
    "until",
    "usual_way",
    "cites",
    "band",
    "question",
    "fact",
    "outcome",
    "rule",
    "warning",
    "query",
    "family",
}


def tree_ids(folder: Path) -> tuple[str, ...]:
    """Ids of the trees in a folder: one for each file without a second part in its name."""
    return tuple(sorted(p.stem for p in folder.glob("*.toml") if "." not in p.stem))


def read_tree(folder: Path, tree_id: str) -> Tree:
    """Read ``<id>.toml`` and every ``<id>.<part>.toml`` beside it as one tree.

    Raises:
        DataError: a file is missing, is not TOML, or holds something that is not expected.
    """
    head = folder / f"{tree_id}.toml"
    files = [head, *sorted(folder.glob(f"{tree_id}.*.toml"))]
    digest = hashlib.sha256()
    merged = _Merged()
    for file in files:
        try:
            raw = file.read_bytes()
        except OSError as error:
            known = ", ".join(tree_ids(folder)) or "none"
            raise DataError(
                f"Tree '{tree_id}' cannot be read: {file.name} is missing or unreadable; trees here: {known}."
            ) from error
        digest.update(file.name.encode() + b"\0" + raw + b"\0")
        merged.add(file.name, raw)
    return _Builder(merged, digest.hexdigest()).tree()


class _Merged:
    """The tables of all files, each entry with the file it stands in."""

    def __init__(self) -> None:
        self.head: dict[str, object] = {}
        self.named: dict[str, dict[str, _Entry]] = {k: {} for k in ("question", "fact", "warning", "query")}
        self.listed: dict[str, list[_Entry]] = {k: [] for k in ("band", "outcome", "rule", "family")}

    def add(self, file: str, raw: bytes) -> None:
        try:
            data = tomllib.loads(raw.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise DataError(f"{file} is not valid TOML: {error}; mend the line named.") from error
        for key, value in data.items():
            if key not in _HEAD:
                raise DataError(f"{file}: unknown key '{key}'{_hint(key, _HEAD)}; remove it or mend its name.")
            if key in self.named:
                for name, entry in _dict(value, f"{file}: {key}").items():
                    if name in self.named[key]:
                        first = self.named[key][name].where
                        raise DataError(
                            f"{file}: {key} '{name}' stands a second time (first in {first}); ids are unique."
                        )
                    self.named[key][name] = _Entry(_dict(entry, f"{file}: {key} '{name}'"), f"{file}: {key} '{name}'")
            elif key in self.listed:
                for index, entry in enumerate(_list(value, f"{file}: {key}"), 1):
                    table = _dict(entry, f"{file}: {key} {index}")
                    name = str(table.get("id", index))
                    if any(other.text("id", "") == name for other in self.listed[key]):
                        raise DataError(f"{file}: {key} '{name}' stands a second time; ids are unique.")
                    self.listed[key].append(_Entry(table, f"{file}: {key} '{name}'"))
            elif key in self.head:
                raise DataError(f"{file}: '{key}' is set a second time; it belongs in one file of the tree.")
            else:
                self.head[key] = value


@dataclass(frozen=True)
class _Entry:
    """One table of a file, read key by key; what is left over at the end is an unknown key."""

    table: Mapping[str, object]
    where: str

    def text(self, key: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            raise DataError(f"{self.where} has no '{key}'; add the text.")
        if not isinstance(value, str):
            raise DataError(f"{self.where}: '{key}' is {value!r}; a text in quotes was expected.")
        if not value.strip() and default is None:
            raise DataError(f"{self.where}: '{key}' is empty; write the text.")
        return value

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise DataError(f"{self.where}: '{key}' is {value!r}; true or false was expected.")
        return value

    def texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataError(f"{self.where}: '{key}' is {value!r}; a list of texts was expected.")
        if needed and not value:
            raise DataError(f"{self.where} has no '{key}'; every entry needs at least one.")
        return tuple(value)

    def day(self, key: str) -> date | None:
        value = self.table.get(key)
        if value is not None and type(value) is not date:
            raise DataError(f"{self.where}: '{key}' is {value!r}; a date without quotes was expected (2019-01-01).")
        return value

    def span(self) -> Span:
        start, end = self.day("from"), self.day("until")
        if start and end and start > end:
            raise DataError(f"{self.where}: 'from' {start} lies after 'until' {end}; swap or mend them.")
        return Span(start, end)

    def condition(self, key: str = "when") -> Condition:
        value = self.table.get(key)
        if value is None:
            return ANY
        terms = []
        for fact, wanted in _dict(value, f"{self.where}: '{key}'").items():
            values = wanted if isinstance(wanted, list) else [wanted]
            if not values or not all(isinstance(v, str) for v in values):
                raise DataError(
                    f"{self.where}: '{key}' wants {fact} = {wanted!r}; a text or a list of texts was expected."
                )
            terms.append((fact, frozenset(str(v) for v in values)))
        return Condition(tuple(terms))

    def part(self, key: str) -> _Entry | None:
        value = self.table.get(key)
        return None if value is None else _Entry(_dict(value, f"{self.where}: '{key}'"), f"{self.where}: '{key}'")

    def parts(self, key: str) -> Iterable[_Entry]:
        for index, value in enumerate(_list(self.table.get(key, []), f"{self.where}: '{key}'"), 1):
            table = _dict(value, f"{self.where}: {key} {index}")
            yield _Entry(table, f"{self.where}: {key} '{table.get('id', index)}'")

    def only(self, *known: str) -> _Entry:
        for key in self.table:
            if key not in known:
                raise DataError(f"{self.where}: unknown key '{key}'{_hint(key, known)}; remove it or mend its name.")
        return self


_ANSWER = ("id", "say", "plain", "short", "group", "picture", "next", "only", "query", "alone", "regions")
_QUESTION = (
    "label",
    "ask",
    "hint",
    "kind",
    "help",
    "query",
    "cites",
    "next",
    "refines",
    "asked",
    "usual",
    "same_ways",
    "source",
    "map",
    "review",
    "answer",
    "copy_answers",
)


class _Builder:
    def __init__(self, merged: _Merged, sha256: str) -> None:
        self.merged, self.sha256 = merged, sha256

    def tree(self) -> Tree:
        head = _Entry(self.merged.head, "the tree")
        tree_id = head.text("id")
        head = _Entry(self.merged.head, f"tree '{tree_id}'")
        if self.merged.head.get("schema") != 1:
            found = self.merged.head.get("schema")
            raise DataError(
                f"tree '{tree_id}': schema is {found!r}; this program reads schema 1, update one of the two."
            )
        named, listed = self.merged.named, self.merged.listed
        return Tree(
            id=tree_id,
            title=head.text("title"),
            edition=head.text("edition"),
            sha256=self.sha256,
            start=head.text("start"),
            span=head.span(),
            bands=tuple(
                Band(e.only("from", "until", "outcome").span(), e.text("outcome"), e.where) for e in listed["band"]
            ),
            usual_way=head.texts("usual_way"),
            questions={name: self.question(name, entry) for name, entry in named["question"].items()},
            derived={name: self.derived(name, entry) for name, entry in named["fact"].items()},
            outcomes={e.text("id"): self.outcome(e) for e in listed["outcome"]},
            rules=tuple(self.rule(e) for e in listed["rule"]),
            warnings={name: self.warning(name, entry) for name, entry in named["warning"].items()},
            queries={name: self.query(name, entry) for name, entry in named["query"].items()},
            families=tuple(self.family(e) for e in listed["family"]),
            cites=head.texts("cites", needed=True),
        )

    def question(self, name: str, entry: _Entry) -> Question:
        entry.only(*_QUESTION)
        kind = entry.text("kind", "one")
        if kind not in tuple(Kind):
            raise DataError(f"{entry.where}: kind is '{kind}'; one, many or pick was expected.")
        answers = tuple(self.answer(e) for e in entry.parts("answer"))
        copied = entry.text("copy_answers", "")
        if copied:
            original = self.merged.named["question"].get(copied)
            if original is None:
                raise DataError(f"{entry.where}: copy_answers names '{copied}', which is no question; mend the name.")
            answers = tuple(self.answer(e) for e in original.parts("answer"))
        _unique([a.id for a in answers], entry.where, "answer")
        if not answers and kind != Kind.PICK:
            raise DataError(f'{entry.where} has no answers; add some or make it kind = "pick".')
        refines = entry.flag("refines")
        if kind != Kind.ONE and not refines:
            raise DataError(
                f"{entry.where}: kind is '{kind}', but only a question that refines may be so; mend one of them."
            )
        source = entry.text("source", "")
        if (kind == Kind.PICK) != bool(re.fullmatch(r"(diagnoses|allowed):\w+", source)):
            raise DataError(
                f"{entry.where}: source is '{source}'; a pick needs diagnoses:<fact> or allowed:<fact>, others none."
            )
        twins = _dict(entry.table.get("same_ways", {}), f"{entry.where}: 'same_ways'")
        return Question(
            id=name,
            label=entry.text("label"),
            ask=entry.text("ask"),
            hint=entry.text("hint"),
            kind=Kind(kind),
            answers=answers,
            query=entry.text("query"),
            cites=entry.texts("cites", needed=True),
            help=entry.text("help", ""),
            go=self.go(entry),
            refines=refines,
            asked=entry.condition("asked"),
            usual=entry.text("usual", ""),
            same_ways=tuple((answer, str(twin)) for answer, twin in twins.items()),
            source=source,
            map=entry.flag("map"),
            review=entry.text("review", ""),
            where=entry.where,
        )

    def answer(self, entry: _Entry) -> Answer:
        entry.only(*_ANSWER)
        return Answer(
            id=entry.text("id"),
            say=entry.text("say"),
            plain=entry.text("plain", ""),
            short=entry.text("short", ""),
            group=entry.text("group", ""),
            picture=entry.text("picture", ""),
            go=self.go(entry),
            only=entry.condition("only"),
            query=entry.text("query", ""),
            alone=entry.flag("alone"),
            regions=entry.texts("regions"),
        )

    def go(self, entry: _Entry) -> tuple[Go, ...]:
        value = entry.table.get("next")
        if value is None:
            return ()
        if isinstance(value, str):
            return (Go(value),)
        return tuple(Go(e.only("to", "when").text("to"), e.condition()) for e in entry.parts("next"))

    def derived(self, name: str, entry: _Entry) -> Derived:
        entry.only("say", "case")
        cases = []
        for case in entry.parts("case"):
            case.only("when", "how", "args")
            how, args = case.text("how"), case.texts("args", needed=True)
            if how not in HOWS:
                raise DataError(f"{case.where}: how is '{how}'; one of {', '.join(HOWS)} was expected.")
            wanted = HOWS[how]
            if wanted is not None and len(args) != wanted:
                raise DataError(
                    f"{case.where}: '{how}' takes {wanted} args, not {len(args)} {list(args)}; mend the list."
                )
            cases.append(Case(how, args, case.condition()))
        if not cases:
            raise DataError(f"{entry.where} has no case; say how the fact is worked out.")
        return Derived(name, entry.text("say"), tuple(cases), entry.where)

    def outcome(self, entry: _Entry) -> Outcome:
        entry.only(
            "id",
            "ref",
            "kind",
            "verdict",
            "say",
            "when",
            "lines",
            "warn",
            "review",
            "open",
            "cites",
            "from",
            "until",
            "between",
            "without",
            "imported",
        )
        kind = entry.text("kind")
        if kind not in {"decided", "stopped"}:
            raise DataError(f"{entry.where}: kind is '{kind}'; decided or stopped was expected.")
        lines = tuple(self.line(e) for e in entry.parts("lines"))
        if bool(lines) != (kind == "decided"):
            raise DataError(
                f"{entry.where}: a decided outcome has lines and a stopped one has none; mend kind or lines."
            )
        return Outcome(
            id=entry.text("id"),
            ref=entry.text("ref"),
            kind=kind,
            verdict=entry.text("verdict"),
            say=entry.text("say"),
            when=entry.condition(),
            named="when" not in entry.table,
            lines=lines,
            warn=entry.texts("warn"),
            review=entry.text("review", ""),
            open=self.open(entry.part("open")),
            between=entry.texts("between"),
            without=entry.text("without", ""),
            imported=entry.flag("imported"),
            cites=entry.texts("cites", needed=True),
            span=entry.span(),
            where=entry.where,
        )

    def open(self, entry: _Entry | None) -> Open | None:
        if entry is None:
            return None
        entry.only("ask", "sides")
        sides = tuple(
            (e.only("head", "say", "cite").text("head"), e.text("say"), e.text("cite")) for e in entry.parts("sides")
        )
        return Open(entry.text("ask"), sides)

    def line(self, entry: _Entry) -> LineSpec:
        entry.only("role", "code", "code_of", "modifiers")
        role = entry.text("role")
        if role not in ROLES:
            raise DataError(f"{entry.where}: role is '{role}'; one of {', '.join(ROLES)} was expected.")
        code, fact = entry.text("code", ""), entry.text("code_of", "")
        if bool(code) == bool(fact):
            raise DataError(f"{entry.where} needs either 'code' or 'code_of'; give one of them.")
        return LineSpec(role, code, fact, entry.texts("modifiers"))

    def rule(self, entry: _Entry) -> Rule:
        entry.only("id", "say", "when", "effect", "open", "becomes", "cites", "from", "until")
        if "when" not in entry.table:
            raise DataError(f"{entry.where} has no 'when'; a rule needs a condition.")
        effects = tuple(self.effect(e) for e in entry.parts("effect"))
        return Rule(
            id=entry.text("id"),
            say=entry.text("say"),
            when=entry.condition(),
            effects=effects,
            cites=entry.texts("cites", needed=True),
            span=entry.span(),
            open=self.open(entry.part("open")),
            becomes=entry.text("becomes", ""),
            where=entry.where,
        )

    def effect(self, entry: _Entry) -> Effect:
        entry.only(*EFFECTS, "value")
        hows = [how for how in EFFECTS if how in entry.table]
        if len(hows) != 1:
            raise DataError(f"{entry.where}: one of {', '.join(EFFECTS)} was expected, found {hows or 'none'}.")
        how = hows[0]
        if how == "line":
            part = entry.part("line")
            return Effect("line", line=self.line(part) if part else None)
        if how in {"warn", "review"}:
            return Effect(how, value=entry.text(how))
        needs_value = how in {"modify", "replace"}
        return Effect(how, on=entry.text(how), value=entry.text("value") if needs_value else "")

    def warning(self, name: str, entry: _Entry) -> Caution:
        entry.only("severity", "say", "cites")
        severity = entry.text("severity")
        if severity not in {"stop", "warn", "note"}:
            raise DataError(f"{entry.where}: severity is '{severity}'; stop, warn or note was expected.")
        return Caution(name, severity, entry.text("say"), entry.texts("cites", needed=True), entry.where)

    def query(self, name: str, entry: _Entry) -> Query:
        entry.only("ref", "topic", "fact", "why", "ask", "cites")
        return Query(
            name,
            entry.text("ref"),
            entry.text("topic"),
            entry.text("fact"),
            entry.text("why"),
            entry.text("ask"),
            entry.texts("cites", needed=True),
            entry.where,
        )

    def family(self, entry: _Entry) -> Family:
        entry.only("id", "title", "needs", "codes", "near", "cites")
        return Family(
            entry.text("id"),
            entry.text("title"),
            entry.text("needs"),
            entry.texts("codes", needed=True),
            entry.flag("near"),
            entry.texts("cites", needed=True),
            entry.where,
        )


def _dict(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DataError(f"{where} is {value!r}; a table was expected.")
    return {str(key): item for key, item in value.items()}


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise DataError(f"{where} is {value!r}; a list was expected.")
    return list(value)


def _unique(ids: list[str], where: str, what: str) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise DataError(f"{where}: {what} '{name}' stands {ids.count(name)} times; ids are unique.")


def _hint(word: str, names: Iterable[str]) -> str:
    close = get_close_matches(word, list(names), 1)
    return f" (did you mean '{close[0]}'?)" if close else ""
