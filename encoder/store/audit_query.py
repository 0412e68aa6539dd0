"""The audit: one query over tables.

It finds on many claims what the claim check (encoder.core.edits) finds on one, for every rule that is marked as audited
in db/sources/edits/rules.csv. It reads the tables of ``audit_schema.TABLES`` and nothing else, and is plain SQL: the
same text runs in SQLite, in DuckDB over the same tables as Parquet, and on any engine with window functions. Where a
join is written CROSS JOIN, the order of the tables is the order in which SQLite shall take them; others may choose.

A row of the answer is ``claim, line, other, place, rule, value, more, units, most, ends, source, row_key, edition``:

- claim, line: which line is not paid; line 0 is the whole claim. Claims and lines are numbered from 1.
- other: the line that it stands against; 0 without one. Where several lines say the same, each has a row.
- place: the diagnosis it is about, from 1; 0 without one.
- value, more, units, most, ends: what the words of the rule name: a modifier or diagnosis, a side, units and their
  limit, the last day of a row.
- source, row_key, edition: the table row that fired. An empty edition is that of the table on the day.
"""

QUERY = """
WITH
-- ----------------------------------------------------------------------------------------- codes and their dates
codes AS (
  SELECT l.claim, l.line, 0 AS other, 0 AS place,
         CASE WHEN c.code IS NULL THEN 'code_not_loaded' WHEN e.day IS NULL THEN 'date_uncovered'
              WHEN l.asked < c.from_day THEN 'code_not_yet' ELSE 'code_deleted' END AS rule,
         '' AS value, '' AS more, 0 AS units, 0 AS most,
         CASE WHEN c.code IS NULL OR e.day IS NULL THEN '' WHEN l.asked < c.from_day THEN c.from_day
              ELSE c.until_day END AS ends,
         CASE WHEN c.code IS NULL THEN '' ELSE 'cpt' END AS source, COALESCE(c.code, '') AS row_key, '' AS edition
  FROM line l
  LEFT JOIN code c ON c.code = l.code
  LEFT JOIN table_day e ON e.source = 'cpt' AND e.day = l.asked AND e.covered = 1
  WHERE c.code IS NULL OR e.day IS NULL OR l.asked NOT BETWEEN c.from_day AND c.until_day
),
-- The same code with the same modifiers on the same day by the same practitioner: all but the first.
repeats AS (
  SELECT b.claim, b.line, MIN(a.line) AS other, 0 AS place, 'line_repeated' AS rule,
         '' AS value, '' AS more, 0 AS units, 0 AS most, '' AS ends, 'cpt' AS source, b.code AS row_key, '' AS edition
  FROM line a
  JOIN line b ON b.claim = a.claim AND b.line > a.line AND b.code = a.code AND b.day = a.day AND b.who = a.who
             AND b.marks = a.marks
  GROUP BY b.claim, b.line, b.code
),

-- --------------------------------------------------------------------------------------------------------- add-ons
-- Add-ons beside the other lines of their practitioner and day.
beside AS (
  SELECT a.claim, a.line, a.code, a.asked, b.line AS other, b.code AS other_code, b.add_on AS other_add_on
  FROM line a
  JOIN line b ON b.claim = a.claim AND b.day = a.day AND b.who = a.who AND b.line <> a.line
  WHERE a.add_on = 1
),
-- Those that no line of their list carries.
need AS (
  SELECT a.claim, a.line, a.code, a.day, a.asked, a.who
  FROM line a
  WHERE a.add_on = 1
    AND NOT EXISTS (
      SELECT 1
      FROM line b
      JOIN relation r ON r.add_on = a.code AND r.primary_code = b.code AND r.kind = 'allowed'
                     AND a.asked BETWEEN r.from_day AND r.until_day
      WHERE b.claim = a.claim AND b.day = a.day AND b.who = a.who AND b.line <> a.line)
),
company AS (
  SELECT n.claim, n.line, n.code, n.asked, s.other, s.other_code
  FROM need n
  JOIN beside s ON s.claim = n.claim AND s.line = n.line AND s.other_add_on = 0
),
-- Every reason why an add-on is not carried; the nearest one counts.
reason AS (
  SELECT n.claim, n.line, b.line AS other, 1 AS nearness, '' AS turn, 'add_on_other_practitioner' AS rule,
         '' AS ends, r.row_key
  FROM need n CROSS JOIN line b CROSS JOIN relation r
  WHERE b.claim = n.claim AND b.day = n.day AND b.who <> n.who
    AND r.add_on = n.code AND r.primary_code = b.code AND r.kind = 'allowed'
    AND n.asked BETWEEN r.from_day AND r.until_day
  UNION ALL
  SELECT n.claim, n.line, b.line, 2, '', 'add_on_other_day', b.day, r.row_key
  FROM need n CROSS JOIN line b CROSS JOIN relation r
  WHERE b.claim = n.claim AND b.day <> n.day
    AND r.add_on = n.code AND r.primary_code = b.code AND r.kind = 'allowed'
    AND n.asked BETWEEN r.from_day AND r.until_day
  UNION ALL
  SELECT c.claim, c.line, 0, 3, CASE WHEN o.payer = 1 THEN '0' ELSE '1' END,
         CASE WHEN o.payer = 1 THEN 'add_on_payer_decides' ELSE 'add_on_partial_list' END, '', o.row_key
  FROM company c
  JOIN open_list o ON o.add_on = c.code AND c.asked BETWEEN o.from_day AND o.until_day
  UNION ALL
  SELECT c.claim, c.line, c.other, 4, '', 'add_on_barred', '', r.row_key
  FROM company c
  JOIN relation r ON r.add_on = c.code AND r.primary_code = c.other_code AND r.kind = 'barred'
                 AND c.asked BETWEEN r.from_day AND r.until_day
  UNION ALL
  SELECT c.claim, c.line, c.other, 5, r.from_day,
         CASE WHEN r.until_day < c.asked THEN 'add_on_list_ended' ELSE 'add_on_list_later' END,
         CASE WHEN r.until_day < c.asked THEN r.until_day ELSE r.from_day END, r.row_key
  FROM company c
  JOIN relation r ON r.add_on = c.code AND r.primary_code = c.other_code AND r.kind = 'allowed'
                 AND c.asked NOT BETWEEN r.from_day AND r.until_day
  UNION ALL
  SELECT n.claim, n.line, 0, 6, '',
         CASE WHEN NOT EXISTS (SELECT 1 FROM line b
                               WHERE b.claim = n.claim AND b.day = n.day AND b.who = n.who AND b.line <> n.line
                                 AND b.add_on = 0)
              THEN 'add_on_alone'
              WHEN EXISTS (SELECT 1 FROM relation r WHERE r.add_on = n.code AND r.kind <> 'barred')
                OR EXISTS (SELECT 1 FROM table_day t WHERE t.source = 'aoc' AND t.day = n.asked AND t.complete = 1)
              THEN 'add_on_not_listed' ELSE 'add_on_list_not_loaded' END, '', n.code
  FROM need n
),
ranked AS (
  SELECT claim, line, other, rule, ends, row_key,
         ROW_NUMBER() OVER (PARTITION BY claim, line ORDER BY nearness, other, turn, row_key) AS nth
  FROM reason
),
add_ons AS MATERIALIZED (
  SELECT claim, line, other, 0 AS place, rule, '' AS value, '' AS more, 0 AS units, 0 AS most, ends,
         'aoc' AS source, row_key, '' AS edition
  FROM ranked
  WHERE nth = 1
),

-- ----------------------------------------------------------------------------------------------------------- pairs
-- Two lines of one practitioner and day with an edit between them: line is that of column 2, other that of column 1.
found AS (
  SELECT i.claim, i.line, o.line AS other, p.indicator, p.dated, p.sure_from, p.row_key, p.edition, i.asked, i.setting,
         i.code, o.code AS other_code, i.marks, o.marks AS other_marks,
         ROW_NUMBER() OVER (
           PARTITION BY i.claim, CASE WHEN i.line < o.line THEN i.line ELSE o.line END,
                        CASE WHEN i.line < o.line THEN o.line ELSE i.line END
           ORDER BY p.indicator, p.column1, p.column2, p.from_day, p.row_key) AS nth
  FROM line i
  JOIN line o ON o.claim = i.claim AND o.day = i.day AND o.who = i.who AND o.line <> i.line
  JOIN pair p ON p.column1 = o.code AND p.column2 = i.code AND p.setting = i.setting
             AND i.asked BETWEEN p.from_day AND p.until_day
),
hit AS MATERIALIZED (
  SELECT f.claim, f.line, f.other, f.indicator, f.dated, f.row_key, f.edition,
         CASE WHEN ic.category = 'addon_structural_allograft' AND oc.category = 'addon_structural_allograft'
              THEN 1 ELSE 0 END AS structural,
         CASE WHEN f.asked < f.sure_from THEN 1 ELSE 0 END AS early_table,
         CASE WHEN f.setting = 'practitioner' AND f.asked < '2019-07-01' THEN 0 ELSE o.distinct_ END AS outer_distinct,
         o.distinct_ AS outer_any, i.distinct_ AS inner_distinct, i.global_ + o.global_ AS global_,
         i.visit_ + o.visit_ AS visit_, i.site_ AS inner_site, o.site_ AS outer_site, i.many + o.many AS many,
         (SELECT COUNT(*) FROM mark x JOIN mark y ON y.marks = o.marks AND y.modifier = x.modifier
          WHERE x.marks = i.marks AND x.opens = 'site') AS same,
         i.lt * o.any_left + o.lt * i.any_left + i.rt * o.any_right + o.rt * i.any_right AS within
  FROM found f
  JOIN mark_set i ON i.marks = f.marks
  JOIN mark_set o ON o.marks = f.other_marks
  LEFT JOIN code ic ON ic.code = f.code
  LEFT JOIN code oc ON oc.code = f.other_code
  WHERE f.nth = 1 AND f.indicator <> '9'
),
judged AS (
  SELECT claim, line, other, indicator, dated, early_table, structural, row_key, edition,
         CASE WHEN indicator = '0' THEN 'pair_closed'
              WHEN inner_distinct + outer_distinct + global_ > 0 OR (visit_ > 0 AND same = 0) THEN 'pair_opened'
              WHEN same > 0 THEN 'pair_same_side'
              WHEN inner_site = 1 AND outer_site = 1 AND within = 0 THEN 'pair_opened'
              WHEN inner_site + outer_site > 0 THEN 'pair_one_place'
              WHEN outer_any = 1 THEN 'pair_wrong_column'
              WHEN many > 0 THEN 'pair_wrong_modifier'
              ELSE 'pair_not_opened' END AS way
  FROM hit
),
pairs AS (
  SELECT j.claim, j.line, j.other, 0 AS place,
         CASE WHEN j.way IN ('pair_opened', 'pair_one_place') THEN j.way
              WHEN j.dated = 0 AND j.early_table = 1 THEN 'pair_uncertain'
              WHEN j.structural = 1 AND j.indicator = '1' THEN 'pair_structural'
              ELSE j.way END AS rule,
         '' AS value, '' AS more, 0 AS units, 0 AS most, '' AS ends, 'ptp' AS source, j.row_key, j.edition
  FROM judged j
  WHERE NOT EXISTS (
    SELECT 1 FROM add_ons a
    WHERE a.claim = j.claim AND a.rule = 'add_on_barred'
      AND ((a.line = j.line AND a.other = j.other) OR (a.line = j.other AND a.other = j.line)))
),

-- ----------------------------------------------------------------------------------------------------------- units
bill AS (
  SELECT claim, code, day, asked, who, setting, MIN(line) AS line, SUM(units) AS units
  FROM line
  GROUP BY claim, code, day, asked, who, setting
),
limited AS (
  SELECT b.claim, b.code, b.day, b.who, b.line, b.units, u.most, u.mai, u.edition
  FROM bill b
  LEFT JOIN table_day t ON t.source = CASE b.setting WHEN 'practitioner' THEN 'mue' ELSE 'mue_hospital' END
                       AND t.day = b.asked
  JOIN unit_limit u ON u.code = b.code AND u.setting = b.setting
                   AND COALESCE(t.stands, b.asked) BETWEEN u.from_day AND u.until_day
),
units AS (
  -- Nothing is payable, or each line by itself is too much.
  SELECT l.claim, l.line, 0 AS other, 0 AS place,
         CASE WHEN b.most = 0 THEN 'units_zero' ELSE 'units_line' END AS rule, '' AS value, '' AS more,
         CASE WHEN b.most = 0 THEN 0 ELSE l.units END AS units, b.most, '' AS ends,
         'mue' AS source, b.code AS row_key, b.edition
  FROM limited b
  JOIN line l ON l.claim = b.claim AND l.code = b.code AND l.day = b.day AND l.who = b.who
  WHERE b.most = 0 OR (b.mai NOT IN ('2', '3') AND l.units > b.most)
  UNION ALL
  -- The day is too much: the first line, and a row for each other line of the day.
  SELECT b.claim, b.line, COALESCE(l.line, 0), 0,
         CASE WHEN b.mai = '2' THEN 'units_day' ELSE 'units_appeal' END, '', '', b.units, b.most, '',
         'mue', b.code, b.edition
  FROM limited b
  LEFT JOIN line l ON l.claim = b.claim AND l.code = b.code AND l.day = b.day AND l.who = b.who AND l.line > b.line
  WHERE b.most > 0 AND b.mai IN ('2', '3') AND b.units > b.most
),

-- ------------------------------------------------------------------------------------------------------- modifiers
-- What a trait of the code says of a modifier, or of every line (the empty modifier); the first that fires counts.
fired AS (
  SELECT l.claim, l.line, v.rule, v.modifier, v.source, v.row_key, v.edition,
         ROW_NUMBER() OVER (PARTITION BY l.claim, l.line, v.modifier ORDER BY v.position) AS nth
  FROM line l CROSS JOIN mark k CROSS JOIN verdict v
  WHERE l.marks <> '' AND k.marks = l.marks
    AND v.code = l.code AND v.modifier = k.modifier AND l.asked BETWEEN v.from_day AND v.until_day
    AND v.setting IN ('', l.setting)
  UNION ALL
  SELECT l.claim, l.line, v.rule, v.modifier, v.source, v.row_key, v.edition,
         ROW_NUMBER() OVER (PARTITION BY l.claim, l.line ORDER BY v.position)
  FROM line l
  JOIN verdict v ON v.code = l.code AND v.modifier = '' AND l.asked BETWEEN v.from_day AND v.until_day
                AND v.setting IN ('', l.setting)
),
modifiers AS (
  SELECT claim, line, 0 AS other, 0 AS place, rule, modifier AS value, '' AS more, 0 AS units, 0 AS most, '' AS ends,
         source, row_key, edition
  FROM fired
  WHERE nth = 1
  UNION ALL
  SELECT l.claim, l.line, 0, 0, w.rule, w.value, '', 0, 0, '', w.source, w.row_key, ''
  FROM line l CROSS JOIN mark_wrong w
  WHERE l.marks <> '' AND w.marks = l.marks
  UNION ALL
  SELECT l.claim, l.line, 0, 0, 'setting_modifier', k.modifier, '', 0, 0, '', 'edits', k.modifier, ''
  FROM line l CROSS JOIN mark k
  WHERE l.marks <> '' AND k.marks = l.marks AND k.setting <> '' AND k.setting <> l.setting
  UNION ALL
  SELECT l.claim, l.line, 0, 0, 'place_modifier', k.modifier, '', 0, 0, '', 'edits', k.modifier, ''
  FROM line l CROSS JOIN mark k CROSS JOIN code c
  WHERE l.marks <> '' AND k.marks = l.marks AND k.region <> ''
    AND c.code = l.code AND c.area <> '' AND c.area <> k.region
),

-- ------------------------------------------------------------------------------------------------------- diagnoses
first_day AS (
  SELECT claim, MIN(asked) AS day FROM line GROUP BY claim
),
given AS (
  SELECT d.claim, d.place, d.written, x.fault, x.source, x.row_key, x.family, x.area, x.side, x.from_day, x.until_day,
         f.day, CASE WHEN e.day IS NULL THEN 0 ELSE 1 END AS covered, COALESCE(e.complete, 0) AS complete
  FROM diagnosis d
  JOIN dx x ON x.written = d.written
  JOIN first_day f ON f.claim = d.claim
  LEFT JOIN table_day e ON e.source = x.source AND e.day = f.day AND e.covered = 1
),
forms AS (
  SELECT claim, 0 AS line, 0 AS other, place,
         CASE WHEN fault = 'dx_unknown' AND complete = 0 THEN 'dx_not_loaded' ELSE fault END AS rule, written AS value,
         '' AS more, 0 AS units, 0 AS most, '' AS ends, CASE WHEN row_key = '' THEN '' ELSE source END AS source,
         row_key, '' AS edition
  FROM given
  WHERE fault <> ''
  UNION ALL
  SELECT claim, 0, 0, place, CASE WHEN covered = 1 THEN 'dx_not_valid' ELSE 'dx_uncovered' END, written, '', 0, 0, '',
         source, row_key, ''
  FROM given
  WHERE row_key <> '' AND (covered = 0 OR day NOT BETWEEN from_day AND until_day)
),
-- Rules that a diagnosis meets, and the first line that points to it and has the trait of the rule.
met AS (
  SELECT g.claim, g.place, g.written, r.rule, r.row_key, r.field, r.value
  FROM given g
  JOIN dx_match m ON m.written = g.written
  JOIN dx_rule r ON r.row_key = m.row_key AND g.day BETWEEN r.from_day AND r.until_day
  WHERE (r.first_only = 0 OR g.place = 1)
    AND NOT EXISTS (
      SELECT 1 FROM given o JOIN dx_absent n ON n.family = o.family
      WHERE o.claim = g.claim AND n.row_key = r.row_key)
),
rules AS (
  SELECT m.claim, MIN(l.line) AS line, 0 AS other, m.place, m.rule, m.written AS value, '' AS more, 0 AS units,
         0 AS most, '' AS ends, 'edits' AS source, m.row_key, '' AS edition
  FROM met m
  JOIN line l ON l.claim = m.claim AND (l.pointers = '' OR l.pointers LIKE '%,' || m.place || ',%')
  JOIN trait t ON t.code = l.code AND t.field = m.field AND t.value = m.value
              AND l.asked BETWEEN t.from_day AND t.until_day
  WHERE m.field <> ''
  GROUP BY m.claim, m.place, m.rule, m.written, m.row_key
  UNION ALL
  SELECT claim, 0, 0, place, rule, written, '', 0, 0, '', 'edits', row_key, ''
  FROM met
  WHERE field = ''
),
-- Lines with a side that point to a diagnosis of the other side, and to none of their own side. Diagnoses of another
-- part of the body say nothing about the side.
crossed AS (
  SELECT l.claim, l.line, l.side, l.pointers, c.area, c.category, MIN(g.place) AS place
  FROM line l
  JOIN given g ON g.claim = l.claim AND g.side IN ('left', 'right') AND g.side <> l.side
              AND (l.pointers = '' OR l.pointers LIKE '%,' || g.place || ',%')
  LEFT JOIN code c ON c.code = l.code
  WHERE l.side IN ('left', 'right')
    AND NOT EXISTS (
      SELECT 1 FROM dx_apart a WHERE a.written = g.written AND a.area = c.area AND a.category = c.category)
  GROUP BY l.claim, l.line, l.side, l.pointers, c.area, c.category
),
sides AS (
  SELECT x.claim, x.line, x.place
  FROM crossed x
  WHERE NOT EXISTS (
    SELECT 1 FROM given g
    WHERE g.claim = x.claim AND g.side IN (x.side, 'both')
      AND (x.pointers = '' OR x.pointers LIKE '%,' || g.place || ',%')
      AND NOT EXISTS (
        SELECT 1 FROM dx_apart a WHERE a.written = g.written AND a.area = x.area AND a.category = x.category))
),
-- Lines that point to a diagnosis of another part of the body, and to none that fits.
astray AS (
  SELECT l.claim, l.line, l.pointers, c.area, c.category, MIN(g.place) AS place
  FROM line l
  JOIN code c ON c.code = l.code
  JOIN given g ON g.claim = l.claim AND (l.pointers = '' OR l.pointers LIKE '%,' || g.place || ',%')
  JOIN dx_apart a ON a.written = g.written AND a.area = c.area AND a.category = c.category
  GROUP BY l.claim, l.line, l.pointers, c.area, c.category
),
sites AS (
  SELECT x.claim, x.line, x.place
  FROM astray x
  WHERE NOT EXISTS (
    SELECT 1 FROM given g
    WHERE g.claim = x.claim AND g.area <> '' AND (x.pointers = '' OR x.pointers LIKE '%,' || g.place || ',%')
      AND NOT EXISTS (
        SELECT 1 FROM dx_apart a WHERE a.written = g.written AND a.area = x.area AND a.category = x.category))
),
matched AS (
  SELECT s.claim, s.line, 0 AS other, s.place, 'dx_side' AS rule, g.written AS value, g.side AS more, 0 AS units,
         0 AS most, '' AS ends, 'icd10cm' AS source, g.row_key, '' AS edition
  FROM sides s
  JOIN given g ON g.claim = s.claim AND g.place = s.place
  UNION ALL
  SELECT s.claim, s.line, 0, s.place, 'dx_site', g.written, '', 0, 0, '', 'icd10cm', g.row_key, ''
  FROM sites s
  JOIN given g ON g.claim = s.claim AND g.place = s.place
)

SELECT * FROM codes UNION ALL SELECT * FROM repeats UNION ALL SELECT * FROM add_ons UNION ALL SELECT * FROM pairs
UNION ALL SELECT * FROM units UNION ALL SELECT * FROM modifiers UNION ALL SELECT * FROM forms
UNION ALL SELECT * FROM rules UNION ALL SELECT * FROM matched
"""
