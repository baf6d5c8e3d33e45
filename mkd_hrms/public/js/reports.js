// What the reports of MKD ask for and how they show it, said once: company, unit, period, and links from a row.
frappe.provide("mkd_hrms");

(() => {
	const CONTEXT = "MKD Reports";

	const company = () => ({
		fieldname: "company",
		label: __("Company", null, CONTEXT),
		fieldtype: "Link",
		options: "Company",
		default: frappe.defaults.get_user_default("Company"),
		reqd: 1,
	});

	// Of the company that is asked for, where it is asked for.
	const unit = () => ({
		fieldname: "department",
		label: __("Unit with Those Below"),
		fieldtype: "Link",
		options: "Department",
		get_query: () => ({ filters: { company: frappe.query_report.get_filter_value("company") } }),
	});

	// This month, unless other dates are named; not required, so that a chart without them shows this month as well.
	function period(from = frappe.datetime.month_start(), to = frappe.datetime.month_end()) {
		return [
			{ fieldname: "from_date", label: __("From", null, CONTEXT), fieldtype: "Date", default: from },
			{ fieldname: "to_date", label: __("To", null, CONTEXT), fieldtype: "Date", default: to },
		];
	}

	// `rows`: {value: label}, of which the first is shown unless another is named.
	function a_row_for(rows, first = Object.keys(rows)[0]) {
		const options = Object.entries(rows).map(([value, label]) => ({ value, label }));
		return { fieldname: "by", label: __("A Row For"), fieldtype: "Select", options, default: first };
	}

	// One of some words, or all of them; `said` is how the reader reads a word.
	function choice(fieldname, label, words, said) {
		const options = ["", ...words].map((value) => ({ value, label: value && said(value) }));
		return { fieldname, label, fieldtype: "Select", options };
	}

	// Escaped as everything that a report shows of people; `links`, by column, gives the address that a cell leads to.
	function formatter(links = {}) {
		const leads = { employee: ({ employee }) => `/app/employee/${encodeURIComponent(employee)}`, ...links };
		return (value, row, column, data, default_formatter) => {
			// What is not known is no number: the platform would show 0,0.
			if (value === null || value === undefined) return "";
			const text = frappe.utils.escape_html(value ?? "");
			const address = data && leads[column.fieldname]?.(data);
			if (address) return `<a href="${address}">${text}</a>`;
			return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
		};
	}

	// The list of a DocType for what a row counts: of a person or a unit, in a month.
	function list_of_month(route, { month, employee, department }) {
		if (!month) return null;
		const whose = employee ? `employee=${encodeURIComponent(employee)}` : `department=${encodeURIComponent(department || "")}`;
		const last = moment(`${month}-01`).endOf("month").format("YYYY-MM-DD");
		const dates = JSON.stringify(["Between", [`${month}-01`, last]]);
		return `/app/${route}?${whose}&mkd_date=${encodeURIComponent(dates)}`;
	}

	// What a report says of the axes of its chart Frappe forgets, and a telephone shows dots below the bars. Its view of reports
	// is there once the script of one runs; on a dashboard it is not, nor needed.
	function keep_axes() {
		const view = frappe.views.QueryReport?.prototype;
		if (!view || view.mkd_keeps_axes) return;
		const { get_chart_options } = view;
		view.mkd_keeps_axes = true;
		view.get_chart_options = function (data) {
			const axes = { ...data.chart?.axisOptions };
			const options = get_chart_options.call(this, data);
			if (options && this.report_name?.startsWith("MKD ")) Object.assign(options.axisOptions, axes);
			return options;
		};
	}

	mkd_hrms.report = { company, unit, period, a_row_for, choice, formatter, list_of_month, keep_axes };
})();
