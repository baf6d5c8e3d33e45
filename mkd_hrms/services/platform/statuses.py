"""Refusals for programs, which go by the number of the answer; a person reads the same sentence."""

import frappe


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
