// How a request was decided: a table of the conditions for who reads them, and their names for who decides about him.
frappe.provide("mkd_hrms");

(() => {
	// The order in which the gates are shown: what stands in the way comes first.
	const COLOURS = { Fail: "red", Unknown: "orange", Pass: "green" };

	function gate_names(gates) {
		return (gates || "")
			.split(", ")
			.filter(Boolean)
			.map((gate) => __(gate, null, "MKD Policy Gate"))
			.join(", ");
	}

	// Whoever is above the employee and does not decide reads that conditions are open, and not which.
	function is_kept_back(frm) {
		const { outcome, failed_gates, unknown_gates } = frm.doc;
		return ["Not Eligible", "Needs Review"].includes(outcome) && !failed_gates && !unknown_gates;
	}

	// Whoever was denied reads why before anything else, once; the tabs are his afterwards.
	function lead_to_reasons(frm) {
		if (frm.doc.status !== "Denied" || frm.mkd_led_to === frm.docname) return;
		frm.mkd_led_to = frm.docname;
		const lead = () => frm.layout.tabs?.find(({ df }) => df.fieldname === "decision_tab")?.set_active();
		// The platform opens the first tab when it has drawn the form.
		frappe.after_ajax(() => setTimeout(lead));
	}

	async function show_decision(frm) {
		// What follows names the gates too, in the reader's language.
		frm.toggle_display(["failed_gates", "unknown_gates"], false);
		const wrapper = frm.get_field("decision_html").$wrapper.empty();
		if (frm.is_new() || !frm.doc.outcome) return;
		lead_to_reasons(frm);
		const { reads_findings, is_own } = frm.doc.__onload || {};
		if (!reads_findings) {
			// eslint-disable-next-line no-unsanitized/method -- open_gates escapes each line
			wrapper.html(open_gates(frm));
			return;
		}
		const request = frm.doc.name;
		const { message } = await frappe.call("mkd_hrms.api.explain", { request });
		// eslint-disable-next-line no-unsanitized/method -- decision_row escapes each cell
		if (frm.doc.name === request) wrapper.html(decision_table(message.findings, is_own));
	}

	// One row for each gate and verdict. What stands in the way comes first, and for which dates, unless for all.
	function decision_table(findings, with_advice) {
		const rows = new Map();
		for (const finding of findings) {
			const key = finding.gate + finding.verdict;
			const row = rows.get(key) || { ...finding, dates: [] };
			rows.set(key, { ...row, dates: [...row.dates, ...finding.dates] });
		}
		const all = new Set(findings.flatMap((finding) => finding.dates));
		const order = Object.keys(COLOURS);
		const html = [...rows.values()]
			.sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
			.map((row) => {
				const dates = row.dates.length < all.size ? row.dates.join(", ") : "";
				return decision_row(row, [with_advice && row.next_step, dates]);
			});
		return `<table class="table table-bordered"><tbody>${html.join("")}</tbody></table>`;
	}

	function decision_row({ gate, page, verdict, sentence }, notes) {
		const escape = frappe.utils.escape_html;
		const way = verdict === "Pass" ? "" : mkd_hrms.gate_page({ gate, page }).outerHTML;
		const muted = notes.filter(Boolean).map((note) => `<div class="text-muted">${escape(note)}</div>`);
		return `<tr>
			<td>
				<div>${escape(gate)}</div>
				<span class="indicator-pill text-nowrap ${COLOURS[verdict]}">${escape(__(verdict, null, "MKD Gate Decision"))}</span>
			</td>
			<td>${escape(sentence)}${muted.join("")}<div>${way}</div></td>
		</tr>`;
	}

	// The approver learns which gates are open, not why.
	function open_gates(frm) {
		const lines = [
			[__("Not met"), gate_names(frm.doc.failed_gates)],
			[__("Not known"), gate_names(frm.doc.unknown_gates)],
		];
		const text = lines.filter(([, gates]) => gates).map(([label, gates]) => `${label}: ${gates}`);
		const nothing = is_kept_back(frm)
			? __("Which conditions are open is for the employee, for who decides, and for HR.")
			: __("All conditions are met.");
		const shown = text.length ? text : [nothing];
		return shown.map((line) => `<p>${frappe.utils.escape_html(line)}</p>`).join("");
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { show_decision, gate_names, is_kept_back });
})();
