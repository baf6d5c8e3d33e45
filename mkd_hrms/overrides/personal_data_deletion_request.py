"""The platform deletes the personal data of a user: where he was and what he attached goes at once (rule P4)."""

from mkd_hrms.services.privacy import personal_data_file, retention

DELETED = "Deleted"


def on_change(doc, method=None):
	"""By now the platform has renamed the user to the request; decisions stay on record, as the law asks."""
	if doc.status == DELETED and (employees := personal_data_file.employees_of(doc.name)):
		retention.forget_person(employees)
