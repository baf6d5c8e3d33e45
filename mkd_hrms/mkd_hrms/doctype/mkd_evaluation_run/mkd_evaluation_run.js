// The worker tells of its progress; what it has written by then is read anew with every step.
frappe.ui.form.on("MKD Evaluation Run", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.status === "Running") {
			frm.dashboard.show_progress(__("Evaluation", null, "MKD Evaluation Run"), frm.doc.progress, frm.doc.company);
		}
		if (frm.doc.status === "Completed" && frm.doc.failed) {
			const told = __("{0} people could not be judged; they are named under Error.", [frm.doc.failed]);
			frm.set_intro(frappe.utils.escape_html(told), "orange");
		}
	},
});
