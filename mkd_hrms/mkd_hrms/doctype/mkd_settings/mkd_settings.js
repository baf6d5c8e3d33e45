frappe.ui.form.on("MKD Settings", {
	refresh(frm) {
		frm.set_intro(frappe.utils.escape_html(frm.doc.__onload?.other_zone || ""), "orange");
		show_script_status(frm);
	},
	enable_server_scripts(frm) {
		switch_scripts(frm, "mkd_hrms.setup.server_scripts.enable");
	},
	disable_server_scripts(frm) {
		switch_scripts(frm, "mkd_hrms.setup.server_scripts.disable");
	},
	restore_server_scripts(frm) {
		switch_scripts(frm, "mkd_hrms.setup.server_scripts.restore");
	},
});

async function switch_scripts(frm, method) {
	await frappe.call({ method, freeze: true });
	show_script_status(frm);
}

async function show_script_status(frm) {
	const may_switch = frappe.user.has_role(["MKD Officer", "System Manager"]);
	frm.toggle_display("server_scripts_section", may_switch);
	if (!may_switch) return;
	const { message } = await frappe.call("mkd_hrms.setup.server_scripts.status");
	offer_what_can_work(frm, message);
	const rows = message.scripts.map((script) => script_row(script)).join("");
	const hint = message.supported
		? ""
		: `<p class="text-muted">${__("This bench does not run Server Scripts.")}</p>`;
	// eslint-disable-next-line no-unsanitized/method -- script_row escapes the names
	frm.get_field("scripts_status").$wrapper.html(`${hint}<ul class="list-unstyled">${rows}</ul>`);
}

function offer_what_can_work(frm, { supported, scripts }) {
	const existing = scripts.filter((script) => script.exists);
	frm.toggle_display("enable_server_scripts", supported && existing.some((script) => !script.enabled));
	frm.toggle_display("disable_server_scripts", existing.some((script) => script.enabled));
	frm.toggle_display("restore_server_scripts", existing.length < scripts.length);
}

function script_row(script) {
	const [colour, state] = script.enabled
		? ["green", __("Enabled")]
		: script.exists
		? ["gray", __("Disabled")]
		: ["red", __("Deleted")];
	const name = frappe.utils.escape_html(script.name);
	return `<li><span class="indicator ${colour}">${name}: ${state}</span></li>`;
}
