"""What one hostile file costs: processor time and memory of `bms check FILE` for each attack of attack_workbooks.py.

    bench_budget.py BUILD [MEGABYTES [NAME…]]

BUILD is the folder of a release build (with write_form and measure in BUILD/tests). MEGABYTES is what the hostile part unpacks
to (60 unless said, below which the ratio of packing refuses nothing); a file that would be larger than 5 MB is made smaller. BMS may name another command to measure.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "program"))
import attack_workbooks  # noqa: E402


def made(name, form, megabytes):
    while True:
        content = attack_workbooks.build(name, form, megabytes)
        if len(content) <= attack_workbooks.LARGEST:
            return content
        megabytes = megabytes * attack_workbooks.LARGEST / len(content) * 0.95


def run(command, path):
    """Processor seconds, peak memory in MB, exit code and the finding."""
    program = ("import resource, subprocess, sys\n"
               "ended = subprocess.run(sys.argv[1:], capture_output=True, text=True, timeout=50)\n"
               "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
               "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, ended.returncode)\n"
               "print((ended.stdout + ended.stderr)[:4000])\n")
    ended = subprocess.run([sys.executable, "-c", program, *command, path], capture_output=True, text=True, timeout=60,
                           cwd=path.parent)
    first, _, rest = ended.stdout.partition("\n")
    return [*map(float, first.split()), " ".join(rest.split())]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    megabytes = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    command = [os.environ.get("BMS", build / "bms"), "check", "--json"]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "form.xlsx"
        subprocess.run([build / "tests" / "write_form", path, "nb"], check=True)
        form = path.read_bytes()
        for name in sys.argv[3:] or attack_workbooks.NAMES:
            mail = name.startswith("mail")
            file = pathlib.Path(folder) / f"{name}.{'eml' if mail else 'zip' if name.startswith('zip') else 'xlsx'}"
            file.write_bytes(made(name, form, megabytes))
            size = file.stat().st_size / 1000
            try:
                seconds, peak, code, said = run(command, file)
            except (subprocess.TimeoutExpired, ValueError):
                print(f"{name:42} {size:7.0f} kB  too long or failed", flush=True)
                continue
            outcome = said.split('"outcome":"')[1].split('"')[0] if '"outcome":"' in said else said[:60]
            cause = said.split('"message":"')[1].split('"')[0][:70] if outcome == "unreadable" else ""
            print(f"{name:42} {size:7.0f} kB {seconds:7.2f} s {peak:7.0f} MB  {code:.0f} {outcome} {cause}", flush=True)
            file.unlink()


main()
