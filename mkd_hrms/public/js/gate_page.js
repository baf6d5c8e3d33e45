// The way from a condition to its page of the guide: what it asks, what counts as evidence, whom to ask.
frappe.provide("mkd_hrms");

mkd_hrms.gate_page = function ({ gate, page }) {
	const way = document.createElement("a");
	way.href = `/app/mkd-guide/${page}`;
	way.className = "mkd-gate-page";
	way.textContent = __("What you can do");
	// Several of them stand below each other.
	way.setAttribute("aria-label", `${__("What you can do")}: ${gate}`);
	return way;
};
