"""A small, valid set of sources, for tests that spoil one."""

from __future__ import annotations

import re
from pathlib import Path

from db.build import SOURCES, Beside, build
from db.classification import Release
from tests.tiny_book import BOOK, RELEASE, WORDS


def shipped_edits(table: str) -> str:
    """A shipped table of the claim check, which the program knows by name, as this manual has it."""
    header, rows = (SOURCES / "edits" / table).read_text(encoding="utf-8").split("\n", 1)
    return header + "\n" + re.sub(r",[^,\n]+\n", ",manual#rules\n", rows)


TINY = {
    "codes.csv": """\
code,title,plain,site,area,category,includes_graft,from,until,replaced_by,cites
20932,Osteoarticular donor bone (add-on),A donor joint end,Any,,add_on,graft_is_the_service,2019-01-01,,,manual#20932
20999,Unlisted work,No code fits,Any,,unlisted,not_defined,2019-01-01,,,manual#20999
27365,Femur resection,Out in one piece,Femur,lower_limb,resection,none,2019-01-01,,,manual#27365
27445,Hinged knee,A hinge,Knee,lower_limb,arthroplasty,none,2019-01-01,2025-12-31,,manual#27445
27646,Fibula resection,Out in one piece,Fibula,lower_limb,resection,none,2019-01-01,,27365,manual#27646
""",
    "relations.csv": """\
row,add_on,primary,kind,type,basis,modifier_indicator,from,until,cites
aoc:20932>27365,20932,27365,allowed,1,On the list,,2019-01-01,,list#20932:27365
bar:20932>27445,20932,27445,barred,,Withdrawn,1,2019-01-01,2019-09-30,list#27445:20932
bar:20932>27646,20932,27646,barred,,Named in the note,1,2019-01-01,,list#27646:20932 manual#20932
aoc:20999>*,20999,*,contractor_defined,2,No list,,2019-01-01,,list#20999
""",
    "pairs.csv": """\
column1,column2,modifier_indicator,rationale,setting,edition,from,until,cites
27365,27445,1,More extensive procedure,both,2024Q3,,,list#27365:27445
27646,27365,0,Mutually exclusive,practitioner,2024Q3,,,list#27646:27365
""",
    "indicators.csv": """\
code,field,value,edition,from,until,cites
*,conversion_factor,33.4009,2026,2026-01-01,2026-12-31,list#factor
27365,work_rvu,32.21,2025,2025-01-01,2025-12-31,list#27365
27365,work_rvu,31.40,2026,2026-01-01,2026-12-31,list#27365
""",
    "diagnoses.csv": """\
code,title,family,laterality,area,seventh,note,from,until,cites
C40.21,Malignant tumour of the right leg,malignant,right,lower_limb,,A resection,2023-10-01,,manual#C40.21
M84.551,Break through a tumour of the right femur,break,right,lower_limb,A D S,The tumour too,2023-10-01,,manual#M84.551
S42,Broken shoulder or arm,trauma,varies,upper_limb,A D S,Heading,2023-10-01,,manual#S42
S42.2,Broken upper humerus,trauma,varies,upper_limb,A D S,Heading,2023-10-01,,manual#S42.2
""",
    "procedures.csv": """\
code,title,operation,part,side,device,approach,from,until,cites
0QRB0KZ,Replacement of Right Lower Femur,Replacement,Lower Femur,right,Donor,Open,2023-10-01,2026-09-30,manual#0QRB0KZ
""",
    "editions.csv": """\
table,label,edition,from,until,note,cites
pfs,Values,2025,2025-01-01,2025-12-31,The whole year,list#2025
pfs,Values,2026,2026-01-01,2026-12-31,The whole year,list#2026
""",
    "documentation.csv": """\
id,code,label,say,question,cites
20932.joint,20932,Joint and bone,A joint surface and the bone next to it,graft_form,manual#20932
resection.margin,category:resection,Margin,Out in one piece with a margin,,manual#resection
27646.side,27646,Side,Which leg,side,manual#27646
""",
    "edits/rules.csv": shipped_edits("rules.csv"),
    "edits/modifiers.csv": """\
modifier,say,opens,side,region,setting,rank,cites
22,More work,,,,practitioner,10,manual#22
50,Both sides,,,,,40,manual#50
59,Distinct,distinct,,,,50,manual#59
LT,Left,site,left,,,60,manual#LT
RT,Right,site,right,,,61,manual#RT
T5,Right great toe,site,right,lower_limb,,62,manual#T5
""",
    "edits/clashes.csv": """\
one,other,cites
LT,RT,manual#sides
50,LT,manual#sides
""",
    "edits/policies.csv": """\
policy,rule,modifier,field,value,setting,cites
50.add_on,bilateral_structural,50,add_on,yes,,manual#50
22.add_on,effort_on_add_on,22,category,add_on,practitioner,manual#22
""",
    "edits/diagnoses.csv": """\
row,rule,families,pattern,field,value,first,absent,from,until,cites
tumour_missing,dx_neoplasm_missing,break,%,,,,malignant,,,manual#M84
right_leg,dx_wait,malignant,C40.2_,category,resection,yes,,2024-01-01,2025-12-31,manual#C40
""",
    "edits/sites.csv": """\
row,diagnosis_area,code_area,families,category,cites
arm_leg,upper_limb,lower_limb,trauma,resection,manual#sites
""",
    "edits/companions.csv": """\
row,rule,field,value,beside_field,beside_value,cites
unlisted,hardware_inside,category,unlisted,code,27365,manual#20999
""",
    **BOOK,
    "lookups/by_bone.csv": """\
row,bone,graft,code,say,warn,review,from,until,cites
by_bone.femur,femur,,27365,,,,,,manual#femur
by_bone.hinge,hinge,,27445,The hinge,W03 W20,No longer,2019-01-01,2025-12-31,manual#hinge
by_bone.hinge_after,hinge,,,No code,,,2026-01-01,,manual#hinge
by_bone.femur_pcs,femur,donor,0QRB0KZ,,,,,,manual#femur
""",
    "sources.toml": """\
[source.list]
title = "The list"
edition = "2026 Q2"
from = 2019-01-01
until = 2026-06-30
where = "https://example.org/list"
confidence = "two or more sources"
note = "Read in full."

[source.manual]
title = "The manual"
edition = "2026"
where = "https://example.org/manual"
confidence = "one source"
note = "Read in part."
""",
}


class Tiny:
    """The small sources in a folder of their own; ``change`` spoils them."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder / "sources"
        self.register = folder / "sources.toml"
        self.database = folder / "tiny.db"
        self.beside = Beside(
            folder / "search", None, Release(folder / "icd" / "tabular.xml", folder / "icd" / "codes.txt")
        )
        for name, text in {**TINY, **WORDS, **RELEASE}.items():
            self.put(name, text.encode())

    def path(self, name: str) -> Path:
        if name.startswith(("search/", "icd/")):
            return self.register.parent / name
        return self.register if name == "sources.toml" else self.sources / name

    def put(self, name: str, data: bytes) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(data)

    def change(self, name: str, old: str, new: str) -> None:
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.put(name, text.replace(old, new, 1).encode())

    def build(self) -> Path:
        build(self.sources, self.register, self.database, self.beside)
        return self.database
