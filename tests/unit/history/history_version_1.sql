-- A history as version 1 of the schema had it, as text; every name and value is invented.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE actions (
    return      INTEGER NOT NULL REFERENCES returns (id),
    position    INTEGER NOT NULL,
    number      TEXT    NOT NULL, -- '' for a new one
    linked_to   TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    responsible TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    cell        TEXT    NOT NULL,
    PRIMARY KEY (return, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "actions" VALUES(1,0,'','SYK','Call','Per','2026-12-01','open','C9');
CREATE TABLE definitions (
    version INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL, -- the workbook it was read from
    sha256  TEXT    NOT NULL  -- over what the cells say, not where they stand
) STRICT;
INSERT INTO "definitions" VALUES(1,1,'setup.xlsx','d');
CREATE TABLE editions (
    report  TEXT    NOT NULL, -- a unit's code, '' for all
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL CHECK (edition > 0),
    run     INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;
INSERT INTO "editions" VALUES('A1',1,1,2);
CREATE TABLE entries (
    return           INTEGER NOT NULL REFERENCES returns (id),
    indicator        INTEGER NOT NULL REFERENCES indicators (id),
    period           INTEGER NOT NULL REFERENCES periods (id),   -- measured
    position         INTEGER NOT NULL,                           -- in the form
    state            INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- reported, missing, not applicable, empty base
    required         INTEGER NOT NULL CHECK (required IN (0, 1)),
    numerator        REAL,
    denominator      REAL,
    numerator_cell   TEXT, -- C5; NULL where the number stood in no cell
    denominator_cell TEXT,
    reason           TEXT, -- comes_later …
    comment          TEXT,
    PRIMARY KEY (return, indicator, period)
) STRICT, WITHOUT ROWID;
INSERT INTO "entries" VALUES(1,1,1,0,0,1,10.0,200.0,'C5','E5',NULL,'');
INSERT INTO "entries" VALUES(2,1,1,0,0,1,10.0,200.0,'C5','E5',NULL,'');
INSERT INTO "entries" VALUES(2,2,1,1,1,1,NULL,NULL,'C6','E6','comes_later','In October');
CREATE TABLE findings (
    receipt   INTEGER NOT NULL REFERENCES receipts (id),
    position  INTEGER NOT NULL,
    rule      TEXT    NOT NULL,
    severity  TEXT    NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'fatal')),
    sheet     TEXT,
    cell      TEXT,
    unit      TEXT,
    indicator TEXT,
    message   TEXT    NOT NULL,
    fix       TEXT,
    PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "findings" VALUES(1,0,'big_change','warning','Skjema','C5','A1','SYK','Large change','Check it');
CREATE TABLE indicators (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO "indicators" VALUES(1,'SYK');
INSERT INTO "indicators" VALUES(2,'BRUKER');
CREATE TABLE measured_in (
    period      INTEGER NOT NULL REFERENCES periods (id), -- measured
    form_period INTEGER NOT NULL REFERENCES periods (id),
    PRIMARY KEY (period, form_period)
) STRICT, WITHOUT ROWID;
INSERT INTO "measured_in" VALUES(1,1);
CREATE TABLE origin (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    made_at    INTEGER NOT NULL,                          -- seconds since 1970-01-01 UTC, as all times here
    seal_key   BLOB    NOT NULL CHECK (length(seal_key) = 32) -- seals the forms
) STRICT;
INSERT INTO "origin" VALUES(1,1789459200,X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');
CREATE TABLE originals (
    id     INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT    NOT NULL UNIQUE,
    bytes  BLOB    NOT NULL
) STRICT;
INSERT INTO "originals" VALUES(1,'7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',X'6F6E65');
INSERT INTO "originals" VALUES(2,'3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',X'74776F');
CREATE TABLE periods (
    id        INTEGER NOT NULL PRIMARY KEY,
    code      TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    first_day INTEGER, -- days since 1970-01-01; NULL for a named period, whose dates stand in the definitions
    last_day  INTEGER
) STRICT;
INSERT INTO "periods" VALUES(1,'2026-T2',20574,20696);
CREATE TABLE receipts (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL,
    sha256  TEXT    NOT NULL,
    size    INTEGER NOT NULL,
    unit    INTEGER REFERENCES units (id),   -- NULL where the file does not say
    period  INTEGER REFERENCES periods (id), -- of the form
    outcome TEXT    NOT NULL CHECK (outcome IN ('accepted', 'held', 'unreadable', 'duplicate', 'unfinished'))
) STRICT;
INSERT INTO "receipts" VALUES(1,2,'1.xlsx','7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',3,1,1,'accepted');
INSERT INTO "receipts" VALUES(2,2,'2.xlsx','3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',3,2,1,'accepted');
CREATE TABLE returns (
    id            INTEGER NOT NULL PRIMARY KEY,
    receipt       INTEGER NOT NULL UNIQUE REFERENCES receipts (id),
    unit          INTEGER NOT NULL REFERENCES units (id),
    period        INTEGER NOT NULL REFERENCES periods (id),
    revision      INTEGER NOT NULL CHECK (revision > 0),
    definition    TEXT    NOT NULL, -- the version its form was made from; '' when lost
    sheet         TEXT    NOT NULL, -- where its table stands
    signed_by     TEXT    NOT NULL,
    signed_on     TEXT    NOT NULL,
    inputs_sha256 TEXT    NOT NULL  -- over what the unit filled in; the same for a copy saved anew
) STRICT;
INSERT INTO "returns" VALUES(1,1,1,1,1,'1','Skjema','Kari','2026-09-14','one');
INSERT INTO "returns" VALUES(2,2,2,1,1,'1','Skjema','Kari','2026-09-14','two');
CREATE TABLE runs (
    id       INTEGER NOT NULL PRIMARY KEY,
    verb     TEXT    NOT NULL, -- setup, forms, collect, report
    began_at INTEGER NOT NULL,
    program  TEXT    NOT NULL  -- version of the program
) STRICT;
INSERT INTO "runs" VALUES(1,'setup',1789459200,'0.1.0');
INSERT INTO "runs" VALUES(2,'collect',1789459300,'0.1.0');
CREATE TABLE setup_cells (
    definition   INTEGER NOT NULL,
    sheet        INTEGER NOT NULL,
    row_index    INTEGER NOT NULL, -- from 0
    column_index INTEGER NOT NULL,
    column_key   TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    PRIMARY KEY (definition, sheet, row_index, column_index),
    FOREIGN KEY (definition, sheet) REFERENCES setup_sheets (definition, sheet)
) STRICT, WITHOUT ROWID;
INSERT INTO "setup_cells" VALUES(1,0,4,1,'code','A1');
CREATE TABLE setup_columns (
    definition   INTEGER NOT NULL,
    sheet        INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    key          TEXT    NOT NULL, -- code, parent …; of an added column its heading
    added        INTEGER NOT NULL CHECK (added IN (0, 1)),
    column_index INTEGER,          -- from 0; NULL for an added one
    PRIMARY KEY (definition, sheet, position),
    FOREIGN KEY (definition, sheet) REFERENCES setup_sheets (definition, sheet)
) STRICT, WITHOUT ROWID;
INSERT INTO "setup_columns" VALUES(1,0,0,'code',0,1);
CREATE TABLE setup_sheets (
    definition  INTEGER NOT NULL REFERENCES definitions (version),
    sheet       INTEGER NOT NULL,
    key         TEXT    NOT NULL, -- units, indicators …
    name        TEXT    NOT NULL, -- as it is called in the workbook
    heading_row INTEGER NOT NULL, -- from 0
    PRIMARY KEY (definition, sheet)
) STRICT, WITHOUT ROWID;
INSERT INTO "setup_sheets" VALUES(1,0,'units','Enheter',3);
CREATE TABLE units (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO "units" VALUES(1,'A1');
INSERT INTO "units" VALUES(2,'A2');
CREATE TABLE written_files (
    id     INTEGER NOT NULL PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (id),
    path   TEXT    NOT NULL, -- from the folder of the history
    sha256 TEXT    NOT NULL
) STRICT;
INSERT INTO "written_files" VALUES(1,2,'forms/a.xlsx','1');
CREATE INDEX receipts_of_period ON receipts (period, unit);
CREATE INDEX receipts_of_content ON receipts (sha256);
CREATE UNIQUE INDEX returns_of_period ON returns (period, unit, revision);
CREATE INDEX returns_of_unit ON returns (unit, period, revision);
CREATE INDEX written_files_of_path ON written_files (path);
CREATE TRIGGER origin_stay BEFORE UPDATE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER origin_remain BEFORE DELETE ON origin BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER runs_stay BEFORE UPDATE ON runs BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER runs_remain BEFORE DELETE ON runs BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER units_stay BEFORE UPDATE ON units BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER units_remain BEFORE DELETE ON units BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER indicators_stay BEFORE UPDATE ON indicators BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER indicators_remain BEFORE DELETE ON indicators BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER periods_stay BEFORE UPDATE ON periods BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER periods_remain BEFORE DELETE ON periods BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER definitions_stay BEFORE UPDATE ON definitions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER definitions_remain BEFORE DELETE ON definitions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_sheets_stay BEFORE UPDATE ON setup_sheets BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_sheets_remain BEFORE DELETE ON setup_sheets BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_columns_stay BEFORE UPDATE ON setup_columns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_columns_remain BEFORE DELETE ON setup_columns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_cells_stay BEFORE UPDATE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_cells_remain BEFORE DELETE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_stay BEFORE UPDATE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_remain BEFORE DELETE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_stay BEFORE UPDATE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_remain BEFORE DELETE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_stay BEFORE UPDATE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_remain BEFORE DELETE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_stay BEFORE UPDATE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_remain BEFORE DELETE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_stay BEFORE UPDATE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_remain BEFORE DELETE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_remain BEFORE DELETE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE VIEW current_returns AS
SELECT * FROM returns AS r
WHERE NOT EXISTS (SELECT 1 FROM returns AS later
                  WHERE later.period = r.period AND later.unit = r.unit AND later.revision > r.revision);
COMMIT;
PRAGMA application_id = 1651340081;
PRAGMA user_version = 1;
