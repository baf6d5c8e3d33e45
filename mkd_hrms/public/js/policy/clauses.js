// Beside each number of a policy: what it means, in what it is counted, and the clause on which it rests.
frappe.provide("mkd_hrms");

(() => {
	const LAYOUT = ["Tab Break", "Section Break", "Column Break", "HTML"];
	// The numbers begin after the head of the form, and the sources are no number.
	const FIRST = "quota_tab";
	const LAST = "sources_tab";

	function show_clauses(frm) {
		const rows = sources_of(frm);
		for (const field of numbers_of(frm)) {
			const box = box_of(frm.get_field(field.fieldname));
			if (!box) continue;
			box.replaceChildren(...lines(field, rows[field.fieldname]));
			box.style.display = "";
		}
	}

	function sources_of(frm) {
		return Object.fromEntries((frm.doc.sources || []).map((row) => [row.parameter, row]));
	}

	function numbers_of(frm) {
		const fields = frm.meta.fields;
		const place = (name) => fields.findIndex((field) => field.fieldname === name);
		return fields.slice(place(FIRST), place(LAST)).filter((field) => !LAYOUT.includes(field.fieldtype));
	}

	function box_of(field) {
		const place = field?.df.fieldtype === "Table" ? ".grid-description" : ".help-box";
		return field?.$wrapper?.find(place)[0];
	}

	// The meaning is the field's own description; what stands in the box already may be that of another policy.
	function lines(field, row) {
		const { el } = mkd_hrms.board;
		const { description } = frappe.meta.get_docfield("MKD Policy", field.fieldname);
		const meaning = el("span", { text: __(description, null, "MKD Policy") });
		const clause = row?.source
			? el("span", { class: "mkd-clause", text: unit_and_clause(row) })
			: el("span", { class: "mkd-clause text-danger", text: __("No clause is named yet.") });
		return [meaning, el("br"), clause];
	}

	function unit_and_clause({ unit, source }) {
		const counted = `${__("Unit", null, "MKD Policy Source")}: ${shown_unit(unit)}`;
		return `${counted} · ${__("Clause")}: ${__(source || "")}`;
	}

	const shown_unit = (unit) => __(unit || "", null, "MKD Policy Source");

	mkd_hrms.policy = Object.assign(mkd_hrms.policy || {}, { show_clauses, sources_of, shown_unit });
})();
