const PARTS = ["/assets/mkd_hrms/js/board/words.js", "/assets/mkd_hrms/js/findings_table.js"];
const COLOURS = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };

frappe.ui.form.on("MKD Eligibility", {
	async refresh(frm) {
		const shown = frm.doc.name;
		await frappe.require(PARTS);
		if (frm.doc.name !== shown) return;
		const { findings } = frm.doc.__onload || {};
		show_headline(frm);
		// The table names the gates too, in the reader's language.
		frm.toggle_display(["failed_gates", "unknown_gates"], !findings);
		frm.toggle_display("conditions_section", Boolean(findings));
		const drawn = findings?.length ? [mkd_hrms.findings_table(findings, { with_advice: is_own() })] : [];
		frm.get_field("findings_html").$wrapper[0].replaceChildren(...drawn);
	},
});

// Whoever acts for HR reads the standing of others; everybody else only his own.
const is_own = () => !frappe.boot.mkd_acts_for_hr;

// The outcome, for which date, and until when it stays so by itself.
function show_headline(frm) {
	const { outcome, tier_limit, evaluated_for, changes_on } = frm.doc;
	if (!outcome) return;
	const day = (date) => frappe.datetime.str_to_user(date);
	const sentences = [
		__("{0} on {1}.", [__(outcome, null, "MKD Eligibility"), day(evaluated_for)]),
		outcome === "Not Eligible" ? "" : __("At most {0} MKD days a week", [tier_limit]) + ".",
		changes_on ? __("Stays so until {0}", [day(changes_on)]) + "." : "",
	];
	frm.layout.show_message();
	frm.layout.show_message(
		frappe.utils.escape_html(sentences.filter(Boolean).join(" ")),
		COLOURS[outcome] || "blue",
		true
	);
}
