"""Files of other systems: people with numbers, files as their systems write them, and imports of these."""

import csv
import io
from itertools import count

import frappe

from mkd_hrms.constants import IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import applying
from mkd_hrms.services.imports.rejected_rows import rows_in
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user
from mkd_hrms.tests.support.world import COMPANY

WRITTEN = (
	"MKD Daily Report",
	"MKD Performance Record",
	"MKD Discipline Record",
	"MKD Talent Record",
	"Attendance",
	"Employee Checkin",
)
_numbers = count(1)


def nip():
	"""A NIP that nobody has; the site may be kept from one run to the next."""
	number = int(frappe.generate_hash(length=6), 16)
	return f"19900{number % 9 + 1}01{1990 + 20 + number % 10}0{number // 10 % 9 + 1}1{number // 100 % 999 + 1:03d}"


def fresh_nip():
	found = nip()
	while frappe.db.exists("Employee", {"mkd_nip": found}):
		found = nip()
	return found


def numbered(**values):
	"""An employee with a NIP and a number in the machine, of whom nothing is recorded."""
	values = {"mkd_nip": fresh_nip(), "attendance_device_id": device(), "company": COMPANY, **values}
	return make_employee(**values)


def device():
	return f"{next(_numbers)}{frappe.utils.cint(int(frappe.generate_hash(length=5), 16))}"


def as_csv(*rows, delimiter=";"):
	text = io.StringIO()
	csv.writer(text, delimiter=delimiter).writerows(rows)
	return text.getvalue().encode()


def kmob(*rows):
	"""NIP, day, kind of presence, and perhaps when he came and went."""
	head = ["nip", "nama", "unit", "tanggal", "jenis", "jam_masuk", "jam_pulang", "lat_masuk", "long_masuk"]
	lines = [[who, "", "", day, kind, *(times or ("", "")), "", ""] for who, day, kind, *times in rows]
	return as_csv(head, *lines)


def places(people, days):
	"""Of each employee a presence and a check-in a day."""
	head = ["nip", "tanggal", "jenis", "jam_masuk", "lat_masuk", "long_masuk"]
	return as_csv(
		head, *([each.mkd_nip, day, "WFO", "07:25", "-6.9", "107.6"] for each in people for day in days)
	)


def trk_month(*rows):
	"""NIP, year, month, minutes, percent, predicate."""
	head = ["nip", "nama", "tahun", "bulan", "menit_aktivitas", "menit_target", "capaian_persen", "predikat"]
	return as_csv(
		head, *([who, "", year, month, minutes, "6000", *rest] for who, year, month, minutes, *rest in rows)
	)


def trk_activities(*rows):
	"""NIP, day, activity, minutes, and perhaps volume, measure, status, begin and end."""
	head = "nip tanggal aktivitas waktu_menit volume satuan status jam_mulai jam_selesai".split()
	return as_csv(head, *([*row, *[""] * (len(head) - len(row))] for row in rows))


def sanctions(*rows):
	"""NIP, level, first and last day, number of the decree."""
	return as_csv(["NIP", "jenisTingkatHukuman", "hukumanTanggal", "akhirHukumTanggal", "skNomor"], *rows)


def talent(*rows):
	"""NIP, year, box, and perhaps the axes and their total."""
	head = ["NIP", "tahun", "box", "sumbu_x", "sumbu_y", "total_sumbu"]
	return as_csv(head, *([*row, *[""] * (len(head) - len(row))] for row in rows))


def attlog(*rows):
	"""Number in the machine, and the moment."""
	return "".join(f"{who}\t{at}\t1\t0\t1\t0\r\n" for who, at in rows).encode()


def attached(content, user, name="berkas.csv"):
	"""The address of a private file that a user has uploaded."""
	file = {"doctype": "File", "file_name": f"{frappe.generate_hash(length=6)}-{name}", "content": content}
	with acting_as(user):
		return frappe.get_doc({**file, "is_private": 1}).insert().file_url


class ImportCase(RequestCase):
	"""The officer has a record of his own in the company."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer = make_user("MKD Officer", "Employee")
		cls.people = []
		frappe.db.commit()
		cls.addClassCleanup(cls.clear)

	@classmethod
	def clear(cls):
		"""What a worker stores is committed."""
		frappe.set_user("Administrator")
		frappe.db.rollback()
		for doctype in (*WRITTEN, "MKD Day", "MKD Request", IMPORT_LINE):
			frappe.db.delete(doctype, {"employee": ("in", cls.people or [""])})
		frappe.db.delete(IMPORT)
		frappe.db.set_value(
			"Employee", {"name": ("in", cls.people or [""])}, {"status": "Left", "mkd_nip": None}
		)
		frappe.db.commit()

	def member(self, **values):
		found = numbered(**values)
		self.people.append(found.name)
		frappe.db.commit()
		return found

	def made(self, content, name="berkas.csv", user=None, **values):
		"""An import as the form sends it."""
		user = user or self.officer
		values = {"company": COMPANY, "file": attached(content, user, name), **values}
		with acting_as(user):
			doc = frappe.get_doc({"doctype": IMPORT, **values}).insert()
		frappe.db.commit()
		return doc

	def checked(self, content, name="berkas.csv", user=None, **values):
		doc = self.made(content, name, user, **values)
		with acting_as(user or self.officer):
			doc.check_file()
		frappe.db.commit()
		doc.reload()
		return doc

	def applied(self, content, name="berkas.csv", user=None, **values):
		doc = self.checked(content, name, user, **values)
		with acting_as(user or self.officer):
			doc.apply_file()
		return self.work(doc)

	def work(self, doc):
		"""What the worker does."""
		frappe.db.commit()
		applying.work(doc.name)
		frappe.set_user("Administrator")
		frappe.db.commit()
		doc.reload()
		return doc

	def undone(self, doc, user=None):
		with acting_as(user or self.officer):
			doc.undo_import()
		return self.work(doc)

	def counts(self, doc):
		return doc.created_count, doc.updated_count, doc.unchanged_count, doc.rejected_count

	def rows(self, doctype, employee, fields, **filters):
		"""What stands of somebody, as tuples."""
		filters = {"employee": employee.name, "docstatus": ("<", 2), **filters}
		found = frappe.get_all(doctype, filters, fields.split(), order_by="name", as_list=True)
		return [tuple(str(value) if value is not None else None for value in row) for row in found]

	def rejected(self, doc):
		"""The rows of the file of what is not taken, without its head."""
		return [(str(row.number), *row[1:]) for row in rows_in(doc)]
