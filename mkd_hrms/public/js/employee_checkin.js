// On an MKD day the server says with the form whether the day may still be given back at the office.
frappe.ui.form.on("Employee Checkin", {
	refresh(frm) {
		if (!frm.doc.__onload?.mkd_release) return;
		frm.add_custom_button(__("Give Back MKD Day"), () => give_back(frm)).addClass("btn-primary");
	},

	before_save(frm) {
		frm.mkd_was_new = frm.is_new();
	},

	after_save(frm) {
		if (frm.mkd_was_new && frm.doc.__onload?.mkd_release) give_back(frm);
	},
});

function give_back(frm) {
	const { date, until } = frm.doc.__onload.mkd_release;
	const question = __(
		"You are at the office on your MKD day {0}. Give the day back to your weekly quota? This is possible until {1}.",
		[frappe.datetime.str_to_user(date), until]
	);
	frappe.confirm(frappe.utils.escape_html(question), async () => {
		await frappe.call("mkd_hrms.api.give_back_day", { checkin: frm.doc.name });
		frappe.show_alert({ message: __("The day was given back."), indicator: "green" });
		frm.reload_doc();
	});
}
