"""Rows that a thread takes from the database before anybody asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from itertools import islice
from queue import Full, Queue
from threading import Event, Thread
from typing import Any

# Rows that are handed over together, and how many such bundles wait at most: the memory has a limit.
BUNDLE, WAITING = 50, 40
# How often a full queue looks whether anybody still wants its rows.
SECONDS = 0.2


class TakenAhead(Iterator):
	"""The rows of a source, taken from now on, as many as a queue holds. What goes wrong is raised to the taker."""

	def __init__(self, source: Iterator[Any]) -> None:
		self._source, self._queue, self._unwanted = source, Queue(WAITING), Event()
		self._bundle: Iterator[Any] = iter(())
		# In a context of its own: a thread has no site until it is given one.
		self._thread = Thread(target=copy_context().run, args=(self._take,), daemon=True)
		self._thread.start()

	def __next__(self) -> Any:
		for row in self._bundle:
			return row
		bundle = self._queue.get()
		if isinstance(bundle, Exception):
			raise bundle
		if bundle is None:
			# Whoever asks once more must not wait for a thread that has ended.
			self._queue.put(None)
			raise StopIteration
		self._bundle = iter(bundle)
		return next(self._bundle)

	def stop(self) -> None:
		"""Nobody wants the other rows: the thread ends, and with it the use of its connection."""
		self._unwanted.set()
		self._thread.join()

	def _take(self) -> None:
		try:
			while bundle := list(islice(self._source, BUNDLE)):
				if not self._handed_over(bundle):
					break
			self._source.close()
			self._handed_over(None)
		except Exception as error:
			self._handed_over(error)

	def _handed_over(self, bundle: Any) -> bool:
		while not self._unwanted.is_set():
			try:
				self._queue.put(bundle, timeout=SECONDS)
			except Full:
				continue
			return True
		return False
