// What each gate of a policy asks, in a sentence, with the numbers and the clause behind it; those that are on come first.
frappe.provide("mkd_hrms");

(() => {
	// The server says it once; a copy that was never saved asks the same.
	let known = [];

	function show_gates(frm) {
		known = frm.doc.__onload?.gates || known;
		const { el } = mkd_hrms.board;
		const on = new Set((frm.doc.gates || []).filter((row) => row.enabled).map((row) => row.gate));
		const rows = [...known].sort((one, other) => on.has(other.gate) - on.has(one.gate));
		const table = el(
			"table",
			{ class: "table table-bordered" },
			el("tbody", {}, ...rows.map((gate) => gate_row(frm, gate, on.has(gate.gate))))
		);
		const heading = el("div", { class: "form-section-heading mb-2", text: __("What Each Gate Asks", null, "MKD Policy") });
		frm.get_field("gates_html").$wrapper[0].replaceChildren(...(rows.length ? [heading, table] : []));
	}

	function gate_row(frm, gate, is_on) {
		const { el } = mkd_hrms.board;
		const state = is_on ? __("On", null, "MKD Policy Gate") : __("Off", null, "MKD Policy Gate");
		const notes = gate.numbers.map((name) => number_line(frm, name)).filter(Boolean);
		return el(
			"tr",
			{},
			el(
				"td",
				{},
				el("div", { text: gate.label }),
				el("span", { class: `indicator-pill no-indicator-dot ${is_on ? "green" : "gray"}`, text: state })
			),
			el(
				"td",
				{},
				el("div", { text: gate.asks }),
				...notes.map((text) => el("div", { class: "text-muted small", text }))
			)
		);
	}

	// "Service, at Least (Months): 12 months · clause"; a gate without a number has its clause alone.
	function number_line(frm, name) {
		const { sources_of, shown_unit } = mkd_hrms.policy;
		const row = sources_of(frm)[name];
		const clause = row?.source ? __(row.source) : __("No clause is named yet.");
		const field = frappe.meta.get_docfield("MKD Policy", name);
		if (!field) return clause;
		const value = shown_value(frm.doc[name], field, shown_unit(row?.unit));
		return `${__(field.label, null, "MKD Policy")}${value && ": "}${value} · ${clause}`;
	}

	// A word is counted in nothing, boxes are no number, and what is a table of its own stands on the form.
	function shown_value(value, { fieldtype }, unit) {
		if (["Int", "Float", "Percent"].includes(fieldtype)) {
			return `${format_number(value || 0, null, value % 1 ? 1 : 0)} ${unit}`.trim();
		}
		if (fieldtype === "Data") return value || "";
		return fieldtype === "Select" ? __(value || "", null, "MKD Policy") : "";
	}

	mkd_hrms.policy = Object.assign(mkd_hrms.policy || {}, { show_gates });
})();
