"""Letters that are issued, printed and checked over HTTP, by whoever may."""

import requests

import frappe

from mkd_hrms.constants import DAY, LETTER, SETTINGS
from mkd_hrms.services.ledger import written_reasons
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import browser, officer
from mkd_hrms.tests.support.live_server import site_header

ISSUE, LETTERS, CHECK = (f"mkd_hrms.api.{name}" for name in ("issue_letter", "letters_of", "letter_check"))
NUMBERED = (
	*("Permit", "Assignment", "Refusal", "Warning", "Revocation", "Objection Decision"),
	*("Verification Sheet", "Recap"),
)


class IssuedCase(ApprovedDayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		settings = frappe.get_doc(SETTINGS)
		row = {"template": "{nomor}/{kode}/{unit}/{tahun}", "unit_code": "BKD"}
		settings.set(
			"letter_numbers", [{"kind": kind, "code": f"K{n}", **row} for n, kind in enumerate(NUMBERED)]
		)
		settings.save()
		frappe.db.commit()
		cls.addClassCleanup(cls.clear_letters)

	@classmethod
	def clear_letters(cls):
		frappe.db.rollback()
		frappe.db.delete(LETTER)
		settings = frappe.get_doc(SETTINGS)
		settings.set("letter_numbers", [])
		settings.save()
		frappe.db.commit()

	def issue(self, user, doctype, name, kind, **values):
		return browser(user).call(ISSUE, doctype=doctype, name=name, kind=kind, **values)

	def revoke(self, day):
		"""A day whose approval was withdrawn, as the ledger keeps it."""
		frappe.db.set_value(DAY, day, "status", "Revoked")
		written_reasons.keep([day], {"release_reason": "Kebutuhan dinas"})
		frappe.db.commit()

	def issued(self, user, doctype, name, kind, **values):
		return self.ok(self.issue(user, doctype, name, kind, **values))

	def printed(self, user, doctype, name, form):
		asked = {"doc": doctype, "name": name, "print_format": form}
		return self.ok(browser(user).call("frappe.www.printview.get_html_and_style", **asked))["html"]

	def checked(self, token):
		"""What somebody is told who is not logged in."""
		server = browser(officer()).server
		url = f"{server.url}/api/method/{CHECK}"
		return requests.get(url, params={"token": token}, headers=site_header(server), timeout=60)
