from frappe.model.document import Document


class MKDWorkPlanItem(Document):
	pass
