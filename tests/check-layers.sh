#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Each folder is an archive of its own; what an archive leaves undefined is what
# the folder reaches for.  A call into the wrong layer fails here:
#
#     token -> mechanisms -> libcrypto        everyone -> token/base
#     token -> store -> SQLite
#     the command -> upkeep -> store, outside of the module; of token, it reads the settings
#
#     check-layers.sh [BUILD-FOLDER [SOURCE-FOLDER]]
set -eu

build=${1:-${top_builddir:-.}}
source=${2:-${srcdir:-.}}
nm=${NM:-nm}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- who defines what, who needs what ---------------------------------------

for folder in base store upkeep mechanisms token cli; do
	archive=$build/.libs/libhf-$folder.a
	"$nm" -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' > "$work/$folder"
	# "member symbol"; the member is the source file's name
	"$nm" -A -u "$archive" | sed 's/^.*\.a://; s/^[^:]*-\([^:]*\)\.o:/\1/' |
		awk '{ print $1, $NF }' > "$work/$folder.needs"
done

# library NAME: what it exports, without versions.
library() {
	path=$(ldd "$build/.libs/handfast.so" | awk -v name="lib$1.so" 'index($1, name) == 1 { print $3 }')
	"$nm" -D --defined-only "$path" | awk '{ sub(/@.*/, "", $NF); print $NF }' > "$work/$1"
}
library crypto
library inih
# The module has SQLite's functions from a table, so that there is nothing to link.
cat "$work"/*.needs | awk '$2 ~ /^sqlite3_/ { print $2 }' > "$work/sqlite3"

# --- the rules --------------------------------------------------------------

echo 1..17
number=0

# report RULE OFFENCES
report() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		echo "$2" | sed 's/^/# /'
	fi
}

# never RULE FOLDER PROVIDER... [-- FILE...]: the folder uses nothing of the
# providers, the named files of it excepted.
never() {
	rule=$1
	user=$2
	shift 2
	: > "$work/forbidden"
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		cat "$work/$1" >> "$work/forbidden"
		shift
	done
	[ $# = 0 ] || shift
	report "$rule" "$(awk -v excepted="$*" '
		BEGIN { n = split(excepted, list); for (i = 1; i <= n; i++) allowed[list[i]] = 1 }
		NR == FNR { forbidden[$1] = 1; next }
		$2 in forbidden && !($1 in allowed) { print $1 " uses " $2 }' \
		"$work/forbidden" "$work/$user.needs")"
}

never 'token/base uses nothing else of ours' base store mechanisms token
never 'token/base uses libcrypto for secrets and the library context alone' base \
	crypto sqlite3 inih -- secret libctx keytypes
never 'mechanisms use nothing of token and store' mechanisms token store
never 'mechanisms use libcrypto alone' mechanisms sqlite3 inih
never 'the store uses nothing of token and mechanisms' store token mechanisms
never 'the store reads no configuration' store inih
never 'the store has SQLite from its table alone' store sqlite3
never 'the store reaches libcrypto in seal.c alone' store crypto -- seal
never 'the store uses nothing of upkeep' store upkeep
never 'token uses nothing of upkeep' token upkeep
never 'upkeep uses the store alone' upkeep token mechanisms crypto inih
never 'token uses neither libcrypto nor SQLite' token crypto sqlite3
for folder in base store mechanisms token; do
	cat "$work/$folder.needs"
done > "$work/module.needs"
never 'the module uses nothing of the command' module cli
never 'the command uses no mechanism and no SQL' cli mechanisms sqlite3 inih
report 'of token, the command uses the settings alone' \
	"$(awk 'NR == FNR { if ($1 !~ /^config_/) token[$1] = 1; next }
		$2 in token { print $1 " uses " $2 }' "$work/token" "$work/cli.needs")"
report 'no mechanism is named in token and store' \
	"$(cd "$source" && grep -n 'CKM_' token/*.[ch] store/*.[ch] || true)"
report 'of the headers of the store, token includes store.h alone' \
	"$(cd "$source" && grep -n 'include "store/' token/*.[ch] mechanisms/*.[ch] |
		grep -v 'include "store/store.h"' || true)"
