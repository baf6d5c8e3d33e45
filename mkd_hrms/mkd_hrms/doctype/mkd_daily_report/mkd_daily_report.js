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
		frm.toggle_enable("employee", frm.is_new() && is_hr());
		show_headline(frm);
	},
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

const HR_ROLES = ["HR User", "HR Manager", "MKD Officer"];
const is_hr = () => HR_ROLES.some((role) => frappe.user.has_role(role));

const HEADLINES = {
	"Draft": () => ["blue", __("Not handed in yet: save, then Submit. Due by the end of the day.")],
	"Submitted": (frm) => ["green", frm.doc.is_late ? __("Handed in late.") : __("Handed in in time.")],
	"Missing": () => ["red", __("Not handed in within the grace time. HR can write the report for you.")],
};

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
