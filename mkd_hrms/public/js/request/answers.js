// One tap answers a question of the application; whoever has not answered is asked when he applies.
frappe.provide("mkd_hrms");

(() => {
	const QUESTIONS = ["has_computer", "has_internet"];

	function offer_answers(frm) {
		QUESTIONS.forEach((name) => offer(frm, frm.get_field(name)));
		const open = mkd_hrms.request.unanswered(frm);
		[...QUESTIONS, "place", "place_details"].forEach((name) => mark(frm.get_field(name), open.includes(name)));
	}

	// What was forgotten is marked where it is answered, by more than a colour.
	function mark(field, is_open) {
		field.$wrapper.toggleClass("mkd-question-open", is_open).find(".mkd-question-note").remove();
		if (!is_open) return;
		$('<div class="mkd-question-note small" role="alert">').text(`▲ ${__("Not answered yet")}`).appendTo(field.$wrapper.find(".form-group"));
	}

	function offer(frm, field) {
		const before = field.$wrapper.find(".mkd-answers");
		const focused = before.find("button").index(document.activeElement);
		before.remove();
		const writes = field.disp_status === "Write";
		// Whoever only reads sees the answer where Frappe shows it, and once.
		if (!writes) return;
		// The list of the same two words behind the buttons.
		field.$wrapper.find(".control-input").hide();
		const buttons = ["Yes", "No"].map((answer) => button(frm, field, answer));
		const parent = field.$wrapper.find(".form-group");
		// eslint-disable-next-line no-unsanitized/method -- elements, and no HTML
		$('<div class="btn-group mkd-answers" role="group">').attr("aria-label", __(field.df.label, null, frm.doctype)).append(buttons).appendTo(parent);
		// Whoever answers by key stays where he is.
		buttons[focused]?.trigger("focus");
	}

	function button(frm, field, answer) {
		const is_chosen = frm.doc[field.df.fieldname] === answer;
		return $('<button type="button" class="btn btn-sm">')
			.addClass(is_chosen ? "btn-primary" : "btn-default")
			.attr("aria-pressed", String(is_chosen))
			.text(__(answer, null, frm.doctype))
			.on("click", () => frm.set_value(field.df.fieldname, answer));
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { offer_answers });
})();
