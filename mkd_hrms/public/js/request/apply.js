// One button that saves and applies. What was forgotten is asked for on the draft; nothing is decided until it is answered.
frappe.provide("mkd_hrms");

(() => {
	const APPLY = "Apply";
	const QUESTIONS = ["has_computer", "has_internet"];

	// An administrator may lead drafts another way; then the platform's menu of actions stays.
	function may_apply(frm) {
		if (!mkd_hrms.request.is_choosing(frm)) return false;
		const ways = ways_from_draft(frm);
		return ways.length > 0 && ways.every((way) => way.action === APPLY);
	}

	function ways_from_draft(frm) {
		const ways = frappe.workflow.workflows[frm.doctype]?.transitions || [];
		return ways.filter((way) => way.state === "Draft" && frappe.user_roles.includes(way.allowed));
	}

	function offer_apply(frm) {
		leave_out_menu(frm);
		if (!may_apply(frm)) return;
		// The platform would put its own Save in this place with every change.
		frm.disable_save(true);
		const button = frm.page.set_primary_action(__(APPLY, null, frm.doctype), () => {});
		// The keys for saving press this button, too, without a hand on it: they save.
		button.off("click").on("click", (event) => (event.originalEvent ? apply(frm) : frm.save()));
		frm.page.set_secondary_action(__("Save"), () => frm.save());
	}

	// What the button does need not stand in a menu as well; asked anew for each document that the form shows.
	function leave_out_menu(frm) {
		if (!frm.states || frm.states.mkd_show_actions) return;
		frm.states.mkd_show_actions = frm.states.show_actions;
		frm.states.show_actions = function (...rest) {
			return may_apply(frm) ? undefined : this.mkd_show_actions(...rest);
		};
	}

	async function apply(frm) {
		if (frm.mkd_applying) return;
		frm.mkd_applying = true;
		try {
			if (frm.is_new() || frm.is_dirty()) return await save_applied(frm);
			frm.mkd_asked = frm.doc.name;
			await send(frm);
		} finally {
			frm.mkd_applying = false;
		}
	}

	// One request where the platform needs two, and a third to read what became of it: the form is saved in the state to
	// which the action leads.
	async function save_applied(frm) {
		const applied = applied_values(frm);
		const draft = Object.fromEntries(Object.keys(applied).map((name) => [name, frm.doc[name]]));
		Object.assign(frm.doc, applied);
		frm.mkd_left_open = false;
		await frm.save();
		if (!frm.is_new() && !frm.is_dirty()) return;
		// Refused, and it was said why; what is only unanswered stands on a draft that is stored.
		Object.assign(frm.doc, draft);
		if (!frm.mkd_left_open) return;
		await frm.save();
		if (frm.is_new() || frm.is_dirty()) return;
		frm.mkd_asked = frm.doc.name;
		ask_again(frm);
	}

	function applied_values(frm) {
		const workflow = frappe.workflow.workflows[frm.doctype];
		const [{ next_state }] = ways_from_draft(frm);
		const { update_field, update_value } = workflow.states.find((row) => row.state === next_state);
		return { [workflow.workflow_state_field]: next_state, ...(update_field && { [update_field]: update_value }) };
	}

	async function send(frm) {
		frappe.dom.freeze();
		frm.selected_workflow_action = APPLY;
		try {
			const doc = await frappe.xcall("frappe.model.workflow.apply_workflow", { doc: frm.doc, action: APPLY });
			frappe.model.sync(doc);
			// That reads the form anew.
			await frm.script_manager.trigger("after_workflow_action");
		} catch {
			// What stood in the way was shown as it came.
		} finally {
			frm.selected_workflow_action = null;
			frappe.dom.unfreeze();
		}
	}

	// What the server asked for when somebody applied, as far as it is open still.
	function unanswered(frm) {
		if (frm.doc.status !== "Draft" || frm.mkd_asked !== frm.doc.name) return [];
		const asks = frm.mkd_choice?.readiness === null ? [] : QUESTIONS;
		const missing = [...asks, "place"].filter((name) => !frm.doc[name]);
		if (frm.doc.place === "Other" && !(frm.doc.place_details || "").trim()) missing.push("place_details");
		return missing;
	}

	function unanswered_sentence(frm) {
		const labels = unanswered(frm).map((name) => `“${__(frm.get_field(name).df.label, null, frm.doctype)}”`);
		return labels.length ? __("Not answered yet: {0}. Answer below and choose Apply again; nothing was decided.", [labels.join(", ")]) : "";
	}

	// The server found something unanswered: it stands above the draft, and the first question has the focus.
	function ask_again(frm) {
		frm.mkd_left_open = true;
		if (frm.doc.status !== "Draft") return;
		mkd_hrms.request.show_headline(frm);
		mkd_hrms.request.offer_answers(frm);
		focus_open(frm);
	}

	// The platform shows a document that was just saved a second time, from its top.
	function focus_open(frm) {
		const [first] = unanswered(frm);
		if (!first || window.cur_frm !== frm) return;
		const field = frm.get_field(first);
		const target = field.$wrapper.find(".mkd-answers button, :input:visible").first();
		target[0]?.scrollIntoView({ block: "center" });
		target.trigger("focus");
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { offer_apply, may_apply, unanswered, unanswered_sentence, ask_again, focus_open });
})();
