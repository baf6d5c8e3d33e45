// An import: what the file is taken for, what would become of it, and the buttons that work now.
const DO = {
	Check: { method: "mkd_hrms.api.check_import", label: () => __("Check", null, "MKD Import"), says: () => __("Looking at the file") },
	Apply: {
		method: "mkd_hrms.api.apply_import",
		label: () => __("Apply", null, "MKD Import"),
		says: () => __("Leaving it to a worker"),
		asks: (doc) =>
			[
				__("{0} new and {1} corrected records will be stored. Go on?", [
					doc.created_count,
					doc.updated_count,
				]),
				doc.correction_count
					? __("{0} check-ins of days that are over will wait for HR.", [doc.correction_count])
					: "",
			]
				.join(" ")
				.trim(),
	},
	Undo: {
		method: "mkd_hrms.api.undo_import",
		label: () => __("Undo", null, "MKD Import"),
		says: () => __("Leaving it to a worker"),
		asks: (doc) =>
			__("All that {0} has written will be taken back. Go on?", [doc.name]),
	},
};

frappe.ui.form.on("MKD Import", {
	setup(frm) {
		frm.set_query("profile", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		draw_preview(frm);
		const applied = !["Draft", "Checked"].includes(frm.doc.status);
		for (const field of ["company", "file", "profile", "month"]) {
			frm.set_df_property(field, "read_only", applied ? 1 : 0);
		}
		// Nothing of it is written any more: a button that saves would lead nowhere.
		if (applied) frm.disable_save();
		if (frm.is_new()) {
			return;
		}
		frappe.require("/assets/mkd_hrms/js/at_work.js", () =>
			mkd_hrms.follow_worker(frm, ["Checking", "Applying", "Undoing"], "progress"),
		);
		for (const action of frm.doc.__onload?.offered || []) {
			const button = frm.add_custom_button(DO[action].label(), () => ask(frm, DO[action]));
			if (action === (frm.doc.status === "Checked" ? "Apply" : "Check")) {
				button.removeClass("btn-default").addClass("btn-primary");
			}
		}
		if (frm.doc.correction_count && frm.doc.status === "Applied") {
			frm.add_custom_button(__("To Confirm"), () =>
				frappe.set_route("List", "MKD Import Line", { mkd_import: frm.doc.name, decision: "Open" }),
			);
		}
		if (frm.doc.rejected_rows) {
			frm.add_custom_button(__("Rejected Rows"), () =>
				window.open(encodeURI(frm.doc.rejected_rows), "_blank", "noopener"),
			);
		}
	},
});

function ask(frm, what) {
	if (frm.is_dirty()) {
		frappe.show_alert(__("Save first: what is stored is looked at."));
		return;
	}
	const act = () =>
		frappe.call({
			method: what.method,
			args: { name: frm.doc.name },
			freeze: true,
			freeze_message: what.says(),
			callback: async () => {
				await frm.reload_doc();
				// What becomes of the file stands below the fold.
				if (frm.doc.status === "Checked") frm.scroll_to_field("preview_table", false);
			},
		});
	if (what.asks) {
		// eslint-disable-next-line no-unsanitized/method -- numbers, or the number of the import
		frappe.confirm(what.asks(frm.doc), act);
	} else {
		act();
	}
}

// On a telephone number and content stand below the name, and the page is no wider than the screen.
function draw_preview(frm) {
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const rows = JSON.parse(frm.doc.preview || "[]");
	const wide = "d-none d-md-table-cell";
	const heads = [
		[__("Row")],
		[__("Number", null, "MKD Import"), wide],
		[__("Employee", null, "MKD Import")],
		[__("What It Will Say"), wide],
		[__("What Happens")],
	];
	const lines = rows.map((row) => {
		const said = said_of(row);
		const happens = row.action ? __(row.action, null, "MKD Import Line") : __("Not Taken", null, "MKD Import");
		const below = `<div class="text-muted d-md-none">${escape(row.number)}</div><div class="d-md-none">${escape(said)}</div>`;
		const cells = [[row.row], [row.number, wide], [row.who, "", below], [said, wide], [happens]];
		return `<tr>${cells.map(([text, shown, more]) => `<td class="${shown || ""}">${escape(text)}${more || ""}</td>`).join("")}</tr>`;
	});
	const head = heads.map(([text, shown]) => `<th class="${shown || ""}">${escape(text)}</th>`).join("");
	const table = `<table class="table table-bordered mkd-preview"><tr>${head}</tr>${lines.join("")}</table>`;
	const note = `<p class="text-muted">${escape(note_of(frm.doc, rows))}</p>`;
	// eslint-disable-next-line no-unsanitized/method -- every text is escaped above
	frm.get_field("preview_table").$wrapper.html(rows.length ? table + note : note);
}

// What stands beside the rows, or in their place.
function note_of(doc, rows) {
	const all = doc.created_count + doc.updated_count + doc.unchanged_count + doc.correction_count;
	if (rows.length) return all > rows.length ? __("Only the first {0} are shown.", [rows.length]) : "";
	if (doc.status !== "Draft") return "";
	return doc.problems
		? __("Nothing of the file can be used as it is. The message below says why: choose another file or a profile, and save.")
		: __("Check the file to see what becomes of it.");
}

function said_of({ doctype, says }) {
	return Object.entries(says)
		.filter(([field]) => field !== "has_score")
		.map(([field, value]) => `${LABELS()[field] || field}: ${as_read(field, value, doctype)}`)
		.join(", ");
}

// A date and a number as the reader writes them, a word in his language; of a day that is named already only the time.
function as_read(field, value, doctype) {
	if (["late_entry", "early_exit"].includes(field)) return __("Yes", null, "MKD Import");
	if (typeof value === "number") return String(value).replace(".", get_number_format_info(get_number_format()).decimal_str);
	if (["in_time", "out_time"].includes(field)) return value.split(" ")[1].slice(0, 5);
	const is_moment = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}|$)/.test(value);
	// The platform's own words for presence are read without their form, in small letters or as those of something else.
	return is_moment ? frappe.datetime.str_to_user(value) : __(value, null, doctype.startsWith("MKD ") ? doctype : "MKD Import");
}

// Asked when it is drawn: the catalogue of the reader is there by then.
const LABELS = () => ({
	attendance_date: __("Date", null, "MKD Import"),
	status: __("Status", null, "MKD Import"),
	late_entry: __("Late"),
	early_exit: __("Left Early"),
	in_time: __("Came"),
	out_time: __("Left", null, "MKD Import"),
	time: __("Time", null, "MKD Import"),
	latitude: __("Latitude"),
	longitude: __("Longitude", null, "MKD Import"),
	log_type: __("Log Type", null, "MKD Import"),
	source: __("Source", null, "MKD Import"),
	period_start: __("From", null, "MKD Import"),
	period_end: __("To", null, "MKD Import"),
	predicate: __("Predicate"),
	score: __("Score", null, "MKD Import"),
	productive_minutes: __("Productive Minutes"),
	level: __("Level", null, "MKD Import"),
	from_date: __("From", null, "MKD Import"),
	to_date: __("To", null, "MKD Import"),
	stage: __("Stage", null, "MKD Import"),
	mkd_date: __("Date", null, "MKD Import"),
	activities: __("Activities"),
	decree_no: __("Decree No."),
	year: __("Year", null, "MKD Talent Record"),
	box: __("Box", null, "MKD Talent Record"),
	x_axis: __("X Axis", null, "MKD Talent Record"),
	y_axis: __("Y Axis", null, "MKD Talent Record"),
	total_axis: __("Total of Both Axes", null, "MKD Talent Record"),
});
