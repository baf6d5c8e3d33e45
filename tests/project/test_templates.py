"""Whatever a template of ours shows is escaped: a name is text, in mails, notices and prints alike.

Frappe fills templates in without escaping anything.
"""

import json
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

APP = Path(__file__).parents[2] / "mkd_hrms"
# These are filled in where everything is escaped (simulate/check/report.py, simulate/trial/report.py, agreements.fill).
ESCAPING = {"report.html", "board.html", "impact.html", "mkd_agreement_text.html"}
PAGES = [path for path in sorted(APP.rglob("*.html")) if path.name not in ESCAPING]
NOTIFICATIONS = sorted((APP / "mkd_hrms" / "notification").glob("*/*.json"))
# The text of an agreement and that of a notice are pages that were made with escaped values, a letter head is the
# administrator's page; the others make text or a link themselves.
MADE_HERE = {
	"doc.text",
	"letter_head",
	"text",
	"frappe.format",
	"frappe.utils.format_date",
	"frappe.utils.get_link_to_form",
}


def shown_raw(template):
	"""The lines that show something as it is: neither escaped, nor a sentence of ours without values."""
	tree = Environment(autoescape=True).parse(template)
	shown = [each for output in tree.find_all(nodes.Output) for each in output.nodes]
	return [each.lineno for each in shown if not (isinstance(each, nodes.TemplateData) or is_safe(each))]


def is_safe(expression):
	if isinstance(expression, nodes.Filter):
		return expression.name in ("e", "escape")
	if name_of(expression) in MADE_HERE:
		return True
	is_sentence = isinstance(expression, nodes.Call) and name_of(expression) == "_"
	return is_sentence and all(isinstance(each, nodes.Const) for each in expression.args)


def name_of(expression):
	if isinstance(expression, nodes.Call):
		return name_of(expression.node)
	if isinstance(expression, nodes.Getattr):
		return f"{name_of(expression.node)}.{expression.attr}"
	return getattr(expression, "name", "")


@pytest.mark.parametrize(
	"raw", ["{{ doc.reason }}", "{{ _('{0}').format(doc.reason) }}", "{{ _(doc.reason) }}"]
)
def test_a_value_that_is_shown_as_it_is_would_be_found(raw):
	assert shown_raw(raw) == [1]
	assert shown_raw(raw.replace(" }}", " | e }}")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_value_in_a_page_is_escaped(page):
	assert shown_raw(page.read_text()) == []


@pytest.mark.parametrize("notification", NOTIFICATIONS, ids=lambda path: path.stem)
def test_every_value_in_a_notification_is_escaped(notification):
	said = json.loads(notification.read_text())
	assert shown_raw(said["message"]) == []
	assert said["message"] == notification.with_suffix(".html").read_text().rstrip("\n")
	# In the list of notices it is shown as HTML; of a mail it becomes plain text (announcements.py).
	assert shown_raw(said["subject"]) == []
