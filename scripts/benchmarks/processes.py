"""Seconds and memory of a command with all the processes that it starts. Standard library only."""

import subprocess
import time
from pathlib import Path
from threading import Event, Thread

INTERVAL = 0.25


def run_measured(command, **options):
	"""Run a command. Returns its seconds and the most memory that it and its children held at one moment."""
	started, ended, peak = time.monotonic(), Event(), [0]
	with subprocess.Popen(list(map(str, command)), **options) as process:
		watcher = Thread(target=_watch, args=(process.pid, ended, peak))
		watcher.start()
		try:
			exit_code = process.wait()
		except BaseException:
			process.terminate()
			raise
		finally:
			ended.set()
			watcher.join()
	if exit_code:
		raise subprocess.CalledProcessError(exit_code, command)
	return {"seconds": time.monotonic() - started, "peak_mb": peak[0] / 1024}


def _watch(pid, ended, peak):
	while not ended.wait(INTERVAL):
		peak[0] = max(peak[0], sum(map(kilobytes, with_descendants(pid))))


def with_descendants(pid):
	"""A process and all that it and its children have started."""
	children = {}
	for path in Path("/proc").glob("[0-9]*/stat"):
		try:
			# The name in parentheses may hold blanks; the parent is the second field after it.
			parent = int(path.read_text().rpartition(")")[2].split()[1])
		except OSError:
			continue
		children.setdefault(parent, []).append(int(path.parent.name))
	found = [pid]
	for each in found:
		found.extend(children.get(each, ()))
	return found


def kilobytes(pid):
	"""A process's own share of memory: pages that several processes hold are divided among them."""
	try:
		lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
	except OSError:
		return 0
	return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
