"""Who may act, asked twice about every cell of state, action and person: what the form offers, and what a save does."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import frappe
from frappe.model import workflow
from frappe.model.workflow import apply_workflow, get_workflow_name

from mkd_hrms.overrides.functions.workflow import get_transitions
from mkd_hrms.tests.support.people import acting_as

CELL = "one_cell"


@dataclass(frozen=True)
class Situation:
	"""A document in a state: the people who look at it, by their part, and by action who of them may do it.

	`leads_to` are the states to which its actions lead there; an action that it does not name leads nowhere.
	"""

	document: object
	people: Mapping[str, str]
	leads_to: Mapping[str, str]
	may: Mapping[str, set[str]]


class ActorsCase:
	"""To be mixed into a case with the world. Of a room: `MACHINE`, its `states` with the tables, and its `ACTORS`."""

	MACHINE = ACTORS = None

	def assert_agree(self, situation: Situation):
		"""In each cell the rule, the form, its button, and the controller without any Workflow say the same."""
		document = situation.document
		self.assertLessEqual(set(situation.may), set(situation.leads_to))
		for part, user in situation.people.items():
			reasons = {action: self.reason(document, action, user) for action in situation.leads_to}
			for action in situation.leads_to:
				with self.subTest(document.status, part=part, action=action, asked="the rule"):
					may = part in situation.may.get(action, ())
					self.assertEqual(reasons[action] is None, may, reasons[action])
			self.assert_offered(situation, part, user, reasons)
		with without_workflow(document.doctype):
			for part, user in situation.people.items():
				for action, status in situation.leads_to.items():
					self.assert_saved(situation, part, user, action, status)

	def test_every_move_of_the_machine_has_its_action(self):
		moves = {(old, new) for old, after in self.MACHINE.NEXT.items() for new in after if new != old}
		self.assertLessEqual(moves, set(self.MACHINE.ACTION_OF))

	def assert_offered(self, situation, part, user, reasons):
		"""The form offers what the Workflow has for this user and no reason speaks against; and each offer holds."""
		document = situation.document
		offered = self.offered(document, user, get_transitions)
		shipped = self.offered(document, user, workflow.get_transitions)
		expected = {action for action in shipped if not reasons.get(action)}
		with self.subTest(document.status, part=part, asked="the form"):
			self.assertEqual(offered, expected)
			self.assertLessEqual(offered, set(situation.leads_to))
		# What the Workflow does not have for him, the platform refuses without asking us.
		for action in sorted(shipped | offered):
			with self.subTest(document.status, part=part, action=action, asked="the button"):
				refused = self.refused(lambda action=action: self.press(document, action, user))
				self.assertEqual(refused is None, action in offered, refused)

	def assert_saved(self, situation, part, user, action, status):
		"""The controller alone, without permissions and Workflow, says what the rule says, and in the same words."""
		reason = self.reason(situation.document, action, user)
		with self.subTest(situation.document.status, part=part, action=action, asked="the controller"):
			refused = self.refused(lambda: self.save_as(situation.document, status, user))
			self.assertEqual(refused, reason)

	def reason(self, document, action, user):
		stored = frappe.get_doc(document.doctype, document.name)
		with acting_as(user):
			return self.ACTORS.refusal(stored, action, user)

	def offered(self, document, user, ask: Callable):
		"""What is offered to a user; to whom may not even read the document, nothing is."""
		asked = {"doctype": document.doctype, "name": document.name}
		with acting_as(user):
			try:
				return {row.action for row in ask(asked)}
			except frappe.PermissionError:
				frappe.clear_last_message()
				return set()

	def press(self, document, action, user):
		with acting_as(user):
			apply_workflow(frappe.as_json({"doctype": document.doctype, "name": document.name}), action)

	def save_as(self, document, status, user):
		stored = frappe.get_doc(document.doctype, document.name)
		stored.flags.ignore_permissions = True
		docstatus = self.MACHINE.DOCSTATUS[status]
		with acting_as(user):
			if docstatus == 2:
				return stored.cancel()
			stored.status = status
			return stored.submit() if docstatus > stored.docstatus else stored.save()

	def refused(self, move: Callable):
		"""The sentence with which a move is refused, None where it is not; whatever it did is undone."""
		frappe.db.savepoint(CELL)
		try:
			move()
		except (frappe.ValidationError, frappe.PermissionError) as problem:
			return str(problem) or type(problem).__name__
		finally:
			frappe.db.rollback(save_point=CELL)
			frappe.clear_messages()
			frappe.flags.currently_saving = []
		return None


@contextmanager
def without_workflow(doctype):
	"""An agency that has switched our Workflow off: what is left is what the controller says."""
	name = get_workflow_name(doctype)
	switch(name, doctype, 0)
	try:
		yield
	finally:
		switch(name, doctype, 1)


def switch(name, doctype, is_active):
	frappe.db.set_value("Workflow", name, "is_active", is_active)
	frappe.cache.hdel("workflow", doctype)
	frappe.clear_cache(doctype=doctype)
