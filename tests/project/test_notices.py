"""What services tell and what the Notifications of the app listen to are the same, and every one stands in docs/notices.md."""

import ast
import json
from types import SimpleNamespace
from unittest import TestCase

from jinja2 import Environment
from mkd_support import PACKAGE

NOTIFICATIONS = [
	json.loads(path.read_text(encoding="utf-8"))
	for path in sorted((PACKAGE / "mkd_hrms" / "notification").glob("*/*.json"))
]
PAGE = PACKAGE.parent / "docs" / "notices.md"
WRITTEN = "what somebody wrote"
WRITES = {"reason", "ground", "return_note", "verifier_note", "decision_note", "decision_reason", "outcome"}
WRITES |= {"unknown_gates", "sentence"}
STATES = ("Pending Approval", "Approved", "Rejected", "Denied", "Returned", "Missing", "Upheld", "In Force")
# A circular is known; the others are answers of the moment.
IN_DESK_ALONE = {"MKD Days By Circular", "MKD Came To Office", "MKD Many Decided"}
TELLS = {"announce", "announce_many", "_tell"}


def told_by(path):
	"""The names of what happened, as a service hands them to `announcements`: written there, or as a name above."""
	tree = ast.parse(path.read_text(encoding="utf-8"))
	return {
		node.value
		for node in ast.walk(tree)
		if isinstance(node, ast.Constant)
		and isinstance(node.value, str)
		and node.value.startswith("mkd_")
		and any(name in TELLS for name in called(tree))
	}


def called(tree):
	for node in ast.walk(tree):
		if isinstance(node, ast.Call):
			yield getattr(node.func, "attr", None) or getattr(node.func, "id", None)


class TestNotices(TestCase):
	def test_every_notification_on_a_method_is_told_by_a_service(self):
		told = set().union(*map(told_by, (PACKAGE / "services").rglob("*.py")))
		heard = {each["method"] for each in NOTIFICATIONS if each["event"] == "Method"}
		self.assertGreater(len(heard), 8)
		self.assertLessEqual(heard, told)

	def test_each_is_on_when_it_comes_in_the_desk_and_most_by_mail_too(self):
		for each in NOTIFICATIONS:
			with self.subTest(each["name"]):
				reaches = (each["channel"], each["send_system_notification"], each["enabled"])
				in_desk = each["name"] in IN_DESK_ALONE
				self.assertEqual(reaches, ("System Notification", 0, 1) if in_desk else ("Email", 1, 1))
				self.assertEqual((each["is_standard"], each["module"]), (1, "MKD HRMS"))

	def test_a_mail_holds_nothing_that_somebody_wrote_and_the_desk_does(self):
		"""Reasons, grounds and notes stand in the document (rule P3)."""
		shown = set()
		for each in NOTIFICATIONS:
			for status in STATES:
				with self.subTest(each["name"], status=status):
					self.assertNotIn(WRITTEN, rendered(each, status, in_mail=True))
				if WRITTEN in rendered(each, status, in_mail=False):
					shown.add(each["name"])
		self.assertGreater(len(shown), 6)

	def test_the_page_names_each_of_them(self):
		page = PAGE.read_text(encoding="utf-8")
		self.assertEqual([each["name"] for each in NOTIFICATIONS if each["name"] not in page], [])


class Written:
	"""A document in some state, in which somebody has written everywhere."""

	def __init__(self, status):
		self.status = status

	def __getattr__(self, name):
		return WRITTEN if name in WRITES else name

	def get(self, _name):
		return 1

	def reasons_not_met(self):
		return [Written(None)]


def rendered(notification, status, in_mail):
	"""Subject and message, as the platform renders them, in English."""
	environment = Environment(autoescape=True)
	utils = SimpleNamespace(
		**dict.fromkeys(("format_date", "format_datetime"), lambda *_args: "26-11-2026"),
		get_link_to_form=lambda *_args: "link",
	)
	words = {
		"_": lambda text, **_context: text,
		"frappe": SimpleNamespace(utils=utils),
		"doc": Written(status),
	}
	words |= {
		"date": lambda _day: "26-11-2026",
		"days": lambda _days: "26-11-2026",
		"kind": lambda: "Warning",
	}
	words |= {"who": "X", "reason": WRITTEN, "subject": "subject", "text": "text", "in_mail": in_mail}
	return " ".join(
		environment.from_string(notification[part]).render(words) for part in ("subject", "message")
	)
