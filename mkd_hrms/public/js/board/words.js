// What the letters of the coverage board mean, and how each is drawn: a sign, a word and a colour, never a colour alone.
frappe.provide("mkd_hrms");
mkd_hrms.board ??= {};

mkd_hrms.board.CELLS = {
	O: { kind: "office", sign: () => __("O", null, "Coverage Board"), label: () => __("Office") },
	M: { kind: "mkd", sign: () => __("M", null, "Coverage Board"), label: () => __("MKD") },
	m: { kind: "mkd", sign: () => __("M", null, "Coverage Board") + "½", label: () => __("MKD and half a day of leave") },
	L: { kind: "leave", sign: () => __("L", null, "Coverage Board"), label: () => __("Leave", null, "Coverage Board") },
	l: { kind: "leave", sign: () => __("L", null, "Coverage Board") + "½", label: () => __("Half a day of leave") },
	T: { kind: "trip", sign: () => __("T", null, "Coverage Board"), label: () => __("Official trip") },
	G: { kind: "trip", sign: () => "✎", label: () => __("Training", null, "Coverage Board") },
	A: { kind: "trip", sign: () => __("A", null, "Coverage Board"), label: () => __("Away on duty") },
	P: { kind: "pending", sign: () => "…", label: () => __("MKD asked for, not decided") },
	S: { kind: "held", sign: () => "‖", label: () => __("MKD suspended") },
	N: { kind: "absent", sign: () => "✗", label: () => __("Absent on an MKD day") },
	H: { kind: "holiday", sign: () => "–", label: () => __("Day off") },
	U: { kind: "unknown", sign: () => "?", label: () => __("No calendar covers this date") },
	"-": { kind: "out", sign: () => "", label: () => __("Not in service") },
};
// Who is in the building, as far as is known.
mkd_hrms.board.IN_OFFICE = "OlPS";
// About these somebody may have something to decide.
mkd_hrms.board.DECIDED = "PMmSN";

mkd_hrms.board.cell = (letter) => mkd_hrms.board.CELLS[letter] || mkd_hrms.board.CELLS.U;

// An element with attributes, a text and children; nothing of it is ever taken for HTML.
mkd_hrms.board.el = function (tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name === "text") element.textContent = value;
		else if (name === "onclick") element.addEventListener("click", value);
		else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
	}
	children.filter(Boolean).forEach((child) => element.appendChild(child));
	return element;
};

mkd_hrms.board.days = (board) => [...Array(board.days).keys()].map((number) => frappe.datetime.add_days(board.since, number));

// Frappe brings the names of days in English alone.
mkd_hrms.board.weekday = (day) => {
	const names = [
		__("Monday", null, "Coverage Board"),
		__("Tuesday", null, "Coverage Board"),
		__("Wednesday", null, "Coverage Board"),
		__("Thursday", null, "Coverage Board"),
		__("Friday", null, "Coverage Board"),
		__("Saturday", null, "Coverage Board"),
		__("Sunday", null, "Coverage Board"),
	];
	return names[moment(day).isoWeekday() - 1];
};
mkd_hrms.board.weekday_short = (day) => mkd_hrms.board.weekday(day).slice(0, 3);

// "Monday, 30-11-2026"
mkd_hrms.board.spoken = (day) => `${mkd_hrms.board.weekday(day)}, ${frappe.datetime.str_to_user(day)}`;

// What remains of a unit on a date: a sign, a short text and a sentence.
mkd_hrms.board.room = function (room) {
	if (!room) return { kind: "free", text: "", said: __("No limit on this date") };
	const [left, away] = room;
	if (left > 0) {
		const numbers = [left, left + away];
		return { kind: "left", text: __("{0} of {1}", numbers), said: __("{0} of {1} MKD places are left", numbers) };
	}
	if (!left) return { kind: "full", text: "■ 0", said: __("No MKD place is left") };
	const over = String(-left);
	return { kind: "over", text: `▲ ${__("−{0} over", [over])}`, said: __("{0} more are away than may be", [over]) };
};

// Nothing is counted where nobody of the unit works.
mkd_hrms.board.is_off = (unit, number) => unit.people.every(([, , , letters]) => !letters || "H-".includes(letters[number]));

mkd_hrms.board.legend = function (letters) {
	const { el, CELLS } = mkd_hrms.board;
	const shown = Object.entries(CELLS).filter(([letter]) => letters.has(letter) && letter !== "-");
	return el(
		"ul",
		{ class: "mkd-board-legend", "aria-label": __("Legend", null, "Coverage Board") },
		...shown.map(([, { kind, sign, label }]) =>
			el("li", {}, el("span", { class: `mkd-cell mkd-${kind}`, text: sign(), "aria-hidden": "true" }), el("span", { text: label() }))
		)
	);
};
