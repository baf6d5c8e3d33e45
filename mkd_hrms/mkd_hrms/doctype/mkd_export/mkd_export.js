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
	refresh(frm) {
		offer_formats(frm);
		if (frm.is_new()) {
			return;
		}
		frm.disable_save();
		frappe.require("/assets/mkd_hrms/js/at_work.js", () =>
			mkd_hrms.follow_worker(frm, ["Waiting", "Running"]),
		);
		if (frm.doc.status === "Completed" && frm.doc.written_file) {
			frm.add_custom_button(__("Download"), () =>
				window.open(encodeURI(frm.doc.written_file), "_blank", "noopener"),
			)
				.removeClass("btn-default")
				.addClass("btn-primary");
		}
	},
	kind(frm) {
		offer_formats(frm);
	},
});

function offer_formats(frm) {
	const formats = FORMATS[frm.doc.kind] || [];
	frm.set_df_property("format", "options", ["", ...formats]);
	if (frm.is_new() && !formats.includes(frm.doc.format)) {
		frm.set_value("format", formats[0] || "");
	}
}
