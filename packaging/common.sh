# SPDX-License-Identifier: Apache-2.0
#
# What try, test and .ci/run share: which Debian packages each needs, how they
# are installed, and how a build is made.  Sourced, never run; the caller is a
# POSIX shell with `set -eu`.

source=$(cd "$(dirname "$0")/.." && pwd)

build_packages="gcc libc6-dev make autoconf automake libtool pkg-config
	libssl-dev libsqlite3-dev libp11-kit-dev libinih-dev libpopt-dev libjansson-dev"
quickstart_packages="opensc openssl python3-pykcs11"
test_packages="$build_packages $quickstart_packages libcmocka-dev p11-kit gnutls-bin procps
	libgnutls28-dev libnss3-dev strace sshfs openssh-sftp-server softhsm2 groff-base zsh fish
	python3-jsonschema valgrind libnss3-tools locales libengine-pkcs11-openssl"
# What Debian 12 has not got yet.
newer_test_packages=pkcs11-provider

say() {
	printf '%s\n' "$*"
}

die() {
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
	exit 1
}

# install_packages NAME...: those that are missing, as root or through sudo.
install_packages() {
	missing=
	for package in "$@"; do
		case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
		*' installed') ;;
		*) missing="$missing $package" ;;
		esac
	done
	[ -n "$missing" ] || return 0
	say "Installing:$missing"
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "run this as root once, to install:$missing"
		as_root=sudo
	fi
	log=$(mktemp)
	# Packages are lists of words here.  shellcheck disable=SC2086
	if $as_root apt-get -q update > "$log" 2>&1 &&
		$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -q -y --no-install-recommends install $missing >> "$log" 2>&1 < /dev/null; then
		rm -f "$log"
	else
		tail -n 30 "$log" >&2
		rm -f "$log"
		die "apt-get could not install:$missing"
	fi
}

# Runs a command as the person who called sudo, so that what is built is theirs.
as_caller() {
	if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
		runuser -u "$SUDO_USER" -- "$@"
	else
		"$@"
	fi
}

# quietly LOG COMMAND...: all output goes to LOG; its end is shown on failure.
quietly() {
	quiet_log=$1
	shift
	if ! "$@" > "$quiet_log" 2>&1 < /dev/null; then
		tail -n 40 "$quiet_log" >&2
		return 1
	fi
}

jobs=$(nproc)

# build FOLDER [CONFIGURE ARGUMENT...]: configures (once) and makes the module there.
build() {
	build_folder=$1
	shift
	[ ! -e "$source/config.status" ] ||
		die "the source folder itself is configured; run make distclean there first"
	build_log=$build_folder/build.log
	as_caller mkdir -p "$build_folder"
	as_caller touch "$build_log"
	if [ ! -x "$source/configure" ] || [ "$source/configure.ac" -nt "$source/configure" ]; then
		quietly "$build_log" as_caller "$source/bootstrap" || die "bootstrap failed"
	fi
	if [ ! -e "$build_folder/config.status" ]; then
		quietly "$build_log" as_caller sh -c 'cd "$1" && shift && exec "$@"' sh \
			"$build_folder" "$source/configure" "$@" || die "configure failed"
	fi
	quietly "$build_log" as_caller make -C "$build_folder" -j "$jobs" || die "make failed"
}

passed=0 failed=0 skipped=0

# suite FOLDER [TARGET]: runs `make check` (or the like) there and counts its tests.
suite() {
	suite_folder=$1
	suite_target=${2:-check}
	rm -f "$suite_folder/test-suite.log"
	suite_status=0
	as_caller make -C "$suite_folder" -j "$jobs" VERBOSE=1 "$suite_target" < /dev/null || suite_status=1
	counts=$(sed -n 's/^# \(PASS\|SKIP\|FAIL\|ERROR\): *//p' "$suite_folder/test-suite.log" 2>/dev/null |
		tr '\n' ' ')
	# Four numbers, unless it did not come as far as running a test.
	# shellcheck disable=SC2086
	set -- $counts
	if [ $# = 4 ] && [ $(($1 + $3 + $4)) != 0 ]; then
		passed=$((passed + $1)) skipped=$((skipped + $2)) failed=$((failed + $3 + $4))
	else
		suite_status=1 failed=$((failed + 1))
	fi
	return $suite_status
}

# check NAME COMMAND...: one more test.
check() {
	check_name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		say "FAIL: $check_name"
	fi
}

closing_line() {
	say "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" = 0 ]
}
