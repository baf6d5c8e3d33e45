// What may be done about somebody's day from the coverage board: whatever the server offers, done as the form does it.
frappe.provide("mkd_hrms");
mkd_hrms.board ??= {};

(() => {
	mkd_hrms.board.open_day = async function ({ employee, name, day, letter }, reload) {
		const { message: told } = await frappe.call("mkd_hrms.api.coverage_board_day", { employee, day });
		await frappe.require("/assets/mkd_hrms/js/take_back.js");
		const asks_why = Boolean(told.way || (told.actions || []).includes("Reject"));
		const dialog = new frappe.ui.Dialog({
			title: frappe.utils.escape_html(name),
			fields: [
				{ fieldname: "what", fieldtype: "HTML" },
				...(asks_why ? [{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") }] : []),
			],
		});
		dialog.fields_dict.what.$wrapper[0].replaceChildren(...sentences(day, letter, told));
		for (const [label, action, style] of choices(dialog, told)) {
			dialog.add_custom_action(
				label,
				() => act(dialog, action, reload),
				style
			);
		}
		if (told.request) {
			dialog.add_custom_action(__("Open Request"), () => {
				dialog.hide();
				frappe.set_route("Form", "MKD Request", told.request);
			});
		}
		dialog.$wrapper.addClass("mkd-board-dialog");
		mkd_hrms.named(dialog).show();
	};

	// What is refused is told by the Desk, and may have changed what the board shows.
	async function act(dialog, action, reload) {
		if (dialog.is_acting) return;
		dialog.is_acting = true;
		try {
			if (!(await action())) return;
			dialog.hide();
			reload();
		} catch {
			reload();
		} finally {
			dialog.is_acting = false;
		}
	}

	function sentences(day, letter, told) {
		const { el, spoken, cell } = mkd_hrms.board;
		const lines = [el("p", {}, el("b", { text: spoken(day) })), el("p", { text: cell(letter).label() })];
		const others = (told.dates || []).filter((date) => date !== day);
		if ((told.actions || []).length && others.length) {
			const dates = others.map((date) => frappe.datetime.str_to_user(date)).join(", ");
			lines.push(el("p", { text: __("The request is decided as a whole. It also asks for: {0}.", [dates]) }));
		}
		if (told.way) {
			const effect =
				told.way === "Recall"
					? __("The days are given back to the weekly quota, and the employee is told.")
					: __("The days stay used in the weekly quota, and the employee is told.");
			lines.push(el("p", { text: effect }));
		}
		if (!told.way && !(told.actions || []).length) lines.push(el("p", { text: __("There is nothing for you to decide here.") }));
		return lines;
	}

	// Each resolves with whether it was done.
	function choices(dialog, told) {
		const found = [];
		const actions = told.actions || [];
		if (actions.includes("Approve")) found.push([__("Approve"), () => decide(told.request, "Approve"), "btn-primary"]);
		if (actions.includes("Reject")) found.push([__("Reject"), () => with_reason(dialog, (reason) => reject(told.request, reason)), "btn-danger"]);
		if (told.way) {
			const { method, label } = mkd_hrms.WAYS_BACK[told.way];
			found.push([label(), () => with_reason(dialog, (reason) => take_back(method, told.day, reason)), "btn-danger"]);
		}
		return found;
	}

	async function with_reason(dialog, act) {
		const reason = (dialog.get_value("reason") || "").trim();
		if (reason) return act(reason);
		frappe.msgprint(__("Say why: the employee reads the reason."));
		return false;
	}

	async function take_back(method, day, reason) {
		await frappe.xcall(method, { mkd_days: [day], reason });
		return true;
	}

	async function reject(request, reason) {
		const note = { doctype: "MKD Request", name: request, fieldname: "decision_note", value: reason };
		await frappe.xcall("frappe.client.set_value", note);
		return decide(request, "Reject");
	}

	async function decide(request, action) {
		await frappe.xcall("frappe.model.workflow.apply_workflow", { doc: { doctype: "MKD Request", name: request }, action });
		return true;
	}
})();
