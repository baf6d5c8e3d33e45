"""docs/openapi.yaml tells the truth: every example of it is sent to a server, and what it is answered is what the page says."""

import json
import re
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator, FormatChecker

import frappe

from mkd_hrms.constants import APP, DAY, FILE, IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import looking, pushing
from mkd_hrms.services.ledger import schedule
from mkd_hrms.tests.support.http_world import HTTPCase, open_house
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.programs import reader, sender, tire
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE_BACK_OFFICE, other_company, unit

PAGE = Path(frappe.get_app_path(APP)).parent / "docs" / "openapi.yaml"
SPEC = yaml.safe_load(PAGE.read_text(encoding="utf-8"))
JSON = "application/json"
ONE, TWO, STRANGER, ELSEWHERE = (f"199001012015{rest}" for rest in ("011901", "012902", "011903", "011904"))
# What has another name each time.
NUMBERED = re.compile(r"\b(?:MKD|HR)-[A-Z]+-\d{4}-\d+\b")
setUpModule = open_house


def operations():
	for path, methods in SPEC["paths"].items():
		for method, operation in methods.items():
			yield path, method.upper(), operation


OF = {operation["operationId"]: (path, method, operation) for path, method, operation in operations()}
PUSH, PULL = OF["push"], OF["pull"]


def validator(schema):
	"""For a schema of the page, with the parts that it refers to."""
	inner = json.loads(json.dumps(schema).replace("#/components/schemas/", "#/$defs/"))
	parts = json.loads(json.dumps(SPEC["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/"))
	return Draft202012Validator({**inner, "$defs": parts}, format_checker=FormatChecker())


def answers(operation):
	"""Each example of an answer: its name, the number, the answer as the page describes it, and the example."""
	for status, response in operation["responses"].items():
		examples = response.get("content", {}).get(JSON, {}).get("examples", {})
		for name, example in examples.items():
			yield name, int(status), response, example["value"]
		for name in response.get("x-examples", ()):
			yield name, int(status), response, None


class OpenAPICase(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.one = cls.employed(ONE, unit(OFFICE))
		cls.two = cls.employed(TWO, unit(SERVICE_BACK_OFFICE))
		cls.employed(ELSEWHERE, None, company=other_company())
		days = ((cls.one, "2025-02-04"), (cls.two, "2025-02-04"), (cls.one, "2025-02-06"))
		for employee, day in days:
			cls.booked(employee, day)
		cls.programs = {"push": sender(COMPANY), "pull": reader(COMPANY)}
		cls.tired = {"push": sender(COMPANY), "pull": reader(COMPANY)}
		tire(cls.tired["push"], "import push")
		tire(cls.tired["pull"], "schedule pull")
		cls.wrong = reader(COMPANY)
		cls.wrong.session.headers["Authorization"] = "token falsch:falsch"

	@classmethod
	def employed(cls, nip, department, company=COMPANY):
		frappe.db.set_value("Employee", {"mkd_nip": nip}, "mkd_nip", None)
		return make_employee(mkd_nip=nip, department=department, company=company)

	@classmethod
	def booked(cls, employee, day):
		values = {"mkd_date": day, "person": employee.mkd_nip, "department": employee.department}
		store_row(DAY, employee.name, status="Approved", company=COMPANY, **values)
		frappe.db.commit()

	def tearDown(self):
		"""The days here are rows without requests."""

	@classmethod
	def tearDownClass(cls):
		for name in frappe.get_all(IMPORT, pluck="name"):
			frappe.db.delete(IMPORT_LINE, {"mkd_import": name})
			frappe.db.delete(FILE, {"attached_to_doctype": IMPORT, "attached_to_name": name})
			frappe.db.delete(IMPORT, name)
		frappe.db.commit()
		super().tearDownClass()

	def of_token(self, operation, token):
		if token == "wrong":
			return self.wrong
		return self.tired[operation] if token == "tired" else self.programs[token or operation]


class TestOpenAPI(OpenAPICase):
	def pushed(self, name):
		path, _method, operation = PUSH
		example = operation["requestBody"]["content"][JSON]["examples"][name]
		client = self.of_token("push", example.get("x-token"))
		value = example["value"]
		if times := example.get("x-times"):
			value = {**value, "rows": value["rows"] * times}
		body = value if isinstance(value, str) else json.dumps(value)
		address = client.server.url + path
		return client.session.post(address, data=body, headers={"Content-Type": JSON}, timeout=60)

	def pulled(self, name):
		path, _method, operation = PULL
		asked = dict(operation["x-calls"][name])
		client, headers = self.of_token("pull", asked.pop("x-token", None)), {}
		if other := asked.get("after"):
			asked["after"] = (
				self.pulled(other).json()["message"]["next"] if other in operation["x-calls"] else other
			)
		if other := asked.pop("If-None-Match", None):
			headers["If-None-Match"] = self.pulled(other).headers["ETag"]
		if "unit" in asked:
			asked["unit"] = asked["unit"].replace(" - PC", unit(""))
		return client.session.get(client.server.url + path, params=asked, headers=headers, timeout=60)

	def is_as_the_page_says(self, name, response, status, described, example):
		self.assertEqual(response.status_code, status, f"{name}: {response.text[:500]}")
		for header, means in described.get("headers", {}).items():
			self.assertRegex(
				response.headers.get(header, ""), means["schema"]["pattern"], f"{name}: {header}"
			)
		if example is None:
			self.assertEqual(response.content, b"")
			return
		schema = validator(described["content"][JSON]["schema"])
		for body in (example, response.json()):
			self.assertEqual([error.message for error in schema.iter_errors(body)], [], name)
		if "message" in example:
			self.assertEqual(masked(response.json()["message"]), masked(example["message"]), name)
			return
		self.assertEqual(response.json()["exc_type"], example["exc_type"], name)
		for text in json.loads(example.get("_server_messages", "[]")):
			said = " ".join(messages(response)) or response.text
			self.assertIn(json.loads(text)["message"], said, name)

	def test_every_answer_to_a_push_is_as_its_example(self):
		_path, _method, operation = PUSH
		asked = operation["requestBody"]["content"][JSON]["examples"]
		expected = {name: rest for name, *rest in answers(operation)}
		self.assertEqual(set(asked), set(expected))
		# In the order of the page: one example is the same call again.
		for name in asked:
			with self.subTest(name):
				self.is_as_the_page_says(name, self.pushed(name), *expected[name])

	def test_every_answer_to_a_pull_is_as_its_example(self):
		_path, _method, operation = PULL
		expected = {name: rest for name, *rest in answers(operation)}
		self.assertEqual(set(operation["x-calls"]), set(expected))
		for name, rest in expected.items():
			with self.subTest(name):
				self.is_as_the_page_says(name, self.pulled(name), *rest)

	def test_what_is_sent_is_what_the_page_asks_for(self):
		content = PUSH[2]["requestBody"]["content"][JSON]
		schema = validator(content["schema"])
		for name, example in content["examples"].items():
			value = example["value"]
			if times := example.get("x-times"):
				value = {**value, "rows": value["rows"] * times}
			with self.subTest(name):
				self.assertEqual(schema.is_valid(value), not example.get("x-breaks-the-schema"))
		parameters = {parameter["name"] for parameter in PULL[2]["parameters"]}
		for name, call in PULL[2]["x-calls"].items():
			with self.subTest(name):
				self.assertLessEqual(set(call) - {"x-token"}, parameters)

	def test_a_schema_that_is_not_kept_would_be_seen(self):
		schema = validator({"$ref": "#/components/schemas/Page"})
		row = {"nip": "1", "date": "2025-02-30", "mode": "WFO", "unit": 1, "reason": "x"}
		page = {"company": "x", "unit": None, "from_date": "2025-02-03", "to_date": "x", "rows": [row]}
		self.assertGreaterEqual(len(list(schema.iter_errors({"message": page}))), 6)

	def test_its_limits_are_those_of_the_code(self):
		self.assertEqual(
			SPEC["info"]["x-limits"],
			{
				"rows_of_a_push": pushing.MOST_ROWS,
				"bytes_of_a_push": looking.INLINE,
				"rows_of_a_page": schedule.MOST_ROWS,
				"days_of_a_pull": schedule.MOST_DAYS,
				"calls_an_hour": 600,
			},
		)
		push = SPEC["components"]["schemas"]["Push"]["properties"]
		self.assertEqual(push["rows"]["maxItems"], pushing.MOST_ROWS)
		self.assertEqual(push["key"]["maxLength"], pushing.LONGEST_KEY)


def masked(answer):
	"""An answer without what is different each time: numbers of records, the place of a page, and the unit's company."""
	text = NUMBERED.sub("*", json.dumps(answer))
	text = text.replace(unit(""), " - PC")
	found = json.loads(text)
	if isinstance(found.get("next"), str):
		found["next"] = "*"
	found.pop("problems", None)
	return found
