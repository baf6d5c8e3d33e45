"""A number is not used up by a save that is refused: of requests and reports (sequences), and of objections (a naming series)."""

from datetime import timedelta

from frappe.utils import getdate

from mkd_hrms.constants import DAILY_REPORT, OBJECTION, REQUEST
from mkd_hrms.tests.support.factories import asked
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import absences, act, browser, open_house, stored, subordinate, week

setUpModule = open_house


class TestGaps(ReportingCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()

	def number_of(self, name):
		return int(name.split("-")[3])

	def follows_after_refusals(self, first, refused, insert):
		"""What is stored after three refusals has the next number."""
		before = self.number_of(first)
		for _time in range(3):
			self.refused(refused())
		name = self.ok(insert())["name"]
		self.assertEqual(self.number_of(name), before + 1)
		return name

	def test_a_request_that_is_refused_uses_up_no_number_and_its_rows_belong_to_it(self):
		client = browser(self.employee.user_id)
		yesterday = asked(self.employee, [getdate() - timedelta(days=1)])
		name = self.follows_after_refusals(
			self.drafted(self.employee, week()[:1]),
			lambda: client.insert(yesterday),
			lambda: client.insert(asked(self.employee, week()[1:3])),
		)
		request = stored(name)
		self.assertEqual([row.parent for row in request.dates], [name] * 2)
		self.ok(act(self.employee.user_id, name, "Apply"))
		self.stands(name, "Pending Approval", ["Pending"] * 2)

	def test_neither_does_one_without_what_it_must_say(self):
		client, empty = browser(self.employee.user_id), asked(self.employee, week()[3:4])
		empty["reason"] = None
		self.follows_after_refusals(
			self.drafted(self.employee, week()[3:4]),
			lambda: client.insert(empty),
			lambda: client.insert(asked(self.employee, week()[4:5])),
		)

	def test_a_report_that_is_refused_uses_up_no_number(self):
		one, other = subordinate(), subordinate()
		for employee in (one, other):
			self.a_day_of(employee)
		client = browser(other.user_id)
		first = self.ok(browser(one.user_id).insert(self.content(one)))["name"]
		name = self.follows_after_refusals(
			first,
			lambda: client.insert(self.content(other, mkd_date=str(getdate() - timedelta(days=3)))),
			lambda: client.insert(self.content(other)),
		)
		self.assertEqual([row.parent for row in stored(name, DAILY_REPORT).activities], [name])

	def test_an_objection_that_is_refused_uses_up_no_number(self):
		drafts = []
		for _each in range(2):
			employee = subordinate(absent_on=absences(3))
			request = self.applied(employee, week()[:1])
			self.assertEqual(stored(request).status, "Denied")
			about = {"doctype": OBJECTION, "employee": employee.name, "against_doctype": REQUEST}
			drafts.append((employee, {**about, "against_name": request, "grounds": "Keliru"}))
		(one, first), (other, second) = drafts
		client = browser(other.user_id)
		self.follows_after_refusals(
			self.ok(browser(one.user_id).insert(first))["name"],
			lambda: client.insert({**second, "grounds": ""}),
			lambda: client.insert(second),
		)
