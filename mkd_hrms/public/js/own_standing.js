// The home of an employee: whether he may work away in one sentence, and the ways to what is his own.
(() => {
	async function show_own_standing(root) {
		const place = root.querySelector(".mkd-standing");
		const { message: told } = await frappe.call("mkd_hrms.api.own_standing");
		place.replaceChildren();
		if (!told.sentence) {
			// eslint-disable-next-line no-unsanitized/method -- elements, and no HTML
			place.append(paragraph(__("No active Employee record names you as its user. Ask HR."), "gray"));
			return;
		}
		// eslint-disable-next-line no-unsanitized/method -- elements, and no HTML
		place.append(paragraph(told.sentence, told.colour), ...ways(told).map(link));
	}

	function paragraph(text, colour) {
		const said = document.createElement("p");
		said.className = colour;
		said.textContent = text;
		return said;
	}

	// A superior's lists hold his people, too; these ways lead to his own.
	function ways(told) {
		const employee = frappe.boot.mkd_own_record;
		const own = { employee };
		const open = { employee, status: ["in", ["Waiting", "Told"]] };
		const found = [
			[__("My days"), ["List", "MKD Day", "Calendar", "default"], own],
			[__("My requests"), ["List", "MKD Request", "List"], own],
			[__("My reports"), ["List", "MKD Daily Report", "List"], own],
			[__("My waiting places"), ["List", "MKD Waiting Place", "List"], open],
		];
		if (told.standing) found.unshift([__("Why"), ["Form", "MKD Eligibility", told.standing]]);
		return found;
	}

	function link([label, route, filters]) {
		const way = document.createElement("a");
		way.href = `/app/${frappe.router.slug(route[1])}`;
		way.textContent = label;
		way.addEventListener("click", (event) => {
			event.preventDefault();
			frappe.route_options = filters;
			frappe.set_route(route);
		});
		return way;
	}

	frappe.provide("mkd_hrms");
	mkd_hrms.show_own_standing = show_own_standing;
})();
