// One tap answers a question of the application; whoever has not answered is asked when he applies.
frappe.provide("mkd_hrms");

(() => {
	const QUESTIONS = ["has_computer", "has_internet"];

	function offer_answers(frm) {
		QUESTIONS.forEach((name) => offer(frm, frm.get_field(name)));
	}

	function offer(frm, field) {
		field.$wrapper.find(".mkd-answers").remove();
		if (field.disp_status !== "Write") return;
		const buttons = ["Yes", "No"].map((answer) => button(frm, field, answer));
		const parent = field.$wrapper.find(".form-group");
		// eslint-disable-next-line no-unsanitized/method -- elements, and no HTML
		$('<div class="btn-group mkd-answers" role="group">').append(buttons).appendTo(parent);
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
