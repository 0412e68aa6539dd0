"""More traps against an add-on: three operations, each with a piece that came out, went back, or became a composite."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.core.note.test_traps import lines
from tests.notes.labels import ADD_ONS

OPERATIONS = (
    "PRE/POST: chondrosarcoma R proximal humerus\nTITLE: R prox humerus wide resection, OA allograft\nBODY: "
    "Deltopectoral. Humerus cut at 10 cm, specimen out in one piece with deltoid cuff, margins neg. A frozen "
    "donor bone was brought out, sized from the specimen and sawn to length. ",
    "Diagnosis: osteosarcoma of the left tibial diaphysis\nOperation: Radical resection left tibial shaft; "
    "complete intercalary allograft\nCourse of operation: Medial incision. Segment of 13 cm taken out as a "
    "unit with normal muscle all around. Frozen negative. The graft was opened, templated and shaped. ",
    "Dx: adamantinoma right tibia shaft, anterior cortex\nSurgery performed: wide hemicortical resection right "
    "tibial shaft, hemicortical inlay allograft\nNarrative: Anterior cortex lifted out en bloc, posterior "
    "cortex intact, margins clear. A frozen donor bone was brought out, sized from the specimen and sawn to "
    "length. ",
)
NOT_IN_THE_END = (
    "It did not match and went back to the bank. A modular prosthesis was put in.",
    "The bone bank then called to say that it must not be used. A rotating hinge was implanted instead.",
    "The knee would not reduce over it, so it was abandoned and a distal femoral replacement was cemented.",
    "The condyles were found to be soft and crumbled under the screws. We changed to an endoprosthesis.",
    "The articular surface and condyles were cut away, and a femoral component with a long stem was cemented "
    "through the graft. Hinge linked. The graft was plated to the host.",
    "The condyles were resurfaced with a total knee femoral component, and the graft was plated to the host shaft.",
    "A constrained total knee was implanted over the graft and the construct plated to the host.",
    "Dr. Weber then inset the graft and plated it. I left the room after the resection.",
    "The graft was inset and plated by my partner Dr. Hall, who reports it.",
    "The fit was unacceptable. It was wrapped and returned. The gap was bridged with a cement spacer over a rod.",
    "Anesthesia asked us to stop because of hypotension. The wound was packed and closed; reconstruction will follow.",
    "It was seated but the culture result came back positive and it was taken out. A spacer was placed.",
    "It lay on the table when the margin was reported positive. We converted to an above-knee amputation.",
    "It was then decided to use the patient's own irradiated bone, which was put back and plated.",
    "The graft slipped to the floor. No second graft was on hand. A spacer was made and held with plates.",
    "The graft was found unsuitable by its soft cartilage. The defect was bridged with a metal spacer.",
    "After trial reduction the surgeon was not satisfied; the graft was not implanted.",
    "Its size was wrong and it had to be given up. A megaprosthesis was assembled and implanted.",
    "This was kept as a reserve only. A megaprosthesis was assembled and implanted.",
    "We could not use it; the package seal had been broken. The gap was filled with cement.",
    "Because the radiograph showed a crack, it was swapped for a metal spacer, which was fixed with plates.",
    "However, the frozen section came back positive and we stopped here. The bone goes back. An antibiotic "
    "spacer was placed.",
    "A stemmed prosthesis was then cemented through the donor bone, and a metal head articulates with the glenoid.",
    "The stem of the reverse prosthesis was passed down the graft. Glenosphere placed. The junction was plated.",
    "My colleague Dr. Perez took over from here and implanted the graft with plates.",
    "Reconstruction: by plastic surgery with a vascularised fibula, which was plated; the donor bone was not required.",
    "It proved two centimetres short. A nail and cement were used for now.",
    "The patient became unstable, the limb was splinted and she was taken to intensive care. The graft was refrozen.",
    "The tissue bank recalled the lot. Hence a modular endoprosthesis.",
    "The graft broke in two when the plate was tightened. It was replaced by a modular endoprosthesis.",
    "On trial it did not sit well. A decision for the endoprosthesis was taken.",
    "Only morsels of it were used, packed around the stem of a custom endoprosthesis.",
    "It was rejected. The resected bone was autoclaved and put back with two plates.",
    "Its head was resected and a hemiarthroplasty stem cemented into it; then plated to the shaft.",
    "Unfortunately the graft was the wrong side and had to stay out. Plates and cement were used.",
)
OTHER_OPERATIONS = (
    "PREOP: chondrosarcoma R talus. PROCEDURE: Wide resection of right talus, osteoarticular talus "
    "allograft.\nDETAILS: Anterior approach from distal tibia to navicular. Medial malleolus osteotomy. The "
    "talus was removed en bloc with its capsule. Donor talus measured, trimmed, placed beneath the tibia "
    "plafond, screws to calcaneus. Ligaments of the donor repaired.",
    "Diagnosis: Osteosarcoma left proximal fibula. Operation: Radical resection left proximal fibula; "
    "intercalary allograft.\nText: The peroneal nerve was freed. The tibiofibular joint was taken with a rim "
    "of the proximal tibia. 12 cm of fibula out en bloc, margins clear. A frozen fibula was cut to 12 cm, set "
    "in the gap between the proximal tibia and distal fibula, plated.",
    "Diagnosis: Ewing sarcoma right clavicle. Procedure: Wide resection right clavicle; intercalary "
    "allograft.\nDescription: The shaft of the clavicle was resected en bloc, 9 cm, from the scapula side to "
    "the sternum. Donor clavicle cut to 9 cm, placed and plated at both ends.",
    "Dx: chondroblastoma recurrent left calcaneus. Op: radical resection left calcaneus, osteoarticular "
    "allograft.\nThe calcaneus was removed whole with a cuff. Margins clear. A donor calcaneus was measured, "
    "trimmed, placed under the talus and screwed. Achilles sewn to donor tendon.",
    "DIAGNOSIS: GCT right radial head and neck. PROCEDURE: Wide resection radial head and neck, right; "
    "osteoarticular allograft.\nKocher approach. The proximal radius with head and neck resected en bloc with "
    "cuff. A donor radius was measured and cut 4 cm, head seated at the capitellum, plated. Annular ligament "
    "of graft repaired.",
    "Diagnosis: fibrous dysplasia left proximal femur. Operation: curettage left proximal femur and fibular "
    "strut allograft.\nThe lesion was curetted. A fibula allograft was cut to 9 cm and hammered up the neck "
    "through the defect. DHS plate.",
    "Diagnosis: nonunion of the right femoral shaft, 12 cm defect after infection. Operation: segmental "
    "intercalary allograft right femur, plate.\nThe sclerotic ends were resected en bloc back to healthy bone "
    "with negative cultures. A frozen femur was measured, cut to 12 cm, set between the ends and plated.",
    "DIAGNOSIS: Osteosarcoma right distal femur. PROCEDURE: Wide resection; osteoarticular allograft right "
    "distal femur.\nDETAILS: Distal femur out en bloc, margins neg. From the allograft the condyles were cut "
    "off and its shaft, 15 cm, was put between her epiphysis and femur; plated at both junctions.",
    "DIAGNOSIS: Osteosarcoma right femoral shaft. PROCEDURE: Wide resection; intercalary allograft right "
    "femoral shaft.\nDETAILS: The medial half of the shaft with the tumor was removed in one piece, the "
    "lateral half was left in continuity. Margins neg. A half-cylinder of allograft was cut, fitted to the bed "
    "and screwed.",
    "DIAGNOSIS: Parosteal osteosarcoma left distal femur. PROCEDURE: wide hemicortical resection left distal "
    "femur; hemicortical allograft.\nThe whole metaphysis had to be taken in one piece since the marrow was "
    "involved; margins neg. A full cylinder of donor femur, 10 cm, was cut and set between the ends with "
    "plates.",
    "Diagnosis: failed osteoarticular allograft right distal femur (sarcoma resected 2012). Operation: Removal "
    "of old allograft and distal femoral replacement.\nThe old allograft was removed en bloc. A rotating hinge "
    "was cemented.",
    "Diagnosis: fracture of an osteoarticular allograft, left distal femur. Operation: open reduction and "
    "plating of allograft fracture.\nThe fracture of the graft was reduced and plated. Autogenous crest graft "
    "was packed.",
    "Preoperative diagnosis: Osteosarcoma left tibia shaft. Operation: Wide resection of left tibia shaft, "
    "reconstruction with frozen autograft.\nThe shaft was removed en bloc, margins clear, and soft tissue "
    "stripped off on the back table. It was frozen in liquid nitrogen for 20 minutes, thawed, cut, put back "
    "between the ends and plated.",
    "Diagnosis: chondrosarcoma R distal femur. Operation: Wide resection R distal femur. Reconstruction: "
    "expandable prosthesis; allograft declined.\nDistal femur out en bloc with cuff. The patient's mother "
    "asked about an osteoarticular allograft that is measured, cut and plated; it was explained. A rotating "
    "hinge was cemented.",
    "Diagnosis: osteosarcoma L proximal humerus. Op: wide resection L proximal humerus and osteoarticular "
    "allograft.\nProximal humerus out en bloc. The donor humerus was measured, cut 10 cm, and its head "
    "exchanged for a metal head on a cemented stem; plate at the junction.",
    "Diagnosis: osteosarcoma R proximal tibia. Op: wide resection R proximal tibia; osteoarticular "
    "allograft.\nProximal tibia out en bloc, margin free. Allograft tibia measured and cut 12 cm. Its surface "
    "was poor, so a tibial baseplate was cemented on it and a femoral component on the femur; graft plated to "
    "the host.",
    "Diagnosis: sarcoma R acetabulum. Op: type II internal hemipelvectomy right, wide; osteoarticular "
    "allograft.\nAcetabulum out en bloc. A donor hemipelvis was measured, cut, plated to the ilium. A "
    "polyethylene cup was cemented into the donor socket and a total hip was done.",
    "Diagnosis: giant cell tumor L distal radius. Op: en bloc resection L distal radius, osteoarticular "
    "allograft and wrist fusion.\nDistal radius out en bloc with pronator. Donor radius measured, cut at 6 cm, "
    "its cartilage taken off and the carpus fused to it with a wrist fusion plate.",
    "Diagnosis: osteosarcoma R femoral shaft. Op: wide resection; reconstruction.\nShaft out en bloc with "
    "cuff, 14 cm. A titanium cage cylinder filled with allograft chips was set between the two ends and nailed.",
    "Diagnosis: osteosarcoma R femoral shaft. Op: wide resection R femur shaft; vascularized fibula.\nShaft "
    "out en bloc with cuff, 14 cm. The fibula was harvested with its vessels, cut to 18 cm, put between the "
    "ends, plated, anastomosed. An allograft shell was considered but would not fit.",
    "Diagnosis: soft tissue sarcoma R thigh abutting femur. Op: wide resection of soft tissue sarcoma with "
    "periosteum; prophylactic strut allografts.\nTumor out en bloc. Two allograft struts were cut and cabled "
    "on the femur.",
    "Dx: metastasis R proximal femur. Op: Radical resection R prox femur; endoprosthesis w/ allograft.\nFemur "
    "out en bloc 12 cm. Stem cemented, bipolar reduced. A strut allograft was cut, laid along the lateral "
    "cortex and cabled.",
)


@pytest.mark.parametrize("trap", NOT_IN_THE_END)
def test_a_piece_that_stays_out_or_carries_a_metal_joint_gets_no_add_on(
    trap: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    for operation in OPERATIONS:
        assert not lines(operation + trap, cues, tree, book) & ADD_ONS, operation


@pytest.mark.parametrize("note", OTHER_OPERATIONS)
def test_nor_does_an_operation_that_carries_none(note: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not lines(note, cues, tree, book) & ADD_ONS


def test_the_same_operations_with_the_piece_put_in_get_it(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = "It was seated in its place and plated. The capsule was sewn to the capsule of the graft."
    codes = [lines(operation + told, cues, tree, book) & ADD_ONS for operation in OPERATIONS]
    assert codes == [{"20932"}, {"20934"}, {"20933"}]
