"""Answers the setup wizard of a new site for an Indonesian government agency.

Runs with the bench's Python inside a sites folder: complete_setup.py <site> <year>
"""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

from erpnext.setup.utils import enable_all_roles_and_domains

COMPANY = "Pemerintah Contoh"
ANSWERS = {
	"language": "English",
	"country": "Indonesia",
	"currency": "IDR",
	"timezone": "Asia/Jakarta",
	"company_name": COMPANY,
	"company_abbr": "PC",
	"company_tagline": COMPANY,
	"chart_of_accounts": "Standard",
}


def main(site, year):
	frappe.init(site=site)
	frappe.connect()
	try:
		setup_complete(ANSWERS | {"fy_start_date": f"{year}-01-01", "fy_end_date": f"{year}-12-31"})
		for neighbour in (year - 1, year + 1):
			add_fiscal_year(neighbour)
		enable_all_roles_and_domains()
		frappe.db.commit()
	finally:
		frappe.destroy()


def add_fiscal_year(year):
	"""Leave and holiday lists of last and next year need one to fall into."""
	fiscal_year = frappe.new_doc("Fiscal Year")
	fiscal_year.year = str(year)
	fiscal_year.year_start_date = f"{year}-01-01"
	fiscal_year.year_end_date = f"{year}-12-31"
	fiscal_year.insert()


if __name__ == "__main__":
	main(sys.argv[1], int(sys.argv[2]))
