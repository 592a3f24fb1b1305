#!/bin/sh
# What makes two values comparable (tests/score/values.py), where there is a Python.
set -u
if python3 -c '' 2>/dev/null; then exec python3 tests/score/values.py --selftest; fi
echo "python3 is not there: what scores values was not tried"
echo "0 passed, 0 failed"
