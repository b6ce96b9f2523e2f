"""The source keeps the shape the design gives it: layers, the top level, translations, headers."""
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


class TheLayers(unittest.TestCase):
    def assert_none(self, offenders, rule):
        self.assertEqual(sorted(set(offenders)), [], rule)

    def test_core_knows_no_workbooks(self):
        self.assert_none([(name_of(p), i) for p in code("core") for i in includes(p)
                          if re.match(r"xlsx|.*/xlsx/|cli/|zlib|expat|xlsxwriter", i)],
                         "core asks through core/workbooks.h and includes nothing of xlsx")

    def test_xlsx_knows_no_command(self):
        self.assert_none([(name_of(p), i) for p in code("xlsx") for i in includes(p) if i.startswith("cli/")],
                         "xlsx includes core and itself")

    def test_the_command_knows_the_public_header_alone(self):
        own = {p.name for p in code("cli")}
        self.assert_none([(name_of(p), i) for p in code("cli") for i in includes(p)
                          if i not in own and i not in ("bms.h", "utf8proc.h") and i.removesuffix(".h") not in STANDARD
                          and not p.stem.endswith("_posix")],
                         "cli includes bms.h, its own headers, those of C, and for the width of a text utf8proc")

    def test_only_the_history_knows_sqlite(self):
        self.assert_none([name_of(p) for p in code(*ALL_CODE) for i in includes(p)
                          if i == "sqlite3.h" and not name_of(p).startswith("core/history/")],
                         "sqlite3.h is included in core/history alone")

    def test_what_differs_between_systems_is_in_one_place_a_layer(self):
        libraries = {"sqlite3.h", "sodium.h", "utf8proc.h", "expat.h", "xlsxwriter.h", "csv.h", "zlib.h", "jansson.h"}
        self.assert_none([(name_of(p), i) for p in code(*ALL_CODE) for i in includes(p)
                          if "/" not in i.removeprefix("sys/") and i.removesuffix(".h") not in STANDARD
                          and i not in libraries and not (p.parent / i).exists() and i != "bms.h"
                          and not p.stem.endswith("_posix")],
                         "headers of the system are included by *_posix.c alone")

    def test_the_top_level_holds_what_it_may(self):
        may = {"core", "xlsx", "cli", "templates", "tests", "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE"}
        top = {name_of(p).split("/")[0] for p in tracked("*", ".*")}
        self.assert_none([t for t in top if t not in may and not t.startswith(".")], "the top level is kept small")

    def test_files_are_short_enough_to_read(self):
        self.assert_none([(name_of(p), n) for p in code(*ALL_CODE) for n in [p.read_text().count("\n")] if n > 620],
                         "a file is one thing of at most about 600 lines")

    def test_no_file_names_a_machine_or_leaves_work_behind(self):
        words = re.compile(r"\b(TODO|FIXME|XXX)\b|/(work|farm)/|\bbash_jobs\b")
        this = Path(__file__).resolve()
        self.assert_none([(name_of(p), m.group()) for p in tracked("*", ".*") if p.resolve() != this
                          and p.suffix in {".c", ".h", ".py", ".sh", ".sql", ".po", ".md", ".txt", ".cmake", ".json", ""}
                          for m in [words.search(p.read_text(errors="replace"))] if m],
                         "finished work names no other machine")

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
                "session_say:2", "session_advise:2", "bms_reading_word_is:2"]
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
    """The words to choose from in a setup, which stand in one text with bars between."""
    text = (SOURCE / "core/definition/setup.c").read_text()
    named = dict(re.findall(r'#define (\w+) "([^"]*\|[^"]*)"', text))
    found = re.findall(r'\.choices = (\w+|(?:\s*"[^"]*")+)', text)
    return {word for c in found for word in named.get(c, "".join(re.findall(r'"([^"]*)"', c))).split("|")}


class TheTranslations(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        template = xgettext(p for p in code(*ALL_CODE) if p.suffix == ".c" or p.suffix == ".h")
        cls.texts = entries(template) | {choice: () for choice in choices()}
        cls.catalogues = {language: entries((SOURCE / f"core/base/catalogue/{language}.po").read_text())
                          for language in ("nb", "nn")}

    def test_there_is_bokmaal_for_every_text(self):
        self.assertGreater(len(self.texts), 100)
        catalogue = self.catalogues["nb"]
        translated = {text for one, (translation, plural, _) in catalogue.items() if translation for text in (one, plural)}
        missing = [text for text in self.texts if text not in translated]
        self.assertEqual(missing, [])

    def test_no_translation_is_only_a_guess(self):
        for language, catalogue in self.catalogues.items():
            self.assertEqual([text for text, (*_, guess) in catalogue.items() if guess], [], language)

    def test_no_translation_is_left_over(self):
        left = [text for text in self.catalogues["nb"] if text not in self.texts]
        self.assertEqual(left, [])

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
