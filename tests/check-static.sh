#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# A static analyzer over the module and the command, a file at a time, several at once:
#
#     check-static.sh SUPPRESSIONS ANALYZER ARGUMENT...
#
# ANALYZER is "tidy" (clang-tidy) or "gcc" (gcc -fanalyzer); the arguments are the
# compiler's.  Fails at each finding that SUPPRESSIONS does not have, and at each line
# there that no finding has: lines as "FILE: FINDING", the finding as the analyzer words
# it, after a comment that says why it is none.  Run in the source folder.
set -eu
export LC_ALL=C

# What xargs runs: one file.
if [ "$1" = --one ]; then
	analyzer=$2 file=$3
	shift 3
	case $analyzer in
	tidy) exec clang-tidy --quiet "$file" -- "$@" 2>&1 ;;
	# At -O2 it sees through the small functions.
	gcc) exec gcc -fanalyzer -O2 -c -o /dev/null "$@" "$file" 2>&1 ;;
	esac
	exit 2
fi

suppressions=$1 analyzer=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find token store mechanisms cli -name '*.c' | sort > "$work/files"
status=0
xargs -P "$(nproc)" -I '{}' "$0" --one "$analyzer" '{}' "$@" < "$work/files" > "$work/said" || status=1
# An error, as of a file that does not compile, is a finding too.
sed -n "s#^\($PWD/\)\{0,1\}\(\./\)\{0,1\}\([^ :]*\):[0-9]*:[0-9]*: \(fatal \)\{0,1\}\(warning\|error\): #\3: #p" \
	"$work/said" > "$work/all"
sort -u "$work/all" > "$work/found"
grep -v -e '^#' -e '^$' "$suppressions" | sort -u > "$work/suppressed" || true

comm -23 "$work/found" "$work/suppressed" > "$work/new"
comm -13 "$work/found" "$work/suppressed" > "$work/stale"
echo "$analyzer: $(wc -l < "$work/files") files, $(wc -l < "$work/found") findings," \
	"$(wc -l < "$work/new") of them new, $(wc -l < "$work/stale") suppressed that are none"
[ -s "$work/new" ] || [ -s "$work/stale" ] || [ $status != 0 ] || exit 0
# The whole of what was said shows the way to it.
grep -v '^xargs:' "$work/said" | tail -n 200
sed 's/^/new: /' "$work/new"
sed "s,^,no longer found ($suppressions): ," "$work/stale"
exit 1
