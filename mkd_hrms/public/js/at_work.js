// A form whose document a worker is at: it asks how far that is, and reads the document anew once the worker has done.
// It asks by itself, because the socket that would tell it may not be there: a proxy may not let it through, and whoever
// opens two forms within a second is told of the first alone.
frappe.provide("mkd_hrms");

mkd_hrms.SECONDS_AT_WORK = 2;

// Nothing where nobody answers, as on a train; then it is asked again.
mkd_hrms.told_by_worker = async (doctype, name, fields) => {
	try {
		const { message } = await frappe.db.get_value(doctype, name, fields);
		return message || {};
	} catch {
		return {};
	}
};

// `states` are those in which a worker is at it; `progress` is the field that says how far, if there is one.
mkd_hrms.follow_worker = (frm, states, progress) => {
	clearTimeout(frm.mkd_follows);
	const { doctype, name, status } = frm.doc;
	if (!states.includes(status)) return;
	const draw = (percent) => {
		// What is read of it changes nothing that would have to be saved.
		frm.doc[progress] = percent;
		frm.refresh_field(progress);
		frm.dashboard.show_progress(__(status, null, doctype), percent, `${Math.round(percent)} %`);
	};
	if (progress) draw(frm.doc[progress] || 0);

	const ask = async () => {
		const is_shown = () => frm.doc.name === name && frappe.get_route()[2] === name;
		if (!is_shown()) return;
		const fields = progress ? ["status", progress] : ["status"];
		const told = await mkd_hrms.told_by_worker(doctype, name, fields);
		if (!is_shown() || frm.doc.status !== status) return;
		if (told.status && told.status !== status) {
			frm.reload_doc();
			return;
		}
		if (progress && told.status) draw(told[progress] || 0);
		again();
	};
	const again = () => {
		frm.mkd_follows = setTimeout(ask, 1000 * mkd_hrms.SECONDS_AT_WORK);
	};
	again();
};
