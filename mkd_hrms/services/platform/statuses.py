"""Refusals for programs, which go by the number of the answer; a person reads the same sentence."""

from typing import Any

import frappe
from frappe import _


class Malformed(frappe.ValidationError):
	"""What was sent has not the form that was asked for."""

	http_status_code = 400


class AtWork(frappe.ValidationError):
	"""The same call is being answered at this moment."""

	http_status_code = 409


class TooLarge(frappe.ValidationError):
	"""More was sent, or asked for, than one call may hold."""

	http_status_code = 413


class Unprocessable(frappe.ValidationError):
	"""What was sent has its form, and cannot be used."""

	http_status_code = 422


def refuse_other_than_texts(**sent: Any) -> None:
	"""The platform hands over whatever stood in the body. Raises Malformed."""
	for name, value in sent.items():
		if not isinstance(value, str):
			frappe.throw(_("{0} is a text.").format(name), Malformed)
