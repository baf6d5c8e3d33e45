"""The record of one evaluation run: opened, kept up with every chunk, and closed with what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.constants import BY_HAND, COMPLETED, EVALUATION_RUN, RUN_FAILED, RUNNING
from mkd_hrms.facts.agency import count_active
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.standing.refresh import Evaluated, Listener

# So many people who could not be judged are named, and explained in the Error Log; the others are counted.
NAMED = 100


class RunRecord:
	"""How a run goes. A run that was not opened writes no record unless something goes wrong."""

	def __init__(self, company: str, trigger: str, listeners: Iterable[Listener] = ()) -> None:
		self.company, self.trigger, self.listeners = company, trigger, tuple(listeners)
		self.started, self._began = clock.now(), time.monotonic()
		self.document = None
		self.total = 0
		self.begin_again()

	@property
	def name(self) -> str:
		return self.document.name

	def begin_again(self) -> None:
		"""Nothing has been counted yet."""
		self.evaluated = self.changed = 0
		self.obstacles: dict[str, str] = {}
		self.tracebacks: list[str] = []

	def open(self) -> None:
		"""Store the record, so that everybody sees the run while it goes on."""
		self.total = count_active(SiteDatabase(), [self.company])
		self.document = frappe.get_doc(
			{
				"doctype": EVALUATION_RUN,
				"company": self.company,
				"trigger": self.trigger,
				"status": RUNNING,
				"evaluated_for": clock.today() + timedelta(days=1),
				"started": self.started,
				"started_by": frappe.session.user,
			}
		)
		self.document.flags.from_evaluation = True
		self.document.insert(ignore_permissions=True)
		frappe.db.commit()

	def listen(self, chunk: Sequence[Evaluated]) -> None:
		"""Told of every chunk before it is committed: what is counted here is stored together with it."""
		for tell in self.listeners:
			tell(chunk)
		self.evaluated += len(chunk)
		self.changed += sum(entry.changed for entry in chunk)
		if self.document:
			percent = min(99, 100 * self.evaluated // max(self.total, 1))
			counts = {"evaluated": self.evaluated, "changed": self.changed, "progress": percent}
			frappe.db.set_value(EVALUATION_RUN, self.name, counts)
			frappe.db.after_commit.add(lambda: self._show(percent))

	def note_obstacle(self, person: Person, error: Exception) -> None:
		"""One broken record stops nobody else; called while the error is being handled. Raises JobTimeoutException."""
		if isinstance(error, JobTimeoutException):
			raise error
		self.obstacles[person.employee] = f"{person.employee_name} ({person.employee}): {error!r}"
		if len(self.tracebacks) < NAMED:
			self.tracebacks.append(f"{person.employee}\n{frappe.get_traceback()}")

	def complete(self, counts: Mapping[str, int]) -> None:
		if self.obstacles and not self.document:
			self.open()
		if not self.document:
			return
		values = {**counts, "progress": 100, **self._obstacles_told()}
		self._close(COMPLETED, values)

	def fail(self, error: Exception) -> None:
		"""Called while the error is being handled. What was committed before stays."""
		# Without the values of variables: they hold what HR knows about people.
		traceback = frappe.get_traceback()
		frappe.db.rollback()
		if not self.document:
			self.open()
		reason = f"{type(error).__name__}: {error}"
		self._close(RUN_FAILED, {"error": reason, "error_log": self._log(traceback)})

	def _obstacles_told(self) -> dict:
		if not self.obstacles:
			return {}
		lines = list(self.obstacles.values())[:NAMED]
		if more := len(self.obstacles) - len(lines):
			lines.append(_("and {0} more").format(more))
		log = self._log("\n\n".join(self.tracebacks))
		return {"failed": len(self.obstacles), "error": "\n".join(lines), "error_log": log}

	def _log(self, text: str) -> str:
		title = f"MKD evaluation of {self.company}"
		return frappe.log_error(title, text, EVALUATION_RUN, self.name).name

	def _close(self, status: str, values: Mapping) -> None:
		seconds = round(time.monotonic() - self._began, 1)
		values = {**values, "status": status, "ended": clock.now(), "seconds": seconds}
		try:
			# Tells the notifications of the change.
			self.document.db_set(values)
		except JobTimeoutException:
			raise
		except Exception:
			# A notification that somebody broke must not leave the run unfinished.
			frappe.db.rollback()
			self._log(frappe.get_traceback())
			frappe.db.set_value(EVALUATION_RUN, self.name, values)
		frappe.db.after_commit.add(lambda: self._show(100))
		frappe.db.commit()
		if status == RUN_FAILED and self.trigger == BY_HAND:
			said = _("The evaluation of {0} failed: {1}").format(
				self.company, get_link_to_form(EVALUATION_RUN, self.name)
			)
			frappe.publish_realtime("msgprint", said, user=frappe.session.user)

	def _show(self, percent: int) -> None:
		"""On the form and the list of the run, and to whoever started it by hand. Called after a commit."""
		title = _("Evaluation of {0}").format(self.company)
		said = _("{0} of {1} people").format(self.evaluated, max(self.total, self.evaluated))
		frappe.publish_progress(percent, title, EVALUATION_RUN, self.name, said)
		if self.trigger == BY_HAND:
			frappe.publish_progress(percent, title, description=said)
		self.document.notify_update()
