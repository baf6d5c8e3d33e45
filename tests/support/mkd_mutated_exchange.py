"""Mutated files through `mkd convert`, in a process of its own whose memory is its own: what went wrong, as JSON.

Called as `python mkd_mutated_exchange.py FIRST COUNT`: so many files from that number on; each number is always the same file.
"""

import csv
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

from click.testing import CliRunner
from mkd_damages import with_shared_texts
from mkd_exchange import SAMPLES, as_bytes
from mkd_mutated_run import OURS, SECONDS, SECRET, STATUS, Watch, peak_mb
from mkd_mutated_texts import mutated_text
from mkd_mutated_workbooks import mutated_content

from mkd_hrms.exchange import profiles
from mkd_hrms.exchange.values import FORMULA
from mkd_hrms.exchange.writing import NUMBER
from mkd_hrms.simulate.commandline import mkd

FILES = sorted(SAMPLES.glob("good/*"))


@cache
def book_of(path: Path) -> bytes:
	"""A sample as a workbook."""
	with path.open(encoding="utf-8-sig", newline="") as file:
		lines = list(csv.reader(file, delimiter="," if path.stem == "siasn-discipline" else ";"))
	return with_shared_texts(as_bytes([line for line in lines if line[:1] != ["sep=;"]]))


def mutated(random: Random, path: Path, secret: str) -> bytes:
	"""A sample as a text or as a workbook, changed."""
	if path.suffix == ".dat" or random.random() < 0.6:
		content = path.read_bytes()
		if random.random() < 0.5:
			# The changes of texts look for commas.
			content = content.replace(b";", b",")
		return mutated_text(random, content, secret)
	return mutated_content(random, book_of(path), secret)


def judged(file: Path, options: list[str], watch: Watch, said: Path) -> list[str]:
	"""What must not come of converting a file."""
	out, begun = said / "out", time.monotonic()
	arguments = ["convert", "--in", str(file), "--out", str(out), "--today", "2026-11-30", *options]
	watch.on = True
	result = CliRunner().invoke(mkd, arguments)
	watch.on = False
	wrong = []
	if result.exception and not isinstance(result.exception, SystemExit):
		wrong.append("".join(traceback.format_exception(*result.exc_info)[-6:]))
	if result.exit_code not in (0, 1) or not result.output.strip():
		wrong.append(f"ended with {result.exit_code}: {result.output[-300:]}")
	if out.exists() != (result.exit_code == 0):
		wrong.append(
			f"ended with {result.exit_code}, and the folder is {'' if out.exists() else 'not '}there"
		)
	there = {path.name for path in said.iterdir()}
	if there - {"out", "out-rejected.csv"}:
		wrong.append(f"left behind {there}")
	written = "".join(path.read_text() for path in said.rglob("*.csv"))
	if SECRET in result.output + written:
		wrong.append("told what stands in another file")
	if "\x1b" in result.output + written:
		wrong.append("gave the terminal an order")
	wrong += [f"wrote the formula {cell!r}" for cell in formulas(said / "out-rejected.csv")]
	if time.monotonic() - begun > SECONDS:
		wrong.append(f"took {time.monotonic() - begun:.0f} seconds")
	wrong += watch.seen
	watch.seen = []
	return wrong


def forget_peak() -> None:
	"""What was held to make a file is none of what it takes to read it."""
	if STATUS.exists():
		STATUS.with_name("clear_refs").write_text("5")


def formulas(path: Path) -> list[str]:
	"""What a spreadsheet would run in the list of what was rejected."""
	if not path.exists():
		return []
	with path.open(encoding="utf-8-sig", newline="") as file:
		cells = [cell for line in csv.reader(file) for cell in line]
	return [cell for cell in cells if FORMULA.match(cell) and cell[0] != "'" and not NUMBER.fullmatch(cell)]


def main(first: int, count: int) -> dict:
	"""So many mutated files; each that goes wrong with what happened."""
	outside = Path(tempfile.mkdtemp(prefix="mkd-outside-"))
	secret = outside / "rahasia.csv"
	secret.write_text(f"name\n{SECRET}\n")
	watch, wrong = Watch(), {}
	watch.allowed = (*OURS, tempfile.gettempdir() + "/mkd-file-", tempfile.gettempdir() + "/tmp")
	peak = (0, "")
	codes, of = dict.fromkeys(("read", "refused"), 0), Counter()
	for number in range(first, first + count):
		random = Random(number)
		path = random.choice(FILES)
		folder = Path(tempfile.mkdtemp(prefix="mkd-file-"))
		said = folder / "said"
		said.mkdir()
		file = folder / random.choice(("berkas", "berkas.csv", "berkas.xlsx", "attlog.dat"))
		file.write_bytes(mutated(random, path, str(secret)))
		named = random.choice((None, None, None, path.stem, path.stem, random.choice(profiles.names())))
		options = ["--language", random.choice(("en", "id")), *(("--profile", named) if named else ())]
		forget_peak()
		if found := judged(file, options, watch, said):
			wrong[f"{number}: {path.name} {options}"] = found
		peak = max(peak, (peak_mb(), f"{number}: {path.name}"))
		of[path.stem] += 1
		codes["read" if (said / "out").exists() else "refused"] += 1
		shutil.rmtree(folder)
	there = sorted(path.name for path in outside.iterdir())
	if there != [secret.name] or SECRET not in secret.read_text():
		wrong["outside"] = [f"{there}"]
	shutil.rmtree(outside)
	return {
		"files": count,
		**codes,
		"of": dict(sorted(of.items())),
		"wrong": wrong,
		"megabytes": peak[0],
		"for": peak[1],
	}


if __name__ == "__main__":
	print(json.dumps(main(*map(int, sys.argv[1:]))))
