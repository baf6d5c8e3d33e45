"""Install and migrate call sync(), uninstall calls remove(). Both may run any number of times."""

from mkd_hrms.setup import (
	customizations,
	import_profiles,
	indexes,
	numbers,
	policies,
	roles,
	savings_factors,
	server_scripts,
	settings,
	traces,
	user_types,
	workflows,
)


def sync():
	"""Create what is missing. What an officer edited is left alone."""
	customizations.sync()
	indexes.sync()
	numbers.sync()
	roles.sync()
	user_types.sync()
	workflows.sync()
	server_scripts.sync()
	policies.sync()
	import_profiles.sync()
	savings_factors.sync()
	settings.sync()


def remove():
	"""Leave the site as it was before the app came: sync() backwards."""
	policies.remove()
	server_scripts.remove()
	workflows.remove()
	user_types.remove()
	roles.remove()
	traces.remove()
	indexes.remove()
	customizations.remove()
