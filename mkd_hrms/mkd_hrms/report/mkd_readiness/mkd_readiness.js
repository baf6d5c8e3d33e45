const COLOURS = { Blocking: "red", Open: "orange", Ready: "green" };

frappe.query_reports["MKD Readiness"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company", null, "MKD Reports"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
			reqd: 1,
		},
		// Set by a click on a number; the button leads back.
		{ fieldname: "question", label: __("Question"), fieldtype: "Data", hidden: 1 },
	],
	onload(report) {
		report.page.add_inner_button(__("All Questions"), () => report.set_filter_value("question", ""));
		report.$report.on("click", ".mkd-who", (event) => {
			report.set_filter_value("question", event.currentTarget.dataset.question);
		});
	},
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data || !data.indicator) return shown;
		if (column.fieldname === "state") {
			return `<span class="indicator-pill ${COLOURS[data.indicator]}">${shown}</span>`;
		}
		if (column.fieldname === "lacking" && data.question) {
			const question = frappe.utils.escape_html(data.question);
			return `<button class="btn btn-xs btn-default mkd-who" data-question="${question}">${cint(value)}</button>`;
		}
		return shown;
	},
};
