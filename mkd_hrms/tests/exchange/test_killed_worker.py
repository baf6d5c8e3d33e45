"""A worker in a process of its own is killed as no program can refuse, and another one ends what it began."""

import time

import frappe

from mkd_hrms.constants import CHECKIN, IMPORT_LINE
from mkd_hrms.tests.support import other_process
from mkd_hrms.tests.support.import_case import ImportCase, kmob, places
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
SLOWLY_BACK = """
import time
from mkd_hrms.services.imports import applying, undoing
undoing.AT_ONCE = 20
put_back = undoing._put_back

def slowly(*args):
	time.sleep(0.2)
	return put_back(*args)

undoing._put_back = slowly
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

	def test_nothing_is_lost_and_nothing_doubled_while_it_is_taken_back(self):
		people, (pattern, numbers) = [self.member() for _ in range(PEOPLE)], DAYS
		doc = self.applied(places(people, [pattern.format(day) for day in numbers]))
		# A number that is given back is given to the next check-in.
		frappe.db.delete("Deleted Document", {"deleted_doctype": CHECKIN})
		frappe.db.commit()
		count = self.stored(doc, 1)
		self.assertEqual(count, 2 * len(people) * len(numbers))
		with acting_as(self.officer):
			doc.undo_import()
		frappe.db.commit()
		process = other_process.python(SLOWLY_BACK, name=doc.name)
		self.addCleanup(process.wait)
		self.addCleanup(process.kill)
		self.assertEqual(process.stdout.readline().strip(), "ready")
		self.stored(doc, 1, undone=1)
		process.kill()
		process.wait()
		back = self.stored(doc, 1, undone=1)
		self.assertLess(back, count)
		self.assertEqual(self.taken_back(doc), back)
		doc.reload()
		self.assertEqual(doc.status, "Undoing")
		self.work(doc)
		self.assertEqual((doc.status, self.stored(doc, 1, undone=1)), ("Undone", count))
		self.assertEqual((self.taken_back(doc), self.attendance(people)), (count, 0))

	def taken_back(self, doc):
		"""How many records of an import are cancelled or deleted; each once."""
		lines = frappe.get_all(
			IMPORT_LINE, {"mkd_import": doc.name}, ["document_type", "document_name"], as_list=True
		)
		of = {kind: [name for each, name in lines if each == kind] for kind in (ATTENDANCE, CHECKIN)}
		cancelled = frappe.get_all(ATTENDANCE, {"name": ("in", of[ATTENDANCE]), "docstatus": 2}, pluck="name")
		versions = frappe.get_all("Version", {"docname": ("in", of[ATTENDANCE])}, pluck="docname")
		self.assertEqual(sorted(versions), sorted(cancelled))
		deleted = frappe.get_all(
			"Deleted Document", {"deleted_name": ("in", of[CHECKIN])}, pluck="deleted_name"
		)
		there = frappe.get_all(CHECKIN, {"name": ("in", of[CHECKIN])}, pluck="name")
		self.assertEqual(sorted([*deleted, *there]), sorted(of[CHECKIN]))
		return len(cancelled) + len(deleted)

	def stored(self, doc, at_least, **values):
		"""How many lines there are; waited for, as the other process commits when it likes."""
		until = time.monotonic() + 60
		while True:
			frappe.db.rollback()
			found = frappe.db.count(IMPORT_LINE, {"mkd_import": doc.name, **values})
			if found >= at_least or time.monotonic() > until:
				return found
			time.sleep(0.1)

	def attendance(self, people):
		of = {"employee": ("in", [each.name for each in people]), "docstatus": 1}
		found = frappe.get_all(ATTENDANCE, of, ["employee", "attendance_date"], as_list=True)
		self.assertEqual(len(found), len(set(found)))
		return len(found)
