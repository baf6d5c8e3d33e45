// The guide, page by page: /app/mkd-guide/absence/what-you-can-do is a part of the page of a condition.
(() => {
	const ROUTE = "mkd-guide";

	frappe.pages[ROUTE].on_page_load = function (wrapper) {
		const page = frappe.ui.make_app_page({ parent: wrapper, title: __("MKD Guide"), single_column: true });
		wrapper.mkd_text = document.createElement("article");
		wrapper.mkd_text.className = "mkd-guide";
		page.main[0].appendChild(wrapper.mkd_text);
	};

	frappe.pages[ROUTE].on_page_show = async function (wrapper) {
		const [, name, part] = frappe.get_route();
		await frappe.require("/assets/mkd_hrms/css/guide.css");
		const { html } = await frappe.xcall("mkd_hrms.api.guide_page", name ? { name } : {});
		// The reader may have gone on meanwhile.
		if (frappe.get_route()[0] !== ROUTE || frappe.get_route()[1] !== name) return;
		// eslint-disable-next-line no-unsanitized/property -- pages that come with the app, and nothing that anybody writes
		wrapper.mkd_text.innerHTML = html;
		[...wrapper.mkd_text.querySelectorAll("[id]")].find((heading) => heading.id === part)?.scrollIntoView();
	};
})();
