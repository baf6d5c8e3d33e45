// What our lists share. They offer Export to those alone whom the server lets export; the platform's offer it to everybody.
$(document).on("app_ready", () => {
	frappe.require("/assets/mkd_hrms/css/lists.css");
	const list = frappe.views.ListView.prototype;
	const platforms = list.get_actions_menu_items;

	list.get_actions_menu_items = function () {
		const items = platforms.call(this);
		if (this.meta.module !== "MKD HRMS" || frappe.model.can_export(this.doctype)) return items;
		const refused = __("Export", null, "Button in list view actions menu");
		return items.filter((item) => item.label !== refused);
	};
});

// A telephone shows one column and the state: below who and when stands the unit, which at a desk has a column of its own.
frappe.provide("mkd_hrms");
mkd_hrms.with_unit = (text, unit) => (unit && window.matchMedia("(max-width: 767px)").matches ? `${text}\n${unit}` : text);
