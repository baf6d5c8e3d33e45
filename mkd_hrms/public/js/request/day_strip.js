// Four weeks to choose from: a button for each day with a sign, a word and a colour, and what each week holds.
frappe.provide("mkd_hrms");

(() => {
	const WEEKS = 4;
	// What is drawn of a day that is not chosen; a day in the office has no sign.
	const SIGNS = {
		office: { sign: "" },
		full: { sign: "■", said: () => __("No room in the unit now") },
		mkd: { sign: "M" },
		away: { sign: "L" },
		holiday: { sign: "–" },
		office_day: { sign: "⌂" },
		closed: { sign: "×" },
		none: { sign: "?" },
	};
	const LEGEND = {
		full: () => __("No room in the unit now: you may ask all the same"),
		mkd: () => __("MKD already"),
		away: () => __("Leave or duty"),
		holiday: () => __("Day off"),
		office_day: () => __("Everybody in the office"),
	};
	const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

	function day_strip(frm) {
		const { el, spoken } = mkd_hrms.board;
		const { monday_of, chosen, left_in, toggle, load_choice } = mkd_hrms.request;
		const { days, weeks, since } = frm.mkd_choice;
		const is_pattern = frm.doc.request_type === "Weekly Pattern";
		const picked = chosen(frm);
		const shown = [...days.values()].filter(({ day }) => since <= day && day < frappe.datetime.add_days(since, 7 * WEEKS));
		const strip = el("div", { class: "mkd-strip", role: "group", "aria-label": __("Choose the days") });
		for (let number = 0; number < WEEKS; number++) {
			const monday = frappe.datetime.add_days(since, 7 * number);
			strip.appendChild(week_line(weeks.get(monday)));
			const row = el("div", { class: "mkd-strip-week" });
			for (const day of shown.filter((entry) => monday_of(entry.day) === monday)) row.appendChild(day_button(day));
			strip.appendChild(row);
		}
		strip.addEventListener("keydown", move);
		enter_at(strip, frm.mkd_focused);
		return el("div", {}, strip, legend(shown), around());

		function week_line(week) {
			const left = left_in(frm, week);
			if (left === null) return el("div", { class: "mkd-strip-line", text: `${week.dates}: ${__("No MKD Policy is in force")}` });
			const asked = [...picked].filter((day) => monday_of(day) === week.monday).length;
			const over = asked - left;
			// As on the home page: what is left of a week that has begun are at most the days that can still be chosen.
			const free = shown.filter(({ day, open }) => open && !picked.has(day) && monday_of(day) === week.monday).length;
			const limit = frm.doc.special_circumstances ? week.special_limit : week.limit;
			const facts = [__("limit {0}", [limit]), __("used {0}", [week.used]), __("waiting {0}", [week.pending])];
			if (asked) facts.push(__("chosen {0}", [asked]));
			return el(
				"div",
				{ class: "mkd-strip-line" },
				el("span", { class: "mkd-strip-dates", text: week.dates }),
				el("b", { class: "mkd-strip-left", text: __("{0} left", [String(Math.max(0, Math.min(left - asked, free)))]) }),
				el("span", { class: "text-muted", text: facts.join(" · ") }),
				over > 0 && el("b", { class: "mkd-strip-over", role: "alert", text: `▲ ${__("{0} too many", [over])}` })
			);
		}

		function day_button(entry) {
			const is_picked = picked.has(entry.day);
			const { sign, said } = SIGNS[entry.kind] || SIGNS.none;
			const label = [spoken(entry.day), is_picked ? __("chosen") : said ? said() : entry.label, entry.urgent && __("after the cut-off, flagged as urgent")];
			const can = entry.open && !is_pattern;
			return el(
				"button",
				{
					type: "button",
					class: `mkd-day mkd-day-${entry.kind}${entry.open ? " mkd-day-open" : ""}`,
					tabindex: "-1",
					"data-day": entry.day,
					"data-key": entry.day,
					"aria-pressed": String(is_picked),
					"aria-disabled": can ? null : "true",
					"aria-label": label.filter(Boolean).join(", "),
					title: label.filter(Boolean).join(", "),
					onclick: () => press(entry, can),
				},
				el("span", { class: "mkd-day-name", text: mkd_hrms.weekday(entry.day) }),
				el("span", { text: moment(entry.day).format("D/M") }),
				el("span", { class: "mkd-day-sign", "aria-hidden": "true", text: is_picked ? "✓" : sign }),
				entry.urgent && el("span", { class: "mkd-day-urgent", "aria-hidden": "true", text: "!" })
			);
		}

		function press(entry, can) {
			frm.mkd_focused = entry.day;
			if (can) return toggle(frm, entry.day);
			const why = entry.open ? __("The weekly pattern names the days. Choose Dates as the request type to pick single ones.") : entry.label;
			frappe.show_alert({ message: frappe.utils.escape_html(`${spoken(entry.day)}: ${why}`), indicator: "orange" });
		}

		function around() {
			const step = (text, weeks_on) => {
				const start = frappe.datetime.add_days(since, 7 * weeks_on);
				return el("button", { type: "button", class: "btn btn-default btn-sm", text, "data-key": text, onclick: () => load_choice(frm, start) });
			};
			const is_first = since <= monday_of(frappe.datetime.get_today());
			return el("div", { class: "mkd-strip-around" }, !is_first && step(__("Earlier Weeks"), -WEEKS), step(__("Later Weeks"), WEEKS));
		}
	}

	function legend(shown) {
		const { el } = mkd_hrms.board;
		const kinds = Object.keys(LEGEND).filter((kind) => shown.some((day) => day.kind === kind));
		const urgent = shown.some((day) => day.urgent) && entry("mkd-day-urgent", "!", __("After the cut-off: flagged as urgent"));
		return el("ul", { class: "mkd-strip-legend", "aria-label": __("Legend", null, "Coverage Board") }, ...kinds.map((kind) => entry(`mkd-day-${kind}`, SIGNS[kind].sign, LEGEND[kind]())), urgent);

		function entry(css, sign, text) {
			return el("li", {}, el("span", { class: `mkd-day-key ${css}`, "aria-hidden": "true", text: sign }), el("span", { text }));
		}
	}

	// The tab key reaches the strip once; inside it the arrow keys move.
	function enter_at(strip, day) {
		const buttons = [...strip.querySelectorAll("[data-day]")];
		const first = buttons.find((button) => button.dataset.day === day) || buttons.find((button) => button.matches(".mkd-day-open")) || buttons[0];
		if (first) first.tabIndex = 0;
	}

	function move(event) {
		const button = event.target.closest("[data-day]");
		const next = button && neighbour(button, event.key);
		if (!next) return;
		event.preventDefault();
		button.tabIndex = -1;
		next.tabIndex = 0;
		next.focus();
	}

	function neighbour(button, key) {
		const all = [...button.closest(".mkd-strip").querySelectorAll("[data-day]")];
		if (key in STEPS) return all[all.indexOf(button) + STEPS[key]];
		if (key !== "ArrowUp" && key !== "ArrowDown") return null;
		const day = frappe.datetime.add_days(button.dataset.day, key === "ArrowUp" ? -7 : 7);
		return all.find((other) => other.dataset.day === day);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { day_strip });
})();
