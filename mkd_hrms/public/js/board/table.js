// The coverage board as a table: dates across, people down, unit by unit. The arrow keys move, Enter opens.
frappe.provide("mkd_hrms");
mkd_hrms.board ??= {};

(() => {
	mkd_hrms.board.table = function (board, shown, open) {
		const { el, days } = mkd_hrms.board;
		const dates = days(board);
		const table = el("table", { class: "mkd-board-table", role: "grid", "aria-label": __("MKD Coverage Board") }, head(board, dates));
		for (const unit of board.units) {
			const people = unit.people.filter(shown);
			if (people.length) table.appendChild(unit_body(board, dates, unit, people));
		}
		table.addEventListener("click", (event) => open_cell(event.target.closest("td[data-day]"), open));
		table.addEventListener("keydown", (event) => move(table, event, open));
		const first = table.querySelector("td[data-day]");
		if (first) first.tabIndex = 0;
		return el("div", { class: "mkd-board-scroll" }, table);

		function head(board, dates) {
			const row = el("tr", {}, el("th", { scope: "col", class: "mkd-board-name", text: __("Name") }));
			for (const day of dates) row.appendChild(date_head(board, day));
			return el("thead", {}, row);
		}

		function date_head(board, day) {
			const today = day === board.today;
			return el(
				"th",
				{
					scope: "col",
					class: `mkd-board-date${today ? " mkd-today" : ""}`,
					"aria-label": mkd_hrms.board.spoken(day),
					"aria-current": today ? "date" : null,
				},
				el("span", { text: mkd_hrms.board.weekday_short(day) }),
				el("span", { text: moment(day).format("D/M") }),
				today && el("span", { class: "mkd-board-today", text: __("Today") })
			);
		}

		function unit_body(board, dates, unit, people) {
			const rooms = [[unit.name || __("No unit"), unit.rooms], ...unit.points];
			const body = el("tbody", {}, ...rooms.map(([title, of]) => room_row(board, dates, unit, title, of)));
			for (const person of people) body.appendChild(person_row(board, dates, person));
			return body;
		}

		function room_row(board, dates, unit, title, rooms) {
			const row = el("tr", { class: "mkd-board-unit" }, el("th", { scope: "row", class: "mkd-board-name", text: title }));
			dates.forEach((day, number) => {
				const { kind, text, said } = mkd_hrms.board.room(rooms[number]);
				const off = mkd_hrms.board.is_off(unit, number);
				const label = `${title}, ${mkd_hrms.board.spoken(day)}: ${off ? __("Day off") : said}`;
				row.appendChild(el("td", { class: `mkd-room mkd-room-${off ? "free" : kind}${day === board.today ? " mkd-today" : ""}`, text: off ? "" : text, title: label, "aria-label": label }));
			});
			return row;
		}

		function person_row(board, dates, [employee, name, in_full, letters]) {
			const row = el("tr", {}, el("th", { scope: "row", class: "mkd-board-name", text: name }));
			dates.forEach((day, number) => {
				const letter = letters[number] || "-";
				const { kind, sign, label } = mkd_hrms.board.cell(letter);
				const said = `${name}, ${mkd_hrms.board.spoken(day)}: ${label()}`;
				const opens = in_full && mkd_hrms.board.DECIDED.includes(letter);
				row.appendChild(
					el("td", {
						class: `mkd-cell mkd-${kind}${day === board.today ? " mkd-today" : ""}${opens ? " mkd-opens" : ""}`,
						role: "gridcell",
						tabindex: "-1",
						text: sign(),
						title: said,
						"aria-label": said,
						"data-day": day,
						"data-employee": employee,
						"data-name": name,
						"data-letter": letter,
						"data-opens": opens ? "1" : null,
					})
				);
			});
			return row;
		}
	};

	function open_cell(cell, open) {
		if (!cell?.dataset.opens) return;
		const { employee, name, day, letter } = cell.dataset;
		open({ employee, name, day, letter });
	}

	function move(table, event, open) {
		const cell = event.target.closest("td[data-day]");
		if (!cell) return;
		if (["Enter", " "].includes(event.key)) {
			event.preventDefault();
			return open_cell(cell, open);
		}
		const next = neighbour(table, cell, event.key);
		if (!next) return;
		event.preventDefault();
		cell.tabIndex = -1;
		next.tabIndex = 0;
		next.focus();
	}

	function neighbour(table, cell, key) {
		if (key === "ArrowLeft" || key === "ArrowRight") {
			const beside = key === "ArrowLeft" ? cell.previousElementSibling : cell.nextElementSibling;
			return beside?.matches("td[data-day]") ? beside : null;
		}
		if (key !== "ArrowUp" && key !== "ArrowDown") return null;
		const column = [...table.querySelectorAll(`td[data-day="${cell.dataset.day}"]`)];
		return column[column.indexOf(cell) + (key === "ArrowUp" ? -1 : 1)];
	}
})();
