"""The small sources of the code book beside the decision: tables, words of the search, a short list of diagnoses."""

from __future__ import annotations

BOOK = {
    "book_editions.csv": """\
table,label,edition,from,until,complete,note,cites
icd10cm_list,Diagnoses,FY2026,2025-10-01,2026-09-30,yes,The whole list,manual#list
icd10cm_list,Diagnoses,FY2027,2026-10-01,2027-09-30,no,Changes only,manual#list
hcpcs,Supplies,October 2025,2025-10-01,,no,Grafts,manual#supplies
""",
    "modifiers.csv": """\
code,title,kind,opens_pair,use,not_for,from,until,cites
59,Apart: another site,distinct,yes,Another site,The same site,2019-01-01,,manual#59
LT,Left side,side,yes,The left of a pair,The middle,2019-01-01,,manual#LT
""",
    "places.csv": """\
code,title,plain,setting,from,until,cites
11,Office,Own rooms,nonfacility,2019-01-01,,manual#11
24,Surgery center,Day surgery,facility,2019-01-01,,manual#24
""",
    "supplies.csv": """\
code,title,plain,kind,use,not_for,from,until,cites
C1713,Screw or anchor,Plates too,fixation,Hardware,The graft,2001-04-01,2026-06-30,manual#C1713
""",
    "procedure_values.csv": """\
system,operation,axis,value,label,side,plain,cites
*,R,operation,R,Replacement,none,Something takes its place,manual#pcs
*,T,operation,T,Resection,none,All of it is cut out,manual#pcs
*,*,approach,0,Open,none,Cut down to it,manual#pcs
0Q,*,part,B,Lower Femur,right,,manual#pcs
0Q,*,part,C,Lower Femur,left,,manual#pcs
0Q,*,device,K,Donor Bone,none,,manual#pcs
0Q,*,device,Z,none,none,,manual#pcs
0Q,R,device,J,Metal,none,,manual#pcs
0Q,*,qualifier,Z,none,none,,manual#pcs
""",
    "procedure_tables.csv": """\
table,parts,approaches,devices,qualifiers,from,until,cites
0QR,BC,0,JK,Z,2025-10-01,2026-09-30,manual#0QR
0QT,BC,0,Z,Z,2025-10-01,2026-09-30,manual#0QT
""",
    "diagnosis_changes.csv": """\
code,change,on,before,after,title,cites
C40.22,new,2026-01-01,C40.2,,,manual#C40.22
C40.3,heading,2026-10-01,,,,manual#C40.3
C49.9,deleted,2026-01-01,,C40.22 C40.21,Sarcoma of soft parts,manual#C49.9
S72.31XD,deleted,2026-10-01,,,,manual#S72.31XD
""",
}

WORDS = {
    "search/spelling.toml": """\
cites = ["manual#words"]
letters = [{ from = "our$", to = "or", about = "tumour" }, { from = "oedema", to = "edema", about = "oedema" }]
plural = [{ from = "(?<=[a-z]{2})ies$", to = "y", about = "biopsies" }, { from = "s$", to = "", about = "bones" }]
[words]
femora = "femur"
toes = "toe"
""",
    "search/stopwords.toml": """\
cites = ["manual#words"]
words = "a for is it of or the what which"
faint = "unspecified or"
usual = ["unspecified"]
unusual = ["other"]
[systems]
dx = "icd10cm"
"place of service" = "pos"
modifier = "modifier"
""",
    "search/abbreviations.toml": """\
[[set]]
about = "Short forms"
cites = ["manual#words"]
[set.means]
fx = ["fracture"]
"i&d" = ["opened"]
or = ["operating room"]
rad = ["radical"]
tka = ["total knee"]
""",
    "search/synonyms.toml": """\
[[set]]
about = "The same"
cites = ["manual#words"]
same = [["fracture", "broken"], ["resection", "cut away", "words that nobody would ever type together"]]
near = [["osteosarcoma", "malignant tumor"], ["shin bone", "tibia"], ["total knee", "hinged knee"]]
""",
    "search/aliases.toml": """\
[[set]]
about = "Names"
cites = ["manual#words"]
[set.codes]
20932 = ["joint allograft"]
"C40.2*" = ["bone sarcoma"]
"modifier:59" = ["distinct"]
[set.words]
27365 = ["distal, proximal"]
[set.category]
resection = ["wide excision"]
""",
}

RELEASE = {
    "icd/tabular.xml": """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
 <version>2026</version>
 <chapter>
  <name>2</name><desc>Tumours</desc>
  <includes><note>growths</note><note></note></includes>
  <section id="C40-C41">
   <desc>Of bone</desc>
   <diag>
    <name>C40</name><desc>Malignant tumour of bone, limbs</desc>
    <excludes1><note>of soft parts (C49.-)</note></excludes1>
    <diag>
     <name>C40.2</name><desc>Malignant tumour of bone, leg</desc>
     <diag><name>C40.21</name><desc>Malignant tumour of bone, right leg</desc></diag>
     <diag>
      <name>C40.22</name><desc>Malignant tumour of bone, left leg</desc>
      <inclusionTerm><note>Sarcoma of the left thigh bone</note></inclusionTerm>
     </diag>
    </diag>
    <diag><name>C40.3</name><desc>Malignant tumour of bone, foot</desc></diag>
   </diag>
  </section>
 </chapter>
 <chapter>
  <name>19</name><desc>Injuries</desc>
  <section id="S72">
   <desc>Thigh</desc>
   <diag>
    <name>S72</name><desc>Fracture of femur</desc>
    <sevenChrNote><note>A character is added to each code</note></sevenChrNote>
    <sevenChrDef>
     <note>read this</note>
     <extension char="A">initial encounter for closed fracture</extension>
     <extension char="B">initial encounter for open fracture</extension>
     <note>or when nothing is said</note>
     <extension char="K">subsequent encounter with nonunion</extension>
     <extension char="D">subsequent encounter</extension>
    </sevenChrDef>
    <diag>
     <name>S72.3</name><desc>Fracture of shaft of femur</desc>
     <diag><name>S72.31</name><desc>Fracture of shaft of right femur</desc></diag>
     <diag><name>S72.302</name><desc>Unspecified fracture of shaft of left femur</desc></diag>
     <diag><name>S72.392</name><desc>Other fracture of shaft of left femur</desc></diag>
    </diag>
   </diag>
  </section>
 </chapter>
</ICD10CM.tabular>
""",
    "icd/codes.txt": """\
2
C40-C41
C40 C402 C4021 C4022 C403
S72 S723 S7231 S72302 S72392
S7231XA S7231XB S7231XD S72302A S72302B S72302K S72392A
""",
}
