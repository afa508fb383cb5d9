#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The token in memory behaves as one in a file does: programs that test sessions,
# objects, keys and PINs are run on it.  What such a token cannot do is named below,
# test by test: outlive C_Finalize, be seen by another process, have files.
set -eu

programs='t-sessions t-objects t-derive t-kdf t-policy t-wrap t-pin t-slots'
files='
t-objects test_survives
t-objects test_session_objects_do_not_survive
t-objects test_large_and_empty
t-derive test_defaults
t-derive test_into_token
t-pin test_count_low
t-pin test_locked
t-pin test_changed_elsewhere
t-pin test_pepper
t-slots test_numbers_stay
t-slots test_modes
t-slots test_made_elsewhere
t-slots test_initialised_elsewhere
t-slots test_removed_elsewhere
'

HANDFAST_TEST_STORE=memory:
CMOCKA_MESSAGE_OUTPUT=TAP
export HANDFAST_TEST_STORE CMOCKA_MESSAGE_OUTPUT
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# shellcheck disable=SC2086
set -- $programs
echo "1..$#"
number=0
for program; do
	number=$((number + 1))
	"${top_builddir:-.}/tests/$program" > "$work/said" 2> "$work/why" || true
	# A program that ends before its last test has failed too.
	failed=$(echo "$files" | awk -v program="$program" '
		NR == FNR { if ($1 == program) excused[$2] = 1; next }
		/^1\.\./ { planned = substr($1, 4) + 0 }
		/^ok / { ran++ }
		/^not ok / {
			ran++
			if ($0 !~ /# SKIP/ && !($5 in excused)) print $5
		}
		END { if (ran == 0 || ran != planned) print "ran " ran + 0 " of " planned + 0 " tests" }' \
		- "$work/said")
	if [ -z "$failed" ]; then
		echo "ok $number - $program in memory"
	else
		echo "not ok $number - $program in memory"
		printf '%s\n' "$failed" | sed 's/^/# /'
		sed 's/^/# /' "$work/why"
	fi
done
