frappe.views.calendar["MKD Request"] = {
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
	get_events_method: "mkd_hrms.api.requests_in_calendar",
	options: {
		...mkd_hrms.only_shown,
		// A number, a holiday and leave lead nowhere: of many the list shows what was asked for.
		eventClick(event) {
			if (event.name) frappe.set_route("Form", "MKD Request", event.name);
		},
	},
};
