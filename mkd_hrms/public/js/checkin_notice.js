// What the employee must know before he sends his position, and how exact that position is.
frappe.ui.form.on("Employee Checkin", {
	refresh(frm) {
		if (!frm.is_new()) return;
		frm.set_intro(
			__(
				"On an MKD day your position is stored with the check-in and compared with the place you declared. Your superior and HR can read it, and each reading is logged. After the period set by your agency it is rounded to about a kilometre. You may ask HR for all that is stored about you, and object."
			),
			"blue"
		);
	},

	// Frappe HR keeps the coordinates and drops how exact they are.
	fetch_geolocation(frm) {
		if (!navigator.geolocation) return;
		navigator.geolocation.getCurrentPosition(({ coords }) => frm.set_value("mkd_accuracy", coords.accuracy));
	},
});
