"use strict";
(() => {
	const query = document.getElementById("query");
	const outcome = document.getElementById("outcome");
	const found = document.getElementById("found");
	const rows = [...document.querySelectorAll("#list tbody tr")].map((row) => ({
		row,
		text: row.textContent.toLowerCase(),
	}));
	const filter = () => {
		const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
		let count = 0;
		for (const { row, text } of rows) {
			const shown =
				(!outcome.value || row.dataset.outcome === outcome.value) &&
				words.every((word) => text.includes(word));
			row.hidden = !shown;
			count += shown;
		}
		const numbers = [count, rows.length].map((number) => number.toLocaleString(document.documentElement.lang));
		found.value = found.dataset.text.replace(/\{(\d)\}/g, (_all, place) => numbers[place]);
	};
	query.addEventListener("input", filter);
	outcome.addEventListener("change", filter);
	query.form.addEventListener("submit", (event) => event.preventDefault());
	filter();
})();
