"""The questions that the audit asks of the database."""
