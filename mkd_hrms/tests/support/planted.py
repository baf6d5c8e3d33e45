"""A person of whom every record of ours, and whatever the platform keeps beside records, holds a secret of its own.

Rows are stored as the services write them, straight into the tables: what is tried with them is reading alone. Whoever
finds a secret in an answer was told what stands in that row; `SECRETS` says by which word.
"""

import json
from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DAY_REASON,
	DAY_SWAP,
	DECISION_RECORD,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	GATE_DECISION,
	OBJECTION,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	SUSPENSION,
	TALENT_RECORD,
	WARNING,
)
from mkd_hrms.tests.support.people import store_row

CHECKIN = "Employee Checkin"
TAG = "MKDRahasia"
# By DocType, the field that holds the secret.
TOLD = {
	REQUEST: "reason",
	DAILY_REPORT: "verifier_note",
	PLACE_HINT: "note",
	ELIGIBILITY: "findings",
	EARLY_WARNING: "actual",
	AGREEMENT: "text",
	OBJECTION: "grounds",
	DAY_SWAP: "reason",
	WARNING: "notes",
	SUSPENSION: "notes",
	GATE_DECISION: "reason",
	DISCIPLINE_RECORD: "notes",
	DECISION_RECORD: "findings",
	# What was written about the day, which is kept beside it.
	DAY_REASON: "release_reason",
}
# What hangs on the request.
BESIDE = ("Comment", "Version", "File", "Communication", "ToDo", "Energy Point Log", "Submission Queue")
# The whole number before the point, and how many digits the platform keeps behind it.
NUMBERS = {"place": (-6, 6), "position": (-6, 6), "score": (80, 4), "axis": (70, 4)}


class Planted:
	"""The secrets of one employee: `words` by what holds them, `names` of the rows by DocType."""

	def __init__(self, employee, approver=None):
		self.employee, self.approver = employee, approver
		self.user = employee.user_id
		self.words, self.names, self.beside = {}, {}, {}
		self.mark = frappe.generate_hash(length=8)
		self.numbers()
		self.plant_day()
		for doctype, fieldname in TOLD.items():
			self.plant(doctype, fieldname)
		self.plant_numbers()
		self.plant_rows()
		self.plant_beside()
		frappe.db.commit()

	def word(self, what):
		"""A word that stands nowhere else."""
		return self.words.setdefault(what, f"Rahasia{what.replace(' ', '')}{self.mark}")

	def numbers(self):
		"""Six digits behind the point are a place within a metre."""
		for what, (whole, digits) in NUMBERS.items():
			behind = int(frappe.generate_hash(length=12), 16) % 10**digits
			# The last digit is no zero, which would not be shown.
			self.words[what] = f"{whole}.{behind:0{digits}d}"[:-1] + "7"

	def number(self, what):
		return float(self.words[what])

	def plant_day(self):
		day = {"mkd_date": add_days(getdate(), -40), "person": self.employee.name, "status": "Released"}
		self.names[DAY] = store_row(DAY, self.employee.name, **day).name

	def plant(self, doctype, fieldname):
		values = {fieldname: self.word(doctype), **self.more(doctype)}
		if fieldname == "findings":
			values["findings"] = json.dumps({"version": 1, "evaluations": [self.word(doctype)]})
		status = {"status": "Pending Approval"} if doctype == REQUEST else {}
		row = store_row(doctype, self.employee.name, **{"employee_name": None, **status, **values})
		if doctype == DAY_REASON:
			# Named like its day.
			frappe.db.set_value(doctype, row.name, "name", self.names[DAY], update_modified=False)
			row.name = self.names[DAY]
		self.names[doctype] = row.name

	def more(self, doctype):
		"""What makes the row one of him, and of the others that belong to it."""
		today = getdate()
		common = {"employee_user": self.user, "company": self.employee.company, "docstatus": 1}
		return {
			REQUEST: {
				**common,
				"docstatus": 0,
				"approver": self.approver,
				"workflow_state": "Pending Approval",
			},
			DAILY_REPORT: {**common, "approver": self.approver, "mkd_date": add_days(today, -40)},
			PLACE_HINT: {"mkd_date": add_days(today, -40), "distance_m": 900, "status": "Open"},
			ELIGIBILITY: {"outcome": "Not Eligible", "company": self.employee.company},
			EARLY_WARNING: {"gate": "Absence", "status": "Open"},
			AGREEMENT: {"valid_from": today},
			OBJECTION: {**common, "docstatus": 0, "status": "Filed"},
			DAY_SWAP: {**common, "docstatus": 0, "mkd_date": add_days(today, -40)},
			WARNING: {**common, "status": "In Force", "from_date": today},
			SUSPENSION: {**common, "status": "In Force", "from_date": today},
			GATE_DECISION: {"gate": "Absence", "docstatus": 1},
			DISCIPLINE_RECORD: {"level": "Light", "stage": "In Process", "docstatus": 1},
			DECISION_RECORD: {"reference_doctype": REQUEST, "reference_name": self.names.get(REQUEST)},
		}.get(doctype, {})

	def plant_numbers(self):
		frappe.db.set_value(
			REQUEST,
			self.names[REQUEST],
			{"place_latitude": self.number("place"), "place_longitude": 107.5},
			update_modified=False,
		)
		row = {"source": "TRK", "period_start": add_days(getdate(), -90), "has_score": 1, "docstatus": 1}
		score = self.number("score")
		row = store_row(PERFORMANCE_RECORD, self.employee.name, score=score, period_end=getdate(), **row)
		self.names[PERFORMANCE_RECORD] = row.name
		axis, map_of = (
			self.number("axis"),
			{"source": "SIASN", "year": getdate().year, "box": 5, "docstatus": 1},
		)
		self.names[TALENT_RECORD] = store_row(TALENT_RECORD, self.employee.name, x_axis=axis, **map_of).name
		at = now_datetime() - timedelta(days=40)
		place = {"latitude": self.number("position"), "longitude": 107.5, "log_type": "IN"}
		self.checkin = store_row(CHECKIN, self.employee.name, time=at, **place)
		self.names[CHECKIN] = self.checkin.name

	def plant_rows(self):
		"""The rows of the request and of the report."""
		for doctype, parent, table, values in (
			("MKD Request Date", REQUEST, "dates", {"note": self.word("date"), "mkd_date": getdate()}),
			("MKD Work Plan Item", REQUEST, "work_plan", {"activity": self.word("plan")}),
			("MKD Daily Report Activity", DAILY_REPORT, "activities", {"activity": self.word("activity")}),
		):
			row = frappe.get_doc({"doctype": doctype, "parent": self.names[parent], **values})
			row.update({"parenttype": parent, "parentfield": table, "idx": 1})
			row.db_insert()
			self.beside.setdefault(doctype, []).append(row.name)

	def plant_beside(self):
		key = {"reference_doctype": REQUEST, "reference_name": self.names[REQUEST]}
		changed = {"changed": [["reason", self.word("Version"), "x"]]}
		file = {"attached_to_doctype": REQUEST, "attached_to_name": self.names[REQUEST], "is_private": 1}
		self.keep("Version", ref_doctype=REQUEST, docname=self.names[REQUEST], data=json.dumps(changed))
		self.keep("Comment", comment_type="Comment", content=self.word("Comment"), **key)
		message = {"communication_type": "Communication", "content": self.word("Communication")}
		self.keep("Communication", subject="x", **message, **key)
		todo = {"reference_type": REQUEST, "reference_name": self.names[REQUEST], "status": "Open"}
		self.keep("ToDo", description=self.word("ToDo"), allocated_to=self.approver or self.user, **todo)
		points = {"type": "Appreciation", "points": 1, "user": self.user}
		self.keep("Energy Point Log", reason=self.word("Energy Point Log"), **points, **key)
		queued = {"ref_doctype": REQUEST, "ref_docname": self.names[REQUEST], "status": "Failed"}
		self.keep("Submission Queue", exception=self.word("Submission Queue"), **queued)
		self.keep("Document Follow", ref_doctype=REQUEST, ref_docname=self.names[REQUEST], user=self.user)
		link = {"document_type": REQUEST, "document_name": self.names[REQUEST], "tag": TAG}
		self.keep("Tag Link", title=self.word("Tag Link"), **link)
		frappe.db.set_value(REQUEST, self.names[REQUEST], "_user_tags", f",{TAG}", update_modified=False)
		stored = frappe.get_doc({"doctype": "File", "file_name": f"{self.word('file name')}.txt", **file})
		stored.content = self.word("File").encode()
		self.file = stored.insert(ignore_permissions=True)
		frappe.db.set_value("File", stored.name, "owner", self.user, update_modified=False)
		self.beside["File"] = [stored.name]

	def keep(self, doctype, **values):
		row = frappe.get_doc({"doctype": doctype, "owner": self.user, **values})
		row.name = frappe.generate_hash(length=10)
		row.owner = self.user
		row.db_insert()
		self.beside.setdefault(doctype, []).append(row.name)

	def put_back(self):
		"""Frappe HR lets every employee delete a check-in whom no User Permission limits; the next one looks for it, too."""
		frappe.db.rollback()
		if not frappe.db.exists(CHECKIN, self.checkin.name):
			self.checkin.db_insert()
			frappe.db.commit()

	def found_in(self, text):
		"""What an answer tells of him."""
		return {what for what, word in self.words.items() if word in text}

	def remove(self):
		frappe.db.rollback()
		self.file.reload()
		frappe.delete_doc("File", self.file.name, force=True, ignore_permissions=True)
		for doctype, names in self.beside.items():
			frappe.db.delete(doctype, {"name": ("in", names)})
		for doctype, name in self.names.items():
			frappe.db.delete(doctype, {"name": name})
		frappe.db.commit()
