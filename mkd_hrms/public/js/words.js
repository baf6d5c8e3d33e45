// The search bar of the Desk knows MKD by the words that people use for it; each leads to what the user may do.
(() => {
	const WORDS = [
		"MKD",
		"WFH",
		"WFA",
		"Work from home",
		"Work from anywhere",
		"Kerja dari rumah",
		"Kerja dari mana saja",
	];
	const REQUEST = "MKD Request";
	const BOARD = "mkd-coverage-board";

	$(document).on("app_ready", () => {
		for (const word of WORDS) {
			for (const [sentence, action] of leads_to()) {
				frappe.search.utils.make_function_searchable(action, `${word}: ${sentence}`);
			}
		}
	});

	// What a user without a record of his own applies for, he applies for as HR for somebody else.
	// The search bar puts the shortest first.
	function leads_to() {
		const own = frappe.boot.mkd_own_record;
		const found = [];
		if (frappe.model.can_create(REQUEST) && (own || frappe.boot.mkd_acts_for_hr)) {
			found.push([__("apply"), () => frappe.new_doc(REQUEST, true)]);
		}
		if (frappe.model.can_read(REQUEST) && own) {
			found.push([__("my requests"), show_own]);
		}
		if (frappe.boot.page_info[BOARD]) {
			found.push([__("who is where"), () => frappe.set_route(BOARD)]);
		}
		return found;
	}

	function show_own() {
		frappe.set_route("List", REQUEST, "List", { employee_user: frappe.session.user });
	}
})();
