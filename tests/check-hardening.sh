#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the compiler and the linker do against faults that nobody found yet, in the module
# and in the command (attacks.md E10): what checksec shows, and what it does not.
#
#     check-hardening.sh [FILE...]
set -eu

[ $# != 0 ] || set -- "${HANDFAST_MODULE:-.libs/handfast.so}" "${HANDFAST_COMMAND:-./handfast}"
nm=${NM:-nm}
objdump=${OBJDUMP:-objdump}
readelf=${READELF:-readelf}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
number=0

# report WHAT OFFENCES
report() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $(basename "$file"): $1"
	else
		echo "not ok $number - $(basename "$file"): $1"
		echo "$2" | sed 's/^/# /'
		failures=$((failures + 1))
	fi
}

# lacks PATTERN FILE: the offence of a pattern that is not there.
lacks() {
	grep -q -e "$1" "$2" || echo "there is no $1"
}

# Functions that others call by address and that do not begin with endbr64.
unmarked() {
	"$objdump" -d --no-show-raw-insn "$file" | awk '
		/^[0-9a-f]+ <(C_[A-Za-z]+|main)>:$/ { name = $2; seen++; next }
		name != "" { if ($0 !~ /endbr64/) print name " does not"; name = "" }
		END { if (seen == 0) print "there is neither main nor C_*" }'
}

examine() {
	"$readelf" -W -d "$file" > "$work/dynamic"
	"$readelf" -W -l "$file" > "$work/segments"
	"$readelf" -W -h "$file" > "$work/header"
	"$nm" -D -u "$file" > "$work/wanted"
	report 'may lie anywhere' "$(lacks 'Type: *DYN' "$work/header")"
	# Linkers say BIND_NOW in DT_FLAGS, NOW in DT_FLAGS_1, or both.
	report 'binds at once and makes what it relocated read-only' \
		"$(lacks GNU_RELRO "$work/segments"; lacks 'FLAGS.*NOW' "$work/dynamic")"
	report 'has no search path and no relocations in its text' \
		"$(grep -e RPATH -e RUNPATH -e TEXTREL "$work/dynamic" || true)"
	report 'has no executable stack and no segment to write and execute' \
		"$(lacks GNU_STACK "$work/segments"
		grep -e 'GNU_STACK.*E ' -e ' RWE ' "$work/segments" || true)"
	report 'guards its stack frames' "$(lacks __stack_chk_fail "$work/wanted")"
	report 'checks the lengths that the compiler knows' \
		"$(lacks '__[a-z]*cpy_chk\|__[a-z]*printf_chk' "$work/wanted")"
	# The linker marks what is all of it like that, which Debian's crti.o is not.
	case $("$readelf" -h "$file" | sed -n 's/ *Machine: *//p') in
	*X86-64*) report 'begins its functions with a mark for jumps (CET)' "$(unmarked)" ;;
	*) report 'begins its functions with a mark for jumps (CET) # SKIP of x86-64 alone' '' ;;
	esac
}

for file in "$@"; do
	[ -e "$file" ] || { echo "Bail out! $file is not built"; exit 1; }
done
echo "1..$((7 * $#))"
for file in "$@"; do
	examine
done

[ $failures = 0 ] || { echo "check-hardening: $failures of $number failed" >&2; exit 1; }
