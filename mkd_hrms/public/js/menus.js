// The menus of our lists and forms offer nothing that the server would refuse; the platform's offer it to everybody.
$(document).on("app_ready", () => {
	// What is decided or filled in one by one, in the form.
	const ONE_BY_ONE = ["MKD Letter", "MKD Import", "MKD Agreement"];
	// What is on record once it has left its author.
	const ON_RECORD = ["MKD Request", "MKD Daily Report", "MKD Day Swap", "MKD Objection"];
	const is_ours = (meta) => meta?.module === "MKD HRMS";

	const list = frappe.views.ListView.prototype;
	const list_items = list.get_actions_menu_items;
	list.get_actions_menu_items = function () {
		const items = list_items.call(this);
		if (!is_ours(this.meta)) return items;
		const refused = refused_in_list(this.doctype).map((label) => __(label, null, "Button in list view actions menu"));
		return items.filter((item) => !refused.includes(item.label));
	};

	function refused_in_list(doctype) {
		const { can_export, can_write, can_read } = frappe.model;
		const bulk = can_write(doctype) && !ONE_BY_ONE.includes(doctype);
		return [
			!can_export(doctype) && "Export",
			!bulk && "Edit",
			// Without a rule nothing would happen, and no word would say so.
			!can_read("Assignment Rule") && "Apply Assignment Rule",
		].filter(Boolean);
	}

	const form = frappe.ui.form.Toolbar.prototype;
	const form_items = form.make_menu_items;
	form.make_menu_items = function () {
		const { frm, page } = this;
		if (!is_ours(frm.meta)) return form_items.call(this);
		const refused = refused_in_form(frm).map((label) => __(label));
		// An item that is never added leaves no shortcut behind, either.
		const add = page.add_menu_item;
		page.add_menu_item = (label, ...rest) => (refused.includes(label) ? null : add.call(page, label, ...rest));
		try {
			return form_items.call(this);
		} finally {
			page.add_menu_item = add;
		}
	};

	function refused_in_form({ doc, doctype, perm }) {
		const stands = ON_RECORD.includes(doctype) && doc.status !== "Draft";
		const of_another = doc.employee && doc.employee !== frappe.boot.mkd_own_record && !frappe.boot.mkd_acts_for_hr;
		return [
			(stands || of_another || !perm?.[0]?.delete) && "Delete",
			// A copy names the same employee, and of an objection the same decision.
			(of_another || doctype === "MKD Objection") && "Duplicate",
		].filter(Boolean);
	}
});
