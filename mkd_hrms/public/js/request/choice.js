// What can be chosen, by one call: the days and weeks that are known so far, and which of them are chosen in the form.
frappe.provide("mkd_hrms");

(() => {
	const METHOD = "mkd_hrms.api.before_applying";
	const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
	const PATTERN = "Weekly Pattern";

	const monday_of = (day) => moment(day).startOf("isoWeek").format("YYYY-MM-DD");

	// Whoever writes the application chooses; everybody else reads what was chosen.
	function is_choosing(frm) {
		return frm.doc.status === "Draft" && Boolean(frm.is_new() || frm.doc.__onload?.may_write);
	}

	async function show_choice(frm) {
		const wrapper = frm.get_field("choose_html").$wrapper;
		const shows = is_choosing(frm);
		frm.toggle_display(["choose_section"], shows);
		if (!shows) {
			frm.mkd_choice = null;
			return wrapper.empty();
		}
		if (frm.mkd_choice && frm.mkd_choice.key === key_of(frm)) return draw(frm);
		wrapper.empty();
		// A new application is the user's own, until he names somebody else.
		if (frm.doc.employee || frm.mkd_own_asked !== frm.doc.name) await load(frm);
	}

	const key_of = (frm) => `${frm.doc.name} ${frm.doc.employee}`;

	// A draft that was just saved has another name, and the same days to choose from.
	function keep_choice(frm) {
		if (frm.mkd_choice) frm.mkd_choice.key = key_of(frm);
	}

	// Adds the four weeks from a day on to what is known; without an employee the user's own record is meant. Where a day is
	// named that is in sight already, it stays there.
	async function load(frm, start, stays) {
		const { name, employee } = frm.doc;
		if (!employee) frm.mkd_own_asked = name;
		const number = (frm.mkd_asking = (frm.mkd_asking || 0) + 1);
		const { message } = await frappe.call(METHOD, { employee: employee || null, start: start || null });
		// The form may show another document by now, or have asked anew.
		if (number !== frm.mkd_asking || frm.doc.name !== name) return;
		if (!message?.employee) return nothing_to_choose(frm);
		const since = stays && is_in_sight(frm, stays) ? frm.mkd_choice.since : message.since;
		await take(frm, { ...message, since });
		draw(frm);
	}

	const is_in_sight = ({ mkd_choice }, day) => mkd_choice.since <= day && day < frappe.datetime.add_days(mkd_choice.since, 28);

	async function take(frm, message) {
		if (!frm.doc.employee) {
			// The key is known before the change is announced, so that nobody asks a second time.
			frm.mkd_choice = { key: `${frm.doc.name} ${message.employee}` };
			await frm.set_value("employee", message.employee);
		}
		const known = frm.mkd_choice?.key === key_of(frm) && frm.mkd_choice.days;
		const before = known ? frm.mkd_choice : { days: new Map(), weeks: new Map(), gates: [] };
		const days = new Map([...before.days, ...message.days.map((day) => [day.day, day])]);
		const weeks = new Map([...before.weeks, ...message.weeks.map((week) => [week.monday, week])]);
		const gates = joined(before.gates, message.gates);
		frm.mkd_choice = { ...message, key: key_of(frm), days, weeks, gates };
	}

	// The same gate with the same verdict is one line, for all of its dates.
	function joined(before, found) {
		const lines = new Map();
		for (const gate of [...before, ...found]) {
			const key = gate.gate + gate.verdict;
			const line = lines.get(key) || { ...gate, days: [] };
			lines.set(key, { ...line, days: [...new Set([...line.days, ...gate.days])] });
		}
		return [...lines.values()];
	}

	function nothing_to_choose(frm) {
		frm.mkd_choice = null;
		frm.get_field("choose_html").$wrapper.empty();
	}

	// The dates of the form: its rows, or what its range or pattern covers of the days that are known.
	function chosen(frm) {
		const rows = (frm.doc.dates || []).map((row) => row.mkd_date).filter(Boolean);
		const is_pattern = frm.doc.request_type === PATTERN;
		if (rows.length && !is_pattern) return new Set(rows);
		const { from_date, to_date } = frm.doc;
		if (!from_date || !to_date || !frm.mkd_choice?.days) return new Set();
		const covered = [...frm.mkd_choice.days.values()]
			.filter(({ day, open }) => open && from_date <= day && day <= to_date)
			.filter(({ day }) => !is_pattern || frm.doc[WEEKDAYS[moment(day).isoWeekday() - 1]]);
		return new Set(covered.map(({ day }) => day));
	}

	// Rows that stay keep their notes. The range follows the rows, because the server would take a changed one for the answer.
	function choose(frm, days) {
		const wanted = new Set(days);
		const rows = frm.doc.dates || [];
		rows.filter((row) => !wanted.has(row.mkd_date)).forEach((row) => frappe.model.clear_doc(row.doctype, row.name));
		const there = new Set((frm.doc.dates || []).map((row) => row.mkd_date));
		const sorted = [...wanted].sort();
		sorted.filter((day) => !there.has(day)).forEach((day) => frm.add_child("dates", { mkd_date: day }));
		frm.doc.from_date = sorted[0] || null;
		frm.doc.to_date = sorted.at(-1) || null;
		frm.dirty();
		["dates", "from_date", "to_date"].forEach((name) => frm.refresh_field(name));
		draw(frm);
	}

	function toggle(frm, day) {
		const days = chosen(frm);
		if (!days.delete(day)) days.add(day);
		choose(frm, days);
	}

	// How many more days a week holds beside those that are used or wait; null where no policy says.
	function left_in(frm, week) {
		const limit = frm.doc.special_circumstances ? week.special_limit : week.limit;
		return limit === null ? null : Math.max(0, limit - week.used - week.pending);
	}

	// A date typed elsewhere may lie in weeks that are not known yet.
	function follow(frm) {
		const { mkd_choice } = frm;
		if (!mkd_choice?.weeks || !is_choosing(frm)) return;
		const { from_date, to_date } = frm.doc;
		const named = [...chosen(frm), ...[from_date, to_date].filter(Boolean)].sort();
		const unknown = named.find((day) => day >= frappe.datetime.get_today() && !mkd_choice.weeks.has(monday_of(day)));
		// Once for each: beyond what can be applied for nothing more becomes known.
		if (unknown && frm.mkd_followed !== unknown) {
			frm.mkd_followed = unknown;
			return load(frm, unknown, named[0]);
		}
		return draw(frm);
	}

	function draw(frm) {
		if (!frm.mkd_choice?.days || !is_choosing(frm)) return;
		const { request } = mkd_hrms;
		const parts = [request.quick_choices(frm), request.day_strip(frm), request.conditions(frm)];
		const [wrapper] = frm.get_field("choose_html").$wrapper;
		const { key } = wrapper.contains(document.activeElement) ? document.activeElement.dataset : {};
		wrapper.replaceChildren(...parts.filter(Boolean));
		// Whoever works by key goes on from where he was.
		const same = key && [...wrapper.querySelectorAll("[data-key]")].find((part) => part.dataset.key === key);
		if (same) same.focus({ preventScroll: true });
		request.offer_last_plan(frm);
		request.offer_position(frm);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, {
		is_choosing,
		show_choice,
		keep_choice,
		load_choice: load,
		follow_choice: follow,
		draw_choice: draw,
		chosen,
		choose,
		toggle,
		left_in,
		monday_of,
	});
})();
