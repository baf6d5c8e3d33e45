"""Takes the pictures of the guide (docs/guide/*/pictures) from a demo site that `make serve` serves, in both languages.

Environment: PORT (8000), where the demo site answers.
"""

import json
import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide"
URL = f"http://localhost:{os.environ.get('PORT') or '8000'}"
LANGUAGES = ("en", "id")
DOMAIN = "mkd.example"
PASSWORD = "mkd-demo"  # noqa: S105 -- of invented people, as the demo site prints it
ADMINISTRATOR = ("Administrator", "admin")
PEOPLE = ("asep", "budi", "dedi", "siti")
# Low enough for a picture to stay small: what a page shows below is the same for everybody.
DESK, TELEPHONE = {"width": 1100, "height": 480}, {"width": 390, "height": 700}
# For a part that is higher than that: where the page has to be scrolled, the bar of the Desk lies over it.
TALL = {"width": 1100, "height": 1400}
PATIENCE = 60_000
FIRST_OF_EACH_WEEK = """[...document.querySelectorAll(".mkd-strip-week")]
	.map((week) => week.querySelector("[data-day]:not([aria-disabled='true'])")?.dataset.day)
	.filter(Boolean)"""
READY = "Boolean(window.frappe?.boot && frappe.xcall)"


def main():
	with sync_playwright() as driver:
		arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
		browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
		for language in LANGUAGES:
			folder = GUIDE / language / "pictures"
			folder.mkdir(exist_ok=True)
			speak(browser, language)
			for name, (user, viewport, take) in PICTURES.items():
				page = window(browser, address(user), viewport)
				part = take(page)
				page.wait_for_load_state("networkidle")
				part.screenshot(path=folder / f"{name}.png")
				page.context.close()
				print(f"{language}/pictures/{name}.png", (folder / f"{name}.png").stat().st_size)
		speak(browser, LANGUAGES[0])


def window(browser, user, viewport, password=PASSWORD):
	context = browser.new_context(viewport=viewport, has_touch=viewport == TELEPHONE)
	answer = context.request.post(f"{URL}/api/method/login", form={"usr": user, "pwd": password})
	if not answer.ok:
		raise SystemExit(f"{user} cannot log in at {URL}: serve the demo site first (make serve).")
	page = context.new_page()
	page.set_default_timeout(PATIENCE)
	return page


def address(user):
	return f"{user}@{DOMAIN}"


def speak(browser, language):
	"""From now on the Desk speaks this language to the people of the demo."""
	page = window(browser, ADMINISTRATOR[0], DESK, ADMINISTRATOR[1])
	page.goto(f"{URL}/app/home", wait_until="domcontentloaded")
	page.wait_for_function(READY)
	for user in PEOPLE:
		values = {"doctype": "User", "name": address(user), "fieldname": "language", "value": language}
		page.evaluate("values => frappe.xcall('frappe.client.set_value', values)", values)
	page.context.close()


def opened(page, route):
	page.goto(f"{URL}/app/{route}", wait_until="domcontentloaded")
	return page


def request_of(page, **filters):
	"""The form of a request of the demo."""
	opened(page, "home").wait_for_function(READY)
	asked = {
		"doctype": "MKD Request",
		"filters": json.dumps(filters),
		"order_by": "name",
		"limit_page_length": 1,
	}
	(found,) = page.evaluate("asked => frappe.xcall('frappe.client.get_list', asked)", asked)
	opened(page, f"mkd-request/{found['name']}").wait_for_function("window.cur_frm?.doc?.name")
	page.wait_for_load_state("networkidle")


def home(page):
	opened(page, "my-mkd").locator(".mkd-standing a").first.wait_for()
	return page


def applying(page):
	days = opened(page, "mkd-request/new").locator(".mkd-strip [data-day]:not([aria-disabled='true'])")
	days.first.wait_for()
	# Of two weeks, so that none holds too many.
	for day in page.evaluate(FIRST_OF_EACH_WEEK)[:2]:
		page.locator(f".mkd-strip [data-day='{day}']").click()
	return page.locator("[data-fieldname='choose_section']")


def denied(page):
	request_of(page, status="Denied")
	part = page.locator("[data-fieldname='decision_html']")
	part.locator(".mkd-gate-page").first.wait_for()
	return page


def deciding(page):
	request_of(page, status="Pending Approval")
	page.locator(".actions-btn-group:visible > button").click()
	return page


def board(page):
	opened(page, "mkd-coverage-board").locator(".mkd-board-table").wait_for()
	return page.locator(".mkd-board")


def reviewing(page):
	request_of(page, status="Pending HR Review")
	page.get_by_role("button", name=re.compile("^(Decide|Putuskan)$")).click()
	dialog = page.locator(".modal.show .modal-content")
	dialog.locator("select").wait_for()
	return dialog


def readiness(page):
	opened(page, "query-report/MKD Readiness").locator(".mkd-who").first.wait_for()
	return page.locator(".layout-main-section:visible").first


# By name: as whom, on which screen, and the way to what is shown.
PICTURES = {
	"home": ("asep", TELEPHONE, home),
	"apply": ("asep", TALL, applying),
	"denied": ("budi", TELEPHONE, denied),
	"decide": ("dedi", DESK, deciding),
	"board": ("dedi", DESK, board),
	"review": ("siti", TALL, reviewing),
	"readiness": ("siti", DESK, readiness),
}


if __name__ == "__main__":
	sys.exit(main())
