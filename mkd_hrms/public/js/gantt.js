// Requests and days as bars, in the platform's Gantt: what the reader's list shows, from now on, and nobody moves them.
$(document).on("app_ready", () => {
	const monday = () => moment(frappe.datetime.get_today()).startOf("isoWeek").format("YYYY-MM-DD");
	// As in the calendar: what came to nothing is drawn for who asks for it by its state.
	const DRAWN = {
		"MKD Request": { start: "from_date", end: "to_date", without: ["Withdrawn", "Expired", "Cancelled"] },
		"MKD Day": { start: "mkd_date", end: "mkd_date", without: ["Released"] },
	};
	const gantt = frappe.views.GanttView.prototype;
	const platforms = {
		setup_defaults: gantt.setup_defaults,
		get_filters_for_args: gantt.get_filters_for_args,
		prepare_tasks: gantt.prepare_tasks,
		render_gantt: gantt.render_gantt,
	};
	const drawn_of = (view) => (view.view_name === "Gantt" ? DRAWN[view.doctype] : null);

	gantt.setup_defaults = async function () {
		const drawn = drawn_of(this);
		if (!drawn) return platforms.setup_defaults.call(this);
		// The calendar reads its own names out of the same settings, so these stand beside them.
		const settings = frappe.views.calendar[this.doctype];
		frappe.views.calendar[this.doctype] = { field_map: { id: "name", start: drawn.start, end: drawn.end }, order_by: drawn.end };
		try {
			await platforms.setup_defaults.call(this);
		} finally {
			frappe.views.calendar[this.doctype] = settings;
		}
		this.can_write = false;
	};

	// Of all the years only what is not over, unless dates are asked for; an index finds it.
	gantt.get_filters_for_args = function () {
		const filters = platforms.get_filters_for_args.call(this);
		const drawn = drawn_of(this);
		if (!drawn) return filters;
		const asks = (...fields) => filters.some(([, field]) => fields.includes(field));
		this.mkd_since = asks(drawn.start, drawn.end) ? null : monday();
		if (this.mkd_since) filters.push([this.doctype, drawn.end, ">=", this.mkd_since]);
		if (!asks("status")) filters.push([this.doctype, "status", "not in", drawn.without]);
		return filters;
	};

	gantt.prepare_tasks = function () {
		const drawn = drawn_of(this);
		if (!drawn) return platforms.prepare_tasks.call(this);
		this.tasks = this.data.map((doc) => {
			const [state, colour] = frappe.get_indicator(doc, this.doctype);
			return {
				id: doc.name,
				doctype: this.doctype,
				start: doc[drawn.start],
				end: doc[drawn.end],
				// A bar takes its name for HTML.
				name: frappe.utils.escape_html(`${doc.employee_name}: ${state}`),
				progress: 0,
				dependencies: "",
				custom_class: `mkd-bar mkd-bar-${colour}`,
			};
		});
	};

	gantt.render_gantt = function () {
		if (!drawn_of(this)) return platforms.render_gantt.call(this);
		this.$result.addClass("mkd-gantt");
		if (!this.tasks.length) return this.$result.empty();
		platforms.render_gantt.call(this);
		keep_still(this.$result[0]);
		if (this.mkd_since) {
			const said = __("From {0} on; a filter of dates shows others.", [frappe.datetime.str_to_user(this.mkd_since)]);
			// eslint-disable-next-line no-unsanitized/method -- an element, and no HTML
			this.$result.prepend($('<div class="mkd-gantt-since text-muted small">').text(said));
		}
	};

	// A bar would follow the mouse and go back at the next look: whoever wants other dates applies for them.
	function keep_still(result) {
		if (result.mkd_still) return;
		result.mkd_still = true;
		const stop = (event) => event.target.closest(".bar-wrapper") && event.stopPropagation();
		result.addEventListener("mousedown", stop, true);
	}
});

// What a press on a bar shows, for the settings of a list.
frappe.provide("mkd_hrms");
mkd_hrms.gantt_popup = (doctype, dates) => (_task, doc) => {
	const escape = frappe.utils.escape_html;
	const [state] = frappe.get_indicator(doc, doctype);
	const lines = [dates(doc), doc.department, state].filter(Boolean).map((line) => `<div class="subtitle">${escape(line)}</div>`);
	const address = frappe.utils.get_form_link(doctype, doc.name);
	return `<div class="title">${escape(doc.employee_name || doc.name)}</div>${lines.join("")}<a href="${address}">${__("Open", null, "MKD Gantt")}</a>`;
};
