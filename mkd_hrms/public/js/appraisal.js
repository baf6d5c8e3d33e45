frappe.ui.form.on("Appraisal", {
	refresh(frm) {
		if (!frm.is_new() && frm.doc.employee) show_mkd(frm);
	},
});

// Who may not read it gets no answer, and the form stays as it is.
async function show_mkd(frm) {
	const appraisal = frm.doc.name;
	const { message } = await frappe.call("mkd_hrms.api.mkd_of_appraisal", { appraisal });
	frm.$wrapper.find(".mkd-record").remove();
	if (!message?.since || frm.doc.name !== appraisal) return;
	// A form whose tabs have no connections never shows its dashboard; the first tab is always there.
	const parent = frm.layout.tabs?.[0]?.wrapper || frm.dashboard.parent;
	// eslint-disable-next-line no-unsanitized/method -- summary escapes what was written by people
	parent.append(`<div class="form-dashboard-section mkd-record">
		<div class="section-head">${__("MKD in this Period")}</div>
		<div class="section-body">${summary(message)}</div>
	</div>`);
}

function summary(known) {
	const figures = [
		[__("Days worked away"), known.worked],
		[__("Reports on time"), known.on_time],
		[__("Reports late"), known.late],
		[__("Reports missing"), known.missing],
		[__("Confirmed absences"), known.no_shows],
		[__("Verified minutes"), known.verified_minutes],
		[__("Verified outputs"), known.verified_outputs],
	];
	const escape = frappe.utils.escape_html;
	const period = __("From {0} to {1}, as the records stand now.", [
		frappe.datetime.str_to_user(known.since),
		frappe.datetime.str_to_user(known.until),
	]);
	const cells = figures.map(([label, figure]) => `<tr><td>${escape(label)}</td><td class="text-right">${cint(figure)}</td></tr>`);
	const outputs = known.outputs.map(
		({ date, output, minutes }) => `<tr><td>${escape(date)}</td><td>${escape(output)}</td><td class="text-right">${cint(minutes)}</td></tr>`
	);
	const details = outputs.length
		? `<details><summary>${escape(__("Verified outputs"))}</summary><table class="table table-sm">${outputs.join("")}</table></details>`
		: "";
	return `<p class="text-muted">${escape(period)}</p><table class="table table-sm">${cells.join("")}</table>${details}`;
}
