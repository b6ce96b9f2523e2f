"""`bms cells`: everything that is known about a workbook's cells, sheets and names, and files that are refused."""
import json
import unittest
import zipfile

from program import InAFolder

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="a/b"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="a" Type="{LINKS}/officeDocument" '
                   f'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{PACKAGE}relationships">'
        f'<Relationship Id="a" Type="{LINKS}/worksheet" Target="a.xml"/>'
        f'<Relationship Id="b" Type="{LINKS}/worksheet" Target="b.xml"/>'
        f'<Relationship Id="c" Type="{LINKS}/chartsheet" Target="c.xml"/>'
        f'<Relationship Id="d" Type="{LINKS}/styles" Target="d.xml"/></Relationships>',
    "xl/workbook.xml":
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="Tall &amp; tekst" r:id="a"/><sheet name="Skjult" state="hidden" r:id="b"/>'
        '<sheet name="Figur" state="veryHidden" r:id="c"/></sheets><definedNames>'
        '<definedName name="Sum">\'Tall &amp; tekst\'!$B$2:$C$3</definedName>'
        '<definedName name="Sats" hidden="1">0.25</definedName>'
        '<definedName name="Her" localSheetId="1">Skjult!$A$1</definedName></definedNames></workbook>',
    "xl/a.xml":
        f'<worksheet xmlns="{MAIN}"><cols><col min="4" max="4" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" s="2"><v>43466</v></c><c r="C1"><f>A1*2</f><v>1</v></c>'
        '<c r="D1"><f>NOW()</f></c></row>'
        '<row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>a\tb</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="B2:C3"/></mergeCells></worksheet>',
    "xl/b.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v>'
                '</c></row></sheetData></worksheet>',
    "xl/c.xml": f'<chartsheet xmlns="{MAIN}"/>',
    "xl/d.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs></styleSheet>',
}

DETAILS = r"""
||epoch|"1904"|null|null|false|false|null|false|false
Tall & tekst||sheet|"visible"|null|null|false|false|null|false|false
Skjult||sheet|"hidden"|null|null|false|true|null|false|false
Figur||sheet|"veryHidden"|null|null|false|true|null|false|false
Tall & tekst|B2:C3|name|"Sum"|null|"'Tall & tekst'!$B$2:$C$3"|false|false|null|false|false
||name|"Sats"|null|"0.25"|false|true|null|false|false
Skjult|A1|local name|"Her"|null|"Skjult!$A$1"|false|false|null|false|false
Tall & tekst|A1|n|0.5|"0%"|null|false|false|null|false|true
Tall & tekst|B1|n|43466|"m/d/yyyy"|null|false|false|null|true|false
Tall & tekst|C1|n|1|null|"A1*2"|true|false|null|false|false
Tall & tekst|D1|-|null|null|"NOW()"|false|true|null|false|false
Tall & tekst|B2|s|"a\tb"|null|null|false|true|"B2:C3"|false|false
Skjult|A1|b|true|null|null|false|true|null|false|false
Skjult|B1|e|"#REF!"|null|null|false|true|null|false|false
"""


class Cells(InAFolder):
    def write(self, name="bok.xlsx", **changes):
        with zipfile.ZipFile(self.folder / name, "w", zipfile.ZIP_DEFLATED) as package:
            for part, text in {**PARTS, **changes}.items():
                package.writestr(part, text)
        return name

    def test_each_cell_is_a_line_with_its_kind_and_value(self):
        ended = self.assert_ended(self.bms("cells", self.write()), 0)
        self.assertEqual(ended.out, "Tall & tekst\tA1\tn\t0.5\nTall & tekst\tB1\tn\t43466\nTall & tekst\tC1\tn\t1\n"
                                    "Tall & tekst\tB2\ts\t\"a\\tb\"\nSkjult\tA1\tb\ttrue\nSkjult\tB1\te\t\"#REF!\"\n")
        self.assertEqual(ended.notes, "")

    def test_details_have_all_that_is_known_about_cells_sheets_and_names(self):
        ended = self.assert_ended(self.bms("cells", "--details", self.write()), 0)
        self.assertEqual(ended.out, DETAILS.lstrip().replace("|", "\t"))

    def test_of_merged_ranges_that_overlap_the_first_is_one(self):
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:C3", "B2:D4", "E1:E9", "A4:B5", "C5:E5"))
        cells = {"B1": "A1:C3", "D2": None, "C3": "A1:C3", "B4": "A4:B5", "C5": None, "E9": "E1:E9", "E10": None}
        rows = "".join(f'<row r="{cell[1:]}"><c r="{cell}"><v>1</v></c></row>' for cell in cells)
        sheet = (f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>')
        ended = self.assert_ended(self.bms("cells", "--details", "--json", self.write(**{"xl/a.xml": sheet})), 0)
        self.assertEqual({cell["address"]: cell["merged"] for cell in ended.json["cells"] if cell["sheet"] != "Skjult"}, cells)

    def test_the_same_as_json(self):
        reported = self.assert_ended(self.bms("cells", "--details", "--json", self.write()), 0).json
        self.assertEqual(reported["epoch"], 1904)
        self.assertEqual([(s["name"], s["visibility"], s["kind"]) for s in reported["sheets"]],
                         [("Tall & tekst", "visible", "worksheet"), ("Skjult", "hidden", "worksheet"),
                          ("Figur", "veryHidden", "chartsheet")])
        self.assertEqual(reported["names"][0], {"name": "Sum", "scope": None, "refers_to": "'Tall & tekst'!$B$2:$C$3",
                                            "sheet": "Tall & tekst", "range": "B2:C3", "hidden": False})
        self.assertEqual(reported["names"][2]["scope"], "Skjult")
        self.assertEqual([c["address"] for c in reported["cells"]], ["A1", "B1", "C1", "D1", "B2", "A1", "B1"])
        self.assertTrue(reported["cells"][0]["per_cent"] and reported["cells"][1]["date"] and reported["cells"][4]["merged"])
        plain = self.assert_ended(self.bms("cells", "--json", self.write()), 0).json
        self.assertEqual(list(plain), ["cells"])

    def test_a_file_damaged_at_its_end_gives_no_cell_at_all(self):
        name = self.write(**{"xl/b.xml": PARTS["xl/b.xml"][:-20]})
        for arguments in (["cells", name], ["cells", "--details", name], ["cells", "--lang", "en", name]):
            ended = self.assert_ended(self.bms(*arguments), 3)
            self.assertEqual(ended.out, "")
            self.assertIn(name, ended.notes)
            self.assertIn("xl/b.xml", ended.notes)
        reported = self.assert_ended(self.bms("cells", "--json", name), 3).json
        self.assertEqual(reported["error"]["code"], "input")
        self.assertIn(name, reported["error"]["message"])

    def test_a_file_larger_than_any_workbook_is_refused_unread(self):
        with open(self.folder / "stor.xlsx", "wb") as file:
            file.truncate((512 << 20) + 1)
        ended = self.assert_ended(self.bms("cells", "stor.xlsx", "--lang", "en"), 3)
        self.assertIn("stor.xlsx", ended.notes)
        self.assertIn("larger than any workbook", ended.notes)


if __name__ == "__main__":
    unittest.main()
