// The coverage board: who of a unit is where on which date, and how much room is left. Whom it shows is for the server to say.
(() => {
	const PARTS = ["words", "table", "day_list", "day_dialog", "feed"].map((part) => `/assets/mkd_hrms/js/board/${part}.js`);
	const NARROW = "(max-width: 767px)";

	frappe.pages["mkd-coverage-board"].on_page_load = async function (wrapper) {
		const page = frappe.ui.make_app_page({ parent: wrapper, title: __("MKD Coverage Board"), single_column: true });
		await frappe.require(["/assets/mkd_hrms/css/board.css", ...PARTS]);
		wrapper.mkd_board = new CoverageBoard(page);
		await wrapper.mkd_board.start();
	};

	frappe.pages["mkd-coverage-board"].on_page_show = (wrapper) => wrapper.mkd_board?.load();

	class CoverageBoard {
		constructor(page) {
			const { el } = mkd_hrms.board;
			this.page = page;
			this.asked = { unit: "", start: "", weeks: 1, after: 0 };
			this.only_in_office = false;
			this.bar = el("div", { class: "mkd-board-bar" });
			this.body = el("div", { class: "mkd-board" });
			page.main[0].appendChild(this.bar);
			page.main[0].appendChild(this.body);
			page.add_menu_item(__("Print", null, "Coverage Board"), () => window.print());
			page.add_menu_item(__("Calendar Link to My Days"), () => mkd_hrms.board.make_feed());
			page.add_menu_item(__("Calendar Link to This Unit"), () => this.make_unit_feed());
			page.add_menu_item(__("My Calendar Links"), () => frappe.set_route("List", "MKD Calendar Feed"));
			window.matchMedia(NARROW).addEventListener("change", () => this.draw());
		}

		async start() {
			this.make_bar(await frappe.xcall("mkd_hrms.api.coverage_board_units"));
			await this.load();
		}

		make_bar(units) {
			const { el } = mkd_hrms.board;
			const button = (text, label, onclick) => el("button", { type: "button", class: "btn btn-default", text, "aria-label": label, title: label, onclick });
			const unit = el("select", { class: "form-control", "aria-label": __("Unit", null, "MKD Coverage") }, option("", __("My unit and my people")));
			for (const [name, title, depth] of units) unit.appendChild(option(name, "\u00a0\u00a0".repeat(depth) + title));
			unit.addEventListener("change", () => this.ask({ unit: unit.value, after: 0 }));
			const weeks = el("select", { class: "form-control mkd-board-weeks", "aria-label": __("Weeks") });
			for (const number of [1, 2, 4]) weeks.appendChild(option(number, number === 1 ? __("1 week") : __("{0} weeks", [number])));
			weeks.addEventListener("change", () => this.ask({ weeks: cint(weeks.value) }));
			const only = el("input", { type: "checkbox" });
			only.addEventListener("change", () => {
				this.only_in_office = only.checked;
				this.draw();
			});
			for (const part of [
				button("‹", __("Earlier"), () => this.move(-1)),
				button(__("Today"), __("Today"), () => this.ask({ start: "" }, "")),
				button("›", __("Later"), () => this.move(1)),
				weeks,
				unit,
				el("label", {}, only, el("span", { text: __("Only who is in the office today") })),
			])
				this.bar.appendChild(part);
		}

		// Back or forth by what is shown: the weeks of the table, the week of the list.
		move(direction) {
			const days = 7 * (this.is_narrow() ? 1 : this.asked.weeks) * direction;
			const start = frappe.datetime.add_days(this.board?.since || frappe.datetime.get_today(), days);
			return this.ask({ start }, start);
		}

		ask(values, day) {
			Object.assign(this.asked, values);
			if (day !== undefined) this.day = day;
			return this.load();
		}

		async load() {
			const asked = { ...this.asked, weeks: this.is_narrow() ? 1 : this.asked.weeks };
			const number = (this.asking = (this.asking || 0) + 1);
			const { message } = await frappe.call("mkd_hrms.api.coverage_board", asked);
			// Another answer may have been asked for meanwhile.
			if (number !== this.asking) return;
			this.board = message;
			this.draw();
		}

		draw() {
			if (!this.board) return;
			const { el } = mkd_hrms.board;
			const shown = (person) => this.is_shown(person);
			const open = (chosen) => mkd_hrms.board.open_day(chosen, () => this.load());
			const parts = this.is_narrow()
				? mkd_hrms.board.day_list(this.board, this.chosen_day(), shown, open, (day) => this.choose(day))
				: mkd_hrms.board.table(this.board, shown, open);
			const anybody = this.board.units.some((unit) => unit.people.some(shown));
			const none = anybody ? null : el("p", { class: "text-muted", text: __("Nobody is shown here. Choose another unit, or show everybody.") });
			const letters = new Set(this.board.units.flatMap((unit) => unit.people.flatMap((person) => [...person[3]])));
			this.body.replaceChildren(...[none || parts, mkd_hrms.board.legend(letters), this.pages()].filter(Boolean));
		}

		chosen_day() {
			const dates = mkd_hrms.board.days(this.board);
			const wanted = this.day || this.board.today;
			return dates.includes(wanted) ? wanted : dates[0];
		}

		choose(day) {
			this.day = day;
			this.draw();
		}

		// Of today nothing is known in another week.
		is_shown([, , , letters]) {
			const number = mkd_hrms.board.days(this.board).indexOf(this.board.today);
			if (!this.only_in_office || number < 0) return true;
			return mkd_hrms.board.IN_OFFICE.includes(letters[number] || "-");
		}

		pages() {
			const { el } = mkd_hrms.board;
			const { after } = this.asked;
			const { page, more } = this.board;
			if (!after && !more) return null;
			const button = (text, step) => el("button", { type: "button", class: "btn btn-default", text, onclick: () => this.ask({ after: after + step }) });
			return el("div", { class: "mkd-board-bar" }, after ? button(__("{0} people before", [page]), -page) : null, more ? button(__("{0} people after", [page]), page) : null);
		}

		make_unit_feed() {
			if (this.asked.unit) return mkd_hrms.board.make_feed(this.asked.unit);
			return frappe.msgprint(__("Choose a unit first."));
		}

		is_narrow() {
			return window.matchMedia(NARROW).matches;
		}
	}

	function option(value, text) {
		return mkd_hrms.board.el("option", { value, text });
	}
})();
