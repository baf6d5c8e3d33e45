"""Mutated files through `mkd check`, in a process of its own whose memory is its own: what went wrong, as JSON.

Called as `python mkd_mutated_run.py FIRST COUNT`: so many files from that number on; each number is always the same file.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from click.testing import CliRunner
from mkd_mutated_books import mutated_book, mutated_parquet
from mkd_mutated_texts import mutated_text
from mkd_simulate import TINY

from mkd_hrms.simulate.commandline import mkd

HERE = Path(__file__).resolve()
SECRET = "RAHASIA-4711"
# So many files of one agency are mutated at once: each is read on its own, and some agencies have one alone, so that it goes on.
AT_ONCE = (1, 14)
# As many texts as cells may share take a machine that is busy over half a minute.
SECONDS = 120
# What the system says of this program.
STATUS = Path("/proc/self/status")
# What the command reads besides the files: itself, the libraries, and what it writes for itself.
OURS = (str(HERE.parents[2]), sys.prefix, sys.base_prefix, "/usr", "/proc", "/etc/localtime", "/dev/null")


class Watch:
	"""What Python opens outside the folders, while it is switched on; DuckDB opens nothing that it was not allowed."""

	def __init__(self) -> None:
		self.on, self.allowed, self.seen = False, OURS, []
		sys.addaudithook(self._hear)

	def _hear(self, event: str, values: tuple) -> None:
		if not self.on:
			return
		if event in ("socket.connect", "subprocess.Popen", "os.system"):
			self.seen.append(f"{event} {values!r}")
		elif event == "open" and isinstance(values[0], str | bytes):
			path = values[0] if isinstance(values[0], str) else values[0].decode()
			if path.startswith("/") and not path.startswith(self.allowed):
				self.seen.append(f"open {path}")


def mutate(random: Random, file: str, folder: Path, secret: str) -> None:
	"""One file of an agency, changed in its place."""
	way = random.random()
	stem = file.removesuffix(".csv")
	if way < 0.6:
		(folder / file).write_bytes(mutated_text(random, TINY[file].encode(), secret))
		return
	(folder / file).unlink()
	if way < 0.8:
		(folder / f"{stem}.xlsx").write_bytes(mutated_book(random, file, secret))
	elif way < 0.95:
		(folder / f"{stem}.parquet").write_bytes(mutated_parquet(random, file, secret))
	elif way < 0.97:
		wrong = random.choice((".xlsx", ".parquet"))
		(folder / f"{stem}{wrong}").write_bytes(TINY[file].encode())
	else:
		_no_file(random, folder, stem, secret)


def _no_file(random: Random, folder: Path, stem: str, secret: str) -> None:
	"""What is called like a file and is none."""
	path = folder / f"{stem}{random.choice(('.csv', '.xlsx', '.parquet'))}"
	what = random.randrange(4)
	if what == 0:
		path.mkdir()
	elif what == 1:
		path.symlink_to(path)
	elif what == 2:
		path.symlink_to(secret + ".not-there")
	else:
		(folder / f"{stem} \x1b[31m\n.csv").write_bytes(b"x")


def judged(folder: Path, watch: Watch, said: Path) -> list[str]:
	"""What must not come of checking a folder."""
	watch.on, begun = True, time.monotonic()
	result = CliRunner().invoke(
		mkd, ["check", str(folder), "--today", "2026-11-25", "--json", str(said), "--out", f"{said}.html"]
	)
	watch.on = False
	wrong = []
	if result.exception and not isinstance(result.exception, SystemExit):
		wrong.append("".join(traceback.format_exception(*result.exc_info)[-6:]))
	if result.exit_code not in (0, 1) or not result.output.strip():
		wrong.append(f"ended with {result.exit_code}: {result.output[-300:]}")
	written = "".join(path.read_text() for path in said.parent.iterdir())
	if SECRET in result.output + written:
		wrong.append("told what stands in another file")
	if "\x1b" in result.output:
		wrong.append("gave the terminal an order")
	if time.monotonic() - begun > SECONDS:
		wrong.append(f"took {time.monotonic() - begun:.0f} seconds")
	wrong += watch.seen
	watch.seen = []
	return wrong


def main(first: int, count: int) -> dict:
	"""So many mutated files; each that goes wrong with what happened."""
	outside = Path(tempfile.mkdtemp(prefix="mkd-outside-"))
	secret = outside / "rahasia.csv"
	secret.write_text(f"name\n{SECRET}\n")
	watch, wrong, done, agency, codes = Watch(), {}, 0, first, 0
	watch.allowed = (*OURS, tempfile.gettempdir() + "/mkd-agency-", tempfile.gettempdir() + "/tmp")
	while done < count:
		random = Random(agency)
		files = random.sample(sorted(TINY), random.choice(AT_ONCE))[: count - done]
		folder = Path(tempfile.mkdtemp(prefix="mkd-agency-"))
		data, said = folder / "data", folder / "said" / "all.json"
		data.mkdir()
		said.parent.mkdir()
		for name, text in TINY.items():
			(data / name).write_text(text)
		for file in files:
			mutate(random, file, data, str(secret))
		if found := judged(data, watch, said):
			wrong[f"{agency}: {', '.join(files)}"] = found
		shutil.rmtree(folder)
		done, agency, codes = done + len(files), agency + 1, codes + 1
	there = sorted(path.name for path in outside.iterdir())
	if there != [secret.name] or SECRET not in secret.read_text():
		wrong["outside"] = [f"{there}"]
	shutil.rmtree(outside)
	return {"files": done, "agencies": codes, "wrong": wrong, "megabytes": peak_mb()}


def peak_mb():
	"""Of this program until now. What `resource` tells begins with the size of whoever started it."""
	lines = STATUS.read_text().splitlines() if STATUS.exists() else ()
	own = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
	return int(own or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


if __name__ == "__main__":
	print(json.dumps(main(*map(int, sys.argv[1:]))))
