"""LibreOffice without a window, through UNO: one process for many workbooks, with its own profile.

    with Office() as office:
        with office.workbook("form.xlsx") as book:
            book.type("Skjema", "C5", "12,5")
            book.save()
"""
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

XLSX = "Calc MS Excel 2007 XML"

# Numbers and dates as in Norway: a decimal comma wherever a number is shown or typed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nb-NO</value></prop></item></oor:items>
"""


def _property(name, value):
    return PropertyValue(Name=name, Value=value)


class Workbook:
    """A workbook that is open in LibreOffice."""

    def __init__(self, document, path):
        self.document = document
        self.path = Path(path)

    def cell(self, sheet, address):
        return self.document.Sheets.getByName(sheet).getCellRangeByName(address)

    def type(self, sheet, address, value):
        """Put a value in a cell: a number as a number, a text as if pasted, None empties it."""
        cell = self.cell(sheet, address)
        if value is None:
            cell.setString("")
        elif isinstance(value, str):
            cell.setFormula(value) if value.startswith("=") else cell.setString(value)
        else:
            cell.setValue(value)

    def shown(self, sheet, address):
        """What a person sees in the cell."""
        return self.cell(sheet, address).getString()

    def save(self, path=None):
        """Save as .xlsx, to another path if one is given."""
        target = Path(path or self.path).resolve()
        self.document.storeToURL(target.as_uri(), (_property("FilterName", XLSX), _property("Overwrite", True)))


class Office:
    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="bms-office-")
        settings = Path(self.profile) / "user/registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS)
        pipe = f"bms{os.getpid()}{os.path.basename(self.profile).replace('-', '')}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
             f"-env:UserInstallation={Path(self.profile).as_uri()}", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            self.desktop = self._connect(pipe)
        except BaseException:
            self._end()
            raise
        return self

    def _connect(self, pipe):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        latest = time.monotonic() + 120
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            except NoConnectException:
                if time.monotonic() > latest or self.process.poll() is not None:
                    raise
                time.sleep(0.2)

    @contextmanager
    def workbook(self, path):
        document = self.desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0,
                                                     (_property("Hidden", True),))
        if document is None:
            raise AssertionError(f"LibreOffice does not open {path}")
        try:
            yield Workbook(document, path)
        finally:
            document.close(True)

    def pdf(self, path, target):
        """Print a workbook to PDF, every sheet as it is set up."""
        with self.workbook(path) as book:
            book.document.storeToURL(Path(target).resolve().as_uri(), (_property("FilterName", "calc_pdf_Export"),))

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
            self.process.wait(timeout=20)
        except Exception:  # it may have ended already, or not answer; either way it is ended below
            pass
        self._end()

    def _end(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
