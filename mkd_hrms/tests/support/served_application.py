"""Frappe's application for a `LiveServer`, on connections that treat an old snapshot in a chosen way.

MariaDB's `innodb_snapshot_isolation` refuses a write to a row that changed after the snapshot ("Record has changed
since last read"); newer servers switch it on. It can be set for each connection, so no test needs the rights of a
database administrator or disturbs others who use the server.
"""

import os

import frappe
from frappe.app import application_with_statics
from frappe.database.mariadb.database import MariaDBConnectionUtil

from mkd_hrms.tests.support.live_server import APPLICATION, LiveServer

VARIABLE = "innodb_snapshot_isolation"
CHOICE = "MKD_TEST_SNAPSHOT_ISOLATION"


def knows_variable():
	"""Whether the database is recent enough to have a choice at all."""
	return bool(frappe.db.sql(f"show variables like '{VARIABLE}'"))


class IsolatedServer(LiveServer):
	"""A server for a crowd; `isolation` is ON, OFF, or None for what the database is set to."""

	def __init__(self, isolation, workers=3, threads=8):
		super().__init__(workers, threads)
		self.isolation = isolation

	def _command(self, descriptor):
		ours = f"{__name__}:application()"
		command = [ours if part == APPLICATION else part for part in super()._command(descriptor)]
		choice = [f"{CHOICE}={self.isolation}"] if self.isolation else []
		return ["env", *choice, *command]


def application():
	"""What gunicorn serves."""
	if choice := os.environ.get(CHOICE):
		_set_on_every_connection(choice)
	return application_with_statics()


def _set_on_every_connection(choice):
	settings = MariaDBConnectionUtil.get_connection_settings

	def with_isolation(self):
		return {**settings(self), "init_command": f"SET SESSION {VARIABLE} = {choice}"}

	MariaDBConnectionUtil.get_connection_settings = with_isolation
