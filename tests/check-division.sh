#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# A division takes a time that depends on its numbers, and t-constant cannot see it:
# valgrind knows of branches and addresses.  Where secrets are computed with, the
# compiler is to have made none.
#
#     check-division.sh [BUILD-FOLDER]
set -eu

build=${1:-${top_builddir:-.}}
objdump=${OBJDUMP:-objdump}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo 1..1
ar p "$build/.libs/libhf-mechanisms.a" libhf_mechanisms_la-rsa_reject.o > "$work/rsa_reject.o"
"$objdump" -d --no-show-raw-insn "$work/rsa_reject.o" > "$work/code"
grep -q '<rsa_take_message>:' "$work/code" || { echo "Bail out! no rsa_take_message"; exit 1; }
# x86, ARM, RISC-V, POWER.
if grep -E '^ *[0-9a-f]+:[[:space:]]+(i?div[lqwb]?|[us]div|divu?w?|remu?w?|divd|divdu)[[:space:]]' \
	"$work/code" > "$work/divisions"; then
	echo 'not ok 1 - rsa_reject.c divides nothing'
	sed 's/^/# /' "$work/divisions"
else
	echo 'ok 1 - rsa_reject.c divides nothing'
fi
