"""Memory that runs out while workbooks are written, at every size of what there is: exit code 5 and everything as it was, or
complete workbooks. libxlsxwriter itself goes on without the memory it asked for, so bms looks before each call whether there
is enough. Another thread can take it in between: that is not tested."""
import os
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, SANITIZED, InAFolder, fingerprint, run

PERIOD = "2026-T2"
STEP = 64 << 10
SAMPLED = 14  # of the sizes between the least with which the program begins and what it needs
AT = {"SOURCE_DATE_EPOCH": "1790000000"}
town = None


def setUpModule():
    global town
    town = Path(tempfile.mkdtemp(prefix="bms-memory-")) / "kommune"
    unittest.addModuleCleanup(shutil.rmtree, town.parent)
    run("init", town, cwd=town.parent)
    setup_book.save(setup_book.setup(3, 6), town / "setup.xlsx")
    run("setup", "setup.xlsx", cwd=town)


def files(folder):
    """What was in the folder; a folder that was made and is empty is nothing."""
    return {name: what for name, what in fingerprint(folder).items() if what[1]}


def limited(verb, folder, most):
    """Run a verb with so many bytes of address space. Its exit code, and what it said on standard error."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ended = subprocess.run([BMS, *verb], cwd=folder, capture_output=True, env={**os.environ, **AT},
                           preexec_fn=limit if most else None, check=False)  # pylint: disable=W1509
    return ended.returncode, ended.stderr.decode(errors="replace")


@unittest.skipIf(SANITIZED, "the sanitizers need more address space than any limit")
class MemoryRunsOut(InAFolder):
    def cells(self, folder):
        return {str(p.relative_to(folder)): self.bms("cells", p, "--details").out for p in sorted(folder.rglob("*.xlsx"))}

    def trial(self, base):
        folder = self.folder / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        return folder

    def needs(self, verb, base, code):
        """The least address space with which the verb goes well, to a step, and that with which it only begins."""
        def ends(least, most, fits):
            while most - least > STEP:
                middle = (least + most) // 2
                least, most = (least, middle) if fits(middle) else (middle, most)
            return most
        enough = ends(0, 1 << 30, lambda most: limited(verb, self.trial(base), most)[0] == code)
        begins = ends(0, enough, lambda most: limited(("--version",), base, most)[0] == 0)
        return begins, enough

    def assert_all_or_nothing(self, verb, base, code=0):
        whole = self.trial(base)
        self.assertEqual(limited(verb, whole, None)[0], code)
        complete, before = self.cells(whole), files(base)
        begins, enough = self.needs(verb, base, code)
        step = STEP if os.environ.get("BMS_LONG") else max(STEP, (enough - begins) // SAMPLED)
        outcomes = {code: 0, 5: 0}
        for most in (*range(begins, enough, step), enough, enough + 4 * STEP):
            trial = self.trial(base)
            ended, said = limited(verb, trial, most)
            self.assertIn(ended, outcomes, (most, said))
            outcomes[ended] += 1
            if ended == 5:
                self.assertEqual(files(trial), before, (most, said))
            else:
                self.assertEqual(self.cells(trial), complete, most)
        self.assertTrue(all(outcomes.values()), outcomes)

    def test_forms(self):
        self.assert_all_or_nothing(("forms", PERIOD, "--threads", "1"), town)

    def test_corrections_mottak_and_reports(self):
        base = self.folder / "kommune"
        shutil.copytree(town, base)
        self.bms("forms", PERIOD, cwd=base)
        (base / "returns" / PERIOD).mkdir(parents=True)
        for i, path in enumerate(sorted((base / "forms" / PERIOD).glob("E*.xlsx"))):
            form = Form(path)
            answers = sound_answers(form, i)
            if i == 1:
                answers["I01"] = ("mange", answers["I01"][1])
            type_with_openpyxl(path, cells_of(form, answers), base / "returns" / PERIOD / path.name)
        self.assert_all_or_nothing(("collect", PERIOD, "--threads", "1"), base, 1)
        self.assertEqual(limited(("collect", PERIOD), base, None)[0], 1)
        self.assert_all_or_nothing(("report", PERIOD, "--threads", "1"), base)


if __name__ == "__main__":
    unittest.main()
