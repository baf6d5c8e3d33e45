"""Files for other systems: people of a unit of their own, what is recorded of them, and the files that are written of it."""

import io
import zipfile
from dataclasses import fields, is_dataclass, replace
from itertools import count
from pathlib import Path

import frappe

from mkd_hrms.constants import DAY, EXPORT
from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy import packs
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.exports import writing
from mkd_hrms.services.platform.attached_files import path_of
from mkd_hrms.tests.support.import_case import ImportCase
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.world import COMPANY, TODAY

FIRST, LAST = "2026-11-01", "2026-11-30"
PROFILE = "File of a Profile"
_slots = count(1)


def unnamed(found):
	"""Facts without the names of the records that tell of them: read again, a record has another one."""
	if is_dataclass(found):
		names = [each.name for each in fields(found) if each.name != "record"]
		return {name: unnamed(getattr(found, name)) for name in names}
	if isinstance(found, dict):
		return {key: unnamed(value) for key, value in found.items()}
	return [unnamed(value) for value in found] if isinstance(found, tuple | list) else found


class ExportCase(ImportCase):
	def setUp(self):
		super().setUp()
		unit = {"doctype": "Department", "company": COMPANY, "parent_department": "All Departments"}
		unit["department_name"] = f"Unit {frappe.generate_hash(length=6)}"
		self.unit = frappe.get_doc(unit).insert(ignore_permissions=True).name
		frappe.db.commit()

	@classmethod
	def clear(cls):
		super().clear()
		for name in frappe.get_all(EXPORT, pluck="name"):
			frappe.delete_doc(EXPORT, name, force=True)
		frappe.db.commit()

	def member(self, **values):
		return super().member(**{"department": self.unit, **values})

	def recorded(self, doctype, employee, **values):
		"""A row as it stands after it was submitted."""
		if frappe.get_meta(doctype).has_field("company"):
			values.setdefault("company", COMPANY)
		row = store_row(doctype, employee.name, **{"docstatus": 1, **values})
		frappe.db.commit()
		return row

	def attended(self, employee, day, status, **values):
		return self.recorded("Attendance", employee, attendance_date=day, **{"status": status, **values})

	def away(self, employee, day, status="Approved"):
		values = {"mkd_date": day, "person": employee.mkd_nip, "status": status, "department": self.unit}
		week = f"2026-W{frappe.utils.getdate(day).isocalendar().week}"
		return self.recorded(DAY, employee, iso_week=week, slot=next(_slots), docstatus=0, **values)

	def asked(self, profile=None, user=None, **values):
		"""An export as the form sends it."""
		values = {
			**{"company": COMPANY, "from_date": FIRST, "to_date": LAST, "department": self.unit},
			**({"kind": PROFILE, "profile": profile} if profile else {}),
			**values,
		}
		with acting_as(user or self.officer):
			doc = frappe.get_doc({"doctype": EXPORT, **values}).insert()
		frappe.db.commit()
		return doc

	def exported(self, profile=None, user=None, **values):
		return self.written(self.asked(profile, user, **values))

	def written(self, doc):
		"""What the worker does."""
		writing.work(doc.name)
		frappe.set_user("Administrator")
		frappe.db.commit()
		doc.reload()
		return doc

	def content(self, doc):
		self.assertEqual(doc.status, "Completed", doc.problems)
		return path_of(doc.written_file).read_bytes()

	def unpacked(self, doc, folder):
		with zipfile.ZipFile(io.BytesIO(self.content(doc))) as archive:
			archive.extractall(folder)
		return Path(folder)

	def emptied(self, doctype, people):
		"""As a site of which these people are new."""
		frappe.db.delete(doctype, {"employee": ("in", [each.name for each in people])})
		frappe.db.commit()

	def facts(self, people, on=TODAY, database=None):
		"""What the rules see of some people, by employee; the talent box with it, which the shipped policies do not ask for."""
		database, policy = database or SiteDatabase(), packs.load("jabar-2023")
		policy = replace(policy, gates=policy.gates | {Gate.TALENT_BOX})
		scope = Scope(employees=tuple(each.name for each in people))
		found = read_people(database, scope)
		first = absence_window(on, TODAY, policy.absence_window_months, None)[0]
		calendars = read_calendars(database, found.values(), first, on)
		when = AsOf(on=on, today=TODAY, attendance_from=None)
		return unnamed(gather(database, scope, found, calendars, policy, when, until=on))
