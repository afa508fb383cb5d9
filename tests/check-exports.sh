#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the built module shows to a host and asks of it: the standard's functions
# and no other symbol; nothing that runs when it is loaded or unloaded; no library but
# those the design names; no function that could change the host (attacks.md E09, E12).
#
#     check-exports.sh [MODULE]
set -eu

module=${1:-${HANDFAST_MODULE:-.libs/handfast.so}}
source=${srcdir:-$(dirname "$0")/..}
nm=${NM:-nm}
readelf=${READELF:-readelf}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
number=0

# report WHAT OFFENCES SEEN
report() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		echo "$2" | sed 's/^/# /'
		failures=$((failures + 1))
	fi
	echo "$3" | sed 's/^/#   seen: /'
}

# lacks PATTERN FILE: the offence of a pattern that is not there.
lacks() {
	grep -q -e "$1" "$2" || echo "there is no $1"
}

[ -e "$module" ] || { echo "Bail out! $module is not built"; exit 1; }
echo 1..7

# The list that the function tables are made of.
sed -n 's/^.*F(\(C_[A-Za-z]*\),.*$/\1/p' "$source/token/base/cryptoki.h" | sort > "$work/expected"
"$nm" -D --defined-only "$module" | awk '{ print $NF }' | sort > "$work/exported"
report 'exports the 104 functions of PKCS#11 3.2' \
	"$(comm -23 "$work/expected" "$work/exported" | sed 's/$/ is missing/'
	[ "$(wc -l < "$work/expected")" = 104 ] || echo 'cryptoki.h does not list 104')" \
	"$(grep -c '^C_' "$work/exported") names in C_"
report 'exports nothing else' "$(comm -13 "$work/expected" "$work/exported")" \
	"$(wc -l < "$work/exported") symbols"

"$readelf" -W -d "$module" > "$work/dynamic"
report 'stays when it is unloaded' "$(lacks NODELETE "$work/dynamic")" \
	"$(grep FLAGS_1 "$work/dynamic" || true)"
# One entry each is the toolchain's own (frame_dummy, __do_global_dtors_aux); a
# sanitizer's runtime adds its registration.
case $("$readelf" -h "$module" | awk '/Class:/ { print $2 }') in
ELF64) most=8 ;;
*) most=4 ;;
esac
if "$nm" -D -u "$module" | grep -q -e __asan_ -e __tsan_; then
	most=$((2 * most))
fi
report 'runs nothing of its own when it is loaded or unloaded' \
	"$(awk -v most=$most '/\((INIT|FINI)_ARRAYSZ\)/ && $3 > most
		/PREINIT_ARRAYSZ/' "$work/dynamic")" \
	"$(grep -e ARRAYSZ "$work/dynamic")"

# Sanitizers bring libraries of their own.
report 'needs libcrypto, inih and the C library alone' \
	"$(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$work/dynamic" | grep -v -e '^libcrypto\.so' \
		-e '^libinih\.so' -e '^libc\.' -e '^libpthread\.' \
		-e '^ld-' -e '^lib[a-z]*san\.so' || true)" \
	"$(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$work/dynamic" | tr '\n' ' ')"

# See text_copy() in token/base/base.h.
report 'has nothing allocated by libc for its callers' \
	"$("$nm" -D -u "$module" | awk '{ sub(/@.*/, "", $NF); print $NF }' | grep -x -e 'strn\{0,1\}dup' \
		-e '_*v\{0,1\}asprintf\(_chk\)\{0,1\}' -e reallocarray -e '_*getline' -e '_*getdelim' \
		-e 'scandir\(64\)\{0,1\}' -e open_memstream || true)" \
	"$("$nm" -D -u "$module" | grep -c -e malloc -e calloc -e realloc -e free) of malloc's family"

# E10, E12: pthread_sigmask and secure_getenv are what remains; a sanitizer has its own needs.
"$nm" -D -u "$module" | awk '{ sub("@.*", "", $2); print $2 }' | sort > "$work/wanted"
cat > "$work/meddling" <<'END'
abort _exit exit quick_exit atexit __cxa_atexit at_quick_exit __assert_fail
getenv setenv putenv unsetenv clearenv environ
signal sigaction sigprocmask raise kill alarm setitimer
setlocale uselocale newlocale strcasecmp strcoll tolower toupper
umask chdir fchdir chroot setuid seteuid setgid setrlimit prctl personality
fork vfork execve execvp posix_spawn system popen
stdin stdout stderr printf __printf_chk puts putchar perror syslog __syslog_chk openlog
END
report 'asks for nothing that would meddle with its host' \
	"$(tr ' ' '\n' < "$work/meddling" | sort | comm -12 - "$work/wanted")" \
	"$(wc -l < "$work/wanted") symbols"

[ $failures = 0 ] || { echo "check-exports: $failures of $number failed" >&2; exit 1; }
