frappe.listview_settings["MKD Service Point"] = { hide_name_column: true };
