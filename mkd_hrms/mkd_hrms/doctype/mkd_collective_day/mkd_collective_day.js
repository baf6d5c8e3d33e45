// A circular: before it is submitted, whom it concerns; afterwards, the days that came from it.
frappe.ui.form.on("MKD Collective Day", {
	setup(frm) {
		const ofCompany = () => ({ filters: { company: frm.doc.company } });
		frm.set_query("department", ofCompany);
		frm.set_query("department", "exempt_units", ofCompany);
		const people = () => ({ filters: { company: frm.doc.company, status: "Active" } });
		frm.set_query("employee", "people", people);
		frm.set_query("employee", "exempt_people", people);
		frm.set_query("replaces", () => ({
			filters: { company: frm.doc.company, docstatus: 1, name: ["!=", frm.doc.name] },
		}));
	},
	refresh(frm) {
		if (frm.doc.docstatus === 0 && !frm.is_new()) {
			frm.add_custom_button(__("Who Is Concerned"), () => preview(frm));
		}
		if (frm.doc.docstatus > 0) {
			frm.add_custom_button(__("MKD Days"), () =>
				frappe.set_route("List", "MKD Day", { source_name: frm.doc.name }),
			);
		}
	},
});

function preview(frm) {
	if (frm.is_dirty()) {
		frappe.show_alert(__("Save first: what is stored is looked at."));
		return;
	}
	frappe.call({
		method: "mkd_hrms.api.collective_preview",
		type: "GET",
		args: { circular: frm.doc.name },
		freeze: true,
		callback: ({ message }) => show(message),
	});
}

function show({ dates, units }) {
	const escape = frappe.utils.escape_html;
	const rows = units.map(({ unit, people, counts }) => {
		const said = counts.map(({ kind, count }) => `${escape(kind)}: ${count}`).join("<br>");
		return `<tr><td>${escape(unit || __("Without a unit"))}</td><td>${people}</td><td>${said}</td></tr>`;
	});
	const head = `<tr><th>${__("Department", null, "MKD Collective Day")}</th><th>${__("People")}</th><th>${__("On the First Date")}</th></tr>`;
	const when = dates.length ? dates.join(", ") : __("No date lies within the horizon yet.");
	// eslint-disable-next-line no-unsanitized/method -- every name is escaped above
	frappe.msgprint({
		title: __("Who Is Concerned"),
		message: `<p>${escape(when)}</p><table class="table table-bordered">${head}${rows.join("")}</table>`,
		wide: true,
	});
}
