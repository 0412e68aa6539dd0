"""Packs: editions in one signed file for other workstations, and the keys that sign it or are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui import files
from encoder.gui.editions_work import Packing
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import CheckBox
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.fields import Named, line
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import STRONG, Words

_PACKS, _SECRET, _PUBLIC = "Packs (*.pack)", "Secret keys (*.key)", "Public keys (*.pub)"
_DIGITS = 6  # of a version
_WHAT = (
    "A pack is every edition in use in one file. Another workstation takes it only when it is signed with a key that "
    "is trusted there, and never an older one over a newer one. It is imported like any other file."
)


class PacksPane(QFrame):
    """Export, sign, keys.

    Signals:
        export_wanted(Path, Packing). sign_wanted(Path, Path, str): pack, secret key, passphrase.
        keys_wanted(Path, str): a new pair under a name, with a passphrase. trusted(str): a key as file or text.
        distrusted(str): a key by its id.
    """

    export_wanted = Signal(object, object)
    sign_wanted = Signal(object, object, str)
    keys_wanted = Signal(object, str)
    trusted = Signal(str)
    distrusted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "surface")
        self.setProperty("edge", "left")
        self.error = IconLine(look, "stop", "stop", "", "body", "stop")
        self.name, self.version = line("Name of the pack", "office"), line("Version", "1")
        self.version.setMaxLength(_DIGITS)
        self.quarter = line("Quarter", "2026Q4")
        self.licensed = CheckBox(look, "All who get it hold the AMA's licence")
        self.pack, self.secret = line("Pack to be signed", "a .pack file"), line("Secret key", "a .key file")
        self.passphrase = line("Passphrase of the key", secret=True)
        self.new_passphrase = line("Passphrase for new keys", secret=True)
        self.key = line("Public key to be trusted", "a .pub file, or the line that begins with RW")
        self.export = KeyButton(look, "Export…", icon="save")
        self.sign, self.trust = KeyButton(look, "Sign", icon="edit"), KeyButton(look, "Trust", icon="lock")
        self.make = KeyButton(look, "Make a pair of keys…", icon="plus")
        self.choose_pack, self.choose_secret = self._chooser("pack"), self._chooser("secret key")
        self.choose_key = self._chooser("public key")
        self.keys = FactTable(look, "Trusted keys")
        self._lay_out()
        self._connect()
        self.refuse("")
        self._measure()
        look.changed.connect(self._measure)

    def _chooser(self, what: str) -> KeyButton:
        button = KeyButton(self._look, "", icon="open")
        button.setAccessibleName(f"Choose the {what}")
        button.setToolTip(f"Choose the {what}")
        return button

    def _lay_out(self) -> None:
        look = self._look
        body = QWidget()
        body.setProperty("fill", "none")
        self._body = QVBoxLayout(body)
        self._rows: list[QHBoxLayout] = []
        self._body.addWidget(Words(look, "Packs and keys", "place"))
        self._body.addWidget(Words(look, _WHAT, "small", "text2"))
        self._body.addWidget(self.error)
        self._title("Export")
        fields = Flow(look)
        for name, field, width in (
            ("Name", self.name, "field_code"),
            ("Version", self.version, "field_case"),
            ("Quarter", self.quarter, "field_case"),
        ):
            fields.addWidget(Named(look, name, field, width))
        self._body.addLayout(fields)
        self._body.addWidget(self.licensed)
        self._buttons(self.export)
        self._title("Sign")
        self._chosen("Pack", self.pack, self.choose_pack)
        self._chosen("Secret key", self.secret, self.choose_secret)
        self._body.addWidget(Named(look, "Passphrase, if it has one", self.passphrase, "field_code"))
        self._buttons(self.sign)
        self._title("Trusted keys")
        self._none = Words(look, "No key is trusted yet, so no pack is taken.", "small", "text2")
        self._body.addWidget(self.keys)
        self._body.addWidget(self._none)
        self._chosen("Trust another key", self.key, self.choose_key)
        self._buttons(self.trust)
        self._title("New keys")
        said = "NAME.key stays with you and signs; NAME.pub goes to everybody who is to take your packs."
        self._body.addWidget(Words(look, said, "small", "text2"))
        self._body.addWidget(Named(look, "Passphrase (empty: none)", self.new_passphrase, "field_code"))
        self._buttons(self.make)
        self._body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroller(body))

    def _title(self, words: str) -> None:
        self._body.addWidget(Words(self._look, words, "body", weight=STRONG))

    def _buttons(self, button: KeyButton) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._rows.append(row)
        self._body.addLayout(row)

    def _chosen(self, name: str, field: QLineEdit, button: KeyButton) -> None:
        row = QHBoxLayout()
        row.addWidget(Named(self._look, name, field), 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._rows.append(row)
        self._body.addLayout(row)

    def _connect(self) -> None:
        self.export.clicked.connect(self._export)
        self.sign.clicked.connect(self._sign)
        self.make.clicked.connect(self._make)
        self.trust.clicked.connect(self._trust)
        self.key.returnPressed.connect(self._trust)
        for button, field, title, kinds in (
            (self.choose_pack, self.pack, "Pack to be signed", _PACKS),
            (self.choose_secret, self.secret, "Secret key", _SECRET),
            (self.choose_key, self.key, "Public key to be trusted", _PUBLIC),
        ):
            button.clicked.connect(
                lambda _checked=False, to=field, said=title, which=kinds: self._choose(to, said, which)
            )
        self.keys.opened.connect(self.distrusted)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_keys(self, ids: Sequence[str]) -> None:
        """Show which keys are trusted."""
        self.keys.set_facts([Fact(key, key, "", icon="lock", action="trust no longer") for key in ids])
        self.keys.setVisible(bool(ids))
        self._none.setVisible(not ids)

    def show_quarter(self, quarter: str, *, licensed: bool) -> None:
        """Offer a quarter, and ask for the licence only where the AMA's texts are among the editions."""
        if not self.quarter.text():
            self.quarter.setText(quarter)
        self.licensed.setVisible(licensed)

    def refuse(self, sentence: str) -> None:
        """Say what went wrong; without a sentence nothing did."""
        self.error.set_words(sentence)
        self.error.setVisible(bool(sentence))

    def focus_main(self) -> None:
        """Put the focus on the first field."""
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is wanted -----------------------------------------------------------------------------------------------

    def _export(self) -> None:
        name, version = self.name.text().strip(), self.version.text().strip()
        if not name or not (version.isascii() and version.isdecimal() and int(version)):
            self.refuse("Give the pack a name, the same in every version, and a version that grows: 1, 2, 3.")
            return
        out = files.save_file(self, "Export a pack", f"{name}-{version}.pack", _PACKS)
        if out is not None:
            self.refuse("")
            packing = Packing(name, int(version), self.quarter.text().strip(), self.licensed.isChecked())
            self.pack.setText(str(out))
            self.export_wanted.emit(out, packing)

    def _sign(self) -> None:
        pack, secret = self.pack.text().strip(), self.secret.text().strip()
        if not pack or not secret:
            self.refuse("Choose the pack and the secret key that signs it.")
            return
        self.refuse("")
        self.sign_wanted.emit(Path(pack), Path(secret), self.passphrase.text())
        self.passphrase.clear()

    def _make(self) -> None:
        name = files.save_file(self, "Name of the new keys", "office")
        if name is not None:
            self.refuse("")
            self.keys_wanted.emit(name, self.new_passphrase.text())
            self.new_passphrase.clear()

    def _trust(self) -> None:
        self.refuse("")
        self.trusted.emit(self.key.text().strip())

    def _choose(self, field: QLineEdit, title: str, kinds: str) -> None:
        file = files.open_file(self, title, kinds)
        if file is not None:
            field.setText(str(file))

    def _measure(self) -> None:
        px = self._look.px
        self._body.setContentsMargins(px("pane"), px("part"), px("pane"), px("pane"))
        self._body.setSpacing(px("near"))
        for row in self._rows:
            row.setSpacing(px("tight"))
