// MKD on the home screen of a telephone: with a name and a sign of its own, and without the frame of the browser.
$(document).on("app_ready", () => {
	// Whoever works for others has the Desk on his home screen, if he wants it there.
	if (!frappe.boot.mkd_own_record || document.querySelector("link[rel='manifest']")) return;
	const link = document.createElement("link");
	Object.assign(link, { rel: "manifest", href: "/assets/mkd_hrms/manifest.json" });
	document.head.appendChild(link);
});
