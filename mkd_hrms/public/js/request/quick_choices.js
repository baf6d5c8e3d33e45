// One tap for what most people ask for: the coming weeks as full as they may be, and the same as last time.
frappe.provide("mkd_hrms");

(() => {
	const OFFERED = 2;

	function quick_choices(frm) {
		if (frm.doc.request_type === "Weekly Pattern") return null;
		const { el } = mkd_hrms.board;
		const offers = [...coming_weeks(frm), as_last_time(frm)].filter(Boolean);
		const buttons = offers.map(({ text, take }) => el("button", { type: "button", class: "btn btn-default btn-sm mkd-quick", text, "data-key": text, onclick: take }));
		return el("div", { class: "mkd-quick-bar", role: "group", "aria-label": __("Quick choices") }, ...buttons);
	}

	// The first days of a week that have room, as many as are left in it.
	function coming_weeks(frm) {
		const { choose, left_in, monday_of } = mkd_hrms.request;
		const this_week = monday_of(frappe.datetime.get_today());
		const found = [];
		for (const week of [...frm.mkd_choice.weeks.values()].sort(by_monday)) {
			const left = left_in(frm, week);
			const open = left && week.monday > this_week ? open_days(frm, week.monday) : [];
			if (!open.length) continue;
			const roomy = open.filter((day) => day.kind !== "full");
			const days = (roomy.length ? roomy : open).slice(0, left).map(({ day }) => day);
			found.push({ text: name_of(week, days, this_week), take: () => choose(frm, days) });
			if (found.length === OFFERED) break;
		}
		return found;
	}

	const by_monday = (one, other) => (one.monday < other.monday ? -1 : 1);

	function open_days(frm, monday) {
		const { monday_of } = mkd_hrms.request;
		return [...frm.mkd_choice.days.values()].filter((day) => day.open && monday_of(day.day) === monday);
	}

	function name_of(week, days, this_week) {
		const is_next = week.monday === frappe.datetime.add_days(this_week, 7);
		const text = weekdays(days);
		return is_next ? __("Next week {0}", [text]) : __("Week of {0}: {1}", [moment(week.monday).format("D/M"), text]);
	}

	// "Mon–Wed", or "Mon, Wed" where a day lies between.
	function weekdays(days) {
		const names = days.map(mkd_hrms.weekday);
		const in_a_row = frappe.datetime.get_day_diff(days.at(-1), days[0]) === days.length - 1;
		return days.length > 2 && in_a_row ? `${names[0]}–${names.at(-1)}` : names.join(", ");
	}

	// The dates of the last application, later by as many whole weeks as it takes; with its reason, where none is written.
	function as_last_time(frm) {
		const { last } = frm.mkd_choice;
		const days = last ? shifted(frm, last.dates) : [];
		if (!days.length) return null;
		const text = __("As last time: {0}", [days.map((day) => `${mkd_hrms.weekday(day)} ${moment(day).format("D/M")}`).join(", ")]);
		return { text, take: () => take_last(frm, last, days) };
	}

	async function take_last(frm, last, days) {
		mkd_hrms.request.choose(frm, days);
		if (!frm.doc.reason) await frm.set_value("reason", last.reason);
	}

	function shifted(frm, dates) {
		const { left_in, monday_of } = mkd_hrms.request;
		const { days, weeks } = frm.mkd_choice;
		const today = frappe.datetime.get_today();
		const first = [...dates].sort()[0];
		if (!first) return [];
		const later = Math.max(1, Math.floor(frappe.datetime.get_day_diff(today, first) / 7) + 1);
		for (let number = later; number < later + 4; number++) {
			const free = dates.map((day) => frappe.datetime.add_days(day, 7 * number)).filter((day) => days.get(day)?.open);
			const asked = {};
			const fitting = free.sort().filter((day) => {
				const week = weeks.get(monday_of(day));
				asked[week.monday] = (asked[week.monday] || 0) + 1;
				return asked[week.monday] <= (left_in(frm, week) || 0);
			});
			if (fitting.length) return fitting;
		}
		return [];
	}

	// Under the work plan, while it is empty.
	function offer_last_plan(frm) {
		const wrapper = frm.get_field("work_plan").$wrapper;
		wrapper.find(".mkd-last-plan").remove();
		const rows = frm.mkd_choice?.last?.work_plan || [];
		const written = (frm.doc.work_plan || []).some((row) => row.activity || row.output || row.target);
		if (!rows.length || written || !mkd_hrms.request.is_choosing(frm)) return;
		const text = __("Last work plan");
		const title = rows.map((row) => row.activity).join(", ");
		wrapper[0].appendChild(mkd_hrms.board.el("button", { type: "button", class: "btn btn-default btn-sm mkd-last-plan", text, title, onclick: () => take_plan(frm, rows) }));
	}

	function take_plan(frm, rows) {
		frm.clear_table("work_plan");
		rows.forEach(({ activity, output, target }) => frm.add_child("work_plan", { activity, output, target }));
		frm.dirty();
		frm.refresh_field("work_plan");
		offer_last_plan(frm);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { quick_choices, offer_last_plan });
})();
