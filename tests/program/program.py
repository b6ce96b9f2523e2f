"""Runs the command as a user does, each test in its own folder."""
import hashlib
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

BMS = os.environ["BMS"]
SOURCE = Path(os.environ["BMS_SOURCE"])
BUILD = Path(os.environ["BMS_BUILD"])

# The preset asan: everything is slower and larger, and other programs must be built like it.
SANITIZED = "BMS_SANITIZE:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text()


class Ended:
    """How a run ended: exit code, standard output, standard error."""

    def __init__(self, code, out, notes):
        self.code = code
        self.out = out
        self.notes = notes

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"exit code {self.code}\n{self.out}\n{self.notes}"


def run(*arguments, cwd, environment=None, before=()):
    """Run bms. `before` comes before the command (setpriv …); the environment is added to the usual one."""
    result = subprocess.run([*before, BMS, *map(str, arguments)], cwd=cwd, capture_output=True,
                            env={**os.environ, **(environment or {})})
    return Ended(result.returncode, result.stdout.decode(), result.stderr.decode())


def fingerprint(folder):
    """Every file below the folder with its content and mode, to show that nothing was changed."""
    return {str(path.relative_to(folder)):
            (oct(path.lstat().st_mode), hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
            for path in sorted(Path(folder).rglob("*"))}


class InAFolder(unittest.TestCase):
    """A test with its own empty folder, `self.folder`."""

    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="bms-test-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def bms(self, *arguments, cwd=None, **options):
        return run(*arguments, cwd=cwd or self.folder, **options)

    def assert_ended(self, ended, code):
        self.assertEqual(ended.code, code, ended)
        return ended

    def assert_error(self, ended, code, *words):
        """It failed with that exit code, printed nothing on standard output, and one message that has the words."""
        self.assert_ended(ended, code)
        self.assertEqual(ended.out, "")
        self.assertTrue(ended.notes.startswith("bms: "), ended)
        self.assertEqual(len(ended.notes.splitlines()), 1, ended)
        for word in words:
            self.assertIn(str(word), ended.notes)

    def assert_json_error(self, ended, exit_code, code):
        self.assert_ended(ended, exit_code)
        self.assertEqual(set(ended.json), {"error"})
        self.assertEqual(set(ended.json["error"]), {"code", "message", "where"})
        self.assertEqual(ended.json["error"]["code"], code)
        self.assertTrue(ended.json["error"]["message"])
