"""Everything that our records name is renamed, merged, transferred and deleted on one world, and the audit finds nothing.

The table for readers: docs/renames-and-merges.md.
"""

import frappe

from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import DAY, ELIGIBILITY, EVALUATION_RUN, POLICY, SETTINGS
from mkd_hrms.services.policies import in_force
from mkd_hrms.services.renames.our_records import fields_naming
from mkd_hrms.tests.support.factories import applied, eligible
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import make_user, store_row
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.world import COUNTER, TODAY, classify, holiday_list

ABBREVIATIONS = {"Badan Lama": "BLm", "Badan Tujuan": "BTj"}


class TestTheTable(RecheckCase):
	"""`named` is what the employee's record names at the moment, by DocType."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.named = {
			"Company": company("Badan Lama"),
			"Designation": designation("Jabatan Lama"),
			"Holiday List": copied_list("Libur Lama"),
			"Shift Type": shift("Giliran Lama"),
		}
		cls.named["Department"] = department("Bidang Lama", cls.named["Company"])
		settings = frappe.get_doc(SETTINGS)
		last_year = {"company": cls.named["Company"], "holiday_list": holiday_list(TODAY.year - 1)}
		settings.append("calendars", last_year)
		settings.save()
		cls.employee = eligible(today=TODAY, reports_to=cls.boss, **cls.record())
		frappe.db.commit()
		cls.addClassCleanup(cls.clear_away)

	@classmethod
	def record(cls):
		fields = {"Shift Type": "default_shift"}
		return {fields.get(kind, frappe.scrub(kind)): name for kind, name in cls.named.items()}

	@classmethod
	def clear_away(cls):
		frappe.db.rollback()
		frappe.db.set_value("Employee", cls.employee.name, "status", "Left")
		frappe.db.delete("MKD Calendar", {"company": cls.named["Company"]})
		# A merge of companies leaves them twice, and the platform then makes no other company.
		frappe.db.delete("Mode of Payment Account", {"company": cls.named["Company"]})
		frappe.db.commit()

	def test_the_whole_table(self):
		self.approve(self.employee, WEEK[:1])
		applied(self.employee, WEEK[1:2])
		self.settle()
		for play in (self.rename, self.merge, self.refuse_other, self.transfer, self.delete):
			for doctype in self.named:
				with self.subTest(f"{play.__name__} {doctype}"):
					play(doctype)
		self.employee.reload()
		self.name_employee_and_user_anew()
		self.settle()
		self.assertEqual(violations([self.employee.name]), {})

	def rename(self, doctype):
		self.move(doctype, f"{self.named[doctype]} Baru", merge=False)

	def merge(self, doctype):
		"""With one that says the same."""
		self.move(doctype, self.twin(doctype), merge=True)

	def move(self, doctype, new, merge):
		old = self.named[doctype]
		self.named[doctype] = frappe.rename_doc(doctype, old, new, force=True, merge=merge)
		self.settle()
		self.assertFalse(frappe.db.exists(doctype, old))
		for found in fields_naming(doctype):
			self.assertFalse(frappe.db.exists(found.doctype, {found.field: old}), found)
		for field, value in self.record().items():
			self.assertEqual(frappe.db.get_value("Employee", self.employee.name, field), value)
		self.assertEqual(self.states(self.employee), ["Approved", "Pending"])

	def twin(self, doctype):
		make = {
			"Company": lambda: company("Badan Tujuan"),
			"Designation": lambda: designation("Jabatan Kembar"),
			"Department": lambda: department("Bidang Kembar", self.named["Company"]),
			"Holiday List": lambda: copied_list("Libur Kembar"),
			"Shift Type": lambda: shift("Giliran Kembar"),
		}
		return make[doctype]()

	def refuse_other(self, doctype):
		"""A merge with one that says something else, before anything is written."""
		other = self.other(doctype)
		if not other:
			return
		with self.assertRaises(frappe.ValidationError) as caught:
			frappe.rename_doc(doctype, self.named[doctype], other, merge=True)
		frappe.db.rollback()
		self.assertIn("(rule" if doctype != "Company" else "Employee Transfer", str(caught.exception))
		self.assertTrue(frappe.db.exists(doctype, self.named[doctype]))

	def other(self, doctype):
		if doctype == "Designation":
			return COUNTER
		if doctype == "Department":
			return department("Loket", self.named["Company"], mkd_public_service="Yes")
		if doctype == "Holiday List":
			return holiday_list(TODAY.year - 1)
		if doctype == "Company":
			own_policy("Sendiri", self.named[doctype])
			return frappe.db.get_value("Company", {"name": ("!=", self.named[doctype])})
		return None

	def transfer(self, doctype):
		"""To another one and back, without a new record: the days go along, and are judged by what holds now."""
		fieldname = {"Designation": "designation", "Department": "department"}.get(doctype)
		if not fieldname:
			return
		before, after = self.named[doctype], self.other(doctype)
		row = {"property": doctype, "fieldname": fieldname, "current": before, "new": after}
		doc = frappe.get_doc(
			{"doctype": "Employee Transfer", "employee": self.employee.name, "transfer_date": TODAY}
		)
		doc.append("transfer_details", row)
		doc.insert().submit()
		self.settle()
		self.assertEqual(self.states(self.employee), ["Suspended", "Pending"])
		frappe.get_doc("Employee Transfer", doc.name).cancel()
		self.settle()
		self.assertEqual(self.states(self.employee), ["Approved", "Pending"])
		self.assertEqual({day.department for day in self.days(self.employee)}, {self.named["Department"]})

	def delete(self, doctype):
		"""What our records rest on stays."""
		with self.assertRaises(frappe.ValidationError):
			frappe.delete_doc(doctype, self.named[doctype])
		frappe.db.rollback()
		self.assertTrue(frappe.db.exists(doctype, self.named[doctype]))

	def name_employee_and_user_anew(self):
		user = frappe.rename_doc("User", self.employee.user_id, f"baru.{self.employee.user_id}")
		self.assertEqual({day.employee for day in self.days(self.employee)}, {self.employee.name})
		name = frappe.rename_doc("Employee", self.employee.name, f"{self.employee.name}-B")
		type(self).employee = frappe.get_doc("Employee", name)
		self.assertEqual(self.employee.user_id, user)
		self.assertEqual({day.person for day in self.days(self.employee)}, {name})


class TestWhatTheEvaluationLeaves(RecheckCase):
	"""A company that nobody is on record in goes; one whose transactions are cleared keeps what was decided."""

	def test_runs_and_standings_keep_no_company_from_being_deleted(self):
		name = company("Badan Keliru")
		store_row(EVALUATION_RUN, None, company=name, status="Completed")
		store_row(ELIGIBILITY, "TIDAK-ADA", company=name)
		frappe.delete_doc("Company", name)
		for doctype in (EVALUATION_RUN, ELIGIBILITY):
			self.assertFalse(frappe.db.exists(doctype, {"company": name}), doctype)
		frappe.db.commit()

	def test_people_on_record_do(self):
		name = company("Badan Berpenghuni")
		employee = eligible(today=TODAY, company=name, department=None)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, "Employee", employee.name, "status", "Left")
		with self.assertRaises(frappe.LinkExistsError) as caught:
			frappe.delete_doc("Company", name)
		frappe.db.rollback()
		self.assertIn("MKD Performance Record", str(caught.exception))
		self.assertTrue(frappe.db.exists("Employee", employee.name))

	def test_a_company_keeps_its_own_policy_whoever_reads_while_it_is_renamed(self):
		name = company("Badan Mandiri")
		own = own_policy("Mandiri", name)
		frappe.db.commit()
		self.assertEqual(in_force.policy_on(name, TODAY).name, own.name)
		as_others_read_it = in_force.submitted_policies()
		new = frappe.rename_doc("Company", name, "Badan Mandiri Baru", force=True)
		# Until it is stored, another process finds the old name, and keeps it for all.
		frappe.cache.set_value(in_force.CACHE, as_others_read_it)
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(own.cancel)
		own.reload()
		self.assertEqual(in_force.policy_on(new, TODAY).name, own.name)

	def test_clearing_the_transactions_leaves_policies_days_and_their_attendance(self):
		name = company("Badan Uji")
		own = own_policy("Uji", name)
		employee = eligible(today=TODAY, company=name, department=None)
		day = store_row(DAY, employee.name, company=name, mkd_date=WEEK[0], status="Released")
		attendance = frappe.get_all("Attendance", {"employee": employee.name}, pluck="name", limit=1)[0]
		frappe.db.set_value(DAY, day.name, "attendance", attendance)
		record = frappe.get_doc({"doctype": "Transaction Deletion Record", "company": name})
		record.process_in_single_transaction = 1
		record.insert().submit()
		record.start_deletion_tasks()
		record.reload()
		self.assertEqual((record.status, record.error_log), ("Completed", None))
		for doctype, kept in ((POLICY, own.name), (DAY, day.name), ("Attendance", attendance)):
			self.assertTrue(frappe.db.exists(doctype, kept), doctype)


class TestTwoUsers(RecheckCase):
	def test_two_users_of_whom_one_decided_about_the_other_stay_two(self):
		request = self.approve(self.employee, WEEK[:1])
		second = make_user("Employee")
		frappe.db.set_value("MKD Request", request, "decided_by", second)
		with self.assertRaises(frappe.ValidationError) as caught:
			frappe.rename_doc("User", second, self.employee.user_id, merge=True)
		self.assertIn(request, str(caught.exception))

	def test_so_do_the_users_of_two_active_employees(self):
		other = self.person()
		with self.assertRaises(frappe.ValidationError) as caught:
			frappe.rename_doc("User", other.user_id, self.employee.user_id, merge=True)
		self.assertIn(other.name, str(caught.exception))


def company(name):
	if not frappe.db.exists("Company", name):
		values = {
			"abbr": ABBREVIATIONS.get(name, "".join(word[:2] for word in name.split())),
			"default_currency": "IDR",
			"country": "Indonesia",
			"default_holiday_list": holiday_list(TODAY.year),
		}
		frappe.get_doc({"doctype": "Company", "company_name": name, **values}).insert()
		# Whoever is in no company is put into the one that was changed last.
		frappe.db.set_value("Company", name, "modified", "2000-01-01", update_modified=False)
	return name


def own_policy(name, company):
	doc = frappe.copy_doc(frappe.get_doc(POLICY, {"docstatus": 1, "company": ("is", "not set")}))
	doc.update({"policy_name": name, "company": company, "docstatus": 0, "first_used_on": None})
	doc.insert().submit()
	return doc


def designation(name):
	frappe.get_doc({"doctype": "Designation", "designation_name": name}).insert()
	classify("Designation", name, "Suitable")
	return name


def department(name, company, **values):
	doc = {"doctype": "Department", "department_name": name, "company": company, **values}
	found = frappe.db.get_value("Department", {"department_name": name, "company": company})
	return found or frappe.get_doc(doc).insert().name


def copied_list(name):
	doc = frappe.copy_doc(frappe.get_doc("Holiday List", holiday_list(TODAY.year)))
	doc.holiday_list_name = name
	return doc.insert().name


def shift(name):
	values = {"start_time": "07:30:00", "end_time": "16:00:00"}
	return frappe.get_doc({"doctype": "Shift Type", "__newname": name, **values}).insert().name
