"""A worker in a process of its own is killed as no program can refuse, and another one ends what it began."""

import time

import frappe

from mkd_hrms.constants import IMPORT_LINE
from mkd_hrms.tests.support import other_process
from mkd_hrms.tests.support.import_case import ImportCase, kmob
from mkd_hrms.tests.support.people import acting_as

PEOPLE, DAYS = 6, ("2026-10-{:02d}", range(1, 29))
ATTENDANCE = "Attendance"
# It stores few rows a transaction, each a moment after the other, so that it is met on its way.
SLOW = """
import time
from mkd_hrms.services.imports import applying, looking
looking.AT_ONCE = 4
store = applying._store

def slowly(*args):
	time.sleep(0.2)
	return store(*args)

applying._store = slowly
print("ready", flush=True)
applying.work(name)
"""


class TestKilled(ImportCase):
	def test_nothing_is_lost_and_nothing_doubled(self):
		people, (pattern, numbers) = [self.member() for _ in range(PEOPLE)], DAYS
		rows = [(each.mkd_nip, pattern.format(day), "WFO") for each in people for day in numbers]
		doc = self.checked(kmob(*rows))
		self.assertEqual(self.counts(doc), (len(rows), 0, 0, 0))
		with acting_as(self.officer):
			doc.apply_file()
		frappe.db.commit()
		process = other_process.python(SLOW, name=doc.name)
		self.addCleanup(process.wait)
		self.addCleanup(process.kill)
		self.assertEqual(process.stdout.readline().strip(), "ready")
		lines = self.stored(doc, 1)
		process.kill()
		process.wait()
		lines = self.stored(doc, 1)
		self.assertLess(lines, len(rows))
		self.assertEqual(self.attendance(people), lines)
		doc.reload()
		self.assertEqual(doc.status, "Applying")
		self.work(doc)
		self.assertEqual((doc.status, self.counts(doc)), ("Applied", (len(rows), 0, 0, 0)))
		self.assertEqual((self.stored(doc, 1), self.attendance(people)), (len(rows), len(rows)))

	def stored(self, doc, at_least):
		"""How many lines there are; waited for, as the other process commits when it likes."""
		until = time.monotonic() + 60
		while True:
			frappe.db.rollback()
			found = frappe.db.count(IMPORT_LINE, {"mkd_import": doc.name})
			if found >= at_least or time.monotonic() > until:
				return found
			time.sleep(0.1)

	def attendance(self, people):
		of = {"employee": ("in", [each.name for each in people]), "docstatus": 1}
		found = frappe.get_all(ATTENDANCE, of, ["employee", "attendance_date"], as_list=True)
		self.assertEqual(len(found), len(set(found)))
		return len(found)
