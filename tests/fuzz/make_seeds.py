"""Makes the seeds of the package target: workbooks made of the parts in seeds/sheet, packed in different ways.

    make_seeds.py FOLDER
"""
import pathlib
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
NAMES = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels"]
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Override PartName="/xl/workbook.xml" '
                           f'ContentType="{TYPE}sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
                   f'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
                       f'</sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" '
                                  f'Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
                                f'</worksheet>',
}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for seed in sorted((pathlib.Path(__file__).parent / "seeds" / "sheet").iterdir()):
        which, content = seed.read_bytes()[:1], seed.read_bytes()[1:]
        parts = dict(PARTS, **{NAMES[which[0] % len(NAMES)]: content})
        for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            with zipfile.ZipFile(folder / f"{seed.stem}-{packing}.xlsx", "w", packing) as package:
                for name, part in parts.items():
                    package.writestr(zipfile.ZipInfo(name), part, packing)
    (folder / "ole2").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(22) + b"\x09" + bytes(2000))


main(pathlib.Path(sys.argv[1]))
