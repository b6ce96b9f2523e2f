"""Workbooks made to cost much more than their size: each attack takes a form and makes one part of it hostile.

For test_budget.py and tests/bench/bench_budget.py. `build(name, form, megabytes)` gives a file's bytes; `megabytes` is about how
much the attack's own part unpacks to. All files stay below 5 MB.
"""
import base64
import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
FORM, GUIDE, HIDDEN = (f"xl/worksheets/sheet{i}.xml" for i in (1, 3, 4))
STRINGS, STYLES, BOOK, BOOK_LINKS = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
LARGEST = 5_000_000
FIRST_FREE_ROW = 100
MB = 1_000_000

ATTACKS = {}


def attack(function):
    ATTACKS[function.__name__] = function
    return function


def pieces(make, megabytes):
    """make(0), make(1) … until there is enough."""
    made, size, i = [], 0, 0
    while size < megabytes * MB:
        block = "".join(make(i + k) for k in range(1000))
        i += 1000
        made.append(block)
        size += len(block)
    return "".join(made)


def repeated(text, megabytes):
    return text * (int(megabytes * MB) // len(text))


def before(parts, part, mark, text):
    """Put a text in front of the last occurrence of a mark."""
    head, found, tail = parts[part].rpartition(mark)
    assert found, (part, mark)
    parts[part] = head + text + found + tail


def add_rows(parts, rows, part=FORM):
    before(parts, part, "</sheetData>", rows)


def rows_of(cells, megabytes, first=FIRST_FREE_ROW):
    row = f"<row>{cells}</row>"
    n = max(1, int(megabytes * MB) // len(row))
    return f'<row r="{first}"/>' + row * n


def add_sheet(parts, i, name, content, target=None):
    """A sheet more; with `target` one that shares another sheet's part."""
    if not target:
        parts[f"xl/worksheets/more{i}.xml"] = content
        before(parts, "[Content_Types].xml", "</Types>",
               f'<Override PartName="/xl/worksheets/more{i}.xml" ContentType="{SHEET_TYPE}"/>')
    before(parts, BOOK_LINKS, "</Relationships>", f'<Relationship Id="more{i}" Type="{LINKS}/worksheet" '
           f'Target="{target or f"worksheets/more{i}.xml"}"/>')
    before(parts, BOOK, "</sheets>", f'<sheet name="{name}" sheetId="{i + 100}" r:id="more{i}"/>')


def worksheet(rows, after=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


# Cells

@attack
def cells_with_a_value(parts, megabytes):
    add_rows(parts, rows_of("<c><v>1</v></c>" * 16000, megabytes))


@attack
def cells_in_few_columns(parts, megabytes):
    add_rows(parts, rows_of("<c><v>1</v></c>" * 8, megabytes))


@attack
def cells_with_a_style_only(parts, megabytes):
    add_rows(parts, rows_of('<c s="1"/>' * 16000, megabytes))


@attack
def empty_cells(parts, megabytes):
    add_rows(parts, rows_of("<c/>" * 16000, megabytes))


@attack
def empty_rows(parts, megabytes):
    add_rows(parts, f'<row r="{FIRST_FREE_ROW}"/>' + "<row/>" * min(1_000_000, int(megabytes * MB) // 6))


@attack
def rows_upwards(parts, megabytes):
    add_rows(parts, pieces(lambda i: f'<row r="{1048576 - i}"><c><v>1</v></c><c><v>2</v></c></row>', min(megabytes, 40)))


@attack
def the_same_row_again_and_again(parts, megabytes):
    add_rows(parts, repeated('<row r="200"><c/></row><row r="201"><c/></row>', megabytes))


@attack
def a_column_filled_to_the_last_row(parts, megabytes):
    n = min(1048000, int(megabytes * MB) // 40)
    add_rows(parts, "".join(f'<row r="{r}"><c r="C{r}"><v>7</v></c></row>' for r in range(FIRST_FREE_ROW, n)))


@attack
def codes_to_the_last_row(parts, megabytes):
    n = min(1048000, int(megabytes * MB) // 60)
    add_rows(parts, "".join(f'<row r="{r}"><c r="C{r}"><v>7</v></c><c r="K{r}"><v>{r}</v></c></row>'
                            for r in range(FIRST_FREE_ROW, n)))


@attack
def some_thousand_codes(parts, megabytes):
    add_rows(parts, "".join(f'<row r="{r}"><c r="C{r}"><v>7</v></c><c r="E{r}"><v>7</v></c><c r="K{r}"><v>{r}</v></c></row>'
                            for r in range(FIRST_FREE_ROW, FIRST_FREE_ROW + min(1890, int(megabytes * 1000)))))


@attack
def texts_that_may_be_headings(parts, megabytes):
    cells = "".join(f'<c t="inlineStr"><is><t>Kommentar {i % 97}</t></is></c>' for i in range(16000))
    parts["xl/worksheets/sheet3.xml"] = worksheet(f"<row>{cells}</row>" * max(1, min(199, int(megabytes * MB) // len(cells))))


@attack
def personal_numbers(parts, megabytes):
    add_rows(parts, rows_of("<c><v>13097248022</v></c>" * 1000, megabytes), GUIDE)


@attack
def identity_lines(parts, megabytes):
    cell = '<c t="inlineStr"><is><t>Prøve · X · 2026-T2 · versjon 1</t></is></c>'
    add_rows(parts, rows_of(cell * 60, megabytes))


# Formulas

@attack
def shared_formulas(parts, megabytes):
    formula = "+".join(f"A{i}" for i in range(1, 200))
    first = f'<row r="{FIRST_FREE_ROW}"><c><f t="shared" ref="A1:XFD1048576" si="9">{formula}</f></c></row>'
    add_rows(parts, first + repeated("<row>" + '<c><f t="shared" si="9"/></c>' * 1000 + "</row>", megabytes))


@attack
def shared_indexes_that_collide(parts, megabytes):
    """Of a multiplicative hash by its low bits, and of one by its high bits."""
    inverse = pow(2654435769, -1, 2**32)
    n = min(60000, int(megabytes * MB) // 90)
    low = [i * 65536 % 2**32 for i in range(n // 2)]
    high = [(12345 << 17 | i) * inverse % 2**32 for i in range(n // 2)]
    cells = [f'<c><f t="shared" ref="A1:B2" si="{si}">B{1 + i}</f></c><c><f t="shared" si="{si}"/></c>'
             for i, si in enumerate(low + high)]
    add_rows(parts, f'<row r="{FIRST_FREE_ROW}"/>' + "".join(
        "<row>" + "".join(cells[i:i + 500]) + "</row>" for i in range(0, len(cells), 500)))


@attack
def array_spans(parts, megabytes):
    """Thousands of array formulas, each of them over all the rows below."""
    arrays = "".join(f'<c><f t="array" ref="XFD1:XFD1048576">{i}</f></c>' for i in range(4000))
    add_rows(parts, f'<row r="{FIRST_FREE_ROW}">{arrays}</row>' + repeated("<row>" + "<c><v>1</v></c>" * 200 + "</row>", megabytes))


@attack
def array_formulas(parts, megabytes):
    add_rows(parts, f'<row r="{FIRST_FREE_ROW}"/>' + repeated(
        "<row>" + f'<c><f t="array" ref="A1:XFD{FIRST_FREE_ROW}">1</f></c>' * 1000 + "</row>", megabytes))


# Texts

@attack
def many_shared_strings(parts, megabytes):
    before(parts, STRINGS, "</sst>", repeated("<si><t>a</t></si>", megabytes))


@attack
def empty_shared_strings(parts, megabytes):
    before(parts, STRINGS, "</sst>", repeated("<si/>", megabytes))


@attack
def long_shared_strings(parts, megabytes):
    before(parts, STRINGS, "</sst>", repeated(f"<si><t>{'lang tekst ' * 90000}</t></si>", megabytes))


@attack
def rich_shared_strings(parts, megabytes):
    before(parts, STRINGS, "</sst>", f"<si>{repeated('<r><rPr><b/></rPr><t/></r>', megabytes)}</si>")


@attack
def phonetic_runs(parts, megabytes):
    before(parts, STRINGS, "</sst>", f"<si><t>a</t>{repeated('<rPh sb=' + chr(34) + '0' + chr(34) + '><t>b</t></rPh>', megabytes)}</si>")


@attack
def one_long_text_in_every_cell(parts, megabytes):
    n = parts[STRINGS].count("<si>")
    before(parts, STRINGS, "</sst>", f"<si><t>{'1 · a ' * 140000}</t></si>")
    add_rows(parts, rows_of(f'<c t="s"><v>{n}</v></c>' * 60, min(megabytes, 60)))


@attack
def one_long_text_on_another_sheet(parts, megabytes):
    n = parts[STRINGS].count("<si>")
    before(parts, STRINGS, "</sst>", f"<si><t>{'12345 ' * 170000}</t></si>")
    add_rows(parts, rows_of(f'<c t="s"><v>{n}</v></c>' * 60, min(megabytes, 60)), GUIDE)


# Styles

@attack
def many_styles(parts, megabytes):
    before(parts, STYLES, "</cellXfs>", repeated("<xf/>", megabytes))


@attack
def many_styles_and_formats(parts, megabytes):
    formats = pieces(lambda i: f'<numFmt numFmtId="{200 + i}" formatCode="0"/>', min(megabytes / 2, 3))
    parts[STYLES] = (f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>'
                     f'{repeated("<xf numFmtId=" + chr(34) + "163" + chr(34) + "/>", min(megabytes / 2, 2))}</cellXfs></styleSheet>')


@attack
def long_number_formats(parts, megabytes):
    long = "0" * 100000
    parts[STYLES] = (f'<styleSheet xmlns="{MAIN}"><numFmts>' + repeated(f'<numFmt numFmtId="200" formatCode="{long}"/>', megabytes)
                     + "</numFmts></styleSheet>")


# Beside the cells

@attack
def merged_ranges(parts, megabytes):
    merges = pieces(lambda i: f'<mergeCell ref="A{1 + i % 1048576}:B{1 + i % 1048576}"/>', megabytes)
    before(parts, FORM, "<dataValidations", f"<mergeCells>{merges}</mergeCells>")


@attack
def merged_ranges_over_everything(parts, megabytes):
    before(parts, FORM, "<dataValidations", "<mergeCells>" + repeated('<mergeCell ref="L1:XFD1048576"/>', megabytes)
           + "</mergeCells>")


@attack
def data_validations(parts, megabytes):
    before(parts, FORM, "</dataValidations>", repeated('<dataValidation sqref="A1"/>', megabytes))


@attack
def conditional_formats(parts, megabytes):
    before(parts, FORM, "<dataValidations", repeated('<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>1'
                                                     '</formula></cfRule></conditionalFormatting>', megabytes))


@attack
def columns_described_again_and_again(parts, megabytes):
    before(parts, FORM, "</cols>", repeated('<col min="1" max="16384" hidden="1"/>', megabytes))


# The workbook and its container

@attack
def sheets(parts, megabytes):
    for i in range(min(2000, int(megabytes * 100))):
        add_sheet(parts, i, f"Ark {i}", worksheet("<row><c><v>1</v></c></row>"))


@attack
def sheets_that_share_a_part(parts, megabytes):
    parts["xl/worksheets/sheet3.xml"] = worksheet(repeated("<row><c><v>1</v></c></row>", min(megabytes, 1)))
    for i in range(min(4000, int(megabytes * 100))):
        add_sheet(parts, i, f"Ark {i}", None, "worksheets/sheet3.xml")


@attack
def copies_of_the_form(parts, megabytes):
    rows = "".join(f'<row r="{r}"><c r="C{r}"><v>7</v></c><c r="K{r}"><v>{r}</v></c></row>'
                   for r in range(FIRST_FREE_ROW, FIRST_FREE_ROW + 1890))
    copy = parts[FORM].replace("</sheetData>", rows + "</sheetData>")
    for i in range(min(40, int(megabytes * 5))):
        add_sheet(parts, i, f"Kopi {i}", copy)


@attack
def sheets_with_names_of_a_megabyte(parts, megabytes):
    long = "x" * 40000
    listed = "".join(f'<sheet name="{long}{i}" sheetId="{i + 100}" r:id="rId3"/>' for i in range(min(4000, int(megabytes * 25))))
    before(parts, BOOK, "</sheets>", listed)


@attack
def relationships(parts, megabytes):
    before(parts, BOOK_LINKS, "</Relationships>", repeated(f'<Relationship Id="x" Type="a" Target="b"/>', megabytes))


@attack
def sheets_at_the_end_of_many_relationships(parts, megabytes):
    many = pieces(lambda i: f'<Relationship Id="x{i:06}" Type="a" Target="b"/>', min(megabytes, 20))
    before(parts, BOOK_LINKS, "</Relationships>", many + f'<Relationship Id="xlast" Type="{LINKS}/worksheet" '
           'Target="worksheets/sheet3.xml"/>')
    before(parts, BOOK, "</sheets>", "".join(f'<sheet name="Ark {i}" sheetId="{i + 100}" r:id="xlast"/>' for i in range(4900)))


@attack
def content_types(parts, megabytes):
    before(parts, "[Content_Types].xml", "</Types>",
           repeated(f'<Override PartName="/a" ContentType="sharedStrings+xml"/>', megabytes))


@attack
def defined_names(parts, megabytes):
    before(parts, BOOK, "<sheets>", "")
    listed = "".join(f'<sheet name="Ark {i}" sheetId="{i + 100}" r:id="rId3"/>' for i in range(4900))
    before(parts, BOOK, "</sheets>", listed)
    before(parts, BOOK, "</definedNames>", repeated("<definedName name=\"a\">'Ark 5000'!$A$1</definedName>", megabytes))


@attack
def members_of_the_container(parts, megabytes):
    for i in range(min(30000, int(megabytes * 1000))):
        parts[f"a/{i}"] = ""


@attack
def members_with_long_names(parts, megabytes):
    for i in range(min(55, int(megabytes * 5))):
        parts["a" * 40000 + str(i)] = ""


# XML

@attack
def deep_xml(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated("<a>" * 90 + "</a>" * 90, megabytes))


@attack
def deeper_xml(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated("<a>", megabytes))


@attack
def names_of_elements(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", pieces(lambda i: f"<e{i}/>", megabytes))


@attack
def names_of_attributes(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", pieces(lambda i: f'<a b{i}=""/>', megabytes))


@attack
def many_attributes(parts, megabytes):
    tag = "<c " + " ".join(f'a{i}=""' for i in range(5000)) + "/>"
    add_rows(parts, f'<row r="{FIRST_FREE_ROW}">' + repeated(tag, megabytes) + "</row>")


@attack
def namespaces(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", pieces(lambda i: f'<a xmlns:p{i}="u{i}"/>', megabytes))


@attack
def prefixed_attributes(parts, megabytes):
    declared = " ".join(f'xmlns:p{i}="u{i}"' for i in range(500))
    used = "<a " + " ".join(f'p{i}:a=""' for i in range(500)) + "/>"
    before(parts, GUIDE, "</worksheet>", f"<x {declared}>{repeated(used, megabytes)}</x>")


@attack
def long_attributes(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated(f'<a b="{"x" * 900000}"/>', megabytes))


@attack
def comments(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated("<!--" + "-x" * 400000 + "-->", megabytes))


@attack
def processing_instructions(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated("<?a?>", megabytes))


@attack
def character_references(parts, megabytes):
    before(parts, STRINGS, "</sst>", repeated(f"<si><t>{'&#49;&amp;' * 10000}</t></si>", megabytes))


@attack
def entities(parts, megabytes):
    parts[GUIDE] = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(97 + i + 1)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + ']>' + worksheet("").replace(
            "<sheetData>", "<sheetData><row><c t='inlineStr'><is><t>&i;</t></is></c></row>"))


@attack
def white_space(parts, megabytes):
    before(parts, GUIDE, "</worksheet>", repeated(" \n", megabytes))


def build(name, form, megabytes):
    """The attack of that name on a form's bytes."""
    if name in CONTAINERS:
        return CONTAINERS[name](form, megabytes)
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        parts = {member: package.read(member).decode() for member in package.namelist()}
    ATTACKS[name](parts, megabytes)
    return pack(parts)


def pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for member, content in parts.items():
            data = content if isinstance(content, bytes) else content.encode()
            package.writestr(zipfile.ZipInfo(member), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# Files with files in them

CONTAINERS = {}


def container(function):
    CONTAINERS[function.__name__] = function
    return function


@container
def zip_bomb(form, megabytes):
    return pack({f"skjema{i}.xlsx": b"PK" + b"\0" * (10 * MB) for i in range(max(1, int(megabytes / 10)))})


@container
def zip_of_many_files(form, megabytes):
    return pack({f"{i}.xlsx": b"PK" for i in range(min(30000, int(megabytes * 500)))})


@container
def zip_of_one_form_again_and_again(form, megabytes):
    inner = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as package, zipfile.ZipFile(inner, "w", zipfile.ZIP_STORED) as stored:
        for member in package.namelist():
            stored.writestr(zipfile.ZipInfo(member), package.read(member))
    return pack({f"{i}.xlsx": inner.getvalue() for i in range(min(400, int(megabytes * 10)))})


def mail(parts):
    return ("From: a@b.no\r\nTo: c@d.no\r\nSubject: skjema\r\nDate: Fri, 1 May 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "".join("--b\r\n" + part for part in parts)
            + "--b--\r\n").encode()


@container
def mail_with_many_parts(form, megabytes):
    part = 'Content-Type: application/octet-stream; name="a.xlsx"\r\n\r\nx\r\n'
    return mail([part] * (int(min(megabytes, 4.5) * MB) // (len(part) + 5)))


@container
def mail_with_empty_parts(form, megabytes):
    return mail(["\r\n"] * (int(min(megabytes, 4.5) * MB) // 7))


@container
def mail_with_names_in_sections(form, megabytes):
    sections = "".join(f" filename*{i}*=x;\r\n" for i in range(32))
    filler = " a=b;\r\n" * 9000
    part = f"Content-Disposition: attachment;\r\n{filler}{sections} b=c\r\n\r\nx\r\n"
    return mail([part] * max(1, int(min(megabytes, 4.5) * MB) // len(part)))


@container
def mail_in_mail(form, megabytes):
    inner = ["Content-Type: text/plain\r\n\r\n" + "line\r\n" * int(min(megabytes, 4.5) * MB / 7)]
    body = inner[0]
    for i in range(7):
        body = f'Content-Type: multipart/mixed; boundary="x{i}"\r\n\r\n--x{i}\r\n{body}\r\n--x{i}--\r\n'
    return mail([body])


@container
def mail_with_a_zip_bomb(form, megabytes):
    bomb = base64.encodebytes(pack({"xl/a.xml": b"\0" * int(min(megabytes, 60) * MB)})).decode().replace("\n", "\r\n")
    return mail(['Content-Type: application/octet-stream; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + bomb])


NAMES = [*ATTACKS, *CONTAINERS]
