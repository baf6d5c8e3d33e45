// Where a request stands, and what comes next.
frappe.provide("mkd_hrms");

(() => {
	// The colour and the sentence by state.
	const HEADLINES = {
		"Draft": (frm) => draft(frm),
		"Pending Approval": (frm) => ["orange", waiting_sentence(frm)],
		"Pending HR Review": (frm) => ["orange", review_sentence(frm)],
		"Denied": (frm) => ["red", denied_sentence(frm)],
		"Withdrawn": () => ["blue", __("Withdrawn before it was decided. For other days, make a new request.")],
		"Expired": () => ["yellow", __("Nobody decided before the day began, so it is a day in the office.")],
		"Rejected": (frm) => ["red", __("Rejected. {0}", [frm.doc.decision_note || __("No reason was given.")])],
		"Approved": (frm) => approved(frm),
		"Completed": () => ["blue", __("All days of this request are over.")],
		"Revoked": (frm) => ["blue", __("No day of this request is left. For other days, make a new request.") + days_left(frm)],
		"Cancelled": () => ["blue", __("Cancelled by HR.")],
	};

	function show_headline(frm) {
		const is_nobody = frm.is_new() && !frm.doc.employee;
		const [colour, sentence] = is_nobody ? no_employee() : HEADLINES[frm.doc.status](frm);
		frm.layout.show_message();
		frm.layout.show_message(frappe.utils.escape_html(sentence), colour, true);
	}

	// What the server says about the reader.
	function told(frm) {
		return frm.doc.__onload || {};
	}

	function no_employee() {
		return [
			"orange",
			__("Choose the employee. If you cannot, ask HR to enter your user in your Employee record."),
		];
	}

	function draft(frm) {
		const open = mkd_hrms.request.unanswered_sentence(frm);
		return open ? ["orange", open] : ["blue", draft_sentence(frm)];
	}

	function draft_sentence(frm) {
		const by_button = mkd_hrms.request.may_apply(frm);
		if (by_button) {
			return frm.is_new()
				? __("Choose the days, say what you will work on, answer the questions, and choose Apply.")
				: __("Not applied for yet. Choose Apply; the rules are checked at once.");
		}
		if (frm.is_new()) {
			return __("Name the days and the work, and save. Then choose Apply from the menu Actions at the top.");
		}
		if (!told(frm).may_write) return __("Not applied for yet.");
		return __("Not applied for yet. Choose Apply from the menu Actions at the top; the rules are checked at once.");
	}

	// Which days are left, and which were given back, once some were.
	function days_left(frm) {
		const left = (told(frm).days || []).map(({ day }) => day);
		const gone = (frm.doc.dates || []).map((row) => row.mkd_date).filter((day) => !left.includes(day));
		if (!gone.length) return "";
		const text = (days) => days.map((day) => `${mkd_hrms.weekday(day)} ${frappe.datetime.str_to_user(day)}`).join(", ");
		const given_back = __("Given back: {0}.", [text(gone)]);
		return left.length ? ` ${__("Left: {0}.", [text(left)])} ${given_back}` : ` ${given_back}`;
	}

	function is_pattern(frm) {
		return frm.doc.request_type === "Weekly Pattern" && Boolean(frm.doc.made_until);
	}

	// Whoever signs for days that follow by themselves reads which.
	function pattern_sentence(frm) {
		const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
		const chosen = days.filter((day) => frm.doc[day]).map((day) => __(frappe.utils.to_title_case(day), null, "MKD Request"));
		const [from, to, until] = ["from_date", "to_date", "made_until"].map((name) => frappe.datetime.str_to_user(frm.doc[name]));
		const dates = __("From {0} to {1}, every {2}.", [from, to, chosen.join(", ")]);
		if (frm.doc.pattern_stops_on) return `${dates} ${__("It ends early: no days from {0} on.", [frappe.datetime.str_to_user(frm.doc.pattern_stops_on)])}`;
		if (frm.doc.made_until >= frm.doc.to_date) return dates;
		return `${dates} ${__("One approval counts for all of it: days after {0} are booked by themselves.", [until])}`;
	}

	function approved(frm) {
		const sentence = __("Approved. A day can be withdrawn until it begins.");
		if (!is_pattern(frm)) return ["green", sentence + days_left(frm)];
		if (frm.doc.pattern_state === "Ended") return ["blue", __("The weekly pattern has ended; no more days follow.")];
		if (frm.doc.pattern_state !== "Paused") return ["green", `${sentence} ${pattern_sentence(frm)}`];
		return ["orange", __("The weekly pattern pauses: no new days until the conditions are met again.")];
	}

	function waiting_sentence(frm) {
		const pattern = is_pattern(frm) ? `${pattern_sentence(frm)} ` : "";
		return pattern + who_decides(frm);
	}

	function who_decides(frm) {
		if (told(frm).may_decide) return your_turn();
		const decider = deciders(frm.doc).join(", ");
		const waits = told(frm).is_own
			? __("Waits for the decision of {0}. You can withdraw it until then.", [decider])
			: __("Waits for the decision of {0}.", [decider]);
		return [waits, acting_sentence(told(frm).acting)].filter(Boolean).join(" ");
	}

	// Today, for the superior who is asked.
	function acting_sentence(names) {
		return names?.length ? __("By delegation {0} decides as well.", [names.join(", ")]) : "";
	}

	// Whoever was asked may decide, also after the request was passed on.
	function deciders(doc) {
		const hr = doc.escalated_to_hr || !doc.approver_name;
		return [doc.approver_name, doc.escalated_to_name, hr && __("the HR department")].filter(Boolean);
	}

	function your_turn() {
		return __("Waits for you. Choose Approve or Reject from the menu Actions at the top.");
	}

	function review_sentence(frm) {
		const unknown = mkd_hrms.request.gate_names(frm.doc.unknown_gates);
		const decides = told(frm).may_decide;
		if (!unknown && mkd_hrms.request.is_kept_back(frm)) return __("HR reviews what is not known.");
		if (!unknown) return decides ? your_turn() : __("Waits for the second approval, by HR.");
		return decides
			? __("Not known: {0}. Decide about it, or complete the records and choose Evaluate Again.", [unknown])
			: __("HR reviews what is not known: {0}. There is nothing for you to do.", [unknown]);
	}

	function denied_sentence(frm) {
		const until = frappe.datetime.str_to_user(frm.doc.objection_until);
		const values = [mkd_hrms.request.gate_names(frm.doc.failed_gates), until];
		if (mkd_hrms.request.is_kept_back(frm)) return __("Denied automatically. The employee may object until {0}.", [until]);
		return told(frm).is_own
			? __("Denied automatically: {0}. The reasons stand under Decision; you may object until {1}.", values)
			: __("Denied automatically: {0}. The employee may object until {1}.", values);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { show_headline, acting_sentence });
})();
