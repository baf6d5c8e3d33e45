frappe.views.calendar["MKD Day"] = {
	// A date is the same in every time zone: nothing names the last of these fields.
	field_map: {
		id: "name",
		start: "start",
		end: "end",
		title: "title",
		allDay: 1,
		convertToUserTz: "convert_to_user_tz",
	},
	get_css_class: (event) => event.color,
	get_events_method: "mkd_hrms.api.days_in_calendar",
	options: {
		...mkd_hrms.only_shown,
		eventClick(event) {
			if (event.name) frappe.set_route("Form", "MKD Day", event.name);
			else if (!event.off) show_date(event.start.format("YYYY-MM-DD"));
		},
	},
};

// A number stands for the days of a date: the list shows them, with what else was asked for.
function show_date(date) {
	const asked = cur_list.filter_area.get().map(([, field, operator, value]) => [field, [operator, value]]);
	const filters = { status: ["!=", "Released"], ...Object.fromEntries(asked), mkd_date: ["=", date] };
	frappe.set_route("List", "MKD Day", "List", filters);
}
