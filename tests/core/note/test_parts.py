"""The parts of the reading one by one: places, sections, sentences, phrases, status."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.phrases import Phrases, longest
from encoder.core.note.reading import Reading, read
from encoder.core.note.sections import section_at, sections_of
from encoder.core.note.sentences import MOST, sentences_of, typed
from encoder.core.note.text import fold, stem, words_of


def found(reading: Reading, fact: str) -> set[tuple[str, str]]:
    return {(finding.value, finding.status) for finding in reading.findings if finding.fact == fact}


# ---- text


def test_folding_keeps_every_place_also_where_a_small_letter_is_longer() -> None:
    text = "İSTANBUL – “Graft”\u2028ß\x00\t•"
    assert len(fold(text)) == len(text)
    assert fold("“A” – B") == '"a" - b'


def test_a_word_loses_its_plural_and_nothing_else() -> None:
    assert [stem(word) for word in ("grafts", "pelvis", "talus", "mass", "was", "chips")] == [
        "graft",
        "pelvis",
        "talus",
        "mass",
        "was",
        "chip",
    ]


def test_words_know_where_they_stand() -> None:
    words = words_of("en-bloc x 14.5 cm " + "y" * 50, 0, 68, {"cm": "centimetre"})
    assert words.words[:3] == ("en", "bloc", "x")
    assert "centimetre" in words.words
    assert words.words[-1] == ""
    assert (words.starts[0], words.ends[1]) == (0, 7)


@pytest.mark.parametrize(
    ("box", "sign"),
    [("[ ]", "☐"), ("[x]", "☑"), ("[X]", "☑"), ("( )", "☐"), ("[]", "☐"), ("☒", "☑"), ("□", "☐"), ("[✓]", "☑")],
)
def test_a_box_of_a_form_is_one_sign_as_wide_as_it_was(box: str, sign: str) -> None:
    assert fold(f"{box} Graft") == f"{sign.ljust(len(box))} graft"


# ---- sections


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("PROCEDURE: Wide resection.\nDESCRIPTION: It was done.", ["title", "technique"]),
        ("# Plan\nHome.", ["plan"]),
        ("**Post-op dx:** same", ["diagnosis"]),
        ("Laterality .... RIGHT", ["side"]),
        ("PREOPERATIVE DIAGNOSIS:  A.  OPERATION PERFORMED:  B.  EBL:  9.", ["preoperative", "title", "admin"]),
        ("Reason for it all: none", ["body"]),
        ("Left femur:\nThe cut.", ["body"]),
        ("HISTORY OF THE WOUND\nLong.", ["history"]),
        ("1. PROCEDURE PERFORMED:\nWide resection.", ["title"]),
        ("", ["body"]),
        ("Some words before.\nPLAN: Home.", ["body", "plan"]),
        ("PRINCIPAL PROCEDURE:      Wide resection\nWOUND CLASS: Clean", ["title", "admin"]),
        ("Procedures                    Wide resection\nEBL      90", ["title", "admin"]),
        ("Operation - Wide resection\nLeft femur - cut", ["title"]),
        ("Theatre record - Bone unit\nOperation: Wide resection", ["body", "title"]),
        ("Dx tumor of left tibia\nOp Wide resection\nprocedure Also a flap", ["diagnosis", "title", "technique"]),
        ("Op was long.\nDiagnosis of a tumor was made.", ["body"]),
        ("PROCEDURE Wide resection of tibia\nIt was cut.", ["title"]),
        (
            "Tumor of the tibia. PROCEDURE: Wide resection left tibia DETAILS: It was cut.",
            ["body", "title", "technique"],
        ),
        ("History. Pain for a year.\nTechnique. It was cut.", ["history", "technique"]),
        ("Procedure: Supine, leg prepped and draped, incision medial. " + "Bone cut. " * 20, ["technique"]),
        ("Why: pain.\nWhat we did: it.\nDetails: It was cut.", ["indications", "title", "technique"]),
        ("BRIEF HISTORY\n- pain\nSITE A\n- It was cut.", ["history", "body"]),
        ("HISTORY\npain\nA LINE OF CAPITALS THAT ENDS LIKE A SENTENCE.", ["history"]),
        ("OPERATION PERFORMED: IT WAS CUT\nSITE A\nIT WAS CUT", ["title"]),
        ("- Specimen inked and weighed: margins wide", ["body"]),
        ("History: pain\nThe story of it: " + "it was cut and " * 20, ["history", "body"]),
        ("Discussed again with the family before this case: no", ["body"]),
        ("Title of a very long heading with far more words than any heading has: x", ["body"]),
    ],
)
def test_headings_are_found(text: str, kinds: list[str], cues: Cues) -> None:
    sections = sections_of(text, fold(text), cues.headings)
    assert [section.kind for section in sections] == kinds
    assert sections[0].start == 0 or not text[: sections[0].start].strip()
    assert sections[-1].end == len(text)


def test_procedure_names_the_operation_or_tells_it(cues: Cues) -> None:
    story = "PROCEDURE: The patient was brought in. " + "The wound was made and the bone was cut. " * 8
    assert sections_of(story, fold(story), cues.headings)[0].kind == "technique"
    both = "PROCEDURE: Wide resection.\nPROCEDURE: It was done."
    assert [s.kind for s in sections_of(both, fold(both), cues.headings)] == ["title", "technique"]


def test_the_section_of_a_place(cues: Cues) -> None:
    text = "PLAN: Home.\nEBL: 5"
    sections = sections_of(text, fold(text), cues.headings)
    assert section_at(sections, 0).kind == "plan"
    assert section_at(sections, len(text) - 1).kind == "admin"


# ---- sentences


def parts(text: str, *, lines: bool = False) -> list[str]:
    folded = fold(text)
    how = typed(folded)
    return [text[s.start : s.end] for s in sentences_of(folded, 0, len(text), lines=lines, typed=how)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cut at 14.5 cm by Dr. Ash. It fit.", ["Cut at 14.5 cm by Dr. Ash.", "It fit."]),
        ("One\nTwo", ["One", "Two"]),
        ("- one\n- two", ["- one", "- two"]),
        ("It was done; it held.", ["It was done;", "it held."]),
        ("", []),
        ("A" * 60 + " and\nwent on.", ["A" * 60 + " and\nwent on."]),
        ("A" * 60 + " and\n\nwent on.", ["A" * 60 + " and", "went on."]),
        ("A" * 60 + " and:\nwent on.", ["A" * 60 + " and:", "went on."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_every_line_of_a_list_is_one() -> None:
    assert parts("A" * 80 + "\nb", lines=True) == ["A" * 80, "b"]


def test_spoken_punctuation_ends_a_sentence() -> None:
    text = "one was made period two was made period three was made period"
    assert [part.split()[0] for part in parts(text)] == ["one", "two", "three"]


def test_what_never_ends_is_cut() -> None:
    assert max(len(part) for part in parts("word " * 2000)) <= MOST
    assert max(len(part) for part in parts("x" * 5000)) <= MOST


# ---- phrases


def spoken(phrase: str, text: str) -> list[tuple[int, int]]:
    phrases: Phrases[str] = Phrases({"femoral": "femur"})
    phrases.add(phrase, "it")
    phrases.add(phrase, "it")
    return [(hit.first, hit.last) for hit in phrases.find(words_of(fold(text), 0, len(text), {"femoral": "femur"}))]


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("distal femur", "the distal femoral graft", [(1, 3)]),
        ("(wide|radical) [local] resection", "wide resection, radical local resection", [(0, 2), (3, 6)]),
        ("cut ~ graft", "cut the frozen donor graft", [(0, 5)]),
        ("cut ~ graft", "cut the big frozen donor graft", []),
        ("cut ~ graft", "cut it. the graft", []),
        ("en-bloc", "en bloc", [(0, 2)]),
    ],
)
def test_a_phrase_is_found_where_its_words_stand(phrase: str, text: str, hits: list[tuple[int, int]]) -> None:
    assert spoken(phrase, text) == hits


@pytest.mark.parametrize("phrase", ["(a|b", "[a]", "~ a", "", "[a] [b]"])
def test_a_phrase_that_may_stand_for_nothing_is_refused(phrase: str) -> None:
    phrases: Phrases[str] = Phrases({})
    with pytest.raises(ValueError, match=r"brackets|nothing"):
        phrases.add(phrase, "it")


def test_the_longest_of_overlapping_hits_stays() -> None:
    phrases: Phrases[str] = Phrases({})
    for phrase in ("femur", "distal femur", "femur head"):
        phrases.add(phrase, phrase)
    hits = phrases.find(words_of("distal femur head", 0, 17, {}))
    assert [hit.what for hit in longest(hits)] == ["distal femur", "femur head"]


# ---- status and sections


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("PLAN: Wide resection later.", "main_procedure", {("radical_resection", "planned")}),
        ("PLAN: If malignant, wide resection.", "main_procedure", {("radical_resection", "planned")}),
        ("HISTORY: Curettage was done.", "main_procedure", {("curettage", "history")}),
        ("DESCRIPTION: No. 5 suture held the allograft in the defect.", "graft_material", {("donor_bone", "affirmed")}),
        ("CO-SURGEONS: Dr. A, Dr. B", "surgeons", {("co_surgeons", "affirmed")}),
        ("CO-SURGEONS: None", "surgeons", set()),
        ("PROCEDURE: Wide resection, right femur.\nSIDE: left", "side", {("right", "affirmed"), ("left", "affirmed")}),
        ("PROCEDURE: ORIF right distal radius.\nThe vessels were left in place.", "side", {("right", "affirmed")}),
        ("DESCRIPTION: The patient was in the right lateral decubitus position.", "side", set()),
        ("DESCRIPTION: The left iliac crest was harvested.", "side", set()),
        ("PROCEDURE: Wide resection L femur", "side", {("left", "affirmed")}),
        ("PROCEDURE: Fusion L4 and L 5", "side", set()),
    ],
)
def test_where_it_stands_makes_the_status(text: str, fact: str, expected: set[tuple[str, str]], cues: Cues) -> None:
    assert found(read(text, cues), fact) == expected


def test_progress_is_told_and_ends_within_the_text(cues: Cues) -> None:
    told: list[tuple[int, int]] = []
    text = "The bone was cut. " * 500
    read(text, cues, lambda done, all_: told.append((done, all_)))
    assert len(told) == 2
    assert all(0 < done <= all_ == len(text) for done, all_ in told)


def test_of_one_mention_in_few_and_in_many_words_the_many_are_kept(cues: Cues) -> None:
    said = read("PROCEDURE: Wide resection of the distal femur.\nDETAILS: No morselized chips were used.", cues)
    chips = [(said.text[f.start : f.end], f.status) for f in said.findings if f.fact == "graft_form"]
    assert chips == [("morselized chips", "negated")]
