"""The names of gates stand with what was found: no column that everybody above an employee may list names them (rule P3)."""

import json

import frappe

from mkd_hrms.constants import DAY, DECISION_RECORD, REQUEST
from mkd_hrms.policy.model import Verdict

GONE = {REQUEST: ("failed_gates", "unknown_gates"), DAY: ("suspended_gates",)}
AT_ONCE = 1000


def execute():
	note_gates()
	for doctype, columns in GONE.items():
		for column in columns:
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop column if exists `{column}`")
		frappe.cache.hdel("table_columns", f"tab{doctype}")


def note_gates():
	"""Write on each record the gates that it holds. Of the records by which nobody was held up there is nothing to write."""
	last = ""
	while rows := frappe.get_all(
		DECISION_RECORD, {"name": (">", last)}, ["name", "findings"], order_by="name", limit=AT_ONCE
	):
		last = rows[-1].name
		for row in rows:
			if values := gates_of(row.findings):
				frappe.db.set_value(DECISION_RECORD, row.name, values, update_modified=False)
		frappe.db.commit()


def gates_of(findings):
	"""The columns that name gates, of those that there are."""
	found = [entry for decision in json.loads(findings or "[]") for entry in decision["findings"]]
	columns = {"failed_gates": Verdict.FAIL.value, "unknown_gates": Verdict.UNKNOWN.value}
	gates = {
		column: ", ".join(dict.fromkeys(entry["gate"] for entry in found if entry["verdict"] == verdict))
		for column, verdict in columns.items()
	}
	return {column: names for column, names in gates.items() if names}
