"""What one evaluation came to, of a share or of some people: counted with every chunk, and closed with its result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.constants import BY_HAND, COMPLETED, EVALUATION_RUN, INTERRUPTED, RUN_FAILED
from mkd_hrms.facts.agency import count_active
from mkd_hrms.facts.database.scope import EVERYBODY
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.shares import Part
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.evaluation import run_shares
from mkd_hrms.services.standing.refresh import Evaluated, Listener

# So many people who could not be judged are named, and explained in the Error Log; the others are counted.
NAMED = 100


class RunRecord:
	"""How it goes. Some people who are evaluated have no run, unless something goes wrong."""

	def __init__(self, company: str, trigger: str, listeners: Iterable[Listener] = ()) -> None:
		self.company, self.trigger, self.listeners = company, trigger, tuple(listeners)
		self.run, self.number, self.share = None, 0, EVERYBODY
		# Whether this was the last share of its run.
		self.was_last = False
		self.begin_again()

	def take(self, run: str, number: int) -> bool:
		"""Begin a share of a run. False where somebody has begun it already."""
		share = run_shares.begin(run, number)
		if share is not None:
			self.run, self.number, self.share = run, number, share
		return share is not None

	def begin_again(self) -> None:
		"""Nothing has been counted yet."""
		self.evaluated = self.changed = 0
		self.obstacles: dict[str, str] = {}
		self.tracebacks: list[str] = []

	def listen(self, chunk: Sequence[Evaluated]) -> None:
		"""Told of every chunk before it is committed: what is counted here is stored together with it."""
		for tell in self.listeners:
			tell(chunk)
		self.evaluated += len(chunk)
		self.changed += sum(entry.changed for entry in chunk)
		if self.run:
			counts = {"evaluated": self.evaluated, "changed": self.changed}
			shares = run_shares.count(self.run, self.number, **counts)
			frappe.db.after_commit.add(lambda: show(self.run, self.company, self.trigger, shares))

	def note_obstacle(self, person: Person, error: Exception) -> None:
		"""One broken record stops nobody else; called while the error is being handled. Raises JobTimeoutException."""
		if isinstance(error, JobTimeoutException):
			raise error
		self.obstacles[person.employee] = f"{person.employee_name} ({person.employee}): {error!r}"
		if len(self.tracebacks) < NAMED:
			self.tracebacks.append(f"{person.employee}\n{frappe.get_traceback()}")

	def complete(self, counts: Mapping[str, int]) -> None:
		"""Everybody was judged, but for whom the rules could not judge."""
		if self.obstacles and not self.run:
			self._open()
		if self.run:
			self._end(COMPLETED, **counts, **self._obstacles_told())

	def fail(self, error: Exception) -> None:
		"""Called while the error is being handled. What was committed before stays."""
		# Without the values of variables: they hold what HR knows about people.
		traceback = frappe.get_traceback()
		frappe.db.rollback()
		if not self.run:
			self._open()
		reason = f"{type(error).__name__}: {error}"
		self._end(RUN_FAILED, error=reason, error_log=_log(self.company, self.run, traceback))

	def _open(self) -> None:
		"""A run for single people, only to say what went wrong."""
		people = count_active(SiteDatabase(), [self.company])
		self.run = run_shares.open_run(self.company, self.trigger, [Part(EVERYBODY, people)])

	def _end(self, status: str, **result) -> None:
		self.was_last = run_shares.end(self.run, self.number, status=status, **result)

	def _obstacles_told(self) -> dict:
		if not self.obstacles:
			return {}
		lines = list(self.obstacles.values())[:NAMED]
		if more := len(self.obstacles) - len(lines):
			lines.append(_("and {0} more").format(more))
		log = _log(self.company, self.run, "\n\n".join(self.tracebacks))
		return {"failed": len(self.obstacles), "error": "\n".join(lines), "error_log": log}


def close(run: str) -> None:
	"""The run is over: failed if a share failed, interrupted if one was killed. Commits."""
	document, shares = frappe.get_doc(EVALUATION_RUN, run), run_shares.shares_of(run)
	states = {share["status"] for share in shares}
	status = next((state for state in (RUN_FAILED, INTERRUPTED) if state in states), COMPLETED)
	ended = clock.now()
	values = {
		"status": status,
		"ended": ended,
		"seconds": round((ended - document.started).total_seconds(), 1),
		"error": _errors_of(shares),
		"error_log": next((share["error_log"] for share in shares if share.get("error_log")), None),
		**({"progress": 100} if status == COMPLETED else {}),
	}
	try:
		# Tells the notifications of the change.
		document.db_set(values)
	except JobTimeoutException:
		raise
	except Exception:
		# A notification that somebody broke must not leave the run unfinished.
		frappe.db.rollback()
		_log(document.company, run, frappe.get_traceback())
		frappe.db.set_value(EVALUATION_RUN, run, values)
	frappe.db.after_commit.add(lambda: show(run, document.company, document.trigger, shares, over=True))
	frappe.db.commit()
	if status == RUN_FAILED and document.trigger == BY_HAND:
		said = _("The evaluation of {0} failed: {1}").format(
			document.company, get_link_to_form(EVALUATION_RUN, run)
		)
		frappe.publish_realtime("msgprint", said, user=document.started_by)


def close_what_was_killed(company: str) -> None:
	"""Where no run of the company is under way, one that still says so was killed."""
	for run in run_shares.running(company):
		reason = _("The worker ended before the run did. The next run began anew.")
		said = "\n".join(filter(None, (reason, _errors_of(run_shares.shares_of(run)))))
		frappe.db.set_value(EVALUATION_RUN, run, {"status": INTERRUPTED, "error": said})
	frappe.db.commit()


def _errors_of(shares: Sequence[Mapping]) -> str | None:
	"""What went wrong, by share where there are several."""
	said = {}
	for number, share in enumerate(shares, 1):
		if share["status"] == INTERRUPTED:
			said[number] = _("The worker was killed; the next run evaluates everybody.")
		elif share.get("error"):
			said[number] = share["error"]
	if len(shares) > 1:
		said = {
			number: _("Share {0} of {1}: {2}").format(number, len(shares), error)
			for number, error in said.items()
		}
	return "\n".join(said.values()) or None


def show(run: str, company: str, trigger: str, shares: Sequence[Mapping], over: bool = False) -> None:
	"""On the form and the list of the run, and to whoever started it by hand. Called after a commit."""
	evaluated, people = (sum(share.get(name, 0) for share in shares) for name in ("evaluated", "people"))
	percent = 100 if over else min(99, 100 * evaluated // max(people, 1))
	title = _("Evaluation of {0}").format(company)
	said = _("{0} of {1} people").format(evaluated, max(people, evaluated))
	frappe.publish_progress(percent, title, EVALUATION_RUN, run, said)
	if trigger == BY_HAND:
		frappe.publish_progress(percent, title, description=said)
	frappe.get_doc(EVALUATION_RUN, run).notify_update()


def _log(company: str, run: str, text: str) -> str:
	return frappe.log_error(f"MKD evaluation of {company}", text, EVALUATION_RUN, run).name
