// The coverage board on a telephone: one day at a time, as a list whose lines a thumb can press.
frappe.provide("mkd_hrms");
mkd_hrms.board ??= {};

mkd_hrms.board.day_list = function (board, day, shown, open, choose) {
	const { el, days, spoken } = mkd_hrms.board;
	const dates = days(board);
	const number = Math.max(0, dates.indexOf(day));
	const list = el("div", { class: "mkd-board-list" }, strip(), el("h4", { text: spoken(dates[number]) }));
	for (const unit of board.units) {
		const people = unit.people.filter(shown);
		if (people.length) list.appendChild(of_unit(unit, people));
	}
	return list;

	function strip() {
		const first = number - (number % 7);
		const week = dates.slice(first, first + 7);
		return el(
			"div",
			{ class: "mkd-board-strip", role: "group", "aria-label": __("Days of the week") },
			...week.map((each) =>
				el(
					"button",
					{
						type: "button",
						class: each === board.today ? "mkd-today" : "",
						"aria-label": spoken(each),
						"aria-pressed": String(each === dates[number]),
						"aria-current": each === board.today ? "date" : null,
						onclick: () => choose(each),
					},
					el("span", { text: mkd_hrms.board.weekday_short(each) }),
					el("span", { text: moment(each).format("D") })
				)
			)
		);
	}

	function of_unit(unit, people) {
		const section = el("section", {}, el("h5", { text: unit.name || __("No unit") }));
		for (const [title, rooms] of [[null, unit.rooms], ...unit.points]) {
			if (mkd_hrms.board.is_off(unit, number)) continue;
			const { kind, text, said } = mkd_hrms.board.room(rooms[number]);
			if (!text) continue;
			const words = title ? `${title}: ${said}` : said;
			section.appendChild(el("p", { class: `mkd-room mkd-room-${kind}`, text: kind === "left" ? words : `${text} · ${words}` }));
		}
		people.forEach((person) => section.appendChild(line(person)));
		return section;
	}

	function line([employee, name, in_full, letters]) {
		const letter = letters[number] || "-";
		const { kind, sign, label } = mkd_hrms.board.cell(letter);
		const opens = in_full && mkd_hrms.board.DECIDED.includes(letter);
		const parts = [
			el("span", { class: `mkd-cell mkd-${kind}`, text: sign(), "aria-hidden": "true" }),
			el("span", { class: "mkd-board-person", text: name }),
			el("span", { class: "mkd-board-where", text: label() }),
		];
		const attributes = { class: "mkd-board-line", "data-employee": employee, "data-letter": letter };
		if (!opens) return el("div", attributes, ...parts);
		const chosen = { employee, name, day: dates[number], letter };
		return el("button", { ...attributes, type: "button", onclick: () => open(chosen) }, ...parts);
	}
};
