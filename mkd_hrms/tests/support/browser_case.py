"""A real browser: Chromium of this machine, driven by Playwright, logged in as somebody on the live server of a module.

Where one of the two is missing, nothing of it ran, and that is said loudly. Pictures of what was seen stay in a folder of
the machine's temporary files, or in MKD_PICTURES.
"""

import os
import re
import shutil
import tempfile
import unittest
from pathlib import Path

import frappe

from mkd_hrms.tests.support.http_world import HTTPCase, browser
from mkd_hrms.tests.support.live_server import site_header

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
DESK, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# Milliseconds for the first page of the Desk on a busy machine; whoever is looking for a fault has less of it.
PATIENCE = 1000 * int(os.environ.get("MKD_BROWSER_SECONDS") or 60)


def needed():
	"""The program, for a `setUpModule`. Raises SkipTest where there is no browser."""
	program = next(filter(None, map(shutil.which, PROGRAMS)), None)
	try:
		import playwright  # noqa: F401
	except ImportError:
		program = None
	if not program:
		text = f"NO BROWSER TEST RAN: Playwright (extra `test`) and one of {', '.join(PROGRAMS)} are needed."
		print(f"\n{'*' * len(text)}\n{text}\n{'*' * len(text)}", flush=True)
		raise unittest.SkipTest(text)
	return program


class BrowserCase(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		from playwright.sync_api import sync_playwright

		driver = sync_playwright().start()
		cls.addClassCleanup(driver.stop)
		# As root Chromium refuses to start with its own sandbox.
		arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
		cls.chromium = driver.chromium.launch(executable_path=needed(), args=arguments)
		cls.addClassCleanup(cls.chromium.close)
		cls.pictures = Path(os.environ.get("MKD_PICTURES") or tempfile.mkdtemp(prefix="mkd-pictures-"))
		cls.pictures.mkdir(exist_ok=True)

	def window(self, user, viewport):
		"""A window of this size in which the user is logged in."""
		client = browser(user)
		context = self.chromium.new_context(
			viewport=viewport, has_touch=viewport == TELEPHONE, extra_http_headers=site_header(client.server)
		)
		self.addCleanup(context.close)
		cookies = [{"name": each.name, "value": each.value} for each in client.session.cookies]
		context.add_cookies([cookie | {"url": client.server.url} for cookie in cookies])
		page = context.new_page()
		page.set_default_timeout(PATIENCE)
		self.problems = []
		page.on("pageerror", lambda error: self.problems.append(str(error)))
		return page

	def open(self, user, viewport, route):
		page = self.window(user, viewport)
		page.goto(f"{browser(user).server.url}/app/{route}", wait_until="domcontentloaded")
		return page

	def document(self, user, viewport, doctype, name):
		"""The form of a document, with everything that it asks the server for."""
		page = self.open(user, viewport, f"{frappe.scrub(doctype).replace('_', '-')}/{name}")
		self.shows(page, name)
		return page

	def shows(self, page, name):
		page.wait_for_function("name => window.cur_frm?.doc?.name === name", arg=name)
		page.wait_for_load_state("networkidle")

	def stands(self, page, status):
		"""The form has read the document anew, in this state."""
		page.wait_for_function("status => cur_frm.doc.status === status && !cur_frm.is_dirty()", arg=status)
		page.wait_for_load_state("networkidle")

	def choose(self, page, action):
		"""From the menu of actions at the top of a form or a list."""
		page.locator(".actions-btn-group:visible > button").click()
		page.locator(".actions-btn-group .dropdown-menu:visible").get_by_text(action, exact=True).click()

	def press(self, page, label):
		"""One of the form's own buttons, which a telephone keeps in its menu."""
		exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
		if page.viewport_size["width"] < DESK["width"]:
			page.locator(".menu-btn-group:visible > button").click()
			page.locator(".menu-btn-group .dropdown-menu:visible li", has_text=exactly).first.click()
		else:
			page.locator(".custom-actions:visible button", has_text=exactly).first.click()

	def field(self, page, name):
		"""Where a field is written, in the dialog if there is one."""
		kinds = ("input", "textarea", "select")
		return page.locator(", ".join(f"{kind}[data-fieldname='{name}']:visible" for kind in kinds)).first

	def has_come_up(self, page):
		"""A dialog stands still: one that is still fading in stays open for good, whatever is pressed in it."""
		page.locator(".modal.show:visible").last.wait_for()
		page.wait_for_function("() => !$('.modal.show').last().data('bs.modal')._isTransitioning")

	def answer(self, page, label, **values):
		"""Fill in the dialog that came up, and press its button."""
		self.has_come_up(page)
		dialog = page.locator(".modal.show")
		for name, value in values.items():
			field = self.field(dialog, name)
			if field.evaluate("field => field.tagName") == "SELECT":
				field.select_option(value)
			else:
				field.fill(value)
		dialog.get_by_role("button", name=label, exact=True).click()

	def fits(self, page):
		"""Nothing of the page stands out to the right."""
		wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
		self.assertLessEqual(*wide)

	def picture(self, page, name):
		page.screenshot(path=self.pictures / f"{name}.png")
		print(f"Picture: {self.pictures / name}.png", flush=True)

	def tearDown(self):
		frappe.db.rollback()
		super().tearDown()
