#!/bin/bash
# Installs what is missing, builds (preset dev) and runs the tests that have a long form in full: hours, where the
# normal run takes a sample. Each prints what it tried and how it ended.
#
#     tests/long.sh          all of them
#     tests/long.sh NAME…    some: parts of the names below
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tests=(
    program_test_every_call       # every call of the system goes wrong in every verb; interrupts
    program_test_mutated_returns  # accepted numbers against openpyxl's
    fuzz_mutate_returns           # blind mutations of returns
)
# Every other test that asks for BMS_LONG belongs here too.
mapfile -t others < <(grep -ls BMS_LONG tests/program/test_*.py tests/unit/*/test_*.c |
                      sed -E 's|tests/program/(.*)\.py|program_\1|; s|.*/(test_.*)\.c|\1|' |
                      grep -vxF "$(printf '%s\n' "${tests[@]}")")
tests+=("${others[@]}")

chosen=("${tests[@]}")
(($# == 0)) || mapfile -t chosen < <(printf '%s\n' "${tests[@]}" | grep -F "$(printf '%s\n' "$@")")

.ci/install test
cmake --preset dev
cmake --build --preset dev
export BMS_LONG=1
for test in "${chosen[@]}"; do
    echo "== $test"
    ctest --preset dev --verbose --timeout 86400 --no-tests=error -R "^($test|fuzz_form|fuzz_returns)\$" |
        sed -n 's/^[0-9]*: \?//p' | grep -v '^Test \(command\|timeout\)\|^Working\|^Environment\|^ *BMS' ||
        { echo "$test failed"; failed=1; }
done
exit "${failed:-0}"
