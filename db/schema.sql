-- The code database: what db/sources says, checked row by row, in the shape the program asks for it.
-- Codes are text. A date is YYYY-MM-DD and both days count; NULL is open. cites is "source#locator", parted by a space.
-- position is the order in the source file, kept where that order is for reading. area is a part of the body, or empty
-- where a code belongs to none or to two (a clavicle is trunk in ICD-10-CM and upper limb in CPT).

PRAGMA user_version = 3;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    edition TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    place TEXT NOT NULL,
    confidence TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE edition (
    position INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    label TEXT NOT NULL,
    edition TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    note TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT;

CREATE TABLE code (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    plain TEXT NOT NULL,
    site TEXT NOT NULL,
    area TEXT NOT NULL,
    category TEXT NOT NULL,
    includes_graft TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    replaced_by TEXT REFERENCES code (code),
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- primary_code is a code, or * where the payer decides which primaries it accepts: hence no foreign key.
-- list_type: 1 closed list, 2 left to the payer, 3 partial list; empty for a bar.
CREATE TABLE relation (
    row_id TEXT PRIMARY KEY,
    add_on TEXT NOT NULL REFERENCES code (code),
    primary_code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('allowed', 'barred', 'contractor_defined')),
    list_type TEXT NOT NULL CHECK (list_type IN ('', '1', '2', '3')),
    basis TEXT NOT NULL,
    modifier_indicator TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pair (
    row_id TEXT PRIMARY KEY,
    column1 TEXT NOT NULL REFERENCES code (code),
    column2 TEXT NOT NULL REFERENCES code (code),
    setting TEXT NOT NULL CHECK (setting IN ('practitioner', 'outpatient_hospital')),
    modifier_indicator TEXT NOT NULL CHECK (modifier_indicator IN ('0', '1', '9')),
    rationale TEXT NOT NULL,
    edition TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pair_column1 ON pair (column1);
CREATE INDEX pair_column2 ON pair (column2);

-- code is a code, or * for a figure of the whole fee schedule: hence no foreign key.
CREATE TABLE indicator (
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    edition TEXT NOT NULL,
    value TEXT NOT NULL,
    from_date TEXT NOT NULL,
    until_date TEXT NOT NULL,
    cites TEXT NOT NULL,
    PRIMARY KEY (code, field, from_date)
) STRICT, WITHOUT ROWID;

-- laterality 'varies' marks a heading: it stands for the claim codes that begin with it.
CREATE TABLE diagnosis (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    family TEXT NOT NULL,
    laterality TEXT NOT NULL,
    area TEXT NOT NULL,
    seventh TEXT NOT NULL,
    note TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX diagnosis_family ON diagnosis (family);

CREATE TABLE procedure (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    operation TEXT NOT NULL,
    part TEXT NOT NULL,
    side TEXT NOT NULL,
    device TEXT NOT NULL,
    approach TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- code is a code, or category:<name> for every code of that category.
CREATE TABLE documentation (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    say TEXT NOT NULL,
    question TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX documentation_code ON documentation (code);

-- columns is a JSON list of the facts that pick a row; lookup_row.key the JSON list of their values.
CREATE TABLE lookup_table (
    name TEXT PRIMARY KEY,
    columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lookup_row (
    row_id TEXT PRIMARY KEY,
    table_name TEXT NOT NULL REFERENCES lookup_table (name),
    key TEXT NOT NULL,
    code TEXT NOT NULL,
    say TEXT NOT NULL,
    warn TEXT NOT NULL,
    review TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The rules of the claim check. say holds the words of a finding, with {code}, {other}, {value} and so on to fill in.
CREATE TABLE edit_rule (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('deny', 'warn', 'note')),
    warning TEXT NOT NULL,
    audited TEXT NOT NULL CHECK (audited IN ('yes', 'no')),
    say TEXT NOT NULL,
    rationale TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- opens: how a modifier opens a code pair; empty where it never does. rank: its place among others on a line.
CREATE TABLE edit_modifier (
    modifier TEXT PRIMARY KEY,
    say TEXT NOT NULL,
    opens TEXT NOT NULL,
    side TEXT NOT NULL,
    region TEXT NOT NULL,
    setting TEXT NOT NULL,
    place INTEGER NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE edit_clash (
    one TEXT NOT NULL REFERENCES edit_modifier (modifier),
    other TEXT NOT NULL REFERENCES edit_modifier (modifier),
    cites TEXT NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- A rule that fires where a code has a trait (field = value), on lines with the modifier, or on all where it is empty.
CREATE TABLE edit_policy (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL REFERENCES edit_rule (id),
    modifier TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    setting TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT;

-- A rule that fires for diagnoses of the families or of the pattern (as LIKE reads it), beside codes with a trait.
CREATE TABLE edit_diagnosis (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL REFERENCES edit_rule (id),
    families TEXT NOT NULL,
    pattern TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    first TEXT NOT NULL CHECK (first IN ('', 'yes')),
    absent TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT;

-- Two parts of the body that do not go together; with families and a category only for those.
CREATE TABLE edit_site (
    id TEXT PRIMARY KEY,
    diagnosis_area TEXT NOT NULL,
    code_area TEXT NOT NULL,
    families TEXT NOT NULL,
    category TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A rule that fires for a code with a trait beside a code with another, unless modifiers set the two apart.
CREATE TABLE edit_companion (
    id TEXT PRIMARY KEY,
    rule TEXT NOT NULL REFERENCES edit_rule (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    beside_field TEXT NOT NULL,
    beside_value TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- the code book beside the decision

-- The editions of the tables from here on; those above are the editions that a decision is checked against.
-- complete: what such an edition does not name did not exist on its dates.
CREATE TABLE book_edition (
    position INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    label TEXT NOT NULL,
    edition TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    note TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT;

CREATE TABLE modifier (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    opens_pair INTEGER NOT NULL CHECK (opens_pair IN (0, 1)),
    use TEXT NOT NULL,
    not_for TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    plain TEXT NOT NULL,
    setting TEXT NOT NULL CHECK (setting IN ('facility', 'nonfacility', 'not_settled')),
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE supply (
    code TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    plain TEXT NOT NULL,
    kind TEXT NOT NULL,
    use TEXT NOT NULL,
    not_for TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The rows of the ICD-10-PCS tables: each column holds the characters that may stand at that place.
CREATE TABLE procedure_table (
    position INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    parts TEXT NOT NULL,
    approaches TEXT NOT NULL,
    devices TEXT NOT NULL,
    qualifiers TEXT NOT NULL,
    from_date TEXT,
    until_date TEXT,
    cites TEXT NOT NULL
) STRICT;

-- What a character means; * stands for every body system or every operation.
CREATE TABLE procedure_value (
    system TEXT NOT NULL,
    operation TEXT NOT NULL,
    axis TEXT NOT NULL CHECK (axis IN ('operation', 'part', 'approach', 'device', 'qualifier')),
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    side TEXT NOT NULL,
    plain TEXT NOT NULL,
    cites TEXT NOT NULL,
    PRIMARY KEY (system, operation, axis, value)
) STRICT, WITHOUT ROWID;

-- The whole ICD-10-CM tabular list. Codes with a seventh character are not rows: letters holds the characters that the
-- entry takes, and icd_seventh their meaning, at the entry named by seventh.
CREATE TABLE icd (
    code TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('chapter', 'block', 'heading', 'code')),
    parent TEXT NOT NULL,
    seventh TEXT NOT NULL,
    letters TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX icd_parent ON icd (parent, position);

CREATE TABLE icd_seventh (
    code TEXT NOT NULL REFERENCES icd (code),
    letter TEXT NOT NULL,
    text TEXT NOT NULL,
    also TEXT NOT NULL,
    PRIMARY KEY (code, letter)
) STRICT, WITHOUT ROWID;

CREATE TABLE icd_note (
    code TEXT NOT NULL REFERENCES icd (code),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE icd_change (
    code TEXT PRIMARY KEY,
    change TEXT NOT NULL CHECK (change IN ('new', 'deleted', 'heading')),
    changed_on TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    title TEXT NOT NULL,
    cites TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- search

-- What can be found, best first: id is the order in which equal finds are shown. title is empty where icd has it. words
-- is a list of phrases as 16-bit numbers: 65535, the kind of the phrase, then ids of sought_word.
CREATE TABLE sought (
    id INTEGER PRIMARY KEY,
    system TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    scope INTEGER NOT NULL CHECK (scope IN (0, 1)),
    words BLOB NOT NULL
) STRICT;

CREATE INDEX sought_code ON sought (code);

CREATE VIRTUAL TABLE sought_text USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = ascii);

-- Every word of every title, made alike; shown is the way it is mostly written, found the number of entries with it.
CREATE TABLE sought_word (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    found INTEGER NOT NULL
) STRICT;

-- What words may also mean, made alike: how is same, near or short. Or what they are to the search: left_out, faint, usual,
-- unusual, or system, which shown names.
CREATE TABLE sought_reading (
    typed TEXT NOT NULL,
    meaning TEXT NOT NULL,
    how TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (typed, meaning)
) STRICT, WITHOUT ROWID;

-- The rules that make words alike, in order.
CREATE TABLE sought_spelling (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('letters', 'plural', 'word')),
    pattern TEXT NOT NULL,
    becomes TEXT NOT NULL
) STRICT;
