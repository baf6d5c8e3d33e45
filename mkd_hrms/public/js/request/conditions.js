// What the rules say before anything is saved: each condition with value, limit and clause, and who decides.
frappe.provide("mkd_hrms");

(() => {
	const ORDER = ["Fail", "Unknown", "Asked", "Pass"];
	const MARKS = { Fail: "✗", Unknown: "?", Asked: "…", Pass: "✓" };
	const COUNTS = {
		Fail: (count) => __("{0} not met", [count]),
		Unknown: (count) => __("{0} not known", [count]),
		Asked: (count) => __("{0} to answer", [count]),
		Pass: (count) => __("{0} met", [count]),
	};
	const COLOURS = { Fail: "red", Unknown: "orange", Asked: "blue", Pass: "green" };

	function conditions(frm) {
		const { el } = mkd_hrms.board;
		const gates = gates_now(frm);
		const stops = gates.some((gate) => ["Fail", "Unknown"].includes(gate.verdict));
		const head = summary(gates);
		const box = el("details", { class: "mkd-conditions", open: frm.mkd_conditions_open ?? stops }, head, table(gates));
		// As the reader left it, once he has opened or closed it.
		head.addEventListener("click", () => (frm.mkd_conditions_open = !box.open));
		return el("div", {}, decider(frm), gates.length ? box : null);
	}

	function decider(frm) {
		const { approver, acting } = frm.mkd_choice;
		const name = approver || __("the HR department");
		const text = [__("Decided by {0}.", [name]), mkd_hrms.request.acting_sentence(acting)].filter(Boolean).join(" ");
		return mkd_hrms.board.el("div", { class: "mkd-decider", text });
	}

	// For the days that are chosen, or for the first that can be; the worst of them first.
	function gates_now(frm) {
		const { gates, days, readiness } = frm.mkd_choice;
		const picked = [...mkd_hrms.request.chosen(frm)].filter((day) => days.get(day)?.open);
		const first = [...days.values()].find((day) => day.open)?.day;
		const about = picked.length ? picked : [first];
		const found = gates.filter((gate) => gate.days.some((day) => about.includes(day)));
		const all = readiness ? [...found, answered(frm, readiness)] : found;
		return all.sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
	}

	// As the form answers it at this moment: only an explicit No closes MKD.
	function answered({ doc }, clause) {
		const answers = [doc.has_computer, doc.has_internet];
		const line = (verdict, text) => ({ gate: __("Readiness", null, "MKD Policy Gate"), page: "readiness", verdict, sentence: `${text} [${clause}]`, days: [] });
		if (answers.includes("No")) return line("Fail", __("You answered No; a computer and internet are both needed."));
		if (answers.every((answer) => answer === "Yes")) return line("Pass", __("Computer and internet are declared."));
		return line("Asked", __("Answer below whether you have a computer and internet."));
	}

	function summary(gates) {
		const { el } = mkd_hrms.board;
		const counts = ORDER.map((verdict) => [verdict, gates.filter((gate) => gate.verdict === verdict).length]).filter(([, count]) => count);
		const pills = counts.map(([verdict, count]) => el("span", { class: `indicator-pill no-indicator-dot ${COLOURS[verdict]}`, text: `${MARKS[verdict]} ${COUNTS[verdict](count)}` }));
		return el("summary", { "data-key": "conditions" }, el("span", { text: __("Conditions", null, "MKD Policy") }), ...pills);
	}

	function table(gates) {
		const { el } = mkd_hrms.board;
		return el("table", { class: "table table-bordered mkd-conditions-table" }, el("tbody", {}, ...gates.map(row)));
	}

	function row(gate) {
		const { el } = mkd_hrms.board;
		const said = gate.verdict === "Asked" ? __("Not answered yet") : __(gate.verdict, null, "MKD Gate Decision");
		const verdict = `${MARKS[gate.verdict]} ${said}`;
		return el(
			"tr",
			{},
			el("th", { scope: "row" }, el("div", { text: gate.gate }), el("span", { class: `indicator-pill no-indicator-dot text-nowrap ${COLOURS[gate.verdict]}`, text: verdict })),
			// The sentence names the value, the limit and the clause.
			el("td", {}, el("div", { text: gate.sentence }), ...(gate.verdict === "Pass" ? [] : open_row(gate)))
		);
	}

	function open_row(gate) {
		const next = gate.next_step && mkd_hrms.board.el("div", { class: "text-muted", text: gate.next_step });
		return [next, gate.verdict !== "Asked" && mkd_hrms.gate_page(gate)];
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { conditions });
})();
