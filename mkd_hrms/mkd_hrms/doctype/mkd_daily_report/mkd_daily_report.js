frappe.ui.form.on("MKD Daily Report", {
	setup(frm) {
		frm.set_query("employee", () => ({ filters: { status: "Active" } }));
		frm.set_query("goal", "activities", () => ({ filters: { employee: frm.doc.employee } }));
	},

	async onload(frm) {
		if (!frm.is_new()) return;
		frm.doc.activities?.forEach(forget_times);
		if (!frm.doc.mkd_date) await frm.set_value("mkd_date", frappe.datetime.get_today());
		if (!frm.doc.employee) await set_own_employee(frm);
	},

	refresh(frm) {
		frm.toggle_enable("employee", frm.is_new() && frappe.boot.mkd_acts_for_hr);
		frm.set_df_property("activities", "read_only", !may_write(frm));
		frm.toggle_enable("verifier_note", Boolean(frm.doc.__onload?.may_verify) && is_waiting(frm));
		offer_plan(frm);
		show_headline(frm);
	},

	// The action reads the report from the database, so the reason has to be stored before.
	async before_workflow_action(frm) {
		if (!["Return Report", "Reject"].includes(frm.selected_workflow_action)) return;
		frappe.dom.unfreeze();
		if (!frm.doc.verifier_note) await frm.set_value("verifier_note", await ask_why());
		if (frm.is_dirty()) await frm.save("Update");
	},

	// What the form offers next is for the server to say.
	after_workflow_action: (frm) => frm.reload_doc(),
});

frappe.ui.form.on("MKD Daily Report Activity", {
	activities_add(frm, doctype, name) {
		forget_times(frappe.get_doc(doctype, name));
		frm.refresh_field("activities");
	},
	activities_remove: (frm) => show_total(frm),
	minutes: (frm) => show_total(frm),
	from_time: (frm, doctype, name) => count_minutes(frm, doctype, name),
	to_time: (frm, doctype, name) => count_minutes(frm, doctype, name),
});

const is_waiting = (frm) => ["Submitted", "Returned"].includes(frm.doc.status);

// What was handed in stands, unless it was returned; a missing report is for HR to write.
function may_write(frm) {
	return frm.is_new() || Boolean(frm.doc.__onload?.may_write);
}

function offer_plan(frm) {
	const lines = frm.doc.__onload?.plan || [];
	frm.fields_dict.activities.grid.update_docfield_property("planned_activity", "options", lines.join("\n"));
}

const ask_why = () =>
	new Promise((resolve, reject) => {
		const dialog = mkd_hrms.ask(
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Note of the Verifier"),
				description: __("The employee reads it."),
				reqd: 1,
			},
			({ note }) => resolve(note),
			__("Say why")
		);
		dialog.onhide = () => setTimeout(reject);
	});

const moment_of = (value) => frappe.datetime.str_to_user(value);

const HEADLINES = {
	"Draft": () => ["blue", __("Not handed in yet: save, then Hand In. Due by the end of the day.")],
	"Submitted": (frm) => [
		frm.doc.escalated_on ? "orange" : "blue",
		`${frm.doc.is_late ? __("Handed in late.") : __("Handed in in time.")} ${waiting(frm)}`,
	],
	"Returned": (frm) => [
		"orange",
		__("Returned for a revision until {0}: {1}", [moment_of(frm.doc.revise_by), frm.doc.return_note]),
	],
	"Verified": (frm) => ["green", measured(frm)],
	"Rejected": (frm) => ["red", __("Rejected: {0}", [frm.doc.verifier_note])],
	"Missing": () => ["red", __("Not handed in within the grace time. HR can write the report for you.")],
};

function waiting(frm) {
	if (frm.doc.escalated_on) return __("Not verified in time, and escalated.");
	if (!frm.doc.verify_by) return measured(frm);
	return `${measured(frm)} ${__("To be verified until {0}.", [moment_of(frm.doc.verify_by)])}`;
}

function measured(frm) {
	if (!frm.doc.target_minutes) return __("{0} minutes reported.", [frm.doc.total_minutes]);
	return __("{0} of {1} minutes reported.", [frm.doc.total_minutes, frm.doc.target_minutes]);
}

function show_headline(frm) {
	const [colour, sentence] = HEADLINES[frm.doc.status]?.(frm) || [];
	frm.layout.show_message();
	if (sentence) frm.layout.show_message(frappe.utils.escape_html(sentence), colour, true);
}

// Frappe fills both times of a new row with the present one; without times the minutes count.
function forget_times(row) {
	row.from_time = row.to_time = null;
}

function count_minutes(frm, doctype, name) {
	const row = frappe.get_doc(doctype, name);
	if (!row.from_time || !row.to_time) return;
	const [start, end] = [row.from_time, row.to_time].map((time) => moment(time, "HH:mm:ss"));
	frappe.model.set_value(doctype, name, "minutes", Math.max(0, end.diff(start, "minutes")));
}

function show_total(frm) {
	const minutes = (frm.doc.activities || []).map((row) => cint(row.minutes));
	frm.set_value("total_minutes", minutes.reduce((sum, each) => sum + each, 0));
}

async function set_own_employee(frm) {
	const own = { user_id: frappe.session.user, status: "Active" };
	const { message } = await frappe.db.get_value("Employee", own, "name");
	if (message.name) await frm.set_value("employee", message.name);
}
