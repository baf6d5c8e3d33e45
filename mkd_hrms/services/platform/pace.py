"""How often one user may ask for what is costly. Frappe counts by address, and an agency has one for all its people."""

from __future__ import annotations

import frappe
from frappe import _


def keep(what: str, times: int, seconds: int) -> None:
	"""Count one more request of this user. Raises RateLimitExceededError for more than `times` within the seconds."""
	key = frappe.cache.make_key(f"mkd_pace:{what}:{frappe.session.user}")
	count = frappe.cache.incrby(key, 1)
	# A key that has lost its end would lock its user out for good.
	if count == 1 or frappe.cache.ttl(key) < 0:
		frappe.cache.expire(key, seconds)
	if count > times:
		# Whoever answers a program says it in a header: overrides/functions/answers_to_programs.py
		frappe.flags.mkd_retry_after = frappe.cache.ttl(key)
		frappe.throw(
			_("You have asked for this {0} times within {1} minutes. Wait a while, and ask again.").format(
				times, seconds // 60
			),
			frappe.RateLimitExceededError,
			title=_("Too Often"),
		)
