// Where somebody works that day, from the device instead of by hand; whoever says nothing is compared with nothing.
frappe.provide("mkd_hrms");

(() => {
	const DIGITS = 6;
	const PATIENCE = { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 };
	// By the code of the browser's refusal.
	const REFUSALS = {
		1: () => __("The browser does not give your position away. Allow it for this page, or leave the position out: it is optional."),
		2: () => __("Your position could not be found. Try again near a window, or leave it out: it is optional."),
		3: () => __("Finding your position took too long. Try again, or leave it out: it is optional."),
	};

	function offer_position(frm) {
		// Numbers are for who keeps the records.
		frm.toggle_display(["place_latitude", "place_longitude"], Boolean(frappe.boot.mkd_acts_for_hr));
		const wrapper = frm.get_field("place").$wrapper;
		wrapper.find(".mkd-position").remove();
		if (!may_locate(frm) && !has_position(frm)) return;
		wrapper[0].appendChild(part(frm));
	}

	// HR, who writes for somebody else, sits elsewhere.
	function may_locate(frm) {
		return mkd_hrms.request.is_choosing(frm) && Boolean(frm.mkd_choice?.is_own ?? frm.doc.__onload?.is_own);
	}

	const has_position = ({ doc }) => Boolean(doc.place_latitude || doc.place_longitude);

	function part(frm) {
		const { el } = mkd_hrms.board;
		const text = frm.mkd_position_refused === frm.doc.name ? frm.mkd_position_said : said(frm);
		const writes = may_locate(frm);
		return el(
			"div",
			{ class: "mkd-position" },
			writes ? button(__("Use my position"), () => locate(frm)) : null,
			writes && has_position(frm) ? button(__("Remove position"), () => set_position(frm, null, null)) : null,
			el("div", { class: "text-muted small", role: "status", text })
		);

		function button(label, onclick) {
			return el("button", { type: "button", class: "btn btn-default btn-sm", text: label, onclick });
		}
	}

	function said(frm) {
		if (!has_position(frm)) return __("Optional: where check-ins on these days are expected. Without it no check-in is compared.");
		const { place_latitude, place_longitude } = frm.doc;
		return __("Position noted: {0}, {1}.", [place_latitude.toFixed(4), place_longitude.toFixed(4)]);
	}

	function locate(frm) {
		if (!navigator.geolocation) return refuse(frm, REFUSALS[2]());
		const name = frm.doc.name;
		tell(frm, __("Asking the browser for your position …"));
		navigator.geolocation.getCurrentPosition(
			({ coords }) => frm.doc.name === name && set_position(frm, coords.latitude, coords.longitude),
			({ code }) => frm.doc.name === name && refuse(frm, (REFUSALS[code] || REFUSALS[2])()),
			PATIENCE
		);
	}

	async function set_position(frm, latitude, longitude) {
		frm.mkd_position_refused = null;
		const round = (number) => (number === null ? 0 : Number(number.toFixed(DIGITS)));
		await frm.set_value({ place_latitude: round(latitude), place_longitude: round(longitude) });
		offer_position(frm);
	}

	function refuse(frm, text) {
		Object.assign(frm, { mkd_position_refused: frm.doc.name, mkd_position_said: text });
		tell(frm, text);
	}

	function tell(frm, text) {
		frm.get_field("place").$wrapper.find(".mkd-position [role='status']").text(text);
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { offer_position });
})();
