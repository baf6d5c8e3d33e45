"""Verifying daily reports through the browser, and every way around the form."""

import base64
import json
from pathlib import Path

import frappe
from frappe.utils import add_days, getdate

from mkd_hrms.constants import AGREEMENT, DAILY_REPORT, DELEGATION, GATE_DECISION, OBJECTION, REQUEST
from mkd_hrms.tests.support.factories import PICTURE, asked
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	absences,
	browser,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	week,
)
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.verification_case import delegation

setUpModule = open_house


class VerificationCase(ReportingCase):
	def handed_in(self, employee=None, **values):
		employee = employee or subordinate()
		self.a_day_of(employee)
		client = browser(employee.user_id)
		name = self.ok(client.insert(self.content(employee, **values)))["name"]
		self.ok(self.act(employee.user_id, name, "Hand In"))
		return employee, name

	def act(self, user, name, action):
		doc = json.dumps({"doctype": DAILY_REPORT, "name": name})
		return browser(user).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def open(self, user, name):
		return browser(user).get("/api/method/frappe.desk.form.load.getdoc", doctype=DAILY_REPORT, name=name)

	def stands(self, name, status):
		report = stored(name, DAILY_REPORT)
		self.assertEqual((report.status, report.workflow_state, report.docstatus), (status, status, 1))
		return report


class TestWhatTheFormOffers(VerificationCase):
	def offered(self, user, name):
		doc = json.dumps({"doctype": DAILY_REPORT, "name": name})
		found = self.ok(browser(user).call("frappe.model.workflow.get_transitions", doc=doc))
		return {transition["action"] for transition in found}

	def test_only_who_verifies_is_offered_to_and_hr_where_it_is_hrs(self):
		employee, name = self.handed_in()
		boss, hr = head().user_id, officer()
		self.assertEqual(self.offered(boss, name), {"Verify Report", "Return Report", "Reject"})
		self.assertEqual(self.offered(hr, name), {"Cancel"})
		self.assertEqual(self.offered(employee.user_id, name), set())
		# What is not offered would have been refused.
		self.open(hr, name)
		self.refused(self.act(hr, name, "Verify Report"), "superior or who acts for him")
		frappe.db.set_value(DAILY_REPORT, name, "escalated_on", "2026-01-01")
		frappe.db.commit()
		self.assertEqual(self.offered(hr, name), {"Cancel", "Verify Report", "Return Report", "Reject"})

	def test_a_report_that_is_being_revised_is_handed_in_and_not_decided(self):
		employee, name = self.handed_in()
		boss = head().user_id
		self.open(boss, name)
		self.ok(browser(boss).set_value(DAILY_REPORT, name, verifier_note="Sebutkan keluarannya"))
		self.ok(self.act(boss, name, "Return Report"))
		self.assertEqual(self.offered(employee.user_id, name), {"Hand In"})
		self.assertEqual(self.offered(boss, name), set())
		self.assertEqual(self.offered(officer(), name), {"Hand In", "Cancel"})

	def test_other_documents_offer_what_the_platform_says(self):
		employee = subordinate()
		name = self.drafted(employee, week()[:1])
		doc = json.dumps({"doctype": "MKD Request", "name": name})
		found = self.ok(browser(employee.user_id).call("frappe.model.workflow.get_transitions", doc=doc))
		self.assertEqual({transition["action"] for transition in found}, {"Apply"})


class TestOpening(VerificationCase):
	def test_the_superior_opens_and_verifies_and_without_opening_no_path_leads_there(self):
		_employee, name = self.handed_in()
		boss = head().user_id
		self.refused(self.act(boss, name, "Verify Report"), "Open report")
		# Reading it as data, in a list or through the API, is not opening it.
		self.ok(browser(boss).resource(DAILY_REPORT, name))
		self.refused(self.act(boss, name, "Verify Report"), "Open report")
		self.refused(
			browser(boss).set_value(DAILY_REPORT, name, status="Verified", workflow_state="Verified"),
			"Open report",
		)
		view = {"doctype": "View Log", "viewed_by": boss}
		view |= {"reference_doctype": DAILY_REPORT, "reference_name": name}
		self.refused(browser(boss).insert(view))
		self.assertEqual(self.open(boss, name).status_code, 200)
		self.ok(self.act(boss, name, "Verify Report"))
		self.assertEqual(self.stands(name, "Verified").verifier, boss)

	def test_many_at_once_are_refused_in_words(self):
		names = [self.handed_in()[1] for _each in range(2)]
		boss = head().user_id
		for name in names:
			self.open(boss, name)
		for action in ("Verify Report", "Reject", "Return Report"):
			self.refused(
				browser(boss).call(
					"frappe.model.workflow.bulk_workflow_approval",
					docnames=json.dumps(names),
					doctype=DAILY_REPORT,
					action=action,
				),
				"one by one",
			)
		for name in names:
			self.stands(name, "Submitted")

	def test_many_requests_at_once_are_still_decided_as_the_platform_does_it(self):
		answer = browser(officer()).call(
			"frappe.model.workflow.bulk_workflow_approval",
			docnames="[]",
			doctype="MKD Request",
			action="Approve",
		)
		self.ok(answer)


class TestWho(VerificationCase):
	def test_nobody_but_the_superior_and_his_delegate(self):
		employee, name = self.handed_in()
		stranger, delegate = subordinate(), subordinate()
		frappe.get_doc("User", stranger.user_id).add_roles("MKD Approver")
		frappe.get_doc("User", employee.user_id).add_roles("MKD Approver", "HR Manager")
		frappe.db.commit()
		for user in (stranger.user_id, employee.user_id, officer()):
			self.open(user, name)
			self.refused(self.act(user, name, "Verify Report"))
			self.refused(
				browser(user).set_value(DAILY_REPORT, name, status="Verified", workflow_state="Verified")
			)
		self.stands(name, "Submitted")
		self.refused(self.open(delegate.user_id, name))
		delegation(head().user_id, delegate.user_id, getdate(), add_days(getdate(), 1))
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, DELEGATION, {"delegate": delegate.user_id})
		self.assertEqual(self.listed(delegate.user_id, name), (True, True))
		self.assertEqual(self.open(delegate.user_id, name).status_code, 200)
		self.ok(self.act(delegate.user_id, name, "Verify Report"))
		self.assertEqual(self.stands(name, "Verified").verifier, delegate.user_id)

	def test_an_open_action_is_seen_by_whom_it_waits_for(self):
		"""Who stands further above sees the report, and has nothing to do there."""
		boss, stranger = subordinate(), subordinate()
		for superior in (boss, stranger):
			frappe.get_doc("User", superior.user_id).add_roles("MKD Approver")
		frappe.db.commit()
		_employee, name = self.handed_in(person(reports_to=boss))
		readers = (boss.user_id, head().user_id, stranger.user_id)
		opened = [self.open(reader, name).status_code for reader in readers]
		self.assertEqual(opened, [200, 200, 403])
		self.assertEqual([bool(self.open_actions(reader, name)) for reader in readers], [True, False, False])

	def open_actions(self, user, name):
		asked = {"doctype": "Workflow Action", "filters": {"reference_name": name}}
		return self.ok(browser(user).call("frappe.client.get_list", **asked))


class TestReturning(VerificationCase):
	def test_one_revision_and_no_second(self):
		employee, name = self.handed_in()
		boss, client = head().user_id, browser(employee.user_id)
		self.open(boss, name)
		self.refused(self.act(boss, name, "Return Report"), "Say why")
		self.ok(browser(boss).set_value(DAILY_REPORT, name, verifier_note="Sebutkan keluarannya"))
		self.ok(self.act(boss, name, "Return Report"))
		self.assertEqual(self.stands(name, "Returned").return_note, "Sebutkan keluarannya")
		row = {"activity": "Rapat daring", "output": "Notula dan daftar hadir", "minutes": 80}
		self.ok(client.set_value(DAILY_REPORT, name, activities=[row]))
		self.ok(self.act(employee.user_id, name, "Hand In"))
		self.refused(
			client.set_value(DAILY_REPORT, name, activities=[{**row, "minutes": 1}]), "cannot be changed"
		)
		self.assertEqual(self.stands(name, "Submitted").total_minutes, 80)
		self.open(boss, name)
		self.refused(self.act(boss, name, "Return Report"))
		returned = {"status": "Returned", "workflow_state": "Returned", "verifier_note": "Lagi"}
		self.refused(browser(boss).set_value(DAILY_REPORT, name, **returned))
		self.ok(self.act(boss, name, "Verify Report"))
		self.stands(name, "Verified")


class FilesCase(VerificationCase):
	def upload(self, user, name="notula.png", content=None):
		content = content or PICTURE + frappe.generate_hash().encode()
		file = {"doctype": "File", "file_name": name, "is_private": 1, "decode": 1}
		return self.ok(browser(user).insert({**file, "content": base64.b64encode(content).decode()}))[
			"file_url"
		]

	def with_evidence(self):
		"""An employee, his report that waits with a file, and the address of that."""
		employee = subordinate()
		self.a_day_of(employee)
		url = self.upload(employee.user_id)
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90, "evidence": url}
		name = self.ok(browser(employee.user_id).insert(self.content(employee, activities=[row])))["name"]
		self.ok(self.act(employee.user_id, name, "Hand In"))
		return employee, name, url

	def files_at(self, url):
		"""The records of the files at an address, as they are stored now."""
		frappe.db.rollback()
		found = frappe.get_all("File", {"file_url": url}, pluck="name")
		self.assertTrue(found)
		return found

	def exchange(self, url):
		"""Somebody who reaches the disk puts another file there."""
		path = Path(frappe.get_site_path(url.lstrip("/")))
		path.write_bytes(PICTURE + b" yang lain")


class TestEvidence(FilesCase):
	def test_the_superior_opens_the_evidence_and_a_colleague_does_not(self):
		employee, colleague = subordinate(), subordinate()
		self.a_day_of(employee)
		content = PICTURE + frappe.generate_hash().encode()
		url = self.upload(employee.user_id, content=content)
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90, "evidence": url}
		self.ok(browser(employee.user_id).insert(self.content(employee, activities=[row])))
		self.assertEqual(browser(head().user_id).get(url).content, content)
		self.assertEqual(browser(colleague.user_id).get(url).status_code, 403)

	def test_a_program_with_another_name_is_refused(self):
		employee = subordinate()
		self.a_day_of(employee)
		url = self.upload(employee.user_id, content=b"MZ\x90" + frappe.generate_hash().encode())
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90, "evidence": url}
		self.refused(
			browser(employee.user_id).insert(self.content(employee, activities=[row])), "not what its name"
		)

	def test_what_was_handed_in_is_neither_deleted_nor_published_nor_written_over(self):
		employee, _name, url = self.with_evidence()
		client = browser(employee.user_id)
		for file in self.files_at(url):
			self.refused(client.delete(f"/api/resource/File/{file}"))
			self.refused(client.set_value("File", file, is_private=0))
			self.refused(client.call("run_doc_method", dt="File", dn=file, method="optimize_file"))
		content = client.get(url).content
		self.assertTrue(content.startswith(PICTURE))
		self.assertNotEqual(self.upload(employee.user_id, Path(url).name, PICTURE + b" lain"), url)
		self.assertEqual(client.get(url).content, content)
		# What nobody has handed in is his to delete.
		loose = self.upload(employee.user_id)
		(file,) = self.files_at(loose)
		self.assertEqual(client.delete(f"/api/resource/File/{file}").status_code, 202)

	def test_whoever_verifies_is_told_which_file_is_another_one_and_decides(self):
		employee, name, url = self.with_evidence()
		boss = head().user_id
		said = "not the file that was handed in"
		self.assertNotIn(said, self.open(boss, name).text)
		self.exchange(url)
		opened = self.open(boss, name)
		self.assertIn(said, opened.text)
		self.assertIn(Path(url).name, " ".join(messages(opened)))
		self.assertNotIn(said, self.open(employee.user_id, name).text)
		decided = self.act(boss, name, "Verify Report")
		self.ok(decided)
		self.assertIn(said, " ".join(messages(decided)))
		self.stands(name, "Verified")
		notes = frappe.get_all("Comment", {"reference_name": name, "comment_type": "Info"}, pluck="content")
		self.assertTrue(any(said in note for note in notes))

	def test_a_draft_may_be_given_another_file_until_it_is_handed_in(self):
		employee = subordinate()
		self.a_day_of(employee)
		client, url = browser(employee.user_id), self.upload(employee.user_id)
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90, "evidence": url}
		name = self.ok(client.insert(self.content(employee, activities=[row])))["name"]
		before = stored(name, DAILY_REPORT).activities[0].evidence_hash
		self.exchange(url)
		self.ok(self.act(employee.user_id, name, "Hand In"))
		self.assertNotEqual(stored(name, DAILY_REPORT).activities[0].evidence_hash, before)


class TestFilesInFields(FilesCase):
	MARKUP = '/private/files/x" onerror="alert(1)'

	def printed(self, user, doctype, name):
		asked = {"doc": doctype, "name": name, "no_letterhead": 1}
		return self.ok(browser(user).call("frappe.www.printview.get_html_and_style", **asked))["html"]

	def not_taken(self, employee):
		"""What is no file that may stand in a field: address and what is said of it."""
		public = frappe.get_doc(
			{"doctype": "File", "file_name": "umum.txt", "content": frappe.generate_hash(), "is_private": 0}
		).insert()
		frappe.db.commit()
		others = self.upload(subordinate().user_id)
		quoted = self.upload(employee.user_id, 'x" onerror="alert(1).png')
		return {
			self.MARKUP: "not uploaded here",
			"javascript:alert(1)": "not uploaded here",
			"https://example.org/surat.png": "not uploaded here",
			"/private/files/../../site_config.json": "not uploaded here",
			others: "not uploaded here",
			public.file_url: "is public",
			quoted: "quotation mark",
		}

	def test_a_request_takes_only_a_private_file_that_the_applicant_may_read(self):
		employee = subordinate()
		days, client = week()[:1], browser(employee.user_id)
		for url, said in self.not_taken(employee).items():
			with self.subTest(url):
				draft = asked(employee, days, evidence=url)
				self.refused(client.insert(draft), said)
				self.assertEqual(frappe.get_all(REQUEST, {"evidence": url}), [])
		url = self.upload(employee.user_id)
		name = self.drafted(employee, days, evidence=url)
		self.refused(client.set_value(REQUEST, name, evidence=self.MARKUP), "not uploaded here")
		self.assertNotIn(Path(url).name, self.printed(employee.user_id, REQUEST, name))
		attached = [frappe.db.get_value("File", file, "attached_to_name") for file in self.files_at(url)]
		self.assertIn(name, attached)
		self.assertTrue(stored(name).evidence_hash)

	def test_so_do_a_report_a_scan_and_an_objection(self):
		employee, hr = subordinate(), officer()
		self.a_day_of(employee)
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90, "evidence": self.MARKUP}
		self.refused(
			browser(employee.user_id).insert(self.content(employee, activities=[row])), "not uploaded"
		)
		scan = {"doctype": AGREEMENT, "employee": employee.name, "signed_on": str(getdate())}
		self.refused(browser(hr).insert({**scan, "attachment": self.MARKUP}), "not uploaded here")
		denied = subordinate(absent_on=absences(3))
		against = {"against_doctype": REQUEST, "against_name": self.applied(denied, week()[:1])}
		objection = {"doctype": OBJECTION, "employee": denied.name, "grounds": "Saya hadir", **against}
		client = browser(denied.user_id)
		self.refused(client.insert({**objection, "evidence": self.MARKUP}), "not uploaded here")
		self.told_before_it_is_decided(denied, objection)

	def test_a_file_is_taken_before_the_form_was_saved_once(self):
		employee, hr = subordinate(), officer()
		forms = {REQUEST: employee.user_id, DAILY_REPORT: employee.user_id, OBJECTION: employee.user_id}
		for doctype, user in {**forms, AGREEMENT: hr}.items():
			with self.subTest(doctype):
				self.assertTrue(self.ok(self.sent_to_new(doctype, user))["file_url"].startswith("/private/"))
		# Who may not write such a document at all sends none.
		self.refused(self.sent_to_new(GATE_DECISION, employee.user_id))
		# And a name makes it somebody's.
		others = self.drafted(subordinate(), week()[:1])
		blank = json.dumps({"doctype": REQUEST, "name": others, "__islocal": 1})
		comment = {"docs": blank, "method": "add_comment", "args": json.dumps({"text": "x"})}
		self.refused(browser(employee.user_id).call("run_doc_method", **comment))

	def sent_to_new(self, doctype, user):
		"""As the form sends it: the document is called by a name that the browser made up."""
		client, place = browser(user), f"new-{frappe.scrub(doctype).replace('_', '-')}-xqwlkjhgfd"
		data = {"doctype": doctype, "docname": place, "fieldname": "evidence", "is_private": 1}
		file = ("surat.png", PICTURE + frappe.generate_hash().encode(), "image/png")
		url = f"{client.server.url}/api/method/upload_file"
		return client.session.post(url, data=data, files={"file": file}, timeout=60)

	def told_before_it_is_decided(self, employee, objection):
		"""Evidence that was exchanged after filing is named to HR, and to HR alone."""
		client, url = browser(employee.user_id), self.upload(employee.user_id)
		name = self.ok(client.insert({**objection, "evidence": url}))["name"]
		doc = json.dumps({"doctype": OBJECTION, "name": name})
		self.ok(client.call("frappe.model.workflow.apply_workflow", doc=doc, action="File Objection"))
		for file in self.files_at(url):
			self.refused(client.delete(f"/api/resource/File/{file}"))
		self.exchange(url)
		getdoc = "/api/method/frappe.desk.form.load.getdoc"
		opened = browser(officer()).get(getdoc, doctype=OBJECTION, name=name)
		self.assertIn("not the file that was handed in", " ".join(messages(opened)))
		self.assertNotIn("handed in", " ".join(messages(client.get(getdoc, doctype=OBJECTION, name=name))))
