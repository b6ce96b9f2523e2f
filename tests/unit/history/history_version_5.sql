-- A history as version 5 of the schema had it, as text; every name and value is invented.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE origin (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    made_at    INTEGER NOT NULL,                          -- seconds since 1970-01-01 UTC, as all times here
    seal_key   BLOB    NOT NULL CHECK (length(seal_key) = 32) -- seals the forms
) STRICT;
INSERT INTO origin VALUES(1,1789459200,X'c39add5de4ae3ffc6f3b54c2cb6d1976254c9f0ac0bf6cac6c9eafe532d9f0a9');
CREATE TABLE runs (
    id       INTEGER NOT NULL PRIMARY KEY,
    verb     TEXT    NOT NULL, -- setup, forms, collect, report
    began_at INTEGER NOT NULL,
    program  TEXT    NOT NULL  -- version of the program
) STRICT;
INSERT INTO runs VALUES(1,'collect',1789459200,'0.1.0');
INSERT INTO runs VALUES(2,'collect',1789459200,'0.1.0');
INSERT INTO runs VALUES(3,'collect',1789459200,'0.1.0');
INSERT INTO runs VALUES(4,'report',1789545600,'0.1.0');
INSERT INTO runs VALUES(5,'report',1789632000,'0.2.0');
CREATE TABLE units (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO units VALUES(1,'A1');
INSERT INTO units VALUES(2,'A2');
CREATE TABLE indicators (
    id   INTEGER NOT NULL PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO indicators VALUES(1,'SYK');
INSERT INTO indicators VALUES(2,'X');
CREATE TABLE periods (
    id        INTEGER NOT NULL PRIMARY KEY,
    code      TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    first_day INTEGER, -- days since 1970-01-01; NULL for a named period, whose dates stand in the definitions
    last_day  INTEGER
) STRICT;
INSERT INTO periods VALUES(1,'2026-T2',20574,20696);
CREATE TABLE definitions (
    version INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    file    TEXT    NOT NULL, -- the workbook it was read from
    sha256  TEXT    NOT NULL  -- over what the cells say, not where they stand
) STRICT;
INSERT INTO definitions VALUES(1,1,'setup.xlsx','d');
CREATE TABLE setup_sheets (
    definition  INTEGER NOT NULL REFERENCES definitions (version),
    sheet       INTEGER NOT NULL,
    key         TEXT    NOT NULL, -- units, indicators …
    name        TEXT    NOT NULL, -- as it is called in the workbook
    heading_row INTEGER NOT NULL, -- from 0
    PRIMARY KEY (definition, sheet)
) STRICT, WITHOUT ROWID;
INSERT INTO setup_sheets VALUES(1,0,'units','Enheter',3);
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
INSERT INTO setup_columns VALUES(1,0,0,'code',0,1);
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
INSERT INTO setup_cells VALUES(1,0,4,1,'code','A1');
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
INSERT INTO receipts VALUES(1,1,'a.xlsx','7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',3,1,1,'accepted');
INSERT INTO receipts VALUES(2,2,'h.xlsx','abc',3,2,1,'held');
INSERT INTO receipts VALUES(3,2,'a.xlsx','3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',3,1,1,'accepted');
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
    fix       TEXT, about TEXT,
    PRIMARY KEY (receipt, position)
) STRICT, WITHOUT ROWID;
INSERT INTO findings VALUES(2,0,'r','error','S','C5','A1','SYK','wrong','mend',NULL);
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
INSERT INTO returns VALUES(1,1,1,1,1,'1','Skjema','','2026-09-14','one');
INSERT INTO returns VALUES(2,3,1,1,2,'1','Skjema','Kari','2026-09-14','two');
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
INSERT INTO entries VALUES(1,1,1,0,0,1,10.0,200.0,'C5','E5',NULL,NULL);
INSERT INTO entries VALUES(2,1,1,0,0,1,11.0,200.0,'C5','E5',NULL,NULL);
INSERT INTO entries VALUES(2,2,1,1,1,1,NULL,NULL,'C6','E6','later','In October');
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
INSERT INTO actions VALUES(1,0,'','SYK','Call','','','','C4');
INSERT INTO actions VALUES(2,0,'','SYK','Call','','','','C4');
CREATE TABLE originals (
    id     INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT    NOT NULL UNIQUE,
    bytes  BLOB    NOT NULL
) STRICT;
INSERT INTO originals VALUES(1,'7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',X'6f6e65');
INSERT INTO originals VALUES(2,'3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',X'74776f');
CREATE TABLE written_files (
    id     INTEGER NOT NULL PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (id),
    path   TEXT    NOT NULL, -- from the folder of the history
    sha256 TEXT    NOT NULL
) STRICT;
INSERT INTO written_files VALUES(1,2,'forms/a.xlsx','1');
CREATE TABLE editions (
    report  TEXT    NOT NULL, -- a unit's code, '' for all
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL CHECK (edition > 0),
    run     INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;
INSERT INTO editions VALUES('A1',1,1,2);
INSERT INTO editions VALUES('A1',1,2,4);
INSERT INTO editions VALUES('A1',1,3,5);
CREATE TABLE measured_in (
    period      INTEGER NOT NULL REFERENCES periods (id), -- measured
    form_period INTEGER NOT NULL REFERENCES periods (id),
    PRIMARY KEY (period, form_period)
) STRICT, WITHOUT ROWID;
INSERT INTO measured_in VALUES(1,1);
CREATE TABLE run_reached (
    run     INTEGER NOT NULL REFERENCES runs (id),
    name    TEXT    NOT NULL, -- of the table
    highest INTEGER NOT NULL, -- id
    PRIMARY KEY (name, run)
) STRICT, WITHOUT ROWID;
INSERT INTO run_reached VALUES(1,'indicators',1);
INSERT INTO run_reached VALUES(2,'indicators',2);
INSERT INTO run_reached VALUES(1,'origin',1);
INSERT INTO run_reached VALUES(1,'originals',1);
INSERT INTO run_reached VALUES(2,'originals',2);
INSERT INTO run_reached VALUES(1,'periods',1);
INSERT INTO run_reached VALUES(1,'units',1);
INSERT INTO run_reached VALUES(2,'units',2);
CREATE TABLE redactions (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
INSERT INTO redactions VALUES(1,3,'P','w');
CREATE TABLE redacted_values (
    redaction  INTEGER NOT NULL REFERENCES redactions (id),
    run        INTEGER NOT NULL REFERENCES runs (id),
    name       TEXT    NOT NULL, -- of the table
    row        TEXT    NOT NULL, -- its key, the numbers with spaces between
    field      TEXT    NOT NULL,
    old_sha256 TEXT    NOT NULL,
    PRIMARY KEY (name, row, field)
) STRICT, WITHOUT ROWID;
INSERT INTO redacted_values VALUES(1,3,'returns','1','signed_by','1262ca620719007850acbd834332e722d1c7620b7b982c142df8b13532149580');
CREATE TABLE run_hashes (
    run      INTEGER NOT NULL PRIMARY KEY REFERENCES runs (id),
    previous TEXT    NOT NULL, -- '' for the first
    sha256   TEXT    NOT NULL
) STRICT;
INSERT INTO run_hashes VALUES(1,'','3ae4e2d4629399eda995f77714d1ae1ae8994fb4924a3a19dd19adc37a88ace1');
INSERT INTO run_hashes VALUES(2,'3ae4e2d4629399eda995f77714d1ae1ae8994fb4924a3a19dd19adc37a88ace1','524162c2d2e135bead77292f1d072d09f650ed5ef5bd33f66b788d05bf6544b0');
INSERT INTO run_hashes VALUES(3,'524162c2d2e135bead77292f1d072d09f650ed5ef5bd33f66b788d05bf6544b0','721d74ea379db04149e62d26d31c7eef61fd705144f37e06d703a3a1b126701d');
INSERT INTO run_hashes VALUES(4,'721d74ea379db04149e62d26d31c7eef61fd705144f37e06d703a3a1b126701d','5661a6ce1c008ea075f9c062cdd310f9bd9286f7e0b39646f7c473c032d86d2d');
INSERT INTO run_hashes VALUES(5,'5661a6ce1c008ea075f9c062cdd310f9bd9286f7e0b39646f7c473c032d86d2d','4554ae4c11ada45a77c5af4576e46a87fe232e99bc16c59e612b6d45e150a853');
CREATE TABLE run_parts (
    run    INTEGER NOT NULL REFERENCES runs (id),
    name   TEXT    NOT NULL, -- of the table
    count  INTEGER NOT NULL, -- of rows
    sha256 TEXT    NOT NULL,
    checks BLOB    NOT NULL, -- the first four bytes of each row's hash
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
INSERT INTO run_parts VALUES(1,'actions',1,'aeaf92d71dbf75dfc08cd2c0b78f5bb9bfb0a432b4002f447dda8b3e4a161503',X'a66b1c41');
INSERT INTO run_parts VALUES(1,'definitions',1,'913a608dde7b64a22ddde163450e41b319198094885fd56c1488420477163c94',X'2d960aac');
INSERT INTO run_parts VALUES(1,'entries',1,'66a478d0d5ddceba1d44500b8c6490dc1ae70058ec6a32744a0f36df6e7f45fd',X'530a3ff2');
INSERT INTO run_parts VALUES(1,'indicators',1,'eaa6d10bf3c978b3e32b7c795ffd064326350c84c3db4dc8fff7b33c1de29d05',X'e8592088');
INSERT INTO run_parts VALUES(1,'origin',1,'de1a2766bbd816b23c91a7cca74574afa90195be5a9e5f88127ff4147e046997',X'122c1b2b');
INSERT INTO run_parts VALUES(1,'originals',1,'db3552f2fbaf1be69920b3524c17a9f5c97a7e65f762202f4d3fa2520419a04c',X'574ec217');
INSERT INTO run_parts VALUES(1,'periods',1,'40bc36ebe55883caa73d512ae48bb63bd5b32c93214bc2a666a0cf68a7ed4ff2',X'ba1cecf0');
INSERT INTO run_parts VALUES(1,'receipts',1,'8102a8d4021474bdbcbf934c81a2812d80894434fa776a3a439804e58dc27ecd',X'b766a09b');
INSERT INTO run_parts VALUES(1,'returns',1,'d2c5c1ea7e1f5c62f0b4d3dd7c69dcd3a341fac08018375746046c8d1c96984e',X'2f91d8d3');
INSERT INTO run_parts VALUES(1,'run_reached',5,'fb06e31650b439bdeb96d0a8e9ae86d47480fec508acf78c411e867a4608e681',X'd99160663910bb1e415c37d6bb76f34299c4bb8d');
INSERT INTO run_parts VALUES(1,'runs',1,'e045c13c6b31a09eb03a61376d584729e31fb77421ef93039796139ed937ddd3',X'd7610644');
INSERT INTO run_parts VALUES(1,'setup_cells',1,'b9c6a288d809b6a4180ba2a812022b5d43d4bc6a262c0a09651813c7e6302dad',X'6da3bc20');
INSERT INTO run_parts VALUES(1,'setup_columns',1,'0b69dcb389990dfce2b2c847437c8a843b88bec6f4d33a0269172c9bf2ca9268',X'fefb251d');
INSERT INTO run_parts VALUES(1,'setup_sheets',1,'6ab975173f2e744efb35f016cffc533c85a30cbfe0ee0c9121db212b827570dd',X'9944800a');
INSERT INTO run_parts VALUES(1,'units',1,'234539508cddaa1c6f5e30585cf96b9061c7ffff4ffea3c8cfebbdfaa2763b1c',X'6e51b054');
INSERT INTO run_parts VALUES(2,'actions',1,'4b7387146544f92eb24054be1ab83881c21581bb9ca82beb8262d4d914a50594',X'f7889cb8');
INSERT INTO run_parts VALUES(2,'carried_entries',1,'bd8b4d1acb9c35429f71f1445de5073ad19ad8fab275dae730648ee9dd8344da',X'dbd95e38');
INSERT INTO run_parts VALUES(2,'closings',1,'8f9eb05ed0a5f7667ebb16e239c0d4602c8ccb757c4f68619214525885b79e8c',X'0ba75d61');
INSERT INTO run_parts VALUES(2,'corrections',1,'b958d0834e1a1f42e9fb50c99a5b7ba5d11aeaee8fee61e46c2747fa7583efe2',X'426964ec');
INSERT INTO run_parts VALUES(2,'edition_files',1,'b94925c2e8aa9de7930c58ae9baf61c4022ca25baede19784a87ac11ff972b54',X'da792e68');
INSERT INTO run_parts VALUES(2,'editions',1,'331dc08869d08abf683ab87f5b48352b37b23877a4d298649befb5077529e521',X'ce50ddc2');
INSERT INTO run_parts VALUES(2,'entries',2,'4babbd37bffcf2d3c7db886e4960006470d3b00cb3b70346e4086323b9d3e3eb',X'f44e9a6d7e3fa2b1');
INSERT INTO run_parts VALUES(2,'findings',1,'7c178e7f05771e1a621cedcbede91ed9467660b5facda2c3b605fb977e2516ff',X'c03fcb32');
INSERT INTO run_parts VALUES(2,'indicators',1,'96495dd29a2d6c67322547af9edbf60a94f389b5c462b00141a95b89522cfbdf',X'a01c733b');
INSERT INTO run_parts VALUES(2,'originals',1,'c93cc678e8cd9ba72862bfb25b92d7083324c58a0a32c0518be8f04db8027714',X'c3a259ee');
INSERT INTO run_parts VALUES(2,'receipts',2,'6883f60e48103897e9a691ee069a17b7862e58563780e3d4ef50b8481608881e',X'008962ecf6b67f0a');
INSERT INTO run_parts VALUES(2,'returns',1,'40b48dc77ce71e5ecda4751061c34b98cad9757070bb5e825e11299c843fceee',X'106e1220');
INSERT INTO run_parts VALUES(2,'run_reached',3,'cb10aee35eeb3020638665054f13f2a12bfc373fab14b92e136d700382e97892',X'142156ed54fb16c131509cd0');
INSERT INTO run_parts VALUES(2,'runs',1,'dc7d9558d2cc041f37e46c6efa2c985611aebbeaced4faaa798325db5339e058',X'74efa8e3');
INSERT INTO run_parts VALUES(2,'units',1,'07f1193e669f24dcfa5c4ac5818750a3de2665fee8a5f11e89d5725b521be136',X'6a28c63a');
INSERT INTO run_parts VALUES(2,'written_files',1,'5f69e268350e090ad8d3e6fd779a016af38f8e6c38706fc105b8249aff4b76c0',X'1276e7c0');
INSERT INTO run_parts VALUES(3,'redacted_values',1,'783a1aac418a9999549cfdef12ff014594eec0dbb3c99e2586dce9184d0686ab',X'1499afe9');
INSERT INTO run_parts VALUES(3,'redactions',1,'4eb9d5cc7a7ae38a45eb41acd79a2bc188ec05d72824c9f06e5b940db3e8de64',X'83c304d4');
INSERT INTO run_parts VALUES(3,'runs',1,'2b32af594392f3a54c2d98dc9866d5a6a9c98a903fa0081ce76cd58cd9e42106',X'b62a6d58');
INSERT INTO run_parts VALUES(4,'edition_files',1,'34f617b300841b6f8849731f5878146c9a8fa56fcdb08b9950981355f55a55e1',X'4abfb9fb');
INSERT INTO run_parts VALUES(4,'editions',1,'20e58ce78ad9c5f20b24104f5578351c993264e0846b3927b3d016860cdd8bee',X'30df3dbf');
INSERT INTO run_parts VALUES(4,'runs',1,'463506ebb7d2e83dec16fb38cf2ee6cfe14ba1fdbc15add9d2ff08bfd3a0d359',X'258cb2cc');
INSERT INTO run_parts VALUES(5,'edition_figures',2,'87786864b1f39a3aa03280d4b24c45a04e81275f765e3ceacd4fced28ca36aa1',X'bd42e78ab270838c');
INSERT INTO run_parts VALUES(5,'edition_files',1,'5826fc145ebd370b0af154e6bbc17862657f244339c3b178d8d5da0941735cfe',X'77736557');
INSERT INTO run_parts VALUES(5,'edition_models',1,'9a12b9ed3f6d143080f4a2112bd8e7bc172734f644403b09c3899984057bf43f',X'f6199e6c');
INSERT INTO run_parts VALUES(5,'editions',1,'37f38ed13bcaa5539b2f5796d1a962c5b1ee49284ba395074b11eb15d857390b',X'c735dfce');
INSERT INTO run_parts VALUES(5,'runs',1,'fe9bc31601a86d9d4d6f9896ccb16ae978dd88ae6528744def885d76b627707e',X'915b9e58');
CREATE TABLE edition_files (
    report  TEXT    NOT NULL,
    period  INTEGER NOT NULL REFERENCES periods (id),
    edition INTEGER NOT NULL,
    run     INTEGER NOT NULL REFERENCES runs (id),
    sha256  TEXT    NOT NULL,
    PRIMARY KEY (report, period, edition)
) STRICT, WITHOUT ROWID;
INSERT INTO edition_files VALUES('A1',1,1,2,'x');
INSERT INTO edition_files VALUES('A1',1,2,4,'aa');
INSERT INTO edition_files VALUES('A1',1,3,5,'3f');
CREATE TABLE corrections (
    return    INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run       INTEGER NOT NULL REFERENCES runs (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
) STRICT;
INSERT INTO corrections VALUES(2,2,1,1,'Per','why');
CREATE TABLE carried_entries (
    return    INTEGER NOT NULL REFERENCES returns (id),
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- measured
    run       INTEGER NOT NULL REFERENCES runs (id),
    origin    INTEGER NOT NULL REFERENCES returns (id), -- the return that said it
    PRIMARY KEY (return, indicator, period)
) STRICT, WITHOUT ROWID;
INSERT INTO carried_entries VALUES(2,1,1,2,1);
CREATE TABLE closings (
    period  INTEGER NOT NULL PRIMARY KEY REFERENCES periods (id), -- of the form
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL
) STRICT;
INSERT INTO closings VALUES(1,2,'Per');
CREATE TABLE acceptances (
    id        INTEGER NOT NULL PRIMARY KEY,
    run       INTEGER NOT NULL REFERENCES runs (id),
    unit      INTEGER NOT NULL REFERENCES units (id),
    period    INTEGER NOT NULL REFERENCES periods (id), -- of the form
    indicator INTEGER NOT NULL REFERENCES indicators (id),
    rule      TEXT    NOT NULL,
    about     TEXT    NOT NULL, -- the numbers, as on the finding
    made_by   TEXT    NOT NULL,
    reason    TEXT    NOT NULL
) STRICT;
CREATE TABLE choices (
    id      INTEGER NOT NULL PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES runs (id),
    unit    INTEGER NOT NULL REFERENCES units (id),
    period  INTEGER NOT NULL REFERENCES periods (id), -- of the form
    file    TEXT    NOT NULL,
    sha256  TEXT    NOT NULL,
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE TABLE set_aside (
    choice INTEGER NOT NULL REFERENCES choices (id),
    sha256 TEXT    NOT NULL,
    run    INTEGER NOT NULL REFERENCES runs (id),
    PRIMARY KEY (choice, sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE releases (
    return  INTEGER NOT NULL PRIMARY KEY REFERENCES returns (id),
    run     INTEGER NOT NULL REFERENCES runs (id),
    made_by TEXT    NOT NULL,
    reason  TEXT    NOT NULL
) STRICT;
CREATE TABLE edition_models (
    id       INTEGER NOT NULL PRIMARY KEY,
    run      INTEGER NOT NULL REFERENCES runs (id),
    report   TEXT    NOT NULL,
    period   INTEGER NOT NULL REFERENCES periods (id), -- of the form
    edition  INTEGER NOT NULL,
    language TEXT    NOT NULL,
    sha256   TEXT    NOT NULL -- over what the report says, without the edition's number and day
) STRICT;
INSERT INTO edition_models VALUES(1,5,'A1',1,3,'nb','5e9a1dc0ffee5e9a1dc0ffee5e9a1dc0ffee5e9a1dc0ffee5e9a1dc0ffee0000');
CREATE TABLE edition_figures (
    model         INTEGER NOT NULL REFERENCES edition_models (id),
    indicator     INTEGER NOT NULL REFERENCES indicators (id),
    role          INTEGER NOT NULL CHECK (role BETWEEN 0 AND 5), -- now, the year so far, the last one, the same time last
                                                                 -- year, the year so far then, the unit's own answer
                                                                 -- where it has others below it
    period        INTEGER NOT NULL REFERENCES periods (id),      -- measured
    state         INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- as in entries
    numerator     REAL,
    denominator   REAL,
    result        REAL,
    decimals      INTEGER NOT NULL, -- as shown
    colour        INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 3), -- none, green, yellow, red
    why           TEXT,    -- it had no colour: no_target …
    compared      TEXT,    -- with what `now` was compared: last, year_before …; NULL: with nothing
    compared_from REAL,    -- the two numbers
    compared_to   REAL,
    direction     INTEGER, -- 1 up, −1 down, 0 about the same
    better        INTEGER, -- 1 better, −1 worse, 0 neither
    PRIMARY KEY (model, indicator, role)
) STRICT, WITHOUT ROWID;
INSERT INTO edition_figures VALUES(1,1,0,1,0,11.0,200.0,5.5,1,2,NULL,'last',5.0,5.5,1,-1);
INSERT INTO edition_figures VALUES(1,2,0,1,1,NULL,NULL,NULL,1,0,'missing',NULL,NULL,NULL,NULL,NULL);
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
CREATE TRIGGER setup_cells_remain BEFORE DELETE ON setup_cells BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_remain BEFORE DELETE ON findings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_remain BEFORE DELETE ON returns BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_remain BEFORE DELETE ON actions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_remain BEFORE DELETE ON originals BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_stay BEFORE UPDATE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER written_files_remain BEFORE DELETE ON written_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER editions_remain BEFORE DELETE ON editions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE VIEW current_returns AS
SELECT * FROM returns AS r
WHERE NOT EXISTS (SELECT 1 FROM returns AS later
                  WHERE later.period = r.period AND later.unit = r.unit AND later.revision > r.revision);
CREATE INDEX redactions_of_run ON redactions (run);
CREATE INDEX redacted_values_of_run ON redacted_values (run);
CREATE INDEX receipts_of_run ON receipts (run);
CREATE INDEX written_files_of_run ON written_files (run);
CREATE INDEX editions_of_run ON editions (run);
CREATE INDEX definitions_of_run ON definitions (run);
CREATE TRIGGER run_reached_stay BEFORE UPDATE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_reached_remain BEFORE DELETE ON run_reached BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_stay BEFORE UPDATE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redactions_remain BEFORE DELETE ON redactions BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_stay BEFORE UPDATE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER redacted_values_remain BEFORE DELETE ON redacted_values BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_stay BEFORE UPDATE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_hashes_remain BEFORE DELETE ON run_hashes BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_stay BEFORE UPDATE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_parts_remain BEFORE DELETE ON run_parts BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER returns_stay BEFORE UPDATE ON returns WHEN NOT (
    (NEW.id, NEW.receipt, NEW.unit, NEW.period, NEW.revision, NEW.definition, NEW.sheet, NEW.signed_on, NEW.inputs_sha256)
    IS (OLD.id, OLD.receipt, OLD.unit, OLD.period, OLD.revision, OLD.definition, OLD.sheet, OLD.signed_on, OLD.inputs_sha256)
    AND NEW.signed_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'returns' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'signed_by' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries WHEN NOT (
    (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, NEW.required, NEW.numerator, NEW.denominator,
     NEW.numerator_cell, NEW.denominator_cell, NEW.reason)
    IS (OLD.return, OLD.indicator, OLD.period, OLD.position, OLD.state, OLD.required, OLD.numerator, OLD.denominator,
        OLD.numerator_cell, OLD.denominator_cell, OLD.reason)
    AND NEW.comment IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'entries'
        AND v.row = OLD.return || ' ' || OLD.indicator || ' ' || OLD.period
        AND v.field = 'comment' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER actions_stay BEFORE UPDATE ON actions WHEN NOT (
    (NEW.return, NEW.position, NEW.number, NEW.linked_to, NEW.due, NEW.status, NEW.cell)
    IS (OLD.return, OLD.position, OLD.number, OLD.linked_to, OLD.due, OLD.status, OLD.cell)
    AND (NEW.text = OLD.text OR (NEW.text = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'actions' AND v.row = OLD.return || ' ' || OLD.position
        AND v.field = 'text' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.responsible = OLD.responsible OR (NEW.responsible = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'actions' AND v.row = OLD.return || ' ' || OLD.position
        AND v.field = 'responsible' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER originals_stay BEFORE UPDATE ON originals WHEN NOT (
    (NEW.id, NEW.sha256) IS (OLD.id, OLD.sha256)
    AND length(NEW.bytes) = 0 AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'originals' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'bytes' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE INDEX edition_files_of_run ON edition_files (run);
CREATE INDEX corrections_of_run ON corrections (run);
CREATE INDEX carried_entries_of_run ON carried_entries (run);
CREATE INDEX closings_of_run ON closings (run);
CREATE TRIGGER edition_files_stay BEFORE UPDATE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_files_remain BEFORE DELETE ON edition_files BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_stay BEFORE UPDATE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER carried_entries_remain BEFORE DELETE ON carried_entries BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_stay BEFORE UPDATE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER closings_remain BEFORE DELETE ON closings BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE INDEX acceptances_of_return ON acceptances (period, unit, indicator);
CREATE INDEX acceptances_of_run ON acceptances (run);
CREATE INDEX choices_of_return ON choices (period, unit);
CREATE INDEX choices_of_run ON choices (run);
CREATE INDEX set_aside_of_run ON set_aside (run);
CREATE INDEX releases_of_run ON releases (run);
CREATE TRIGGER acceptances_remain BEFORE DELETE ON acceptances BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_remain BEFORE DELETE ON choices BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_stay BEFORE UPDATE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER set_aside_remain BEFORE DELETE ON set_aside BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE INDEX run_reached_of_run ON run_reached (run);
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts WHEN NOT (
    (NEW.id, NEW.run, NEW.sha256, NEW.size, NEW.unit, NEW.period, NEW.outcome)
    IS (OLD.id, OLD.run, OLD.sha256, OLD.size, OLD.unit, OLD.period, OLD.outcome)
    AND NEW.file = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'receipts' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'file' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER findings_stay BEFORE UPDATE ON findings WHEN NOT (
    (NEW.receipt, NEW.position, NEW.rule, NEW.severity, NEW.sheet, NEW.cell, NEW.unit, NEW.indicator, NEW.about)
    IS (OLD.receipt, OLD.position, OLD.rule, OLD.severity, OLD.sheet, OLD.cell, OLD.unit, OLD.indicator, OLD.about)
    AND (NEW.message = OLD.message OR (NEW.message = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'findings' AND v.row = OLD.receipt || ' ' || OLD.position
        AND v.field = 'message' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.fix IS OLD.fix OR (NEW.fix IS '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'findings' AND v.row = OLD.receipt || ' ' || OLD.position
        AND v.field = 'fix' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections WHEN NOT (
    (NEW.return, NEW.run, NEW.indicator, NEW.period) IS (OLD.return, OLD.run, OLD.indicator, OLD.period)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'corrections' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER setup_cells_stay BEFORE UPDATE ON setup_cells WHEN NOT (
    (NEW.definition, NEW.sheet, NEW.row_index, NEW.column_index, NEW.column_key)
    IS (OLD.definition, OLD.sheet, OLD.row_index, OLD.column_index, OLD.column_key)
    AND NEW.text = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'setup_cells'
        AND v.row = OLD.definition || ' ' || OLD.sheet || ' ' || OLD.row_index || ' ' || OLD.column_index
        AND v.field = 'text' AND v.run = (SELECT max(id) FROM runs)))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER acceptances_stay BEFORE UPDATE ON acceptances WHEN NOT (
    (NEW.id, NEW.run, NEW.unit, NEW.period, NEW.indicator, NEW.rule, NEW.about) IS (OLD.id, OLD.run, OLD.unit, OLD.period, OLD.indicator, OLD.rule, OLD.about)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'acceptances' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'acceptances' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER choices_stay BEFORE UPDATE ON choices WHEN NOT (
    (NEW.id, NEW.run, NEW.unit, NEW.period, NEW.sha256) IS (OLD.id, OLD.run, OLD.unit, OLD.period, OLD.sha256)
    AND (NEW.file = OLD.file OR (NEW.file = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'file' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'choices' AND v.row = CAST(OLD.id AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER releases_stay BEFORE UPDATE ON releases WHEN NOT (
    (NEW.return, NEW.run) IS (OLD.return, OLD.run)
    AND (NEW.made_by = OLD.made_by OR (NEW.made_by = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'releases' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'made_by' AND v.run = (SELECT max(id) FROM runs))))
    AND (NEW.reason = OLD.reason OR (NEW.reason = '' AND EXISTS (
        SELECT 1 FROM redacted_values AS v WHERE v.name = 'releases' AND v.row = CAST(OLD.return AS TEXT)
        AND v.field = 'reason' AND v.run = (SELECT max(id) FROM runs)))))
BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE UNIQUE INDEX edition_models_of_report ON edition_models (report, period, edition);
CREATE INDEX edition_models_of_run ON edition_models (run);
CREATE TRIGGER edition_models_stay BEFORE UPDATE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_models_remain BEFORE DELETE ON edition_models BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_stay BEFORE UPDATE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER edition_figures_remain BEFORE DELETE ON edition_figures BEGIN SELECT raise(ABORT, 'facts are only added'); END;
COMMIT;
PRAGMA application_id = 1651340081;
PRAGMA user_version = 5;
