"""A web server whose clock the test turns: for what takes weeks, played by people with browsers.

The hands stand in a file. Each request, and whatever the scheduler would call in between, happens at the time that was
last written there; one worker without threads serves, because a frozen clock is frozen for a whole process.
"""

import os
from contextlib import contextmanager
from pathlib import Path

from freezegun import freeze_time

from frappe.app import application_with_statics

from mkd_hrms.tests.support.live_server import APPLICATION, LiveServer

HANDS = "MKD_TEST_CLOCK"


class ClockServer(LiveServer):
	"""One worker that serves at the time of `turned_to`."""

	def __init__(self):
		super().__init__(workers=1, threads=1)
		self.hands = self.sites_path / self.site / "clock"
		self.frozen = None

	def stop(self):
		super().stop()
		if self.frozen:
			self.frozen.stop()
			self.frozen = None
		self.hands.unlink(missing_ok=True)

	def turn_to(self, moment):
		"""Set the server's clock and this process's own, which decides what its browsers hold to be expired."""
		self.hands.write_text(moment)
		if self.frozen:
			self.frozen.stop()
		self.frozen = freeze_time(moment, tick=True)
		self.frozen.start()

	def _command(self, descriptor):
		ours = f"{__name__}:application()"
		command = [ours if part == APPLICATION else part for part in super()._command(descriptor)]
		command[command.index("gthread")] = "sync"
		return ["env", f"{HANDS}={self.hands}", *command]


def application():
	"""What gunicorn serves."""
	return at_the_time_of(Path(os.environ[HANDS]), application_with_statics())


def at_the_time_of(hands, served):
	def answer(environment, start_response):
		with _frozen(hands):
			# The whole answer is made here: a stream would be read after the clock has been let go.
			response = served(environment, start_response)
			try:
				return [b"".join(response)]
			finally:
				if hasattr(response, "close"):
					response.close()

	return answer


@contextmanager
def _frozen(hands):
	if not hands.exists():
		yield
		return
	with freeze_time(hands.read_text(), tick=True):
		yield
