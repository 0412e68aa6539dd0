"""From files to editions: which files make one edition, from when it holds, and what is left out and why.

Nothing is read here but the beginnings of the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from encoder.errors import InputError
from encoder.formats import cpt
from encoder.formats.layout import Layout
from encoder.formats.recognise import head_of, recognise, sentence
from encoder.formats.sources import BLOCK, LIMITS, Limits, Source, find
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import KINDS, Kind

SETTINGS = {
    "practitioner": ("ptp_practitioner", "mue"),
    "hospital": ("ptp_hospital", "mue_hospital"),
    "dme": ("mue_dme",),
}
QPP = "qpp"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says of the files where they do not say it themselves.

    Attributes:
        start: the first day that they hold for; ``setting`` a key of SETTINGS.
        columns: the columns of a table of official CPT texts, by what they hold.
        smaller: that an edition may have less than half the rows of the one before it.
    """

    start: date | None = None
    setting: str = ""
    columns: Mapping[str, str] | None = None
    smaller: bool = False


class UnsaidError(InputError):
    """Something that the files do not say and the user can: ``asks`` is start, setting or smaller of a ``Wish``."""

    def __init__(self, asks: str, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.asks, self.where = asks, where


@dataclass(frozen=True, slots=True)
class File:
    """One recognised file."""

    source: Source
    layout: Layout


@dataclass(frozen=True, slots=True)
class Planned:
    """One edition to be: its files in reading order. ``aside`` are read for a figure or for comparison alone."""

    kind: Kind
    start: date
    files: tuple[File, ...]
    aside: tuple[File, ...] = ()
    release: str = ""

    @property
    def edition(self) -> str:
        """What it is called."""
        return self.kind.edition(self.start)

    @property
    def until(self) -> date:
        """The last day it answers for."""
        return self.kind.until(self.start)


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions in some files; ``passed`` names every file that is not read, with the reason."""

    editions: tuple[Planned, ...]
    passed: tuple[tuple[str, str], ...]


def plan(paths: Iterable[Path], wish: Wish | None = None, limits: Limits = LIMITS) -> Plan:
    """What the files hold. A folder stands for the files in it and in its folders, and what is no table is passed over.

    Raises:
        InputError: a file is damaged or none of the published tables, parts are missing, editions are mixed, or the
            first day or the setting is not said.
    """
    wish = wish or Wish()
    passed: list[tuple[str, str]] = []
    groups: dict[tuple[str, date, str], list[File]] = {}
    given, loose = _unfolded(paths, limits)
    for file in _dated(list(_recognised(find(given, limits), wish, passed, loose)), wish):
        release = file.layout.version if file.layout.parts > 1 else ""
        assert file.layout.start is not None
        groups.setdefault((file.layout.kind, file.layout.start, release), []).append(file)
    _check_mixed(groups)
    made = [_planned(*key, files, passed) for key, files in groups.items()]
    return Plan(tuple(made), tuple(passed))


def _unfolded(paths: Iterable[Path], limits: Limits) -> tuple[list[Path], frozenset[Path]]:
    """The files, those of folders too; and which of them came with a folder."""
    given: list[Path] = []
    loose: list[Path] = []
    for path in paths:
        inside = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else []
        if path.is_dir() and not inside:
            raise InputError(f"The folder {path} holds no file; give the one that the files are in.")
        given += inside or [path]
        loose += inside
        if len(given) > limits.members:
            raise InputError(f"{path} and what is in it are {len(given):,} files; give the folder of one publication.")
    return given, frozenset(loose)


def _recognised(
    sources: Sequence[Source], wish: Wish, passed: list[tuple[str, str]], loose: frozenset[Path]
) -> Iterable[File]:
    """The files with a known layout; each path that was given must hold at least one, those in a folder need not."""
    reasons: dict[Path, tuple[Source, RefusedError]] = {}
    found: list[File] = []
    for source in sources:
        try:
            layout = cpt.by_columns(wish.columns, head_of(source)) if wish.columns else recognise(source)
        except RefusedError as error:
            passed.append((source.where, error.reason))
            reasons.setdefault(source.path, (source, error))
            continue
        found.append(File(source, _settled(source, layout, wish)))
    for path in dict.fromkeys(source.path for source in sources):
        if path not in loose and not any(file.source.path == path for file in found):
            source, refusal = reasons[path]
            if source.inside:
                raise InputError(
                    f"{path.name} holds no table that is read here ({source.inside[-1]}: {refusal.reason})."
                )
            raise sentence(source, refusal)
    if not found and loose:
        raise InputError(
            f"None of the {len(loose):,} files in the folder is a table that is read here; check the folder."
        )
    if not found:
        raise InputError("These archives are empty; get them again from where they are published.")
    return found


def _settled(source: Source, layout: Layout, wish: Wish) -> Layout:
    """A layout whose setting is known."""
    if not layout.asks:
        return layout
    kind = next((kind for kind in SETTINGS.get(wish.setting, ()) if kind in layout.asks), "")
    if not kind:
        raise UnsaidError(
            "setting",
            source.where,
            f"{source.where} does not say its setting; name it with --setting practitioner or --setting hospital.",
        )
    return replace(layout, kind=kind)


def _dated(files: list[File], wish: Wish) -> Iterable[File]:
    """The files with their first day: as said in the file, by the files beside it, or by the user."""
    for file in files:
        beside = {
            other.layout.start
            for other in files
            if other.layout.kind == file.layout.kind and other.layout.start is not None
        }
        start = file.layout.start or (beside.pop() if len(beside) == 1 else None)
        yield File(file.source, replace(file.layout, start=_agreed(file, start, wish.start)))


def _agreed(file: File, said: date | None, wished: date | None) -> date:
    """The first day, the user's where it lies in what the file says."""
    kind = KINDS[file.layout.kind]
    if said is None and wished is None:
        raise UnsaidError(
            "start",
            file.source.where,
            f"{file.source.where} does not say from when it holds; name the first day, for example --from 2026-07-01.",
        )
    if said is None or wished is None:
        return said or wished or date.min
    if not said <= wished <= kind.until(said):
        raise InputError(
            f"{file.source.where} holds from {said} to {kind.until(said)}, and --from says {wished}; "
            "leave --from out, or check the file."
        )
    return wished


def _check_mixed(groups: Mapping[tuple[str, date, str], Sequence[File]]) -> None:
    """Parts of several editions, none of them whole: that is a mixture, and no edition that lacks parts."""
    for kind in {key[0] for key in groups}:
        some = {key: files for key, files in groups.items() if key[0] == kind and files[0].layout.parts > 1}
        if len(some) > 1 and not any(_missing(files) == [] for files in some.values()):
            said = "; ".join(
                f"{KINDS[kind].edition(start)} {release}".strip() + ": " + ", ".join(file.source.name for file in files)
                for (_, start, release), files in sorted(some.items())
            )
            raise InputError(f"These parts are of different editions ({said}), and none is whole; give all of one.")


def _missing(files: Sequence[File]) -> list[int]:
    have = {file.layout.part for file in files}
    return [part for part in range(1, files[0].layout.parts + 1) if part not in have]


def _planned(kind_name: str, start: date, release: str, files: list[File], passed: list[tuple[str, str]]) -> Planned:
    kind = KINDS[kind_name]
    files = sorted(files, key=lambda file: file.layout.rank)
    first = [file for file in files if not _is_aside(file)] or files
    aside = [file for file in files if file not in first]
    if files[0].layout.parts > 1:
        _check_parts(kind, start, files)
    chosen = _one_each(first, passed)
    return Planned(kind, start, chosen, _one_each(aside, passed), release)


def _is_aside(file: File) -> bool:
    """Whether a file is read beside another of its edition: for its conversion factor, or to be compared with it."""
    layout = file.layout
    return layout.rank > 0 if layout.kind in ("icd10cm", "icd10pcs") else layout.kind == "pfs" and layout.version == QPP


def _check_parts(kind: Kind, start: date, files: Sequence[File]) -> None:
    parts = files[0].layout.parts
    title = f"{kind.title}, {kind.edition(start)}"
    unnumbered = [file.source.where for file in files if file.layout.part == 0]
    missing = _missing(files)
    if unnumbered and len(unnumbered) != parts:
        raise InputError(
            f"{unnumbered[0]} does not say which of the {parts} parts of {title} it is; give all {parts} together, "
            "under the names they were published with."
        )
    if not unnumbered and missing:
        said = " and ".join(", ".join(map(str, missing)).rsplit(", ", 1))
        raise InputError(
            f"Of the {parts} parts of {title} {'part' if len(missing) == 1 else 'parts'} {said} "
            f"{'is' if len(missing) == 1 else 'are'} missing; give all {parts} together, an edition is imported whole."
        )


def _one_each(files: Sequence[File], passed: list[tuple[str, str]]) -> tuple[File, ...]:
    """One file for each part or text, in their order; others with the same rows are passed over.

    Raises:
        InputError: two files of the same form differ.
    """
    chosen: dict[tuple[int, str], File] = {}
    for at, file in enumerate(files):
        layout = file.layout
        text = layout.version if layout.kind in ("cpt_licensed", "asc") else ""
        place = (layout.part or (at if layout.parts > 1 else 0), text)
        held = chosen.setdefault(place, file)
        if held is file:
            continue
        if (held.layout.rank, held.layout.form) == (layout.rank, layout.form) and _hash(held) != _hash(file):
            raise InputError(
                f"{held.source.where} and {file.source.where} are both {KINDS[layout.kind].title}, and they differ; "
                "give the one that is meant."
            )
        passed.append((file.source.where, f"holds the same as {held.source.name}, which is read"))
    return tuple(file for _, file in sorted(chosen.items(), key=lambda one: one[0]))


def _hash(file: File) -> str:
    sha = hashlib.sha256()
    with file.source.open() as stream:
        while block := stream.read(BLOCK):
            sha.update(block)
    return sha.hexdigest()
