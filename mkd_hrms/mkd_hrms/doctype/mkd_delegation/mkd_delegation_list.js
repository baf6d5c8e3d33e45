// Who acts for whom, and whether he does today.
frappe.listview_settings["MKD Delegation"] = {
	add_fields: ["approver", "approver_name", "delegate", "kind", "from_date", "to_date"],
	hide_name_column: true,
	get_indicator({ from_date, to_date }) {
		const today = frappe.datetime.get_today();
		if (to_date < today) return [__("Ended", null, "MKD Delegation"), "gray", `to_date,<,${today}`];
		if (from_date > today) return [__("Not Yet", null, "MKD Delegation"), "blue", `from_date,>,${today}`];
		return [__("In Force", null, "MKD Delegation"), "green", `to_date,>=,${today}`];
	},
	formatters: {
		delegate_name(name, _df, doc) {
			const acts = [name || doc.delegate, doc.kind].filter(Boolean).join(", ");
			return `${acts} → ${doc.approver_name || doc.approver}`;
		},
	},
};
