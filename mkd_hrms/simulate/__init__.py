"""The rules outside a site: exported HR tables in, decisions for everybody and a report out. Needs no Frappe."""
