"""How the harness talks: steps with their seconds, banners, and errors that end the run."""

import signal
import sys
import time
from contextlib import contextmanager


class HarnessError(Exception):
	"""The run cannot go on, and the message says what the developer can do about it."""


@contextmanager
def step(title):
	"""Announce a piece of work and, once it is done, the seconds it took."""
	print(f"==> {title} ...", flush=True)
	started = time.monotonic()
	yield
	print(f"==> {title}: {time.monotonic() - started:.1f} s", flush=True)


def banner(*lines):
	edge = "!" * 100
	print("\n".join(["", edge, *(f"!! {line}" for line in lines), edge, ""]), flush=True)


def fail(message):
	print(f"\nERROR: {message}", file=sys.stderr, flush=True)
	return 1


def clean_up_when_terminated():
	"""Let SIGTERM unwind the stack as Ctrl-C does: servers are stopped, databases dropped."""
	signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
