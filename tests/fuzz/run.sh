#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The fuzzers: built with clang's libFuzzer, AddressSanitizer and UBSan from the
# module's sources, run for a while each, two at a time.
#
#	run.sh build FOLDER FLAG...    FLAGs are what the sources are compiled with
#	run.sh run FOLDER SECONDS      fails on any finding; inputs that were found stay in FOLDER
#	run.sh coverage FOLDER FLAG... builds again with counters and reads the corpora
#
# In the folder of the sources.
set -eu
fuzzers="calls configuration files imports messages parameters records templates wrapped"
shared="attributes der fuzz keys shapes"
CLANG=${CLANG:-clang}
what=$1 folder=$2
shift 2

sources() {
	find token mechanisms store cli -name '*.c' | grep -v -e cli/main.c -e cli/manual.c
}

# build_all FOLDER SANITIZERS FLAG...
build_all() {
	into=$1 with=$2
	shift 2
	mkdir -p "$into"
	sources | sed "s|.*|& $into/&.o|" | while read -r from to; do
		echo "$from $(echo "$to" | sed "s|$into/||; s|/|-|g")"
	done | xargs -P 2 -L 1 sh -euc '
		into=$1 with=$2
		shift 2
		while [ "$1" != -- ]; do set -- "$@" "$1"; shift; done
		shift
		from=$1 to=$2
		shift 2
		exec "${CLANG:-clang}" -g -O1 $with "$@" -c "$from" -o "$into/$to"' sh "$into" "$with" "$@" --
	for part in $shared; do
		"$CLANG" -g -O1 $with "$@" -c "tests/fuzz/$part.c" -o "$into/tests-$part.o"
	done
	# Of an archive only what a harness needs is linked: of the command, nothing for most.
	rm -f "$into/all.a"
	ar rcs "$into/all.a" "$into"/*.o
	for fuzzer in $fuzzers; do
		"$CLANG" -g -O1 $with -fsanitize=fuzzer "$@" "tests/fuzz/$fuzzer.c" "$into/all.a" \
			-o "$into/$fuzzer" -lcrypto -lsqlite3 -linih -lpopt -ljansson -lp11-kit
	done
}

# one FUZZER SECONDS: new inputs go to the folder, seeds are read.
one() {
	mkdir -p "$folder/corpus/$1"
	# Leaks are looked for at the end of each input.
	"$folder/$1" -max_total_time="$2" -timeout=25 -rss_limit_mb=2048 -max_len=4096 \
		-artifact_prefix="$folder/$1-" -print_final_stats=1 \
		"$folder/corpus/$1" "tests/fuzz/corpus/$1" > "$folder/$1.log" 2>&1
}

case $what in
build)
	build_all "$folder" "-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" "$@"
	;;
run)
	seconds=$1
	# shellcheck disable=SC2086
	set -- $fuzzers
	failed=
	while [ $# -gt 0 ]; do
		one "$1" "$seconds" &
		first=$!
		second=
		if [ $# -gt 1 ]; then
			one "$2" "$seconds" &
			second=$!
		fi
		wait "$first" || failed="$failed $1"
		[ -z "$second" ] || wait "$second" || failed="$failed $2"
		shift
		[ $# = 0 ] || shift
	done
	for fuzzer in $fuzzers; do
		echo "$fuzzer: $(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$fuzzer.log") inputs"
	done
	for fuzzer in $failed; do
		echo "$fuzzer: a finding"
		grep -v '^#' "$folder/$fuzzer.log" | head -n 60
	done
	test -z "$failed"
	;;
coverage)
	build_all "$folder/coverage" "-fsanitize=fuzzer-no-link -fprofile-instr-generate -fcoverage-mapping" "$@"
	for fuzzer in $fuzzers; do
		mkdir -p "$folder/corpus/$fuzzer"
		LLVM_PROFILE_FILE=$folder/coverage/$fuzzer.profraw "$folder/coverage/$fuzzer" -runs=0 \
			"$folder/corpus/$fuzzer" "tests/fuzz/corpus/$fuzzer" > "$folder/$fuzzer-coverage.log" 2>&1
	done
	llvm-profdata merge -o "$folder/coverage/all.profdata" "$folder"/coverage/*.profraw
	objects=
	for fuzzer in $fuzzers; do
		objects="$objects -object $folder/coverage/$fuzzer"
	done
	# shellcheck disable=SC2086
	llvm-cov report "$folder/coverage/calls" $objects -instr-profile "$folder/coverage/all.profdata" --show-region-summary=false \
		--show-branch-summary=false token mechanisms store
	;;
esac
