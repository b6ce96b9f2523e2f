#!/bin/bash
# Installs what is missing, builds bms, and runs the main job on the example: two years of an invented municipality with
# Fet's scorecard of 2006. The forms are filled in by openpyxl from the answers in templates/fet/answers. build/example
# is replaced each time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.ci/install build
cmake --preset release -DBMS_TESTS=OFF
cmake --build --preset release

bms=$PWD/build/release/bms
fill_in=$PWD/templates/fill_in.py
folder=$PWD/build/example
counted=$(mktemp)
trap 'rm -f "$counted"' EXIT

# Exit code 1 means that something must be corrected, which the example has on purpose.
found() {
    "$@" || [[ $? == 1 ]]
}

rm -rf "$folder"
echo
"$bms" init --template fet "$folder" --quiet
cd "$folder"
"$bms" setup setup.xlsx
for period in 2025-T1 2025-T2 2025-T3 2026-T1 2026-T2 2026-T3; do
    echo
    echo "== $period"
    "$bms" forms "$period" --quiet
    /usr/bin/python3 "$fill_in" "$period"
    found "$bms" check "$period" 2>/dev/null
    found "$bms" collect "$period" --json >>"$counted"
    "$bms" report "$period" --quiet
done

echo
echo "== Status"
"$bms" status 2026-T3
echo
/usr/bin/python3 - "$counted" <<'TABLE'
import json
import sys

outcomes = {"accepted": "tatt inn", "held": "holdt tilbake", "unreadable": "kan ikke leses",
            "duplicate": "levert før", "unfinished": "ikke ferdig"}
print("Periode  " + "  ".join(outcomes.values()))
for line in open(sys.argv[1]):
    run = json.loads(line)
    period = next(r["period"] for r in run["returns"] if r["outcome"] == "accepted")
    print(f"{period:9}" + "  ".join(f"{run[key]:{len(word)}}" for key, word in outcomes.items()))
TABLE
echo
echo "Arbeidsbøkene ligger i build/example:"
echo "  setup.xlsx        oppsettet"
echo "  forms/            et skjema for hver enhet og periode"
echo "  returns/          skjemaene slik de kom tilbake"
echo "  Mottak 2026-T2.xlsx  det som kom inn, og det du selv kan bestemme"
echo "  reports/2026-T3/  rapportene; begynn med 1000-Eksempel_kommune.xlsx"
