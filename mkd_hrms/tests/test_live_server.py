"""The live server of the tests answers as a site does: login, permissions, CSRF token."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils.password import update_password

from mkd_hrms.tests.support.live_server import Client, LiveServer, LoginRefused, messages

USER = "live-server@example.go.id"
PASSWORD = "Siang-Malam-2023"


class TestLiveServer(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.addClassCleanup(delete_user)
		create_user()
		cls.server = LiveServer().start()
		cls.addClassCleanup(cls.server.stop)
		cls.client = Client(cls.server, USER, PASSWORD)

	def test_a_plain_user_logs_in_and_calls_a_whitelisted_function(self):
		response = self.client.call("frappe.auth.get_logged_user")
		self.assertEqual((response.status_code, response.json()["message"]), (200, USER))

	def test_a_wrong_password_is_refused(self):
		with self.assertRaises(LoginRefused) as refusal:
			Client(self.server, USER, "not the password")
		self.assertEqual(refusal.exception.response.status_code, 401)

	def test_a_user_reads_and_changes_what_is_hers(self):
		response = self.client.set_value("User", USER, bio="Drafts speeches")
		self.assertEqual(response.status_code, 200, messages(response))
		self.assertEqual(self.client.resource("User", USER).json()["data"]["bio"], "Drafts speeches")

	def test_permissions_are_those_of_the_user(self):
		response = self.client.insert({"doctype": "Role", "role_name": "Made By Nobody"})
		self.assertEqual(response.status_code, 403)
		self.assertTrue(any("Role" in message for message in messages(response)), messages(response))

	def test_a_change_without_the_csrf_token_is_refused(self):
		client = Client(self.server, USER, PASSWORD)
		del client.session.headers["X-Frappe-CSRF-Token"]
		response = client.set_value("User", USER, bio="Forged")
		self.assertEqual((response.status_code, response.json()["exc_type"]), (400, "CSRFTokenError"))


def create_user():
	user = frappe.new_doc("User")
	user.update({"email": USER, "first_name": "Live Server", "send_welcome_email": 0})
	user.append("roles", {"role": "Employee"})
	user.insert()
	update_password(USER, PASSWORD)
	# The server's own connections see only what is committed.
	frappe.db.commit()


def delete_user():
	frappe.set_user("Administrator")
	frappe.delete_doc("User", USER, force=True)
	frappe.db.commit()
