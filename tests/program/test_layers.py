"""The source keeps the structure of its design: rooms, the top level, translations, headers."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["BMS_SOURCE"])
BUILD = Path(os.environ["BMS_BUILD"])
LIBRARY = ["core", "xlsx"]
ALL_CODE = [*LIBRARY, "cli"]
ROOMED = [*ALL_CODE, "templates"]

# The rooms from the bottom, each with those that it may include; a single header can be a row too.
CORE = "core/bms.h core/base core/definition core/form"
LAYOUT = f"{CORE} core/workbooks.h xlsx/cell xlsx/read xlsx/write"
ROOMS = {room: may.split() for room, may in {
    "core/bms.h": "",
    "core/base": "core/bms.h",
    "core/definition": "core/bms.h core/base",
    "core/form": "core/bms.h core/base core/definition",
    "core/check": CORE,
    "core/history": f"{CORE} core/check",
    "core/make": f"{CORE} core/check core/history",
    "core/report": f"{CORE} core/history",
    "core/workbooks.h": f"{CORE} core/make core/report",
    "core/job": f"{CORE} core/check core/history",
    "core/verbs/explain": f"{CORE} core/history core/job",
    "core/verbs/collect": f"{CORE} core/workbooks.h core/check core/history core/make core/job",
    "core/verbs": f"{CORE} core/workbooks.h core/check core/history core/make core/report core/job"
                  " core/verbs/collect core/verbs/explain",
    "core/call": "core/bms.h core/base core/job",
    "xlsx/cell": "core/base",
    "xlsx/read": "core/bms.h core/base xlsx/cell",
    "xlsx/write": "core/bms.h core/base xlsx/cell",
    "xlsx/layout": LAYOUT,
    "xlsx/layout/form": f"{LAYOUT} core/make xlsx/layout",
    "xlsx/layout/intake": f"{LAYOUT} core/make xlsx/layout",
    "xlsx/layout/report": f"{LAYOUT} core/report xlsx/layout",
    "xlsx/layout/setup": f"{LAYOUT} xlsx/layout",
    "cli": "core/bms.h",
    "templates": "core/bms.h core/base core/definition core/workbooks.h",
}.items()}

# Which rooms may include a library; the others use these rooms.
LIBRARIES = {
    "sqlite3.h": ["core/history"],
    "sodium.h": ["core/form", "core/history", "core/verbs"],
    "nettle/sha2.h": ["core/base"],
    "nettle/base16.h": ["core/base"],
    "utf8proc.h": ["core/base", "core/call", "xlsx/read", "xlsx/write", "cli"],
    "zlib.h": ["xlsx/read"],
    "expat.h": ["xlsx/read"],
    "xlsxwriter.h": ["xlsx/write"],
    "jansson.h": ["core/call"],
}

# The headers of C17; what goes beyond belongs in a file named *_posix.c.
STANDARD = """assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg
stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype""".split()


def tracked(*patterns):
    """The project's own files; in a tree without git all files but build folders."""
    listed = subprocess.run(["git", "-C", SOURCE, "ls-files", "--cached", "--others", "--exclude-standard", "--",
                             *patterns], capture_output=True, text=True)
    if listed.returncode == 0:
        return [SOURCE / line for line in listed.stdout.splitlines() if (SOURCE / line).is_file()]
    return [path for pattern in patterns for path in SOURCE.glob(pattern) if path.is_file()]


def code(*folders):
    return [path for path in tracked(*(f"{folder}/**" for folder in folders), *(f"{folder}/*" for folder in folders))
            if path.suffix in (".c", ".h")]


def includes(path):
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', path.read_text(), re.M)


def name_of(path):
    return str(path.relative_to(SOURCE))


def room_of(name):
    """The room that a file is in, or the file itself where it has a row of its own."""
    return name if name in ROOMS else name.rsplit("/", 1)[0]


def own_include(path, include):
    """The file of ours that an include means, from the top of the source; None for one of others."""
    for name in (include, f"{name_of(path.parent)}/{include}", f"core/{include}"):
        if (SOURCE / name).is_file():
            return name
    return None


class TheLayers(unittest.TestCase):
    def assert_none(self, offenders, rule):
        self.assertEqual(sorted(set(offenders)), [], rule)

    def test_every_file_is_in_a_room(self):
        self.assert_none([name_of(p) for p in code(*ROOMED) if room_of(name_of(p)) not in ROOMS],
                         "each folder has a row in the table of rooms")

    def test_rooms_include_only_what_is_below_them(self):
        below = set()
        for room, may in ROOMS.items():
            self.assertEqual([m for m in may if m not in below], [], f"the table is in order: {room}")
            below.add(room)
        self.assert_none([(name_of(p), own) for p in code(*ROOMED) for i in includes(p)
                          for own in [own_include(p, i)] if own
                          and room_of(own) not in [room_of(name_of(p)), *ROOMS[room_of(name_of(p))]]],
                         "a room includes itself and what its row in the table names")

    def test_a_library_is_included_where_it_belongs(self):
        self.assert_none([(name_of(p), i) for p in code(*ROOMED) for i in includes(p)
                          if room_of(name_of(p)) not in LIBRARIES.get(i, [room_of(name_of(p))])],
                         "the others ask the rooms that a library is for")

    def test_every_folder_says_what_it_is_for(self):
        """The unit tests are in the rooms of what they test, and need no README of their own."""
        folders = {p.parent for p in code(*ROOMED, "tests") if p.suffix == ".c"}
        folders = {SOURCE / "tests/unit" if name_of(f).startswith("tests/unit/") else f for f in folders}
        self.assert_none([name_of(f) for f in folders if not (f / "README.md").is_file()], "a folder has a README.md")
        self.assert_none([(name_of(f), n) for f in folders if (f / "README.md").is_file()
                          for n in [(f / "README.md").read_text().count("\n")] if not 5 <= n <= 15],
                         "it has five to fifteen lines")

    def test_what_differs_between_systems_is_in_one_place_a_layer(self):
        self.assert_none([(name_of(p), i) for p in code(*ROOMED) for i in includes(p)
                          if not own_include(p, i) and i.removesuffix(".h") not in STANDARD and i not in LIBRARIES
                          and not p.stem.endswith("_posix")],
                         "headers of the system are included by *_posix.c alone")

    def test_files_and_clock_are_reached_through_that_place_too(self):
        """C has functions for them, but Windows takes the names in another encoding, and its tmpfile writes to C:."""
        calls = re.compile(r"\b(fopen|freopen|tmpfile|tmpnam|rename|remove|getenv|time|clock|localtime|gmtime|mktime|system)\(")
        self.assert_none([(name_of(p), m.group(1)) for p in code(*ALL_CODE) if not p.stem.endswith("_posix")
                          for m in calls.finditer(re.sub(r"/\*.*?\*/", "", p.read_text(), flags=re.S))],
                         "files, environment and clock are reached through *_posix.c alone")

    def test_the_top_level_holds_what_it_may(self):
        may = {"core", "xlsx", "cli", "templates", "tests", "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE"}
        top = {name_of(p).split("/")[0] for p in tracked("*", ".*")}
        self.assert_none([t for t in top if t not in may and not t.startswith(".")], "the top level is kept small")

    def test_files_are_short_enough_to_read(self):
        # The public header is one by design, and half of it is documentation.
        self.assert_none([(name_of(p), n) for p in code(*ALL_CODE) for n in [p.read_text().count("\n")]
                          if n > 620 and name_of(p) != "core/bms.h"], "a file is one thing of at most about 600 lines")

    def test_no_file_leaves_unfinished_work(self):
        words = re.compile(r"\b(TODO|FIXME|XXX)\b")
        this = Path(__file__).resolve()
        self.assert_none([(name_of(p), m.group()) for p in tracked("*", ".*") if p.resolve() != this
                          and p.suffix in {".c", ".h", ".py", ".sh", ".sql", ".po", ".md", ".txt", ".cmake", ".json", ""}
                          for m in [words.search(p.read_text(errors="replace"))] if m],
                         "finished work is finished")

    def test_every_value_of_the_public_header_is_documented(self):
        # Doxygen checks the rest (the target docs), but not values.
        values = [line for body in re.findall(r"^enum \w+ \{\n(.*?)^\};", (SOURCE / "core/bms.h").read_text(), re.M | re.S)
                  for line in body.splitlines()]
        self.assertGreater(len(values), 40)
        self.assert_none([v for v in values if not re.fullmatch(r"    BMS_\w+(?: = 0)?,? +/\*\*< .+ \*/", v)],
                         "a value is followed by what it means, as /**< … */")

    def test_a_kind_and_a_basis_are_only_compared_in_their_tables(self):
        """Other code asks for a property (bms_kind_of, bms_basis_of), so that a new kind needs only a new row."""
        declared = ["core/definition/kind.h", "core/definition/basis.h"]
        rows = ["core/definition/kind.c", "core/definition/basis.c", "xlsx/layout/result_formula.c"]
        names = [name for header in declared for listed in re.findall(r"enum bms_(?:kind|basis) \{(.*?)\}",
                 (SOURCE / header).read_text(), re.S) for name in re.findall(r"\bBMS_(?!N_)\w+", listed)]
        self.assertGreaterEqual(len(names), 10)
        anywhere = re.compile(rf"\b({'|'.join(names)})\b")
        row = re.compile(rf"\[({'|'.join(names)})\] =")
        self.assert_none([(name_of(p), line.strip()) for p in code(*ALL_CODE) if name_of(p) not in declared
                          for line in p.read_text().splitlines() if anywhere.search(line)
                          and not (name_of(p) in rows and row.search(line))],
                         "a kind or a basis by name stands in the tables of " + ", ".join(rows) + " alone")
        self.assert_none([(name_of(p), m.group()) for p in code(*ALL_CODE)
                          for m in re.finditer(r"\((?:enum bms_kind|enum bms_basis)\)\d+|"
                                               r"(?:kind|basis) (?:[=!]=|[<>]=?) \(?\d|"
                                               r"str\w*cmp\([^;]*bms_(?:kind|basis)_name", p.read_text())],
                         "nor by its number or its stored name")

    def test_no_pointer_is_compared_with_null(self):
        compared = re.compile(r"[!=]= NULL\b|\bNULL [!=]=")
        self.assert_none([(name_of(p), line.strip()) for p in code(*ROOMED, "tests") for line in p.read_text().splitlines()
                          if compared.search(line)], "!p is no pointer, p is one")

    def test_a_statement_of_one_line_has_no_braces(self):
        # That longer ones have them is seen to by clang-tidy.
        braced = re.compile(r"^( *)(?:if|for|while) \((?:.*|[^{};]*?)\) \{\n\1    [^\n]*;\n\1\}\n", re.M)
        self.assert_none([(name_of(p), m.group()) for p in code(*ROOMED, "tests") for m in braced.finditer(p.read_text())],
                         "no braces round a statement of one line")

    def test_every_header_compiles_alone(self):
        with tempfile.TemporaryDirectory(prefix="bms-headers-") as folder:
            for header in (p for p in code(*ALL_CODE) if p.suffix == ".h"):
                include = header.name if header.parent.name == "cli" else name_of(header)
                program = Path(folder) / "alone.c"
                program.write_text(f'#include "{include}"\n')
                flags = subprocess.run(["pkg-config", "--cflags", "expat", "zlib", "sqlite3", "xlsxwriter"],
                                       capture_output=True, text=True).stdout.split()
                result = subprocess.run(["cc", "-std=c17", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *flags,
                                         "-I", SOURCE, "-I", SOURCE / "core", "-I", SOURCE / "cli", program],
                                        capture_output=True, text=True)
                with self.subTest(header=include):
                    self.assertEqual(result.returncode, 0, result.stderr)


def xgettext(files):
    keywords = ["bms_tr:2", "bms_tr_plural:2,3", "bms_translate:2", "BMS_TEXT", "translated:2", "TEXT",
                "session_say:2", "session_advise:2", "bms_says:2"]
    result = subprocess.run(["xgettext", "--language=C", "--from-code=UTF-8", "--keyword=", "--sort-by-file",
                             "--no-wrap", "--output=-", *(f"--keyword={k}" for k in keywords),
                             *(name_of(f) for f in files)], capture_output=True, text=True, cwd=SOURCE, check=True)
    return result.stdout


def entries(catalogue):
    """{msgid: (msgstr, plural msgid, is a guess)} of a catalogue's text; all plural forms are one msgstr."""
    found = {}
    for block in re.split(r"\n\s*\n", catalogue):
        field, texts = None, {}
        for line in block.splitlines():
            start = re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?)\s+(".*")$', line)
            if start:
                field = start.group(1).split("[")[0]
                texts[field] = texts.get(field, "") + start.group(2)[1:-1]
            elif line.startswith('"') and field:
                texts[field] += line[1:-1]
        if texts.get("msgid"):
            found[texts["msgid"]] = texts.get("msgstr", ""), texts.get("msgid_plural", ""), "#, fuzzy" in block
    return found


def choices():
    """The words to choose from in a setup, which are in one text with bars between."""
    text = (SOURCE / "core/definition/setup.c").read_text() + (SOURCE / "core/base/language.h").read_text()
    named = dict(re.findall(r'#define (\w+) "([^"]*\|[^"]*)"', text))
    found = re.findall(r'\.choices = (\w+|(?:\s*"[^"]*")+)', text)
    return {word for c in found for word in named.get(c, "".join(re.findall(r'"([^"]*)"', c))).split("|")}


# Texts outside the catalogues, with why they are.
UNTRANSLATED = {
    "core/base/cloud.c": "names of services and of their folders",
    "core/base/catalogue.c": "what was written in earlier workbooks",
    "core/base/error.c": "said when there is no memory to look anything up in",
    "core/base/number.c": "what units write where a number should be",
    "core/verbs/mail.c": "days and months of the mail standard",
    "xlsx/cell/number_format.c": "formats of the standard",
    "xlsx/read": "names in the parts of a workbook, and what files of other programs begin with",
}
UNTRANSLATED_TEXTS = {
    "Mottak %s.xlsx": "the same file in every language, so that the next run finds it",
    "%.*s (forrige).xlsx": "likewise",
    "corrections, forms, reminders, reports, Mottak": "likewise",
    "Arial": "a font",
    "General": "a format of the standard",
    "Index.zip": "in files of Numbers",
    "SQLite format 3": "what a history begins with",
    "bms form": "recognises a form",
    "bms form 1": "under the seal",
    "bms intake": "recognises a Mottak",
    "local name": "a kind of row, as the other kinds are",
}
OUR_OWN_MISTAKES = {"nothing to correct", "no source of random numbers", "a run is open already",
                    "a fact was added outside a run", "column width", "row height", "merged cells", "repeated rows"}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|VALUES|FROM|WHERE|AND|JOIN|ORDER BY|PRAGMA|CREATE|ALTER|DROP|BEGIN|SET"
                 r"|LIMIT|AS)\b|\b\w\.(code|id|unit)\b")


def literals(source):
    """The texts in the source, those beside each other as one; none of comments, assertions and inclusions."""
    found, end = [], 0
    source = re.sub(r"\b_?[Ss]tatic_assert\((?:[^()]|\([^()]*\))*\)", "", source)
    for token in re.finditer(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])*'|^\#include[^\n]*""", source, re.S | re.M):
        if token[0][0] != '"':
            continue
        if found and not source[end:token.start()].strip():
            found[-1] += token[0][1:-1]
        else:
            found.append(token[0][1:-1])
        end = token.end()
    return found


def is_prose(text):
    """Two words beside each other, a word with a capital, or a letter that English lacks."""
    if SQL.search(text) or "<" in text or "\\t" in text or re.match(r"\[|#,|.?\"\$", text):
        return False
    words = re.sub(r"\{\w+\}|%[-.*\d]*[a-z]+|\\[nr]", " ", text)
    return bool(re.search(r"[A-Za-zæøåÆØÅ]{2,} +[A-Za-zæøåÆØÅ]{2,}|[æøåÆØÅ]"
                          r"|(?<![\w/.-])[A-ZÆØÅ][a-zæøå]{2,}(?![\w/:=-])", words))


# What is the same word in English, bokmål and nynorsk.
SAME_IN_ENGLISH = {"Status", "Bokmål", "Nynorsk", "rate", "sum", "for {unit}"}

# Words, and beginnings of words, of bokmål that nynorsk does not have.
BOKMAL_ALONE = re.compile(r"\b({}|(?:{})\w*)\b".format("|".join("""
annen annet arbeidsboken avsluttet ble blitt brukes deg dem dere deres endret enkelte finnes flere
forrige fra frem følger funnet gjelder gjør gjøres hele hentes hentet heter holdt hun hva hvem hver hvert
hvis hvor hvordan hvorfor høyere ikke jeg kommer kommet kun laget lagret leses lukkes lukket mangler meg
mer mye noe noen regnet rettet samlet samme selv sendes senere siden sier skjemaene skrevet slettes
svarte tallene tas tatt telleren tidligere uke uker uten vises være vært åpnet
""".split()), "benevning|enhet|hvilk|lav|mulig|nevner|rød|tall|vanlig"), re.I)


class TheTranslations(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        template = xgettext(p for p in code(*ALL_CODE) if p.suffix == ".c" or p.suffix == ".h")
        cls.texts = entries(template) | {choice: () for choice in choices()}
        cls.catalogues = {catalogue.stem: entries(catalogue.read_text())
                          for catalogue in (SOURCE / "core/base/catalogue").glob("*.po")}

    def test_there_is_bokmaal_and_nynorsk_for_every_text(self):
        self.assertGreater(len(self.texts), 100)
        for language, catalogue in self.catalogues.items():
            translated = {text for one, (translation, plural, _) in catalogue.items() if translation for text in (one, plural)}
            missing = [text for text in self.texts if text not in translated]
            self.assertEqual(missing, [], language)

    def test_no_translation_is_only_a_guess(self):
        for language, catalogue in self.catalogues.items():
            self.assertEqual([text for text, (*_, guess) in catalogue.items() if guess], [], language)

    def test_no_translation_is_left_over(self):
        for language, catalogue in self.catalogues.items():
            self.assertEqual([text for text in catalogue if text not in self.texts], [], language)

    def test_no_text_for_people_is_outside_the_catalogues(self):
        known = set(self.texts) | {found[1] for found in self.texts.values() if found}
        known |= set(UNTRANSLATED_TEXTS) | OUR_OWN_MISTAKES
        self.assertEqual([(name_of(p), text) for p in code(*ALL_CODE) if p.suffix in {".c", ".h"}
                          and not any(name_of(p).startswith(room) for room in UNTRANSLATED)
                          for text in literals(p.read_text())
                          if is_prose(text) and text not in known and not set(text.split("|")) <= known], [])

    def test_a_text_is_translated_and_not_only_copied(self):
        for language, catalogue in self.catalogues.items():
            words = {text: re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", text)) for text in catalogue}
            self.assertEqual([text for text, (translation, *_) in catalogue.items()
                              if words[text] and translation == text and text not in SAME_IN_ENGLISH], [], language)

    def test_nynorsk_is_not_bokmaal(self):
        self.assertEqual([(found[0], translation) for translation, *_ in self.catalogues["nn"].values()
                          for found in [BOKMAL_ALONE.search(re.sub(r"\{\w+\}", "", translation))] if found], [])

    def test_english_writes_numbers_and_days_as_english_does(self):
        norwegian = re.compile(r"\b\d\d?\.\d\d?\.\d{4}|\b\d,\d\b")
        self.assertEqual([text for text in self.texts if norwegian.search(text)], [])

    def test_a_translation_has_the_places_of_its_text(self):
        places = re.compile(r"\{\w+\}")
        for language, catalogue in self.catalogues.items():
            for text, (translation, plural, _) in catalogue.items():
                with self.subTest(language=language, text=text):
                    may = set(places.findall(text + plural))
                    must = may if not plural else set()
                    self.assertTrue(must <= set(places.findall(translation)) <= may, translation)


if __name__ == "__main__":
    unittest.main()
