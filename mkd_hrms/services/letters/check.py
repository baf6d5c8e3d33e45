"""The page that says whether a letter holds: its picture on the letter, and what a stranger is told, which is little."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pyqrcode
from PIL import Image

import frappe
from frappe.utils import get_url

from mkd_hrms.constants import LETTER

TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
ADDRESS = "/api/method/mkd_hrms.api.letter_check?token={0}"
# Points of a picture for each module of the code, and modules of white around it.
SCALE, QUIET = 4, 4
# Neither names nor reasons: whoever holds the letter has the code.
# Nobody keeps a copy, and no other site learns the token.
HEADERS = {
	"Cache-Control": "no-store",
	"Referrer-Policy": "no-referrer",
	"X-Robots-Tag": "noindex",
	"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
TOLD = ("kind", "number", "letter_date", "status")


def picture(token: str | None) -> str:
	"""The QR code of the page about a letter, as an address that holds the picture itself."""
	if not token:
		return ""
	modules = pyqrcode.create(get_url(ADDRESS.format(token)), error="M").code
	size = len(modules) + 2 * QUIET
	image = Image.new("1", (size, size), 1)
	for row, line in enumerate(modules, QUIET):
		for column, is_dark in enumerate(line, QUIET):
			image.putpixel((column, row), 0 if is_dark == 1 else 1)
	file = BytesIO()
	image.resize((size * SCALE, size * SCALE), Image.Resampling.NEAREST).save(file, "PNG")
	return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def found(token: str) -> frappe._dict | None:
	"""What a stranger is told of the letter with this token; None where there is none."""
	# The database compares without case.
	if not TOKEN.fullmatch(token or ""):
		return None
	row = frappe.db.get_value(LETTER, {"token": token}, [*TOLD, "token"], as_dict=True)
	return frappe._dict({name: row[name] for name in TOLD}) if row and row.token == token else None
