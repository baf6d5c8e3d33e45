"""Marks databases as in use, so that those of a run that was killed can be told from those of a live one.

A run holds a lock on a file named after its database. The operating system drops the lock with the process,
however it ends; a file that nobody locks therefore names a left-over.
"""

import fcntl
from contextlib import contextmanager

from .console import HarnessError
from .paths import CACHE

FOLDER = CACHE / "databases"


def drop_stale_databases(server):
	for path in FOLDER.glob("*.lock"):
		with path.open() as file:
			if not _lock(file):
				continue
			server.drop(path.stem)
			path.unlink(missing_ok=True)


@contextmanager
def temporary_database(server, name, keep=False):
	"""Create an empty database for the length of the block; `keep` leaves it behind on purpose."""
	FOLDER.mkdir(parents=True, exist_ok=True)
	with exclusive(FOLDER / f"{name}.lock"):
		try:
			yield server.create(name)
		finally:
			if not keep:
				server.drop(name)


@contextmanager
def exclusive(path):
	"""Hold the lock file `path`, or refuse: two runs in one checkout would overwrite each other's site."""
	with path.open("a") as file:
		if not _lock(file):
			raise HarnessError(f"Another run of this checkout is under way ({path.name}); wait for its end.")
		try:
			yield
		finally:
			path.unlink(missing_ok=True)


def _lock(file):
	try:
		fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except OSError:
		return False
	return True
