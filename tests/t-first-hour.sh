#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The page for new users, doc/first-hour.md: each of its commands does what it says, in
# its order, in a home of its own.
set -eu

source=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
command=${HANDFAST_COMMAND:-./handfast}
if ! command -v python3 > /dev/null || ! command -v openssl > /dev/null; then
	echo '1..0 # SKIP no python3 or no openssl'
	exit 0
fi
work=$(mktemp -d)
# Where the system would have put what a session needs: in memory.
session=$(mktemp -d /dev/shm/handfast-test.XXXXXX)
trap 'rm -rf "$work" "$session"' EXIT

mkdir "$work/bin" "$work/home" "$work/here"
ln -s "$(realpath "$command")" "$work/bin/handfast"
unset HANDFAST_STORE HANDFAST_CONF HANDFAST_LOG XDG_DATA_HOME XDG_CONFIG_HOME
PATH=$work/bin:$PATH
HOME=$work/home
HANDFAST_MODULE=$(realpath "${HANDFAST_MODULE:-.libs/handfast.so}")
XDG_RUNTIME_DIR=$session
export PATH HOME HANDFAST_MODULE XDG_RUNTIME_DIR
cd "$work/here"
python3 "$source/tests/first-hour.py" "$source/doc/first-hour.md"
