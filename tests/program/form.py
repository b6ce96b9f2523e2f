"""A form as its user sees it: which cell is which. Cells are found by headings, names and the hidden sheet in the file, never
by how bms happens to lay them out. Everything filled in is invented."""
import openpyxl

# The headings of the form, in bokmål.
HEADINGS = {"code": "Kode", "1": "Tall 1 (teller)", "2": "Tall 2 (nevner)", "result": "Resultat", "status": "Status",
            "reason": "Ikke klart?", "comment": "Kommentar"}
IN_OTHER_LANGUAGES = {
    "nn": {**HEADINGS, "1": "Tal 1 (teljar)", "2": "Tal 2 (nemnar)", "reason": "Ikkje klart?"},
    "en": {"code": "Code", "1": "Number 1 (numerator)", "2": "Number 2 (denominator)", "result": "Result", "status": "Status",
           "reason": "Not ready?", "comment": "Comment"}}
SIGNED_BY, SIGNED_ON = "bms_signed_by", "bms_signed_on"


class Form:
    """Where things are in a form; the file is only read."""

    def __init__(self, path):
        self.path = path
        book = openpyxl.load_workbook(path)
        self.hidden = next(s.title for s in book.worksheets if s["A1"].value == "bms form")
        self.identity, self.questions = self._read_hidden(book[self.hidden])
        self.sheet, self.heading_row, self.columns = self._find_table(book)
        sheet = book[self.sheet]
        self.rows = {sheet.cell(row, self.columns["code"]).value: row
                     for row in range(self.heading_row + 1, sheet.max_row + 1)
                     if sheet.cell(row, self.columns["code"]).value in self.questions}
        self.identity_cell = next((cell.coordinate for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
                                   and " · " in cell.value and self.identity["unit"] in cell.value), None)
        self.names = {name: next(book.defined_names[name].destinations) for name in (SIGNED_BY, SIGNED_ON)}

    @staticmethod
    def _read_hidden(sheet):
        rows = list(sheet.iter_rows(values_only=True))
        blank = next(i for i, row in enumerate(rows) if not row[0])
        identity = {row[0]: row[1] for row in rows[1:blank]}
        headings = [h for h in rows[blank + 1] if h]
        questions = {}
        for row in rows[blank + 2:]:
            if row[0]:
                questions[row[0]] = {h: v or "" for h, v in zip(headings, row)}
        return identity, questions

    @staticmethod
    def _find_table(book):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                found = {cell.value.split("\n")[0]: cell.column for cell in row if isinstance(cell.value, str)}
                for headings in (HEADINGS, *IN_OTHER_LANGUAGES.values()):
                    if headings["code"] in found and headings["1"] in found:
                        return sheet.title, row[0].row, {key: found[text] for key, text in headings.items()}
        raise AssertionError("no table of questions")

    def address(self, code, what):
        """The address of an indicator's cell: "1", "2", "reason", "comment", "result" or "status"."""
        return f"{openpyxl.utils.get_column_letter(self.columns[what])}{self.rows[code]}"

    def name(self, name):
        """Sheet and address of a named cell."""
        sheet, address = self.names[name]
        return sheet, address.replace("$", "")

    def asked(self, code, which):
        """Whether the number is asked for in the indicator's own row."""
        question = self.questions[code]
        return bool(question[f"text_{which}"]) and not question[f"same_as_{which}"]


def sound_answers(form, variant=0):
    """Right numbers for everything the form asks: {code: (number 1, number 2)}."""
    answers = {}
    for code, question in form.questions.items():
        kind, number = question["kind"], 20 + variant % 17
        denominator = number + 30
        if kind == "mean":
            number = float(question["least_1"] or 0) + (float(question["most_1"] or 6) - float(question["least_1"] or 0)) * 0.7
        elif kind == "deviation":
            number, denominator = 4900 + variant, 5000
        elif kind == "count":
            number = 3
        elif kind == "yesno":
            number = "Ja"
        whole = answers.get(question["part_of_1"])
        if whole:
            number = min(number, whole[int(question["part_of_number_1"] or 1) - 1]) / 2
            number = int(number) if question["whole_1"] == "1" else number
        answers[code] = (number, denominator if question["text_2"] else None)
    for code, question in form.questions.items():  # a number asked for in another row is that row's
        for which in (1, 2):
            other = question[f"same_as_{which}"]
            if other:
                value = answers[other][int(question[f"same_as_number_{which}"]) - 1]
                pair = list(answers[code])
                pair[which - 1] = value
                answers[code] = tuple(pair)
    return answers


def cells_of(form, answers, signed_by="Per Prøve", signed_on="15.09.2026"):
    """What to type where, as (sheet, address, value): the answers, and the signature unless it is None.

    An answer is (number 1, number 2), or a dict of "1", "2", "reason", "comment"."""
    typed = []
    for code, answer in answers.items():
        fields = answer if isinstance(answer, dict) else {"1": answer[0], "2": answer[1]}
        for what, value in fields.items():
            if what in ("1", "2") and not form.asked(code, what):
                continue
            if value is not None:
                typed.append((form.sheet, form.address(code, what), value))
    if signed_by:
        typed.append((*form.name(SIGNED_BY), signed_by))
        typed.append((*form.name(SIGNED_ON), signed_on))
    return typed


def type_with_openpyxl(path, cells, target):
    book = openpyxl.load_workbook(path)
    for sheet, address, value in cells:
        book[sheet][address] = value
    book.save(target)


def type_with_office(office, path, cells, target):
    with office.workbook(path) as book:
        for sheet, address, value in cells:
            book.type(sheet, address, value)
        book.save(target)
