// Our lists offer Export to those alone whom the server lets export; the platform's offer it to everybody.
$(document).on("app_ready", () => {
	const list = frappe.views.ListView.prototype;
	const platforms = list.get_actions_menu_items;

	list.get_actions_menu_items = function () {
		const items = platforms.call(this);
		if (this.meta.module !== "MKD HRMS" || frappe.model.can_export(this.doctype)) return items;
		const refused = __("Export", null, "Button in list view actions menu");
		return items.filter((item) => item.label !== refused);
	};
});
