frappe.ui.form.on("MKD Waiting Place", {
	async refresh(frm) {
		frm.disable_save();
		const { status, employee, mkd_date } = frm.doc;
		if (!["Waiting", "Told"].includes(status)) return;
		const name = frm.doc.name;
		const filters = { user_id: frappe.session.user, name: employee };
		const { message } = await frappe.db.get_value("Employee", filters, "name");
		if (!message?.name || frm.doc.name !== name) return;
		frm.remove_custom_button(__("Decline"));
		frm.add_custom_button(__("Decline"), () => ask_and_decline(frm));
		frm.remove_custom_button(__("Apply", null, "MKD Waiting Place"));
		if (status === "Told") frm.add_custom_button(__("Apply", null, "MKD Waiting Place"), () => apply_for(employee, mkd_date)).addClass("btn-primary");
	},
});

// Whoever is told applies as anybody does; the server knows that he comes first.
function apply_for(employee, day) {
	frappe.new_doc("MKD Request", { employee, request_type: "Dates", from_date: day, to_date: day });
}

function ask_and_decline(frm) {
	frappe.confirm(__("You will not be told of a free place on this date any more. The next one is told instead."), async () => {
		await frappe.call("mkd_hrms.api.decline_place", { place: frm.doc.name });
		frm.reload_doc();
	});
}
