"""What becomes of approved days before their date: recall, rechecks, superseding."""
