// Where more ask for a date than have room: who comes first, for who decides; his own place, for the applicant.
frappe.provide("mkd_hrms");

(() => {
	const escape = frappe.utils.escape_html;

	async function show_fair_order(frm) {
		frm.dashboard.parent.find(".mkd-fair-order").remove();
		frm.mkd_fair_order = [];
		if (!["Pending Approval", "Pending HR Review"].includes(frm.doc.status)) return;
		const request = frm.doc.name;
		const { message } = await frappe.call("mkd_hrms.api.fair_order", { request });
		if (frm.doc.name !== request || !message.dates.length) return;
		// The form may have been drawn twice meanwhile.
		frm.dashboard.parent.find(".mkd-fair-order").remove();
		frm.mkd_fair_order = message.dates;
		const html = message.dates.map(date_block).join("");
		frm.dashboard.add_section(html, __("More Ask than Have Room"), "mkd-fair-order");
		frm.dashboard.show();
	}

	function date_block(date) {
		const values = [frappe.datetime.str_to_user(date.day), date.asked, date.unit, date.room];
		const line = __("{0}: {1} of {2} ask, and there is room for {3}.", values);
		const own = __("This application is number {0}. {1}", [date.rank, date.order ? "" : date.reason]);
		const rows = (date.order || []).map((entry) => order_row(entry, date.rank)).join("");
		return `<div class="mb-3">
			<div><b>${escape(line)}</b> ${escape(own)}</div>
			${rows && `<table class="table table-bordered mt-2 mb-1"><tbody>${rows}</tbody></table>`}
			<div class="text-muted small">${escape(date.source)}</div>
		</div>`;
	}

	function order_row({ rank, employee_name, reason, request }, own) {
		const name = request ? frappe.utils.get_form_link("MKD Request", request, true, escape(employee_name)) : escape(employee_name);
		return `<tr class="${rank === own ? "font-weight-bold" : ""}">
			<td class="text-right">${Number(rank)}</td><td>${name}</td><td>${escape(reason || "")}</td>
		</tr>`;
	}

	// Whoever approves such a request says why it comes first; the server asks for it, too.
	function passes_others_over(frm) {
		return (frm.mkd_fair_order || []).some((date) => date.passes_over);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { show_fair_order, passes_others_over });
})();
