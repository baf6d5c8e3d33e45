// The way to other numbers: next version, impact, submit. The head of the form says which step is next, and nothing twice.
frappe.provide("mkd_hrms");

(() => {
	const IMPACT = "MKD Policy Impact";
	// When the impact of a draft was last looked at, by its name: the state in which it was stored then.
	const looked_at = {};

	function show_steps(frm) {
		for (const label of [__("Next Version"), __("Open Next Version"), __("Show Impact")]) {
			frm.remove_custom_button(label);
		}
		const [colour, ...parts] = [in_draft, in_force, cancelled][frm.doc.docstatus](frm);
		frm.layout.show_message();
		if (!parts.length) return;
		const message = mkd_hrms.board.el("div", {}, ...parts).outerHTML;
		// eslint-disable-next-line no-unsanitized/method -- el takes no text for HTML
		frm.layout.show_message(message, colour, true);
	}

	function in_draft(frm) {
		const may_change = Boolean(frm.perm[0]?.write);
		const may_look = may_change && IMPACT in frappe.boot.user.all_reports;
		if (may_look && !frm.is_new()) frm.add_custom_button(__("Show Impact"), () => show_impact(frm));
		if (!may_change) return ["blue", sentence(__("A draft: nobody is judged by it."))];
		const steps = [
			[__("Change the numbers, name their clauses under Sources, and save."), is_written(frm)],
			may_look && [__("Show Impact: who would gain, lose or change days, and why."), has_looked(frm)],
			[submit_step(frm), false],
		].filter(Boolean);
		const next = steps.findIndex(([, done]) => !done);
		if (may_look && next === 1) frm.change_custom_button_type(__("Show Impact"), null, "primary");
		return ["blue", sentence(draft_sentence(frm)), list(steps, next)];
	}

	function draft_sentence(frm) {
		const { replaces } = frm.doc.__onload || {};
		return replaces
			? __("A draft of what comes after {0}. Nobody is judged by it until it is submitted.", [replaces])
			: __("A draft. Nobody is judged by it until it is submitted.");
	}

	function submit_step(frm) {
		const { effective_from } = frm.doc;
		if (!effective_from) return __("Submit: it holds from its first day on.");
		return __("Submit: it holds for MKD dates from {0} on.", [frappe.datetime.str_to_user(effective_from)]);
	}

	// Saved, and no number is without its clause.
	function is_written(frm) {
		const missing = frm.$wrapper.find(".mkd-clause.text-danger").length;
		return !frm.is_new() && !frm.is_dirty() && !missing;
	}

	const has_looked = (frm) => is_written(frm) && looked_at[frm.doc.name] === frm.doc.modified;

	function in_force(frm) {
		const { next_version } = frm.doc.__onload || {};
		const may_go_on = frappe.model.can_create(frm.doctype);
		const is_draft = next_version && next_version.docstatus === 0;
		if (may_go_on && is_draft) {
			frm.add_custom_button(__("Open Next Version"), () =>
				frappe.set_route("Form", frm.doctype, next_version.name)
			);
		} else if (may_go_on) frm.add_custom_button(__("Next Version"), () => make_next_version(frm));
		const steps = may_go_on ? [sentence(next_step(frm, is_draft))] : [];
		return ["green", sentence(validity(frm, is_draft ? null : next_version)), ...steps];
	}

	function validity(frm, next_version) {
		const since = frappe.datetime.str_to_user(frm.doc.effective_from);
		return next_version
			? __("It holds for MKD dates from {0} on, until {1} begins on {2}.", [
					since,
					next_version.name,
					frappe.datetime.str_to_user(next_version.effective_from),
			  ])
			: __("It holds for MKD dates from {0} on.", [since]);
	}

	function next_step(frm, is_draft) {
		if (is_draft) return __("Its next version is a draft: open it, show its impact, and submit it.");
		return frm.doc.first_used_on
			? __("It has decided applications and is not changed. For other numbers choose Next Version, then Show Impact, then Submit.")
			: __("For other numbers choose Next Version, then Show Impact, then Submit.");
	}

	const cancelled = () => ["red"];

	const sentence = (text) => mkd_hrms.board.el("div", { text });

	// The number of a step is drawn by the list; a mark says that it is done, a word which one is next.
	function list(steps, next) {
		const { el } = mkd_hrms.board;
		const items = steps.map(([text, done], number) => {
			const mark = done ? ` ✓ ${__("Done", null, "MKD Policy")}` : number === next ? ` ← ${__("Next Step", null, "MKD Policy")}` : "";
			const style = number === next ? "font-weight: 600" : null;
			return el("li", { text: text + mark, style });
		});
		return el("ol", { class: "mb-0 pl-4" }, ...items);
	}

	// No company stays no company, and the date from which the new numbers hold has to be entered.
	function make_next_version(frm) {
		const { company, effective_from } = frm.doc;
		const since = frappe.datetime.str_to_user(effective_from);
		const field = {
			fieldname: "effective_from",
			fieldtype: "Date",
			label: __("Effective From", null, "MKD Policy"),
			description: __("Later than {0}. Dates before it keep this version.", [since]),
			reqd: 1,
		};
		const go_on = (values) => {
			if (values.effective_from <= effective_from) {
				frappe.throw(__("The next version begins later than {0}.", [since]));
			}
			// The pack's words of what it rests on are written anew here, in those of the reader.
			const legal_basis = __(frm.doc.legal_basis || "");
			frm.copy_doc((copy) => Object.assign(copy, { company, legal_basis, effective_from: values.effective_from }));
		};
		frappe.prompt(field, go_on, __("Next Version"), __("Continue", null, "MKD Policy"));
	}

	// What is stored is compared, and looking stores nothing.
	function show_impact(frm) {
		if (frm.is_dirty()) {
			frappe.msgprint(__("Save the draft first: the impact is shown for the policy as it is stored."));
			return;
		}
		looked_at[frm.doc.name] = frm.doc.modified;
		const others = { company: "", department: "", change: "", gate: "" };
		frappe.set_route("query-report", IMPACT, { policy: frm.doc.name, ...others });
	}

	mkd_hrms.policy = Object.assign(mkd_hrms.policy || {}, { show_steps });
})();
