frappe.ui.form.on("Employee", {
	refresh(frm) {
		keep_plus_to_who_may(frm);
		new MKDOverview(frm).refresh();
	},
});

// Beside the connections the platform offers a new record to whoever may write one about anybody: about somebody else,
// HR alone does.
function keep_plus_to_who_may(frm) {
	const may = () => frappe.boot.mkd_acts_for_hr || frm.doc.user_id === frappe.session.user;
	const written = ["MKD Request", "MKD Daily Report", "MKD Day Swap", "MKD Objection", "MKD Agreement"];
	frm.can_make_methods = { ...frm.can_make_methods, ...Object.fromEntries(written.map((doctype) => [doctype, may])) };
}

// One name only: the scripts of all apps for a form share their names.
class MKDOverview {
	static COLOURS = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };
	static TINTS = { mkd: "green", away: "orange", holiday: "red", office: "blue", none: "gray" };

	constructor(frm) {
		this.frm = frm;
		this.employee = frm.doc.name;
	}

	async refresh() {
		this.clear();
		if (this.frm.is_new()) return;
		await frappe.require("/assets/mkd_hrms/js/gate_page.js");
		const args = { employee: this.employee };
		const { message } = await frappe.call("mkd_hrms.api.employee_overview", args);
		// The server answers with nothing to whom it does not concern; the reader may be elsewhere by now.
		if (message?.employee && this.frm.doc.name === this.employee) this.show(message);
	}

	clear() {
		this.frm.$wrapper.find(".mkd-overview").remove();
		this.frm.remove_custom_button(__("Apply for MKD"));
	}

	show({ standing, weeks, is_own, may_apply }) {
		this.clear();
		const parent = this.frm.layout.tabs?.[0]?.wrapper || this.frm.dashboard.parent;
		// eslint-disable-next-line no-unsanitized/method -- standing and week escape what they show
		parent.prepend(`<div class="form-dashboard-section mkd-overview">
			<div class="section-head">${__("MKD")}</div>
			<div class="section-body">
				${standing ? this.standing(standing, is_own) : ""}
				${weeks.map((week) => this.week(week)).join("")}
			</div>
		</div>`);
		if (!may_apply) return;
		const { employee } = this;
		this.frm.add_custom_button(__("Apply for MKD"), () => frappe.new_doc("MKD Request", { employee }));
	}

	standing({ outcome, label, tier_limit, changes_on, failed, unknown, reasons }, is_own) {
		const facts = [
			tier_limit !== undefined && __("At most {0} MKD days a week", [tier_limit]),
			changes_on && __("Stays so until {0}", [changes_on]),
			failed?.length && `${__("Not met")}: ${failed.join(", ")}`,
			unknown?.length && `${__("Not known")}: ${unknown.join(", ")}`,
		];
		const colour = MKDOverview.COLOURS[outcome] || "gray";
		const pill = `<span class="indicator-pill ${colour}">${this.escape(label)}</span>`;
		const lines = facts.filter(Boolean).map((fact) => `<div class="text-muted">${this.escape(fact)}</div>`);
		const open = (reasons || []).map((found) => this.reason(found, is_own));
		return `<div class="small mb-3"><div>${__("For tomorrow")}: ${pill}</div>${lines.join("")}${open.join("")}</div>`;
	}

	reason({ gate, page, sentence, next_step }, is_own) {
		const step = is_own && next_step ? `<div class="text-muted">${this.escape(next_step)}</div>` : "";
		return `<div class="mt-2">${this.escape(sentence)}${step} ${mkd_hrms.gate_page({ gate, page }).outerHTML}</div>`;
	}

	week({ dates, used, collective, limit, days }) {
		let count = limit === null ? "" : __("{0} of {1} MKD days used", [used, limit]);
		if (count && collective) count += ", " + __("{0} of them by circular", [collective]);
		return `<div class="mb-3">
			<div class="small mb-1">${this.escape(dates)} <b>${this.escape(count)}</b></div>
			<div style="display: flex; flex-wrap: wrap; gap: 4px">
				${days.map((day) => this.day(day)).join("")}
			</div>
		</div>`;
	}

	// On a phone two or three days stand beside each other; on a desk the whole week does.
	day({ weekday, shown, today, kind, label, note }) {
		const style = `flex: 1 1 105px; min-width: 0; padding: 6px 8px; border-radius: 6px;
			overflow-wrap: anywhere; background: var(--bg-${MKDOverview.TINTS[kind]});
			${today ? "outline: 2px solid var(--primary)" : ""}`;
		return `<div class="small" style="${style}">
			<div class="text-muted">${this.escape(weekday)} ${this.escape(shown)}</div>
			<div>${this.escape(label)}</div>
			${note ? `<div class="text-muted">${this.escape(note)}</div>` : ""}
		</div>`;
	}

	escape(text) {
		return frappe.utils.escape_html(String(text));
	}
}
