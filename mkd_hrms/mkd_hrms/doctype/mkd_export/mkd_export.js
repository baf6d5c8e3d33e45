// An export: what can be asked for, and the way to the file once it is written.
const FORMATS = {
	"Monthly Recap": ["XLSX", "CSV"],
	"Monthly Evaluation": ["XLSX", "CSV"],
	"Open Tables": ["CSV", "Parquet"],
};

frappe.ui.form.on("MKD Export", {
	setup(frm) {
		frm.set_query("profile", () => ({ filters: { disabled: 0 } }));
		frm.set_query("department", () => ({ filters: { company: frm.doc.company } }));
	},
	onload(frm) {
		// Most files are of the month that is over.
		if (!frm.is_new() || frm.doc.from_date || frm.doc.to_date) return;
		const month = moment(frappe.datetime.get_today()).subtract(1, "month");
		frm.set_value("from_date", month.startOf("month").format("YYYY-MM-DD"));
		frm.set_value("to_date", month.endOf("month").format("YYYY-MM-DD"));
	},
	refresh(frm) {
		offer_formats(frm);
		if (frm.is_new()) {
			return;
		}
		frm.page.set_title(title_of(frm.doc));
		frm.disable_save();
		frappe.require("/assets/mkd_hrms/js/at_work.js", () =>
			mkd_hrms.follow_worker(frm, ["Waiting", "Running"]),
		);
		if (frm.doc.status === "Completed" && frm.doc.written_file) {
			// The form is saved no more: its first button, which a telephone shows as well, is the file.
			frm.page.set_primary_action(__("Download"), () =>
				window.open(encodeURI(frm.doc.written_file), "_blank", "noopener"),
			);
		}
	},
	kind(frm) {
		offer_formats(frm);
	},
});

// Frappe would show the choice as it is stored.
function title_of({ kind, profile }) {
	return profile || __(kind, null, "MKD Export");
}

function offer_formats(frm) {
	const formats = FORMATS[frm.doc.kind] || [];
	frm.set_df_property("format", "options", ["", ...formats]);
	if (frm.is_new() && !formats.includes(frm.doc.format)) {
		frm.set_value("format", formats[0] || "");
	}
}
