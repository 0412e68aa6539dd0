"""What is done to the editions: read and import files, compare, verify, hide, remove, packs and their keys.

What takes long is done in another thread, with tables of its own; what reads files is imported there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from encoder.errors import EncoderError, UsageError
from encoder.gui.long_work import LongWork
from encoder.gui.wording.case import spaced
from encoder.store.edition_tables import KINDS
from encoder.store.library import Library

if TYPE_CHECKING:
    from encoder.formats.plan import Plan, Wish
    from encoder.store.edition_changes import Report
    from encoder.store.edition_writer import Watcher
    from encoder.store.editions import Held
    from encoder.store.minisign import PublicKey
    from encoder.store.packs import Label

_MANY = 3  # editions are counted, fewer are named
FOLDER_WANTED = "No folder is set for imported editions; name one in GRAFTPATH_DATA."


@dataclass(frozen=True, slots=True)
class Packing:
    """What goes into a pack: its name, version and quarter, and whether all who get it are licensed."""

    name: str
    version: int
    quarter: str
    licensed: bool


class EditionsWork(QObject):
    """The editions of one library, the one of the window.

    Signals:
        planned(Plan): what the files hold, before they are read. imported(object): the reports of what now counts.
        said(str, str): something was done, and a note to it. failed(object): an EncoderError.
        compared(Report), verified(object): what came of it; the latter a sequence of ``Verified``.
        keys_changed(): another key is trusted, or one no longer.
    """

    planned = Signal(object)
    imported = Signal(object)
    said = Signal(str, str)
    failed = Signal(object)
    compared = Signal(object)
    verified = Signal(object)
    keys_changed = Signal()

    def __init__(self, library: Library, changed: Callable[[], object], parent: QObject | None = None) -> None:
        """``changed`` is called when an edition came or went."""
        super().__init__(parent)
        self.library, self._changed = library, changed
        self.work = LongWork(self)
        self.work.failed.connect(self.failed)

    def held(self) -> tuple[Held, ...]:
        """Every imported edition, hidden and damaged ones too."""
        return self.library.shelf.all()

    # -- files --------------------------------------------------------------------------------------------------------

    def read(self, files: Sequence[Path], wish: Wish | None = None) -> None:
        """Read files, report what they hold (``work.asked``), and let it count when it is agreed to."""

        def job(watcher: Watcher) -> tuple[Report, ...]:
            from encoder.formats.intake import bring
            from encoder.formats.plan import plan
            from encoder.store.packs import bring_pack, looks_like_pack, trusted_keys

            with closing(self.library.twin()) as library:
                if any(looks_like_pack(file) for file in files):
                    if len(files) > 1:
                        raise UsageError("A pack is imported alone; give the other files afterwards.")
                    return bring_pack(files[0], library, trusted_keys(library.shelf.folder), watcher)[1]
                watcher.progress("looking at the files", 0, 0)
                found: Plan = plan(files, wish)
                self.planned.emit(found)
                return bring(found, library, wish, watcher)

        self.work.start(job, self._imported)

    def agree(self) -> None:
        """Let what was read count, at once. A file that is replaced must not be open here."""
        self.library.again()
        self.work.agree()

    def _imported(self, reports: object) -> None:
        assert isinstance(reports, tuple)
        self._changed()
        self.imported.emit(reports)
        names = [f"{KINDS[report.kind].label} {spaced(report.edition)}" for report in reports]
        self.said.emit(f"Imported {' and '.join(names) if len(names) < _MANY else f'{len(names)} editions'}.", "")

    # -- one edition --------------------------------------------------------------------------------------------------

    def compare(self, edition: str) -> None:
        """Work out what an edition changes against the one before it."""

        def job(watcher: Watcher) -> Report:
            from encoder.store.edition_changes import changes_of

            with closing(self.library.twin()) as library:
                return changes_of(library, library.shelf.find(edition), watcher)

        self.work.start(job, self.compared.emit)

    def verify(self, editions: Sequence[str]) -> None:
        """Read all of some editions: whether each is as it was imported."""

        def job(watcher: Watcher) -> object:
            from encoder.store.editions import verify

            with closing(self.library.twin()) as library:
                return tuple(verify(library.shelf.find(edition), watcher) for edition in editions)

        self.work.start(job, self.verified.emit)

    def hide(self, edition: str) -> None:
        """Roll back: the edition is kept and no longer answers."""
        self._move(
            lambda: self.library.shelf.hide(edition), f"Rolled back {edition}; what was before it answers again."
        )

    def restore(self, edition: str) -> None:
        """Let a hidden edition answer again."""
        self._move(lambda: self.library.shelf.restore(edition), f"{edition} answers again.")

    def remove(self, edition: str) -> None:
        """Delete an edition."""
        self._move(lambda: self.library.shelf.remove(edition), f"Removed {edition}.")

    def _move(self, doing: Callable[[], object], said: str) -> None:
        self.library.again()
        if self._do(doing):
            self._changed()
            self.said.emit(said, "")

    def _do(self, doing: Callable[[], object]) -> bool:
        try:
            doing()
        except EncoderError as error:
            self.failed.emit(error)
            return False
        return True

    # -- packs --------------------------------------------------------------------------------------------------------

    def export(self, out: Path, packing: Packing) -> None:
        """Write every edition in use into one file for other workstations."""

        def job(watcher: Watcher) -> Label:
            from encoder.store.packs import Label, export

            label = Label(packing.name, packing.version, packing.quarter)
            with closing(self.library.twin()) as library:
                export(library.shelf, (), out, label, licensed=packing.licensed, watcher=watcher)
            return label

        self.work.start(job, lambda _label: self.said.emit(f"Wrote {out.name}.", "Sign it, or no one can import it."))

    def sign(self, pack: Path, secret: Path, passphrase: str) -> None:
        """Sign a pack with a secret key."""

        def job(watcher: Watcher) -> Path:
            from encoder.store.key_files import read_secret
            from encoder.store.packs import sign

            watcher.progress(f"signing {pack.name}", 0, 0)
            return sign(pack, read_secret(secret, lambda: passphrase))

        self.work.start(
            job, lambda made: self.said.emit(f"Signed {pack.name}.", f"Hand on {Path(str(made)).name} too.")
        )

    def make_keys(self, name: Path, passphrase: str) -> None:
        """Make a pair of keys: NAME.key to sign with, NAME.pub for those who import."""

        def job(_watcher: Watcher) -> object:
            from encoder.store.key_files import write_keys

            return write_keys(name, lambda: passphrase)

        secret, public = f"{name.name}.key", f"{name.name}.pub"
        self.work.start(job, lambda _made: self.said.emit(f"Wrote {secret} and {public}.", f"{secret} stays with you."))

    def trusted(self) -> tuple[PublicKey, ...]:
        """The keys whose packs are taken.

        Raises:
            InputError: a file among them is no key.
        """
        from encoder.store.packs import trusted_keys

        return trusted_keys(self.library.shelf.folder)

    def trust(self, given: str) -> None:
        """Trust a key, as a file or as its text, for all packs to come."""

        def doing() -> None:
            from encoder.store.packs import trust

            key = trust(self._folder(), given)
            self.said.emit(f"Packs signed with key {key.id} are taken from now on.", "")
            self.keys_changed.emit()

        self._do(doing)

    def distrust(self, key: str) -> None:
        """Trust a key no longer."""

        def doing() -> None:
            from encoder.store.packs import distrust

            distrust(self._folder(), key)
            self.said.emit(f"Packs signed with key {key} are no longer taken.", "")
            self.keys_changed.emit()

        self._do(doing)

    def _folder(self) -> Path:
        folder = self.library.shelf.folder
        if folder is None:
            raise UsageError(FOLDER_WANTED)
        return folder
