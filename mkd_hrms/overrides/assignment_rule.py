"""What listens to documents was changed, so whoever writes rows past them looks anew."""

from mkd_hrms.services.platform import listeners


def on_change(doc, method=None):
	listeners.forget()
