// The day of the week of a date, short, in the reader's language: the Desk's calendar library speaks English alone.
frappe.provide("mkd_hrms");

mkd_hrms.weekday = (day) =>
	new Intl.DateTimeFormat(frappe.boot.lang || "en", { weekday: "short", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
