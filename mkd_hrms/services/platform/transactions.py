"""Work that is done for many, one after the other or in sets, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from rq.timeouts import JobTimeoutException

import frappe

Item = TypeVar("Item")
Answer = TypeVar("Answer")
# Another transaction was in the way; the same is tried again so often.
IN_THE_WAY, TRIES = (frappe.QueryDeadlockError, frappe.QueryTimeoutError), 3


def again_if_kept_out(work: Callable[[], Answer]) -> Answer:
	"""Do all of a transaction; what another one was in the way of is done again from its beginning.

	Raises QueryDeadlockError and QueryTimeoutError where that does not help.
	"""
	for _left in range(TRIES - 1):
		try:
			return work()
		except IN_THE_WAY:
			frappe.db.rollback()
	return work()


def on_its_own(work: Callable[[], object], title: str, doctype: str, name: str) -> bool:
	"""Do and commit it. What fails is undone and logged, and keeps nothing else waiting; False says that it failed.

	That the time of the whole job is over is no failure of this work: it ends the job. Raises JobTimeoutException.
	"""
	try:
		work()
		frappe.db.commit()
	except JobTimeoutException:
		frappe.db.rollback()
		raise
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
		frappe.db.commit()
		return False
	return True


def or_without(work: Callable[[], object], title: str, doctype: str, name: str) -> bool:
	"""As `on_its_own`, but part of the caller's transaction, which goes on without what fails.

	Raises JobTimeoutException.
	"""
	frappe.db.savepoint("mkd_or_without")
	try:
		work()
	except JobTimeoutException:
		raise
	except Exception:
		frappe.db.rollback(save_point="mkd_or_without")
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
		return False
	return True


def in_sets(
	items: Sequence[Item],
	work: Callable[[Sequence[Item]], Any],
	about: Callable[[Item], tuple[str, str, str]],
) -> list[Any]:
	"""Do many in one transaction. What fails is undone and done in halves, down to the one that cannot be done.

	That one is logged with what `about` says of it: title, DocType, name. Returns what `work` said of each set that was
	stored. Raises JobTimeoutException.
	"""
	if not items:
		return []
	answers: list[Any] = []
	if len(items) == 1:
		on_its_own(lambda: answers.append(work(items)), *about(items[0]))
		return answers
	try:
		answer = work(items)
		frappe.db.commit()
	except JobTimeoutException:
		frappe.db.rollback()
		raise
	except Exception:
		frappe.db.rollback()
		frappe.clear_messages()
	else:
		return [answer]
	half = len(items) // 2
	again = partial(in_sets, work=work, about=about)
	return again(items[:half]) + again(items[half:])
