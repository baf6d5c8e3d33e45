"""What somebody was told during the month, by kind."""

import re
from collections import Counter
from email import message_from_string
from email.header import decode_header, make_header

import frappe

SUBJECTS = {
	"request approved": r"MKD request \S+ is now Approved",
	"request denied": r"MKD request \S+ was denied",
	"report verified": r"Report of .*: Verified",
	"report missing": r"Report of .*: Missing",
	"report returned": r"Report of .*: Returned",
	"report rejected": r"Report of .*: Rejected",
	"warning": r"MKD: Warning from",
	"suspension": r"MKD: Suspension from",
	"revocation": r"MKD: Revocation from",
	"measure ended": r"MKD: .* is now Ended",
	"measure lifted": r"MKD: .* is now Lifted",
	"measure annulled": r"MKD: .* is now Annulled",
	"days suspended": r"MKD days of .* are suspended",
	"days approved again": r"MKD days of .* are approved again",
	"objection upheld": r"Your objection .*: Upheld",
	"objection dismissed": r"Your objection .*: Dismissed",
	"called back": r"You are called back to the office on",
	"day revoked": r"Your MKD on .* was revoked",
}


def mails_to(user):
	"""How many mails of each kind were written to him, by their subjects."""
	queued = frappe.get_all("Email Queue Recipient", {"recipient": user}, pluck="parent")
	subjects = [subject_of(frappe.db.get_value("Email Queue", mail, "message")) for mail in queued]
	return Counter(kind for subject in subjects if (kind := kind_of(subject)))


def notices_to(user):
	"""How many notices of each kind the desk shows him."""
	subjects = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")
	return Counter(kind for subject in subjects if (kind := kind_of(subject)))


def kind_of(subject):
	"""The kind of a message; another kind than those known is named as it is, so that the table misses it."""
	subject = re.sub(r"\s+", " ", frappe.utils.strip_html(subject))
	return next((kind for kind, pattern in SUBJECTS.items() if re.search(pattern, subject)), subject)


def subject_of(message):
	return str(make_header(decode_header(message_from_string(message)["Subject"])))
