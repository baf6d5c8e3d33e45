"""A circular, before it is submitted."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.services.collective_days import preview
from mkd_hrms.services.platform import pace
from mkd_hrms.services.platform.opened import opened


@frappe.whitelist()
def collective_preview(circular: str) -> dict:
	"""Whom a circular would concern, with counts for each unit: for who may submit it; nothing is written."""
	doc = opened(COLLECTIVE_DAY, circular)
	doc.check_permission("submit")
	pace.keep("collective preview", times=30, seconds=3600)
	return preview.of(doc)
