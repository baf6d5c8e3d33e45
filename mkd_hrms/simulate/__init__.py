"""The rules outside a site: exported HR tables in, decisions for everybody and a report out. Needs no Frappe.

cli.py          the entry point of the command `mkd`
commandline.py  its subcommands and options
files/          what the files hold, and how they become tables
check/          `mkd check`: everybody, and every application
convert/        `mkd convert`: files of other systems
export/         `mkd export`: the other way round
trial/          `mkd simulate`: two policies over everybody
output/         languages, files, the numbers of a policy
sample/         invented agencies
templates/      the pages of the reports
"""
