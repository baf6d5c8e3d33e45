"""Who goes round all doors, and what each of them may know of the one with the secrets (docs/privacy.md)."""

from dataclasses import dataclass

import requests

import frappe
from frappe.utils import add_days, getdate

from mkd_hrms.constants import (
	DAILY_REPORT,
	DATA_SENDER,
	DAY_SWAP,
	DELEGATION,
	PLACE_HINT,
	REQUEST,
	SCHEDULE_READER,
)
from mkd_hrms.tests.support.factories import eligible
from mkd_hrms.tests.support.http_world import browser, head, person, subordinate
from mkd_hrms.tests.support.live_server import site_header
from mkd_hrms.tests.support.people import UNLIMITED, make_employee
from mkd_hrms.tests.support.planted import Planted
from mkd_hrms.tests.support.programs import program
from mkd_hrms.tests.support.world import SERVICE_BACK_OFFICE, other_company, unit

SECONDS = 30
# Who decides about a request reads it, with what hangs on it; so he does the report that he verifies.
OF_A_REQUEST = frozenset(
	(
		REQUEST,
		"place",
		"date",
		"plan",
		"Version",
		"Comment",
		"Communication",
		"ToDo",
		"Energy Point Log",
		"Submission Queue",
	)
) | {"Tag Link", "file name", "File"}
OF_A_REPORT = frozenset((DAILY_REPORT, "activity"))


@dataclass
class Visitor:
	name: str
	user: str
	session: requests.Session
	url: str
	may: frozenset = frozenset()
	# The visitor's own secrets: what he has to find by the same calls.
	own: Planted | None = None
	# Whether he may decide something, or asks as somebody else does, and so only reads.
	only_reads: bool = False
	# Of which apps he calls every function.
	apps: tuple = ("frappe.", "hrms.")

	@property
	def employee(self):
		return self.own.employee.name if self.own else None

	def ask(self, call):
		"""The status and the text of an answer."""
		content = {"params": call.arguments} if call.how == "GET" else {"json": call.arguments}
		try:
			answer = self.session.request(call.how, self.url + call.path, timeout=SECONDS, **content)
		except requests.RequestException as problem:
			return type(problem).__name__, ""
		return answer.status_code, answer.text


def everybody(server):
	"""The visitors, least known first."""
	return [
		guest(server),
		colleague(server),
		by_key("an application with a colleague's key", subordinate(), server),
		superior_of_others(server),
		hr_of_another_company(server),
		delegate(server),
		Visitor(
			"his superior",
			head().user_id,
			browser(head().user_id).session,
			server.url,
			# He approves a swap of days, so he reads why it is asked for. Check-ins of the people below him Frappe HR
			# shows him by his User Permission.
			OF_A_REQUEST | OF_A_REPORT | {DAY_SWAP, PLACE_HINT, "position"},
			Planted(head()),
			only_reads=True,
		),
		of_a_program("a system that sends rows", DATA_SENDER, server),
		of_a_program("a system that reads the schedule", SCHEDULE_READER, server),
	]


def colleague(server):
	"""Of the same unit. Frappe HR shows every check-in to whom no User Permission limits."""
	apps, may = ("frappe.", "erpnext.", "hrms."), frozenset(("position",))
	return of_session("a colleague", subordinate(**UNLIMITED), server, apps=apps, may=may)


def guest(server):
	session = requests.Session()
	session.headers.update({"Accept": "application/json", **site_header(server)})
	return Visitor("a guest", "Guest", session, server.url)


def of_session(name, employee, server, **values):
	own = Planted(employee)
	return Visitor(name, employee.user_id, browser(employee.user_id).session, server.url, own=own, **values)


def by_key(name, employee, server):
	user = frappe.get_doc("User", employee.user_id)
	user.api_key, user.api_secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	user.save(ignore_permissions=True)
	frappe.db.commit()
	visitor = guest(server)
	visitor.name, visitor.user, visitor.own, visitor.only_reads = name, user.name, Planted(employee), True
	visitor.session.headers["Authorization"] = f"token {user.api_key}:{user.get_password('api_secret')}"
	return visitor


def of_a_program(name, role, server):
	user = program(role)
	return Visitor(name, user, browser(user).session, server.url, only_reads=True)


def superior_of_others(server):
	employee = person(department=unit(SERVICE_BACK_OFFICE))
	make_employee(reports_to=employee.name)
	frappe.db.commit()
	return of_session("a superior of others", employee, server)


def hr_of_another_company(server):
	"""He keeps the records of another agency, and has one in it."""
	company = other_company()
	employee = make_employee(with_user=True, company=company)
	frappe.get_doc("User", employee.user_id).add_roles("HR User", "HR Manager")
	frappe.db.commit()
	return of_session("HR of another company", employee, server, only_reads=True)


def delegate(server):
	employee = eligible()
	period = {"from_date": add_days(getdate(), -1), "to_date": add_days(getdate(), 30)}
	acting = {"doctype": DELEGATION, "approver": head().user_id, "delegate": employee.user_id, **period}
	frappe.get_doc({**acting, "decree_no": "SK 1"}).insert(ignore_permissions=True)
	frappe.db.commit()
	may = OF_A_REQUEST | OF_A_REPORT
	return of_session("who acts for his superior", employee, server, may=may, only_reads=True)
