#!/bin/bash
# Installs what is missing, builds (preset dev) and runs all tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.ci/install test
cmake --preset dev
cmake --build --preset dev
ctest --preset dev --parallel "$(nproc)"
