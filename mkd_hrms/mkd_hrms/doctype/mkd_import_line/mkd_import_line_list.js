// The lines of imports: a check-in of a day that is over is confirmed or refused here, one or many at a time.
frappe.listview_settings["MKD Import Line"] = {
	add_fields: ["decision", "moment", "employee", "undone"],
	hide_name_column: true,
	formatters: {
		employee_name: (name, _df, { moment }) =>
			moment ? `${frappe.datetime.str_to_user(moment)} · ${name}` : name || "",
	},
	get_indicator({ decision, undone, action }) {
		if (undone) return [__("Undone", null, "MKD Import"), "gray", "undone,=,1"];
		const colours = { Open: "orange", Confirmed: "green", Refused: "red" };
		const said = __(decision || action, null, "MKD Import Line");
		return [said, colours[decision] || "blue", decision ? `decision,=,${decision}` : `action,=,${action}`];
	},
	button: {
		show: is_open_line,
		get_label: () => __("Confirm", null, "MKD Import Line"),
		get_description: ({ moment }) =>
			__("Let the check-in of {0} count.", [frappe.datetime.str_to_user(moment)]),
		action: (line) => decide_lines([line.name], 1),
	},
	onload(list) {
		for (const [label, confirmed] of [
			[__("Confirm", null, "MKD Import Line"), 1],
			[__("Refuse"), 0],
		]) {
			list.page.add_actions_menu_item(label, () => {
				const lines = list.get_checked_items().filter(is_open_line);
				decide_lines(
					lines.map(({ name }) => name),
					confirmed,
				);
			});
		}
	},
};

function is_open_line({ decision, undone }) {
	return decision === "Open" && !undone;
}

// One after the other: what the server refuses of one says nothing about the next.
async function decide_lines(names, confirmed) {
	for (const name of names) {
		await frappe.xcall("mkd_hrms.api.decide_check_in", { name, confirmed });
	}
	if (names.length) {
		frappe.show_alert({ message: frappe.utils.escape_html(__("{0} decided", [names.length])), indicator: "green" });
	}
	const list = window.cur_list;
	if (list) {
		list.clear_checked_items();
		// Within three seconds of the last time the platform would not ask again.
		list.last_args = null;
		list.refresh();
	}
}
