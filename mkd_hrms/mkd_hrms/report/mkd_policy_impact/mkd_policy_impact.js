// Kinds of change with their colours, those who lose first.
const MKD_CHANGES = {
	Loses: "red",
	"Fewer Days": "orange",
	"Needs Review": "orange",
	Gains: "green",
	"More Days": "green",
	"Other Reasons": "gray",
};
// Readiness is declared on a request, so nobody's standing knows it.
const MKD_GATES = [
	...["Status", "Type", "Not New", "Role", "Service Unit", "Performance", "Freshness", "Talent Box", "Absence"],
	...["Records", "Lateness", "Discipline", "Reports", "TRK", "Agreement", "Suspension", "Tier"],
];
const MKD_CHARTS = ["Outcome", "Unit", "Designation", "Grade", "Gate"];

const mkd_labelled = (values, context) =>
	values.map((value) => ({ value, label: value && __(value, null, context) }));

mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Policy Impact"] = {
	filters: [
		{
			fieldname: "policy",
			label: __("Draft Policy"),
			fieldtype: "Link",
			options: "MKD Policy",
			reqd: 1,
			get_query: () => ({ filters: { docstatus: 0 } }),
		},
		{ fieldname: "company", label: __("Company", null, "MKD Policy Impact"), fieldtype: "Link", options: "Company" },
		{
			fieldname: "department",
			label: __("Unit", null, "MKD Policy Impact"),
			fieldtype: "Link",
			options: "Department",
			get_query() {
				const company = frappe.query_report.get_filter_value("company");
				return { filters: company ? { company } : {} };
			},
		},
		{
			fieldname: "change",
			label: __("Change", null, "MKD Policy Impact"),
			fieldtype: "Select",
			options: mkd_labelled(["", ...Object.keys(MKD_CHANGES)], "MKD Policy Impact"),
		},
		{
			fieldname: "gate",
			label: __("Gate"),
			fieldtype: "Select",
			options: mkd_labelled(["", ...MKD_GATES], "MKD Policy Gate"),
		},
		{
			fieldname: "chart_by",
			label: __("Chart By"),
			fieldtype: "Select",
			options: mkd_labelled(MKD_CHARTS, "MKD Policy Impact"),
			default: "Outcome",
		},
	],
	onload(report) {
		// A large agency is compared by a worker, which says when it is done.
		frappe.realtime.off("mkd_policy_impact_ready");
		frappe.realtime.on("mkd_policy_impact_ready", ({ policy }) => {
			if (report.get_filter_value("policy") === policy) report.refresh();
		});
	},
	formatter(value, row, column, data, default_formatter) {
		const text = frappe.utils.escape_html(value ?? "");
		if (column.fieldname === "employee" && data) {
			return `<a href="/app/employee/${encodeURIComponent(data.employee)}">${text}</a>`;
		}
		if (column.fieldname === "change" && data) {
			return `<span class="indicator-pill ${MKD_CHANGES[data.kind]}">${text}</span>`;
		}
		if (column.fieldname === "reasons") return `<span title="${text}">${text}</span>`;
		return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
	},
};
