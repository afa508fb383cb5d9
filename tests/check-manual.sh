#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The manual pages and the completion say what the command and the module take:
# each verb and each of its options, each key of the settings.
set -eu

source=${srcdir:-$(dirname "$0")/..}
build=${top_builddir:-.}
command=${HANDFAST_COMMAND:-$build/handfast}
page=$build/cli/handfast.1
settings=$source/doc/handfast.conf.5
completion=$build/cli/completion/handfast
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

echo 1..6

# --- the command --------------------------------------------------------------

# Columns 3 to 20 of --help are the verb; what follows each is in $work/VERB.
"$command" --help | sed -n 's/^  \(.\{18\}\).*/\1/p' | sed 's/ *$//' > "$work/verbs"
while read -r verb; do
	# shellcheck disable=SC2086 # a verb is one word or two
	"$command" $verb --help | sed -n 's/^ \{1,8\}--\([a-z-]*\).*/--\1/p' | sort > "$work/$verb"
done < "$work/verbs"
[ -s "$work/token init" ] && [ -s "$work/fsck" ] || { echo 'Bail out! --help is not understood'; exit 1; }

# The options of each verb are in its own paragraph, those of all verbs above them.
sed 's/\\-/-/g; s/,$//' "$page" > "$work/page"
offences=$(while read -r verb; do
	{
		printf '%s\n' --store --module --json --quiet --help
		awk -v verb="$verb" '
			/^\.TP/ { inside = 0 }
			index($0 " ", ".B handfast " verb " ") == 1 { inside = 1 }
			inside && $1 == ".B" && $2 ~ /^--/ { sub(/\.$/, "", $2); print $2 }' "$work/page"
	} | sort | diff "$work/$verb" - | sed -n "s/^[<>].*/$verb: &/p"
done < "$work/verbs")
report 'handfast.1 has each option of each verb' "$offences"

offences=$(while read -r verb; do cat "$work/$verb"; done < "$work/verbs" | sort -u | while read -r option; do
	grep -q -e "^\.BI $option" "$work/page" || echo "$option is not told of in handfast.1"
done)
report 'handfast.1 tells of each option' "$offences"

# --- the settings -------------------------------------------------------------

sed -n 's/^\.B \([a-zA-Z_\\-]*\)$/\1/p' "$settings" | sed 's/\\-/-/g' | sort -u > "$work/told"
offences=$(sed -n 's/^| `\([a-zA-Z_-]*\)` |.*/\1/p' "$source/doc/configuration.md" | while read -r key; do
	grep -qx -e "$key" "$work/told" || echo "$key is not in handfast.conf.5"
done)
report 'handfast.conf.5 has what doc/configuration.md has' "$offences"

# --- form ---------------------------------------------------------------------

if command -v groff > /dev/null; then
	report 'groff understands both pages' "$(groff -ww -man -z "$page" "$settings" 2>&1)"
else
	number=$((number + 1))
	echo "ok $number - groff understands both pages # SKIP there is no groff"
fi

# --- completion ---------------------------------------------------------------

# offered WORD...: what bash is offered for the last of them.
cat > "$work/offered" << 'EOF'
. "$1"
shift
COMP_WORDS=(handfast "$@")
COMP_CWORD=$#
_handfast
printf '%s\n' "${COMPREPLY[@]}"
EOF
offered() {
	bash "$work/offered" "$completion" "$@"
}

if ! command -v bash > /dev/null; then
	echo "ok $((number + 1)) # SKIP there is no bash"
	echo "ok $((number + 2)) # SKIP there is no bash"
	exit 0
fi
offences=$(while read -r verb; do
	# shellcheck disable=SC2086 # a verb is one word or two
	offered $verb -- | sort | diff "$work/$verb" - | sed -n "s/^[<>].*/$verb: &/p"
done < "$work/verbs")
report 'each option of each verb is completed' "$offences"

# wrong WORD...: what is offered for the last of them, where it is not $expected.
wrong() {
	given=$(offered "$@" | tr '\n' ' ')
	[ "$given" = "$expected" ] || echo "for '$*' it offers '$given', not '$expected'"
}
offences=$(
	expected='token ' wrong to
	expected='derive ' wrong key der
	expected='--peer ' wrong key derive alice --pe
	expected=' ' wrong key derive alice
	expected=' ' wrong run -- make --
	expected=' ' wrong nothing
)
report 'verbs are completed, and no words that are not ours' "$offences"
