"""An installed bms is all another program needs: one header, one library, pkg-config or find_package."""
import os
import re
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

from program import BUILD, SANITIZED, SOURCE

CONSUMER = SOURCE / "tests/program/installed/consumer.c"

# What the library shows the world. A new function in bms.h is added here too; nothing else may appear.
SYMBOLS = """
bms_acknowledge bms_amend bms_answer_error bms_answer_free bms_backup bms_call bms_cells bms_changes bms_check bms_close bms_collect
bms_colour_name bms_colour_shape bms_colour_word bms_contents bms_decimal_mark bms_deliveries bms_delivery_stage_word bms_explain bms_forms bms_free
bms_init bms_is_control bms_measurements bms_new bms_newest_hash bms_next_forms bms_originals bms_outcome_name bms_redact bms_redacted_name bms_redactions
bms_remind bms_remove_foreign bms_report bms_set_as_of bms_set_clock bms_set_history bms_set_language bms_set_limits_of_today bms_set_notices
bms_set_threads bms_set_workbook_language bms_setup bms_setup_export bms_severity_name bms_state_name bms_status_name bms_template_names bms_translate bms_verify bms_version bms_witnesses
""".split()


def run(*command, **options):
    result = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}\n{result.stdout}\n{result.stderr}")
    return result.stdout


class AnInstalledCopy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="bms-install-")
        cls.folder = Path(cls.temporary.name)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.library_folder = next(cls.prefix.rglob("libbms.so")).parent
        cls.flags = ["-fsanitize=address,undefined"] if SANITIZED else []

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def package(self, *options):
        paths = {**os.environ, "PKG_CONFIG_LIBDIR": str(self.library_folder / "pkgconfig")}
        return run("pkg-config", *options, "bms", env=paths).split()

    def assert_works(self, program, **environment):
        folder = Path(tempfile.mkdtemp(dir=self.folder)) / "kommune"
        shown = run(program, folder, env={**os.environ, "LD_LIBRARY_PATH": str(self.library_folder), **environment})
        point, mistakes, forms = shown.splitlines()
        self.assertEqual(mistakes, "0 mistakes")
        written = list((folder / "forms/2026-T1").glob("*.xlsx"))
        self.assertGreater(len(written), 10)
        self.assertEqual(forms, f"{len(written)} forms, {len(written)} of them not finished")
        return point, written

    def test_a_c_program_builds_with_pkg_config(self):
        program = self.folder / "consumer-c"
        run("cc", "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *self.flags, CONSUMER,
            *self.package("--cflags", "--libs"), "-o", program)
        self.assert_works(program)

    def test_a_cpp_program_builds_with_pkg_config(self):
        program = self.folder / "consumer-cpp"
        run("c++", "-x", "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", *self.flags, CONSUMER, "-x", "none",
            *self.package("--cflags", "--libs"), "-o", program)
        self.assert_works(program)

    def test_a_program_builds_with_find_package(self):
        project = self.folder / "project"
        project.mkdir()
        (project / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(consumer LANGUAGES C)\n"
            f'find_package(bms 0.1 REQUIRED)\nadd_executable(consumer "{CONSUMER}")\n'
            "target_link_libraries(consumer PRIVATE bms::bms)\n")
        run("cmake", "-G", "Ninja", "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_C_FLAGS={' '.join(self.flags)}")
        run("cmake", "--build", project / "build")
        self.assert_works(project / "build/consumer")

    def test_a_program_with_a_decimal_comma_gets_the_same_workbooks(self):
        program = self.folder / "consumer-locale"
        run("cc", *self.flags, CONSUMER, *self.package("--cflags", "--libs"), "-o", program)
        locales = self.folder / "locales"
        locales.mkdir()
        run("localedef", "-i", "nb_NO", "-f", "UTF-8", locales / "nb_NO.UTF-8")
        # glibc's own setlocale leaks where LOCPATH is set; that leak is not looked for.
        comma, norwegian = self.assert_works(program, LOCPATH=str(locales), LC_ALL="nb_NO.UTF-8",
                                             ASAN_OPTIONS="detect_leaks=0")
        point, plain = self.assert_works(program, LC_ALL="C")
        self.assertEqual((comma, point), ("0,5", "0.5"))
        for a, b in zip(sorted(norwegian), sorted(plain)):
            with self.subTest(form=a.name), zipfile.ZipFile(a) as one, zipfile.ZipFile(b) as other:
                sheets = [name for name in one.namelist() if name.startswith("xl/worksheets/")]
                self.assertTrue(sheets)
                for name in sheets:
                    # A sealed form carries its history's own key, so only numbers are compared.
                    numbers = re.compile(rb"<v>[^<]*</v>")
                    self.assertEqual(numbers.findall(one.read(name)), numbers.findall(other.read(name)))

    def test_only_the_functions_of_the_header_are_exported(self):
        shown = run("nm", "-D", "--defined-only", next(self.library_folder.glob("libbms.so")))
        symbols = sorted(line.split()[-1] for line in shown.splitlines())
        if self.flags:  # a sanitizer brings symbols of its own
            symbols = [symbol for symbol in symbols if symbol.startswith("bms_")]
        self.assertEqual(symbols, SYMBOLS)

    def test_the_header_declares_what_the_library_exports(self):
        header = (self.prefix / "include/bms.h").read_text()
        declared = re.findall(r"^BMS_API[^;(]*?\b(bms_\w+)\(", header, re.M)
        self.assertEqual(sorted(declared), SYMBOLS)

    def test_one_header_is_installed(self):
        self.assertEqual([p.name for p in (self.prefix / "include").rglob("*") if p.is_file()], ["bms.h"])

    def test_the_installed_command_finds_its_library(self):
        moved = self.folder / "moved"
        self.prefix.rename(moved)
        try:
            plain = {k: v for k, v in os.environ.items() if k != "LD_LIBRARY_PATH"}
            self.assertRegex(run(moved / "bin/bms", "--version", env=plain), r"^bms \d+\.\d+\.\d+$")
        finally:
            moved.rename(self.prefix)


if __name__ == "__main__":
    unittest.main()
