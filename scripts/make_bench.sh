#!/usr/bin/env bash
# Sets up the whole platform on a fresh Debian or Ubuntu: MariaDB, Redis, Node, and a bench with Frappe,
# ERPNext, Frappe HR and this app on a site. Steps that are already done are skipped, so it may be run again.
#
# Environment: BENCH (/home/frappe/frappe-bench), SITE (mkd.localhost), ADMIN_PASSWORD (admin).
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bench=${BENCH:-/home/frappe/frappe-bench}
site=${SITE:-mkd.localhost}
admin_password=${ADMIN_PASSWORD:-admin}
branch=version-15
node_major=20
bench_user=frappe
system_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
db_admin=mkd_bench_admin

announce() {
	printf '\n==> %s\n' "$*"
}

as_root() {
	if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# Runs a shell line as the bench's user, in the bench once there is one, and with the system's programs: what the
# caller has in folders of his own would be found, and could not be run.
as_bench_user() {
	local folder=$bench
	[[ -d $folder ]] || folder=$(dirname "$bench")
	as_root runuser -u "$bench_user" -- \
		bash -c "cd '$folder' && export PATH=\"\$HOME/.local/bin:$system_path\" && $1"
}

install_packages() {
	announce "Debian packages"
	as_root apt-get update
	as_root apt-get install -y build-essential ca-certificates cron curl git gnupg mariadb-client mariadb-server \
		libmariadb-dev pkg-config pipx python3-dev python3-venv redis-server sudo xvfb wkhtmltopdf
}

install_node() {
	announce "Node $node_major and yarn"
	if ! command -v node >/dev/null || (($(node --version | tr -d v | cut -d. -f1) < 18)); then
		curl -fsSL "https://deb.nodesource.com/setup_$node_major.x" | as_root bash -
		as_root apt-get install -y nodejs
	fi
	command -v yarn >/dev/null || as_root npm install --global yarn
}

configure_mariadb() {
	announce "MariaDB with utf8mb4"
	as_root tee /etc/mysql/mariadb.conf.d/99-frappe.cnf >/dev/null <<-'CNF'
		[mysqld]
		character-set-client-handshake = FALSE
		character-set-server = utf8mb4
		collation-server = utf8mb4_unicode_ci

		[mysql]
		default-character-set = utf8mb4
	CNF
	as_root service mariadb restart
	as_root service redis-server start
}

create_user() {
	announce "User $bench_user"
	id "$bench_user" >/dev/null 2>&1 || as_root useradd --create-home --shell /bin/bash "$bench_user"
	as_root install -d -o "$bench_user" -g "$bench_user" "$(dirname "$bench")"
}

create_bench() {
	announce "bench with Frappe $branch in $bench"
	as_bench_user "command -v bench >/dev/null || pipx install frappe-bench"
	# bench sets up its environment with uv, and does not bring it along.
	as_bench_user "command -v uv >/dev/null || pipx install uv"
	[[ -d $bench/apps/frappe ]] || as_bench_user "bench init --frappe-branch $branch '$bench'"
}

get_apps() {
	for app in erpnext hrms; do
		announce "$app"
		# By the whole address: of a bare name bench asks GitHub's API whose it is, and that counts who asks.
		[[ -d $bench/apps/$app ]] || as_bench_user "bench get-app --branch $branch https://github.com/frappe/$app"
	done
	announce "mkd_hrms from $checkout"
	[[ ! -d $bench/apps/mkd_hrms ]] || return 0
	if ! as_bench_user "test -r '$checkout/pyproject.toml'"; then
		echo "User $bench_user cannot read $checkout; move the checkout to a place it can read." >&2
		exit 1
	fi
	# bench clones the checkout, which belongs to somebody else: git has to be told that this is meant.
	for folder in "$checkout" "$checkout/.git"; do
		as_bench_user "git config --global --add safe.directory '$folder'"
	done
	as_bench_user "bench get-app 'file://$checkout'"
}

# Frappe creates databases over a password login, which root on Debian does not have. A user that exists only
# for this step leaves root as it is.
create_site() {
	announce "Site $site"
	[[ ! -d $bench/sites/$site ]] || return 0
	local password
	password=$(head -c 18 /dev/urandom | base64 | tr -d '+/')
	as_root mariadb -e "CREATE OR REPLACE USER '$db_admin'@'localhost' IDENTIFIED BY '$password';
		GRANT ALL PRIVILEGES ON *.* TO '$db_admin'@'localhost' WITH GRANT OPTION;"
	as_bench_user "bench new-site '$site' --db-root-username $db_admin --db-root-password '$password' \
		--admin-password '$admin_password' --set-default"
}

# Installing an app needs the bench's Redis servers, which usually run only under `bench start`.
start_redis() {
	announce "Redis of the bench"
	for role in cache queue; do
		local port
		port=$(awk '$1 == "port" {print $2}' "$bench/config/redis_$role.conf")
		redis-cli -p "$port" ping >/dev/null 2>&1 && continue
		as_bench_user "redis-server config/redis_$role.conf --daemonize yes"
		started_redis+=("$port")
	done
}

install_apps() {
	announce "Apps on $site"
	as_bench_user "bench set-config --global --parse server_script_enabled 1"
	for app in erpnext hrms mkd_hrms; do
		as_bench_user "bench --site '$site' install-app $app"
	done
	as_bench_user "bench build --app mkd_hrms"
}

# Also after a failure: `bench start` wants to start Redis itself, and nobody else may use the database user.
clean_up() {
	for port in "${started_redis[@]}"; do
		redis-cli -p "$port" shutdown nosave || true
	done
	if command -v mariadb >/dev/null; then
		as_root mariadb -e "DROP USER IF EXISTS '$db_admin'@'localhost';" || true
	fi
}

started_redis=()
trap clean_up EXIT

install_packages
install_node
configure_mariadb
create_user
create_bench
get_apps
start_redis
create_site
install_apps

announce "Done"
cat <<TEXT
Start it:   sudo -iu $bench_user bash -c 'cd $bench && bench start'
Open it:    http://$site:8000 (user Administrator, password $admin_password)
TEXT
