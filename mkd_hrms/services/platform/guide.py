"""The pages of docs/guide as the Desk shows them: in the reader's language, without internet, and no other file."""

from __future__ import annotations

import re
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import md_to_html

ROUTE = "/app/mkd-guide"
FIRST = "index"
LANGUAGES = ("en", "id")
# A picture is a file of the repository, which no browser can reach.
PICTURE = re.compile(r"!\[[^\]]*\]\([^)\s]+\)\n*")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "mailto:")


def page_of(gate: str) -> str:
	"""The name of the page of a gate."""
	return gate.lower().replace(" ", "-")


def page(name: str) -> dict:
	"""A page as HTML. Raises DoesNotExistError for whatever is none."""
	pages = pages_in(language())
	if name not in pages:
		frappe.throw(_("The guide has no such page."), frappe.DoesNotExistError)
	text = PICTURE.sub("", pages[name].read_text(encoding="utf-8"))
	html = md_to_html(_with_ways_in_the_desk(text, pages[name], pages))
	return {"name": name, "html": str(html)}


def pages_in(language: str) -> dict[str, Path]:
	"""The files by the names of their pages, which differ in all folders."""
	folder = Path(frappe.get_app_source_path("mkd_hrms")).resolve() / "docs" / "guide" / language
	return {path.stem: path for path in folder.rglob("*.md")}


def language() -> str:
	"""Whoever reads neither of both reads English."""
	return frappe.local.lang if frappe.local.lang in LANGUAGES else LANGUAGES[0]


def _with_ways_in_the_desk(text: str, path: Path, pages: dict[str, Path]) -> str:
	"""Links between pages lead on in the Desk; what is not of the guide keeps its words only."""

	def way(link: re.Match) -> str:
		words, address = link.groups()
		if address.startswith(ELSEWHERE):
			return link[0]
		target, _hash, part = address.partition("#")
		found = (path.parent / target).resolve() if target else path
		if pages.get(found.stem) != found:
			return words
		return f"[{words}]({'/'.join(filter(None, (ROUTE, found.stem, part)))})"

	return LINK.sub(way, text)
