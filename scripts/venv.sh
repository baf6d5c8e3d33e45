#!/usr/bin/env bash
# Creates .venv with the tools of the pure suite and of `make lint`; does nothing when it is up to date.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=${PYTHON:-python3}
stamp=.venv/.stamp

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
	echo "Python 3.10 or newer is needed; '$python' is not. Choose another: make PYTHON=python3.11 ..." >&2
	exit 1
fi

wanted=$({ "$python" --version; sha256sum pyproject.toml; } | sha256sum)
if [[ -f $stamp && $(<"$stamp") == "$wanted" ]]; then
	exit 0
fi

echo "Setting up .venv ..."
rm -rf .venv
if ! "$python" -m venv .venv; then
	echo "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2
	exit 1
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=22.3'
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
echo "$wanted" >"$stamp"
