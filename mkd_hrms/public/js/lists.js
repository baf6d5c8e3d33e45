// Our lists: the first column says when, who and of which unit.
frappe.provide("mkd_hrms");

$(document).on("app_ready", () => {
	frappe.require("/assets/mkd_hrms/css/lists.css");
	// Below it Frappe shows the first column and the state, and nothing else.
	const narrow = window.matchMedia("(max-width: 767px)");
	const list = frappe.views.ListView.prototype;
	const is_ours = (doctype) => Boolean(doctype?.startsWith("MKD "));
	const platforms = { setup_columns: list.setup_columns, get_subject_text: list.get_subject_text };

	// `settings.says`: the field by which the first column sorts, and its parts; the unit stands there where it has no
	// column of its own.
	list.setup_columns = function () {
		platforms.setup_columns.call(this);
		const { says } = this.settings;
		if (says) {
			const df = frappe.meta.get_docfield(this.doctype, says.field);
			this.columns[0].df = { ...df, label: says.label(narrow.matches) };
		} else if (is_ours(this.doctype)) {
			// Frappe asks for the label of the first column, alone of all, without its DocType.
			const { df } = this.columns[0];
			this.columns[0].df = { ...df, label: __(df.label, null, this.doctype) };
		}
	};

	list.get_subject_text = function (doc, title) {
		const { says } = this.settings;
		if (!says) return platforms.get_subject_text.call(this, doc, title);
		const parts = [...says.parts(doc), narrow.matches && says.unit(doc)];
		return parts.filter(Boolean).join(" · ") || doc.name;
	};

	narrow.addEventListener("change", () => {
		const shown = window.cur_list;
		if (!shown?.settings?.says || shown.view_name !== "List") return;
		shown.setup_columns();
		shown.render_header(true);
		shown.render();
	});
});

// What most of our lists say first. `date`: from a row to its date or dates; `name`: the field of the person.
mkd_hrms.when_and_who = (field, { name = "employee_name", unit = "department", date } = {}) => {
	const shown = (day) => (day ? frappe.datetime.str_to_user(day.split(" ")[0]) : "");
	return {
		field,
		label: (with_unit) => (with_unit ? __("Date, Employee, Unit") : __("Date and Employee")),
		parts: (doc) => [date ? date(doc, shown) : shown(doc[field]), typeof name === "function" ? name(doc) : doc[name]],
		unit: (doc) => doc[unit],
	};
};

// Of a calendar in which nobody moves or adds anything: the platform's hint says how to, and of a month a telephone would
// show three weeks.
mkd_hrms.only_shown = {
	editable: false,
	selectable: false,
	height: "auto",
	viewRender(_view, element) {
		const hint = element.closest(".fc").siblings(".footnote-area");
		hint.contents().filter((_place, node) => node.nodeType === window.Node.TEXT_NODE).remove();
	},
};
