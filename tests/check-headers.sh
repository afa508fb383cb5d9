#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# token/base/cryptoki.h must mean the same over every release of p11-kit's header:
# it and tests/headers.c are compiled against the one installed, and against those
# of Debian 12 (0.24), 13 (0.25) and sid (0.26), with gcc and clang, for 64 and 32
# bits.
#
#     check-headers.sh [--fetch]
#
# --fetch gets what is missing of those packages with apt, from the mirror that
# this machine uses, into a cache outside of the repository.  Without it, a
# release that is not in the cache is skipped.
set -eu

source=${srcdir:-$(dirname "$0")/..}
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/handfast-ci/p11-kit
warnings='-Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Werror'
failures=0
number=0

# --- the packages -------------------------------------------------------------

# The mirror that this machine's own sources name for the distribution itself.
mirror() {
	# shellcheck disable=SC2016
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
		awk '$2 !~ /-/ { print $1; exit }'
}

# fetch SUITE: its package's headers into the cache, by an apt of its own that
# leaves this machine's lists alone.
fetch() {
	folder=$cache/$1
	state=$folder.part
	rm -rf "$state"
	mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/sources"
	printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
		"$(mirror)" "$1" /usr/share/keyrings/debian-archive-keyring.gpg \
		> "$state/sources/suite.sources"
	(
		cd "$state"
		# As on a machine with nothing installed: an older release is no downgrade there.
		: > status
		set -- -qq -o "Dir::State=$PWD" -o "Dir::State::status=$PWD/status" -o "Dir::State::Lists=$PWD/lists" \
			-o "Dir::Cache=$PWD" -o Dir::Etc::SourceList=/dev/null \
			-o "Dir::Etc::SourceParts=$PWD/sources" -o Acquire::Languages=none \
			-o Acquire::Check-Valid-Until=false -o Acquire::http::Timeout=30 \
			-o APT::Sandbox::User=
		apt-get "$@" update
		apt-get "$@" download libp11-kit-dev
		dpkg-deb -f libp11-kit-dev_*.deb Version > version
		dpkg-deb -x libp11-kit-dev_*.deb root
		mv root/usr/include/p11-kit-1 include
		rm -rf root lists archives sources status ./*.deb ./*.bin
	) >&2
	rm -rf "$folder"
	mv "$state" "$folder"
}

# --- the checks ---------------------------------------------------------------

# check VERSION INCLUDE-FOLDER COMPILER [FLAG]
check() {
	version=$1
	include=$2
	shift 2
	header=$include/p11-kit/pkcs11.h
	what="p11-kit $version, $*"
	# shellcheck disable=SC2086
	set -- "$@" -std=gnu11 $warnings -fvisibility=hidden -fsyntax-only "-I$source" "-I$include"
	if grep -q ck_function_list_3_0 "$header"; then
		set -- "$@" -DP11_KIT_3_0
	fi
	if grep -q ck_function_list_3_2 "$header"; then
		set -- "$@" -DP11_KIT_3_2
	fi
	number=$((number + 1))
	if said=$("$@" "$source/tests/headers.c" 2>&1); then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		echo "$said" | sed 's/^/# /'
		failures=$((failures + 1))
	fi
}

# check_all VERSION INCLUDE-FOLDER
check_all() {
	for compiler in gcc clang; do
		if command -v $compiler > /dev/null; then
			check "$1" "$2" $compiler
			[ "$(uname -m)" != x86_64 ] || check "$1" "$2" $compiler -m32
		fi
	done
}

check_all "$(pkg-config --modversion p11-kit-1) (installed)" \
	"$(pkg-config --variable=includedir p11-kit-1)/p11-kit-1"
for suite in bookworm trixie sid; do
	if [ "${1-}" = --fetch ] && [ ! -d "$cache/$suite" ]; then
		fetch $suite
	fi
	if [ -d "$cache/$suite" ]; then
		check_all "$(cat "$cache/$suite/version") ($suite)" "$cache/$suite/include"
	else
		number=$((number + 1))
		echo "ok $number # SKIP p11-kit of $suite is not in $cache; --fetch gets it"
	fi
done
echo "1..$number"
[ $failures = 0 ] || { echo "check-headers: $failures of $number failed" >&2; exit 1; }
