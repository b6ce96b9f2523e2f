#!/bin/bash
# Installs what is missing, builds bms, and runs the main job on the example: two years of an invented municipality with
# Fet's scorecard of 2006. The forms are filled in by openpyxl from the answers in templates/fet/answers. build/example
# is replaced each time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build() {
    .ci/install build && cmake --preset release -DBMS_TESTS=OFF && cmake --build --preset release
}

mkdir -p build
echo "Installerer det som mangler, og bygger bms. Det tar noen minutter. Logg: build/try.log"
if ! build >build/try.log 2>&1; then
    tail -n 40 build/try.log >&2
    echo "Det gikk ikke. Hele loggen ligger i build/try.log." >&2
    exit 1
fi

bms=$PWD/build/release/bms
fill_in=$PWD/templates/fill_in.py
folder=$PWD/build/example
counted=$(mktemp)
trap 'rm -f "$counted"' EXIT

# Exit code 1 means that something must be corrected, which the example has on purpose.
found() {
    "$@" || [[ $? == 1 ]]
}

# at DAY COMMAND…: as if it were that day, so that the dates in the workbooks fit the periods, whenever this is run.
at() {
    SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s) "${@:2}"
}

declare -A sent=([2025-T1]=2025-05-01 [2025-T2]=2025-09-01 [2025-T3]=2026-01-04
                 [2026-T1]=2026-05-01 [2026-T2]=2026-09-01 [2026-T3]=2027-01-04)
declare -A reported=([2025-T1]=2025-05-20 [2025-T2]=2025-09-22 [2025-T3]=2026-01-22
                     [2026-T1]=2026-05-20 [2026-T2]=2026-09-22 [2026-T3]=2027-01-22)

rm -rf "$folder"
echo
at 2025-04-20 "$bms" init --template fet "$folder" --quiet
cd "$folder"
at 2025-04-20 "$bms" setup setup.xlsx
for period in 2025-T1 2025-T2 2025-T3 2026-T1 2026-T2 2026-T3; do
    echo
    echo "== $period"
    at "${sent[$period]}" "$bms" forms "$period" --quiet
    /usr/bin/python3 "$fill_in" "$period"
    at "${reported[$period]}" found "$bms" check "$period" 2>/dev/null
    at "${reported[$period]}" found "$bms" collect "$period" --json >>"$counted"
    at "${reported[$period]}" "$bms" report "$period" --quiet
done

echo
echo "== Status"
at "${reported[2026-T3]}" "$bms" status 2026-T3
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
