#!/bin/sh
# Makes build/packaging/venv: the program's own requirements and what makes packages, nothing of the checks.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
venv=build/packaging/venv
want=$(cat requirements/app.txt requirements/packaging.txt | cksum)
if [ ! -f $venv/ready ] || [ "$(cat $venv/ready)" != "$want" ]; then
    echo "Setting up $venv…"
    [ -d $venv ] || "$PYTHON" -m venv $venv
    python=$venv/bin/python
    [ -x $python ] || python=$venv/Scripts/python.exe
    $python -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
        -r requirements/app.txt -r requirements/packaging.txt
    echo "$want" >$venv/ready
fi
