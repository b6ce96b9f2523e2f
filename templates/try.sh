#!/bin/bash
# Installs what is missing, builds bms, and runs the main job on the example: an invented municipality with Fet's
# scorecard of 2006. The forms are filled in by openpyxl from the answers under templates/. Can be run again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.ci/install build
cmake --preset release -DBMS_TESTS=OFF
cmake --build --preset release

bms=$PWD/build/release/bms
folder=$PWD/build/example
rm -rf "$folder"

# 1 means that something was found that must be corrected, and the example has such on purpose.
found() {
    "$@" || [[ $? == 1 ]]
}

"$bms" init --template fet "$folder"
cd "$folder"
"$bms" setup ./*.xlsx
for period in 2025-T1 2025-T2 2025-T3; do # so that there is a year before to compare with
    "$bms" forms "$period" --quiet
    /usr/bin/python3 ../../templates/fill_in.py "$period"
    found "$bms" collect "$period" --quiet
done
for period in 2026-T1 2026-T2 2026-T3; do
    "$bms" forms "$period" --quiet
    /usr/bin/python3 ../../templates/fill_in.py "$period"
    echo
    found "$bms" collect "$period"
    "$bms" report "$period" --quiet
done
echo
"$bms" status 2026-T3
echo
echo "The workbooks are in build/example:"
printf '  %-20s %s\n' \
    "$(ls ./*.xlsx)" "the setup" \
    forms/ "a form for each unit and period" \
    returns/ "the forms as they came back" \
    reports/2026-T3/ "the reports"
