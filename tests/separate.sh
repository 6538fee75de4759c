#!/bin/bash
# separate.sh: compiles every source by itself, as the builds do not (assets/cmake/Rooms.cmake), to find a missing #include.
# For a nightly run: ten minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset debug -B build/separate -DSMARTCA_UNITY=OFF -DCMAKE_CXX_FLAGS_DEBUG=-O0
cmake --build build/separate -j "$(nproc)"
