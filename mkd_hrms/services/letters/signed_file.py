"""The signed letter that comes back as a PDF: what it holds, and whether it bears a signature by certificate of BSrE.

Whether a signature is genuine is for the service of BSrE to say; here it is only looked whether there is one.
"""

from __future__ import annotations

import hashlib
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

import frappe
from frappe import _

from mkd_hrms.services.platform.attached_files import content_of

# The issuer, as it stands in certificates.
ISSUERS = (
	b"BSrE",
	b"Balai Sertifikasi Elektronik",
	b"Balai Besar Sertifikasi Elektronik",
	b"Badan Siber dan Sandi Negara",
)


def read(url: str) -> dict:
	"""What the register keeps of a signed file. Raises ValidationError for what is no PDF of this site."""
	content = content_of(url)
	if content is None or not content.startswith(b"%PDF"):
		frappe.throw(_("The signed letter is a PDF that is attached here."))
	return {
		"signed_file_sha256": hashlib.sha256(content).hexdigest(),
		"is_signed_electronically": int(is_signed_electronically(content)),
	}


def is_signed_electronically(content: bytes) -> bool:
	"""Whether a PDF holds a signature whose certificate names BSrE; a scanned letter holds none."""
	try:
		fields = PdfReader(BytesIO(content)).get_fields() or {}
		signatures = [_signature(field.get("/V")) for field in fields.values() if field.get("/FT") == "/Sig"]
	except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
		return False
	return any(issuer in signature for signature in signatures for issuer in ISSUERS)


def _signature(value) -> bytes:
	"""The certificates in a signature, where it covers the file."""
	found = value.get_object() if value is not None else None
	if not found or "/ByteRange" not in found or "/Contents" not in found:
		return b""
	contents = found["/Contents"]
	return bytes(getattr(contents, "original_bytes", contents))
