// The name is the policy's name and date, which have columns of their own.
frappe.listview_settings["MKD Policy"] = { hide_name_column: true };
