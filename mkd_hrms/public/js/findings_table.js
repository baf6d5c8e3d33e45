// What gates found, as a table: verdict, value and limit with its unit, and the sentence with its clause.
frappe.provide("mkd_hrms");

(() => {
	// What stands in the way comes first.
	const COLOURS = { Fail: "red", Unknown: "orange", Pass: "green" };

	// Value and limit have columns of their own on a desk, and a line below the sentence on a telephone.
	function findings_table(findings, { with_advice } = {}) {
		const { el } = mkd_hrms.board;
		const order = Object.keys(COLOURS);
		const rows = [...findings].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
		const heads = [
			[__("Gate")],
			[__("Found", null, "MKD Eligibility"), true],
			[__("Limit", null, "MKD Eligibility"), true],
			[__("Finding and Clause")],
		];
		return el(
			"table",
			{ class: "table table-bordered mkd-findings" },
			el("thead", {}, el("tr", {}, ...heads.map(([text, wide]) => cell("th", text, wide)))),
			el("tbody", {}, ...rows.map((row) => finding_row(row, with_advice)))
		);
	}

	function finding_row(row, with_advice) {
		const { el } = mkd_hrms.board;
		const actual = row.actual ?? __("not known", null, "MKD Eligibility");
		const limit = [row.limit, row.unit].filter(Boolean).join(" ");
		const verdict = __(row.verdict, null, "MKD Gate Decision");
		const measured = `${__("Found", null, "MKD Eligibility")}: ${actual} · ${__("Limit", null, "MKD Eligibility")}: ${limit}`;
		return el(
			"tr",
			{},
			el(
				"td",
				{},
				el("div", { text: row.gate }),
				el("span", { class: `indicator-pill text-nowrap ${COLOURS[row.verdict]}`, text: verdict })
			),
			cell("td", actual, true),
			cell("td", limit, true),
			el(
				"td",
				{},
				el("div", { text: row.sentence }),
				el("div", { class: "text-muted d-md-none", text: measured }),
				with_advice && row.next_step ? el("div", { class: "text-muted", text: row.next_step }) : null
			)
		);
	}

	const cell = (tag, text, wide) =>
		mkd_hrms.board.el(tag, { class: wide ? "d-none d-md-table-cell" : null, text });

	mkd_hrms.findings_table = findings_table;
})();
