"""The main job in JSON alone, with workbooks attached and returned as bytes: the same answers as the command's."""
import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BUILD, run

PERIOD = "2026-T1"
SENT = 4  # units that answer


class TheMainJobInCalls(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="bms-call-")
        cls.folder = Path(cls.temporary.name)
        cls.called, cls.typed = cls.folder / "called", cls.folder / "typed"
        for folder in (cls.called, cls.typed):
            folder.mkdir()

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def call(self, *calls):
        """Each call is (verb, request, attached files …); the answers, and the folder with what came back."""
        back = Path(tempfile.mkdtemp(dir=self.folder))
        lines = ["\t".join([verb, json.dumps(request), *map(str, attached)]) for verb, request, *attached in calls]
        ended = subprocess.run([BUILD / "tests/call_verb", back], input="\n".join(lines) + "\n", cwd=self.called,
                               capture_output=True, text=True, check=True)
        return [line.split("\t", 2) for line in ended.stdout.splitlines()], back

    def command(self, *arguments):
        ended = run(*arguments, "--json", cwd=self.typed)
        return ["ok" if ended.code < 2 else ended.json["error"]["code"], "wrong" if ended.code == 1 else "fine",
                ended.out.removesuffix("\n")]

    def assert_came_back(self, answer, back, number):
        paths = json.loads(answer[2])["files"]
        books = [(i + 1, path) for i, path in enumerate(paths) if path.endswith(".xlsx")]
        self.assertGreater(len(books), 0)
        for i, path in books:
            self.assertTrue((back / f"{number}-{i}").read_bytes() == (self.called / path).read_bytes(), path)

    def send(self):
        """The first units' returns, for both: a form is only accepted by the history that it was made from."""
        returns = self.called / "returns" / PERIOD
        returns.mkdir(parents=True)
        for i, path in enumerate(sorted((self.called / "forms" / PERIOD).glob("*.xlsx"))[:SENT]):
            form = Form(path)
            answers = sound_answers(form, i)
            type_with_openpyxl(path, cells_of(form, answers, signed_by="" if i == 0 else "Per Prøve"),
                               returns / path.name)
        (returns / "ødelagt.xlsx").write_bytes(b"no workbook")
        return sorted(returns.glob("*.xlsx"))

    def test_a_scorecard_is_made_collected_and_reported(self):
        (made, loaded, wrote), back = self.call(("init", {"template": "fet", "bytes": True}),
                                                ("setup", {}, "setup.xlsx"),
                                                ("forms", {"period": PERIOD, "bytes": True}))
        self.assertEqual([made, loaded, wrote],
                         [self.command("init", "--template", "fet"), self.command("setup", "setup.xlsx"),
                          self.command("forms", PERIOD)])
        self.assert_came_back(made, back, 1)
        self.assert_came_back(wrote, back, 3)

        sent = [path.relative_to(self.called) for path in self.send()]
        shutil.rmtree(self.typed)
        shutil.copytree(self.called, self.typed)
        (checked, collected, status, reported), back = self.call(
            ("check", {"threads": 1}, *sent), ("collect", {}, *sent), ("status", {"period": PERIOD}),
            ("report", {"period": PERIOD, "bytes": True}))
        self.assertEqual(checked, self.command("check", "--threads", "1", *sent))
        self.assertEqual(collected, self.command("collect", *sent))
        self.assertEqual(status, self.command("status", PERIOD))
        self.assertEqual(reported, self.command("report", PERIOD))
        self.assertEqual(json.loads(collected[2])["accepted"], SENT - 1)
        self.assertEqual(collected[:2], ["ok", "wrong"])  # one file is damaged
        self.assert_came_back(reported, back, 4)

        shutil.rmtree(self.typed)  # received at another second there
        shutil.copytree(self.called, self.typed)
        code = json.loads(status[2])["units"][0]["unit"]
        self.assertEqual(self.call(("history", {"unit": code, "changes": True}), ("export", {}), ("verify", {}),
                                   ("forms", {"period": "2031-T1"}))[0],
                         [self.command("history", code, "--changes"), self.command("export"), self.command("verify"),
                          self.command("forms", "2031-T1")])

    def test_a_call_that_fails_answers_as_the_command_does(self):
        home = self.folder / "nowhere"
        home.mkdir()
        answers, _ = self.call(("status", {"period": PERIOD}), ("cells", {"file": "nowhere.xlsx"}))
        for answer, arguments in zip(answers, (("status", PERIOD), ("cells", "nowhere.xlsx"))):
            ended = run(*arguments, "--json", cwd=home)
            self.assertEqual((answer[0], answer[2]), (ended.json["error"]["code"], ended.out.removesuffix("\n")))


if __name__ == "__main__":
    unittest.main()
