-- The code database: what db/sources says, checked row by row, in the shape the program asks for it.
-- Codes are text. A date is YYYY-MM-DD and both days count; NULL is open. cites is "source#locator", parted by a space.
-- position is the order in the source file, kept where that order is for reading. area is a part of the body, or empty
-- where a code belongs to none or to two (a clavicle is trunk in ICD-10-CM and upper limb in CPT).

PRAGMA user_version = 1;

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
CREATE TABLE relation (
    row_id TEXT PRIMARY KEY,
    add_on TEXT NOT NULL REFERENCES code (code),
    primary_code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('allowed', 'barred', 'contractor_defined')),
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
