"""Frappe looks for this module beside every standard notification; the template needs nothing more."""
