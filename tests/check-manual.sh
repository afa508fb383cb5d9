#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The manual pages and the completions say what the command and the module take:
# each verb and each of its options, each key of the settings.
set -eu

source=${srcdir:-$(dirname "$0")/..}
build=${top_builddir:-.}
command=${HANDFAST_COMMAND:-$build/handfast}
page=$build/cli/handfast.1
settings=$source/doc/handfast.conf.5
seed=$source/doc/handfast-seed.5
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

echo 1..9

# --- the command --------------------------------------------------------------

# Columns 3 to 20 of --help are the verb, before the first exchange that it shows; what follows
# each is in $work/VERB.
"$command" --help | sed -n '/^handfast/q; s/^  \(.\{18\}\).*/\1/p' | sed 's/ *$//' > "$work/verbs"
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

# Members of a seed, which only the schema has in a form to be read.
offences=$(sed -n 's/^ *"\([a-z-]*\)": { "\(type\|const\|\$ref\)".*/\1/p' "$source/doc/handfast-seed.schema.json" |
	grep -vx hex | while read -r member; do
	sed 's/\\-/-/g' "$seed" | grep -qx -e "\.B $member" || echo "$member is not in handfast-seed.5"
done)
report 'handfast-seed.5 has what its schema has' "$offences"

# --- form ---------------------------------------------------------------------

if command -v groff > /dev/null; then
	report 'groff understands each page' "$(groff -ww -man -z "$page" "$settings" "$seed" 2>&1)"
else
	number=$((number + 1))
	echo "ok $number - groff understands each page # SKIP there is no groff"
fi

# --- completion ---------------------------------------------------------------

# Each query is a command line; its last word, which may be empty, is to be completed.
# The answer of a shell is the query behind "> ", and then what is offered, a word a line.
{
	sed 's/$/ --/' "$work/verbs"
	printf '%s\n' to 'key der' 'key derive alice --pe' 'key derive alice ' 'run -- make --' xyzzy
} > "$work/queries"
{
	while read -r verb; do
		echo "> $verb --"
		cat "$work/$verb"
	done < "$work/verbs"
	printf '%s\n' '> to' token '> key der' derive '> key derive alice --pe' --peer
	printf '%s\n' '> key derive alice ' '> run -- make --' '> xyzzy'
} > "$work/expected"
mkdir "$work/empty" "$work/zsh"
cp "$build/cli/completion/_handfast" "$work/zsh/"

cat > "$work/ask.bash" << 'EOF'
. "$1"
while IFS= read -r query; do
	echo "> $query"
	read -ra COMP_WORDS <<< "handfast $query"
	[[ $query != *' ' ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
	_handfast
	[[ ${#COMPREPLY[@]} = 0 ]] || printf '%s\n' "${COMPREPLY[@]}" | sort
done
EOF
# In the place of what zsh's own system has, and has for a terminal alone.
cat > "$work/ask.zsh" << 'EOF'
_describe() { print -l -- ${(oM)${offered%%:*}:#$words[CURRENT]*} }
_files() { }
_normal() { }
words=(handfast) CURRENT=2
. $1 > /dev/null
while IFS= read -r query; do
	print -r -- "> $query"
	words=(handfast ${(s: :)query})
	[[ $query != *' ' ]] || words+=('')
	CURRENT=$#words
	_handfast | sed '/^$/d'
done
EOF
cat > "$work/ask.fish" << 'EOF'
source $argv[1]
while read --line query
	echo "> $query"
	complete --do-complete "handfast $query" | string replace --regex '\t.*' '' | sort
end
EOF

# completes SHELL OPTION FILE
completes() {
	if ! command -v "$1" > /dev/null; then
		number=$((number + 1))
		echo "ok $number - $1 completes verbs and options # SKIP there is no $1"
		return
	fi
	file=$(realpath "$build/cli/completion/$3")
	(cd "$work/empty" && HOME=$work "$1" "$2" "$work/ask.$1" "$file") \
		< "$work/queries" > "$work/$1.answers" 2>&1
	report "$1 completes verbs and options, and no words that are not ours" \
		"$(diff "$work/expected" "$work/$1.answers")"
}
completes bash --norc handfast
completes zsh -f _handfast
completes fish --no-config handfast.fish

# Once with all of zsh's own system.
cat > "$work/terminal.zsh" << 'EOF'
zmodload zsh/zpty
zpty terminal zsh -f -i
zpty -w terminal "fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; PS1='now'': '"
zpty -r terminal seen '*now: *'
zpty -w -n terminal $'handfast key der\t--pe\tX'
zpty -r terminal seen '*X*'
print -r -- $seen
zpty -d terminal
EOF
if command -v zsh > /dev/null; then
	seen=$(timeout 30 zsh -f "$work/terminal.zsh" "$work/zsh" 2>&1 < /dev/null || true)
	case $seen in
	*derive*--peer*) report 'zsh completes at a terminal' '' ;;
	*) report 'zsh completes at a terminal' "$seen" ;;
	esac
else
	number=$((number + 1))
	echo "ok $number - zsh completes at a terminal # SKIP there is no zsh"
fi
