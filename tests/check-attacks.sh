#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# doc/attacks.md says which test tries which attack: every row has one, every test that
# is named there or in doc/threats.md is in the file named, and is run.
set -eu

table=${srcdir:-.}/doc/attacks.md
tests=${srcdir:-.}/tests
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

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

echo 1..3

# A row of a table begins with its id.
sed -n 's/^| \([A-G][0-9][0-9]\) |.*/\1/p' "$table" > "$work/rows"
{
	seq -f 'A%02g' 63
	seq -f 'B%02g' 27
	seq -f 'C%02g' 7
	seq -f 'C%02g' 9 18
	printf 'D%s\n' 01 02 03 96 97 98 99
	seq -f 'E%02g' 14
	echo E99
	seq -f 'F%02g' 13
	seq -f 'G%02g' 18
	printf 'G%s\n' 20 21
} > "$work/expected"
report 'the rows are all there, in their order' "$(diff "$work/expected" "$work/rows" || true)"

# shellcheck disable=SC2016 # the backquotes are Markdown's
report 'every row names a test' \
	"$(grep '^| [A-G][0-9][0-9] |' "$table" | grep -v '`\(t-[a-z0-9-]*: [a-z0-9_]*\|check-[a-z]*\.sh\)`\(, \| *|$\)' || true)"

# shellcheck disable=SC2016
grep -oh '`t-[a-z0-9-]*: [a-z0-9_]*`' "$table" "${srcdir:-.}/doc/threats.md" | tr -d '`' | sort -u |
	while IFS=': ' read -r program name; do
		file=$tests/$program.c
		# Written, and in the list of what is run; those of t-wycheproof are names of files.
		found=$(grep -cw "$name" "$file" 2> /dev/null) || true
		least=2
		[ "$program" = t-wycheproof ] && least=1
		[ "${found:-0}" -ge "$least" ] || echo "$program has no $name that it runs"
	done > "$work/missing"
report 'every test named is run' "$(cat "$work/missing")"
