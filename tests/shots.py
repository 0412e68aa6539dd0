"""Draws every page and state of the window, light, dark, in large text and narrow: ``python run.py shots``.

The pictures go to ``shots/``, one folder for each way of drawing. ``--readme`` makes docs/result.png anew.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from encoder import paths
from encoder.core.cases import Case
from encoder.gui.look.tokens import Choice
from encoder.store.case_file import read_cases
from tests.gui.look.dress import body_font
from tests.screen import ON, SIZE, Screen
from tests.shots_ask import SCENES as ASK_SCENES
from tests.shots_claims import CLAIM_SCENES
from tests.shots_codes import CODE_SCENES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "shots"
README_PICTURE = ROOT / "docs" / "result.png"
LABEL = "12-044"
NOTE = """\
OPERATIVE REPORT
Preoperative diagnosis: Osteosarcoma of the left distal femur.

History: In 2021 a bone cyst of the right tibia was curetted and filled with allograft chips at another hospital.

Procedure: Wide resection of the left distal femur was carried out en bloc with a cuff of normal muscle. The marrow \
margin was negative on frozen section.

Back table: The distal femoral osteoarticular allograft was thawed, templated against the specimen and cut to 12.5 cm. \
No morselized chips were used.

Reconstruction: The graft was seated and fixed with a lateral locking plate. The collateral ligaments were sutured to \
the donor stumps.
"""
CONTRA = NOTE.replace(
    "OPERATIVE REPORT\n",
    "Operation: Wide resection, left distal femur, reconstruction with an intercalary allograft.\n\n",
)
"""The same with a title that says something else."""
VAGUE = """\
Procedure: Wide resection of the left distal femur was carried out en bloc with a cuff of normal muscle.

Reconstruction: The defect was reconstructed with a bulk structural allograft from the tissue bank. It was cut to \
11 cm and fixed with two plates.
"""
COMPACT = (480, 760)


@dataclass(frozen=True)
class Way:
    """One way of drawing the window: the folder of its pictures, scheme, size of the text, size of the window."""

    folder: str
    scheme: Choice = "light"
    text: float = 1.0
    size: tuple[int, int] = SIZE


WAYS = (
    Way("light"),
    Way("dark", "dark"),
    Way("large", text=2.0),
    Way("compact", size=COMPACT),
    Way("compact_dark", "dark", size=COMPACT),
)


@dataclass(frozen=True)
class Scene:
    """One picture: the answers that lead to it, and what is done then."""

    name: str
    answers: Mapping[str, str]
    then: Callable[[Screen], object] = lambda _screen: None
    on: date = ON


DONOR = {"graft_material": "donor_bone", "region": "limb"}
TUMOUR = {**DONOR, "main_procedure": "radical_resection"}
JOINT = {**TUMOUR, "graft_form": "osteoarticular", "bone": "distal_femur", "graft_placed": "yes"}
FRACTURE = {**JOINT, "diagnosis": "pathologic_fracture_neoplastic"}
ANSWERED = {
    **JOINT,
    "side": "left",
    "diagnosis": "malignant_primary_limb",
    "diagnosis_code": "C40.22",
    "other_work": "internal_fixation",
    "surgeons": "one",
    "global_period": "no",
    "effort": "usual",
}


def scenes(cases: Mapping[str, Case]) -> list[Scene]:
    """Every page and state, in the order of the work."""

    def of_case(name: str, case: str, then: Callable[[Screen], object] = lambda _screen: None) -> Scene:
        return Scene(name, cases[case].answers, then, cases[case].on)

    return [
        Scene("question_first", {}),
        Scene("question_procedure", DONOR),
        Scene("question_form", TUMOUR, lambda screen: screen.press("Down", "Down", "Down")),
        Scene("question_map", {**TUMOUR, "graft_form": "osteoarticular"}),
        Scene("question_map_row", {**TUMOUR, "graft_form": "osteoarticular"}, lambda screen: screen.press("End", "Up")),
        Scene("question_map_turned", {**TUMOUR, "graft_form": "osteoarticular"}, turn_map),
        Scene("question_letters", {**TUMOUR, "graft_form": "osteoarticular"}, lambda screen: screen.type("fem")),
        Scene("question_one_answer", {key: JOINT[key] for key in list(JOINT)[:-1]}),
        Scene("question_groups", {**DONOR, "main_procedure": "arthroplasty", "arthroplasty_joint": "hip"}),
        Scene("question_long", {**DONOR, "main_procedure": "bone_repair", "repair_kind": "fracture"}),
        Scene("question_detail", JOINT, lambda screen: screen.button("Ask the details").click()),
        Scene("question_several", JOINT, several),
        Scene("question_pick", FRACTURE, lambda screen: screen.click_step("diagnosis_code")),
        Scene("question_pick_refused", FRACTURE, seventh),
        Scene("question_again", ANSWERED, lambda screen: screen.click_step("graft_form")),
        Scene("question_dropped", JOINT, dropped),
        Scene("question_note", TUMOUR, lambda screen: screen.read_note(NOTE)),
        Scene("question_note_first", {}, lambda screen: screen.read_note(NOTE)),
        Scene("question_note_mention", TUMOUR, mention),
        Scene("question_note_quoted", TUMOUR, own_quote),
        Scene("question_note_contradiction", TUMOUR, lambda screen: screen.read_note(CONTRA)),
        Scene("question_note_documents", TUMOUR, documents),
        Scene("result", JOINT),
        Scene("result_answered", ANSWERED),
        Scene("result_note", {}, noted_result),
        Scene("result_note_fact", {}, noted_fact),
        of_case("result_review", "golden_25"),
        of_case("result_review_hip", "golden_32"),
        of_case("result_warnings", "golden_26"),
        of_case("result_three_lines", "golden_28"),
        of_case("result_barred", "golden_09"),
        of_case("result_inpatient", "inpatient_lower_femur_left"),
        Scene("result_evidence", ANSWERED, evidence),
        of_case("stopped_contradiction", "resection_contra_femur_shaft"),
        of_case("stopped_outside", "other_fusion_other"),
        of_case("stopped_staged", "golden_27b"),
        of_case("stopped_before_2019", "golden_33"),
        of_case("stopped_no_edition", "date_edition_not_loaded"),
        Scene("stop", {**TUMOUR, "graft_form": "not_documented"}),
        Scene("stop_note", {}, lambda screen: noted(screen, VAGUE, {**TUMOUR, "graft_form": "not_documented"})),
        Scene(
            "stop_contradiction", {}, lambda screen: noted(screen, CONTRA, {**TUMOUR, "graft_form": "not_documented"})
        ),
        Scene("stop_quoted", {**TUMOUR, "graft_form": "not_documented"}, quoted),
        Scene("pane_help", TUMOUR, lambda screen: screen.press("F1")),
        Scene("pane_editions", TUMOUR, editions),
        Scene("pane_way", TUMOUR, lambda screen: screen.press("Up")),
        Scene("pane_possible", TUMOUR, lambda screen: screen.press("Alt+2")),
        Scene("bar_wrong_date", DONOR, wrong_date),
        Scene("page_help", DONOR, lambda screen: screen.desk.show_place("help")),
        Scene("page_settings", DONOR, lambda screen: screen.desk.show_place("settings")),
        Scene("page_error", DONOR, lambda screen: screen.desk.show_fault(FAULT, can_undo=True)),
        *(Scene(name, {}, then) for name, then in (CODE_SCENES | ASK_SCENES | CLAIM_SCENES).items()),
    ]


FAULT = (
    "resources/tree/structural_allograft.toml: question graft_form, answer plug leads to bonne, which is no question; "
    "install the program again."
)


def turn_map(screen: Screen) -> None:
    """The body map alone, one bone current."""
    screen.press("Alt+M")
    if screen.desk.case.question.takes_turns():
        screen.press("Down")


def several(screen: Screen) -> None:
    """A question with several answers, two of them ticked."""
    screen.click_step("other_work")
    screen.press("2", "5")


def seventh(screen: Screen) -> None:
    """A diagnosis that waits for its seventh character."""
    screen.click_step("diagnosis_code")
    screen.press("1")


def dropped(screen: Screen) -> None:
    """A changed answer that another one does not go with."""
    screen.click_step("main_procedure")
    screen.answer("implant_removal")
    screen.answer("ankle")


def evidence(screen: Screen) -> None:
    """The evidence of the first reason."""
    table = screen.desk.case.result.columns.why.table
    screen.click_row(table, table.model().index(1, 0))


def editions(screen: Screen) -> None:
    """Every edition in words."""
    bar = screen.desk.strip if screen.desk.strip.isVisible() else screen.desk.bar.mark
    bar.click()


def noted(screen: Screen, text: str, answers: Mapping[str, str]) -> None:
    """Answers given with a note beside them."""
    screen.read_note(text)
    screen.go_on(answers)


def noted_result(screen: Screen) -> None:
    """A result whose documentation list is ticked by the note."""
    noted(screen, NOTE, ANSWERED)


def noted_fact(screen: Screen) -> None:
    """A fact of the documentation list shown in the note."""
    noted_result(screen)
    table = screen.desk.case.result.columns.documentation.table
    at = next(place for place, fact in enumerate(table.facts()) if fact.quote)
    screen.click_row(table, table.model().index(at, 0))


def mention(screen: Screen) -> None:
    """The second mention gone to."""
    screen.read_note(NOTE)
    screen.press("F3", "F3")


def own_quote(screen: Screen) -> None:
    """Words of the coder's choice, quoted for an answer that is current."""
    screen.read_note(NOTE)
    start = NOTE.index("templated against the specimen")
    screen.desk.case.right.note.show_place(start, start + len("templated against the specimen"))
    screen.press("Down", "Ctrl+E")


def documents(screen: Screen) -> None:
    """Two documents of one case."""
    screen.read_note(NOTE)
    screen.read_note("Implants: osteochondral allograft, distal femur, left, tissue bank number 4711.\n")


def quoted(screen: Screen) -> None:
    """A query that quotes the note."""
    note = screen.desk.case.right.note
    screen.read_note(NOTE)
    start = NOTE.index("The distal femoral osteoarticular allograft was thawed")
    note.show_place(start, start + len("The distal femoral osteoarticular allograft was thawed"))
    screen.press("Ctrl+Shift+Q")


def wrong_date(screen: Screen) -> None:
    """A date that is none."""
    screen.desk.bar.focus_date()
    screen.type("2026-13-01")
    screen.press("Enter")


def dress(screen: Screen, way: Way) -> None:
    """Draw in another way from now on."""
    desk = screen.desk
    desk.choose(replace(screen.settings.choices, scheme=way.scheme, text=way.text))
    screen.window.resize(*way.size)
    screen.settle()


def set_up(screen: Screen, scene: Scene) -> None:
    """Bring the window to a scene."""
    desk = screen.desk
    screen.start_again()
    desk.bar.case.setText(LABEL)
    desk.bar.case.textEdited.emit(LABEL)
    screen.set_date(scene.on)
    screen.set_claim(scene.answers.get("claim", "surgeon"))
    screen.go_on(scene.answers)
    screen.settle()
    scene.then(screen)
    screen.settle()


def draw(screen: Screen, chosen: Iterable[Scene], ways: Iterable[Way], folder: Path) -> int:
    """Draw scenes into a folder; how many pictures were made."""
    made, chosen = 0, list(chosen)
    for way in ways:
        dress(screen, way)
        (folder / way.folder).mkdir(parents=True, exist_ok=True)
        for scene in chosen:
            set_up(screen, scene)
            screen.window.grab().save(str(folder / way.folder / f"{scene.name}.png"))
            made += 1
    return made


def draw_cases(app: QApplication, way: Way, home: Path, chosen: argparse.Namespace) -> int:
    """Draw the cases, in a window of their own."""
    from tests import shots_cases

    screen = Screen(app, paths.database(), home / f"{way.folder}.ini", cases=home / f"cases_{way.folder}")
    dress(screen, way)
    made = shots_cases.draw(screen, chosen.out / way.folder, chosen.only)
    dress(screen, WAYS[0])  # the next window is measured in text of the usual size
    screen.close()
    return made


def main(words: list[str] | None = None) -> int:
    """Draw, and say where the pictures are."""
    parser = argparse.ArgumentParser(prog="run.py shots", description="Draws every page and state of the window.")
    parser.add_argument("--only", default="", metavar="TEXT", help="scenes whose name contains the text")
    parser.add_argument("--way", choices=[way.folder for way in WAYS], help="one way of drawing")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER", help="instead of shots/")
    parser.add_argument("--readme", action="store_true", help="make docs/result.png anew, and nothing else")
    chosen = parser.parse_args(words)
    cases = {case.id: case for case in read_cases(paths.cases())}
    started = time.perf_counter()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder, body_font(app):
        screen = Screen(app, paths.database(), Path(folder) / "settings.ini", editions=Path(folder) / "editions")
        if chosen.readme:
            README_PICTURE.parent.mkdir(exist_ok=True)
            dress(screen, WAYS[0])
            set_up(screen, next(scene for scene in scenes(cases) if scene.name == "result_answered"))
            screen.window.grab().save(str(README_PICTURE))
            print(f"Drew {README_PICTURE}.")
        else:
            found = [scene for scene in scenes(cases) if chosen.only in scene.name]
            ways = [way for way in WAYS if chosen.way in (None, way.folder)]
            made = draw(screen, found, ways, chosen.out)
            for way in ways if "cases".startswith(chosen.only[:5]) else ():
                made += draw_cases(app, way, Path(folder), chosen)
            print(f"Drew {made} pictures into {chosen.out} in {time.perf_counter() - started:.0f} s.")
        screen.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
