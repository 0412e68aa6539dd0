"""The form of the donor piece told by its anatomy, in words that name no form; and what must not give one."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.facts import CONTRADICTION
from encoder.core.note.reading import read
from encoder.core.note.suggest import Walked, walk_note
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ON

OUT = "was resected en bloc with a cuff of muscle, margins negative. "
SHAFT = f"PROCEDURE: Wide resection of right femoral shaft, osteosarcoma, with allograft.\nDESCRIPTION: The shaft {OUT}"
END = f"PROCEDURE: Wide resection of right distal femur, sarcoma, with allograft.\nDESCRIPTION: The distal femur {OUT}"
WALL = (
    "PROCEDURE: Wide resection of right femoral shaft surface osteosarcoma, with allograft.\n"
    f"DESCRIPTION: The lateral cortex {OUT}"
)
PROMISED = (
    "PROCEDURE: Wide resection of right femoral shaft, osteosarcoma, with intercalary allograft.\n"
    f"DESCRIPTION: The shaft {OUT}"
)

COMPLETE = (
    "The donor femoral shaft was cut to 12 cm and plated at the proximal and distal junctions.",
    "A cadaveric diaphysis was sawn to 12 cm and set between the host ends with a nail.",
    "The allograft femur, a full tube of bone, was cut to 12 cm and plated.",
    "A tubular piece of donor femur 12 cm long was placed in the gap.",
    "A cylindrical length of bank femur was cut square at each end and nailed.",
    "A 12 cm segment of allograft shaft replaced the missing bone. Plates bridged both osteotomies.",
    "The frozen femur was shortened at either end to 12 cm and placed in the gap with a nail.",
    "A circumferential allograft segment was cut and locked with a nail.",
    "From the bank femur a 12 cm length of diaphysis was sawn out, whole, and docked against both stumps with plates.",
    "The allograft shaft was placed end to end with the host femur at the top and the bottom and plated.",
    "A bone cylinder from the bank was fitted into the defect.",
    "An entire ring of donor shaft, 12 cm, was cut and nailed.",
    "A donor femur was osteotomized at two levels to give a 14 cm segment which bridged the defect; plates at "
    "both ends.",
    "14 cm of donor shaft inserted. Proximal junction: 6-hole plate. Distal junction: 8-hole plate.",
    "The allograft, 14 cm of mid-femur, was threaded over the nail between the upper and lower fragments.",
    "The donor diaphysis was telescoped into both host ends and plated.",
    "Bone bank femur: both condyles and trochanters cut off leaving 14 cm of tube, which was put between the bone ends "
    "over a nail.",
    "The donor shaft was sized, and cut proximally and distally. Host-graft junctions were compressed with plates.",
)
OSTEOARTICULAR = (
    "The donor distal femur with its condyles and ligament stumps was cut to 14 cm, seated on the tibia and plated. "
    "The cruciates were repaired to the stumps.",
    "The donor distal femur was cut to 14 cm and plated. The donor condyles articulated well with the host tibia, and "
    "the collaterals were sutured to the graft.",
    "A matched distal femoral allograft retaining articular cartilage was cut and plated.",
    "The cartilage-bearing end of the donor femur was left on. It was cut to 14 cm and plated. Ligament stumps were "
    "sewn to the host ligaments.",
    "The allograft, a distal femur with intact cartilage and posterior capsule, was measured, cut and plated.",
    "The allograft included the articular surface of both condyles. It was cut and plated.",
    "The donor knee end was cut at 14 cm, seated and plated; the capsule of the patient was sewn to the capsule of the "
    "donor, and the joint moved smoothly on the donor cartilage.",
    "The donor femur, including its condyles, was sized and cut to 11 cm. The new condyles were placed on the "
    "tibia and "
    "the shafts plated. Ligaments of the donor were sewn to the host.",
    "A matched femoral allograft: condyle 45 vs 46 mm. Cut 11 cm. Capsule sewn host to donor. Plate.",
    "I brought the donor femur into the wound, put the condyles onto the tibia and plated the cut ends. It had been "
    "measured and cut to 11 cm. The capsules were sutured to each other.",
    "After osteotomy of the graft at 11 cm the joint was relocated and the joint capsule repaired to the graft "
    "capsule. "
    "Plate fixation.",
    "Donor distal femur, width across epicondyles 84 mm, specimen 83 mm. Cut at 14 cm. Plate. Cruciates to the stumps "
    "of the donor.",
)
HEMICORTICAL = (
    "The donor femur was halved lengthwise, and the lateral half was cut to fit the defect and fixed with screws. The "
    "medial cortex of the patient had been left.",
    "A cortical shell of allograft was inlaid into the trough and fixed with screws.",
    "A donor half-pipe was screwed into the trough.",
    "A matching piece of the lateral wall of a donor femur was let into the defect and screwed. The medial wall was "
    "intact.",
    "An allograft hemicylinder was screwed in.",
    "A semi-tubular segment of donor femur was fitted to the defect and plated. The opposite cortex remained in "
    "continuity.",
    "A donor femur was sawn in half along its axis and the lateral half cut to the trough and fixed with screws.",
    "The bony trough was filled with a single contoured piece of donor cortex, 8 x 3 cm, screwed in place.",
    "The lateral half of a donor shaft was trimmed to the trough and fixed with lag screws.",
)
PLACED = (
    "The allograft was thawed and cut to 12 cm. It slid into the gap without force and a nail was passed through all.",
    "The donor bone was trimmed to 12 cm and dropped into place. Two plates were applied.",
    "The graft was brought to length with the saw and bolted between the ends with two plates.",
    "The allograft was introduced and held by a long plate.",
    "A cadaveric femur was fashioned to the gap and impacted onto the nail.",
    "The graft, reamed and cut, was mounted on the nail between the host ends.",
    "The allograft was interposed. Plates.",
    "The graft was delivered into the wound, the ends were coapted and compressed with plates.",
    "The allograft was nestled between the two ends of the femur. Fixation consisted of a lateral plate.",
    "The graft was positioned; proximal junction plated, then distal.",
    "The donor shaft was split neither lengthwise nor across: a pattern was laid on it and it was sawn. Plates.",
)
CASES = [
    *((SHAFT, say, "complete") for say in COMPLETE),
    *((PROMISED, say, "complete") for say in PLACED[:-1]),
    *((END, say, "osteoarticular") for say in OSTEOARTICULAR),
    *((WALL, say, "hemicortical") for say in HEMICORTICAL),
]


def walked(text: str, cues: Cues, tree: Tree, book: Codebook) -> Walked:
    return walk_note(read(text, cues), cues, tree, book, ON)


def form(text: str, cues: Cues, tree: Tree, book: Codebook) -> str:
    return next((s.answer for s in walked(text, cues, tree, book).suggestions if s.question == "graft_form"), "")


@pytest.mark.parametrize(("title", "say", "value"), CASES)
def test_the_anatomy_of_the_piece_gives_its_form(
    title: str, say: str, value: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    assert form(title + say, cues, tree, book) == value


@pytest.mark.parametrize(
    "say",
    [
        "The donor bone was measured, cut and plated. Its plateau was smooth.",
        "The donor bone was measured, cut and plated. The hip was reduced.",
        "The donor bone was measured, cut and plated. The head of the patient was reduced and her capsule repaired.",
        "The donor bone was measured, cut and plated under the patient's own condyles.",
        "The donor bone was cut and plated at one junction.",
        "The donor bone was cut and laid along the shaft. Cables at both ends of the strut.",
        "The donor shaft was split lengthwise and cut at both ends. It was plated at both junctions.",
        "Allograft chips filled a tube of mesh, cut at both ends, which was fixed at both junctions.",
        "The donor head was measured. A stem was cemented and the hip reduced; donor bone was plated at the junction.",
        "The donor bone was cut and plated. No cartilage was seen on its condyles and no ligaments were sewn to it.",
    ],
)
def test_one_hint_or_two_that_do_not_agree_give_no_form(say: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert form(END + say, cues, tree, book) in ("", "sleeve", "chips", "strut")


@pytest.mark.parametrize(
    ("title", "say"),
    [
        (
            "PROCEDURE: Wide resection of right distal femur, sarcoma, with osteoarticular allograft.\n"
            f"DESCRIPTION: The distal femur {OUT}",
            "The donor femur was measured, cut and plated. Its condyles were sawn off and thrown away.",
        ),
        (
            PROMISED,
            "The allograft was cut and screwed into the trough. The medial cortex of the femur was intact.",
        ),
    ],
)
def test_a_title_that_the_story_speaks_against_stops(
    title: str, say: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    missing = {m.question: m.because for m in walked(title + say, cues, tree, book).missing}
    assert missing.get("graft_form") == CONTRADICTION


def test_what_was_booked_gives_way_to_what_was_done(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (
        "PROCEDURE SCHEDULED: Radical resection, osteoarticular allograft.\n"
        + END
        + "From the donor distal femur the condyles were sawn off and discarded. The remaining cylinder was trimmed at "
        "both ends, set between the host condyles and the shaft and plated."
    )
    assert form(text, cues, tree, book) == "complete"


def test_the_joint_end_that_was_thrown_away_is_a_form_denied(cues: Cues) -> None:
    reading = read(END + "The donor femur was cut and plated. Its condyles were sawn off and thrown away.", cues)
    denied = {(f.value, f.status) for f in reading.findings if f.fact == "graft_form"}
    assert ("osteoarticular", "negated") in denied
    assert {f.status for f in reading.findings if f.fact == "graft_material"} == {"affirmed"}
