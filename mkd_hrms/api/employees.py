"""The form of an employee and of his appraisal, and his own data."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import PERSON
from mkd_hrms.permissions import who
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.performance import appraisal_evidence
from mkd_hrms.services.platform import pace
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.privacy import personal_data_file
from mkd_hrms.services.standing import employee_overview as overview


@frappe.whitelist()
def employee_overview(employee: str) -> dict:
	"""Standing, this and the next week, and whether the reader may apply: empty for whom it does not concern."""
	person = read_person(opened(PERSON, employee).name)
	sight = who.sight_of(person)
	shown = overview.of(person, sight) if sight else {}
	if shown:
		shown["is_own"] = person.user == frappe.session.user
		shown["may_apply"] = who.may_apply_for(person)
	return shown


@frappe.whitelist()
def mkd_of_appraisal(appraisal: str) -> dict:
	"""The MKD record of an appraisal's period, for the form: the employee, his superior and HR; nothing for others."""
	doc = opened("Appraisal", appraisal)
	if not (
		appraisal_evidence.may_read(doc.employee, frappe.session.user)
		or who.is_superior(doc, frappe.session.user)
	):
		return {}
	return appraisal_evidence.of_appraisal(doc)


@frappe.whitelist()
def download_personal_data(employee: str | None = None) -> None:
	"""A file with all that is stored about the user himself, or for HR about an employee who asks for it."""
	if not employee:
		pace.keep("personal data", times=10, seconds=3600)
	name, content = personal_data_file.file_for(frappe.session.user, employee)
	frappe.response.update({"filename": name, "filecontent": content, "type": "download"})
