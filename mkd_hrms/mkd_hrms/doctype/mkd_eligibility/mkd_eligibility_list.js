frappe.listview_settings["MKD Eligibility"] = {
	add_fields: ["outcome"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };
		const label = __(doc.outcome, null, "MKD Eligibility");
		return [label, colours[doc.outcome] || "gray", `outcome,=,${doc.outcome}`];
	},
	onload(listview) {
		if (["HR Manager", "MKD Officer"].some((role) => frappe.user.has_role(role))) {
			listview.page.add_inner_button(__("Evaluate Now"), ask_for_company);
		}
	},
};

function ask_for_company() {
	const company = {
		fieldname: "company",
		fieldtype: "Link",
		options: "Company",
		label: __("Company", null, "MKD Eligibility"),
		reqd: 1,
		default: frappe.defaults.get_user_default("Company"),
	};
	mkd_hrms.ask(company, evaluate_now, __("Evaluate Now"), __("Start"));
}

// The worker tells how far it is, in the platform's own progress dialog.
async function evaluate_now({ company }) {
	const { queued } = await frappe.xcall("mkd_hrms.api.evaluate_now", { company });
	const [told, indicator] = queued
		? [__("The evaluation of {0} was handed to a worker.", [company]), "blue"]
		: [__("An evaluation of {0} is under way already.", [company]), "orange"];
	frappe.show_alert({ message: frappe.utils.escape_html(told), indicator });
}
