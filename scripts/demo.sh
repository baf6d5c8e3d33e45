#!/usr/bin/env bash
# A thousand invented employees, judged by the shipped policy; needs neither a bench nor Frappe.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=build/demo
mkd=.venv/bin/mkd

"$mkd" sample --employees 1000 --seed 1 --out "$out/sample" --overwrite
"$mkd" check "$out/sample" --out "$out/report.html" --json "$out/decisions.json" --csv "$out/people.csv"
"$mkd" check "$out/sample" --language id --out "$out/laporan.html" --quiet
echo
echo "Open the report:    $PWD/$out/report.html"
echo "Bahasa Indonesia:   $PWD/$out/laporan.html"
