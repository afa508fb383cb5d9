#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Chromium as a visitor of a server that wants a certificate, whose key is in the token:
# with the PIN typed into Chromium's own dialog on a screen, and without any screen by
# a token that logs in by itself.
set -u
# Its policies are read from the system's folder alone; in here that one is ours.
namespaces='--mount'
. "$(dirname "$0")/common.sh"

client Chromium chromium libnss3
need chromium chromium
. "$here/browser.sh"
[ -n "${HANDFAST_CLIENT_APART:-}" ] || skip_all 'a policy of its own needs root'

# Chooses the certificate, so that nobody is asked which.
policies() {
	mkdir -p etc/policies/managed
	set_up mount --bind etc /etc/chromium
	cat > etc/policies/managed/test.json <<-END
		{ "AutoSelectCertificateForUrls": [ "{\"pattern\":\"https://localhost\",\"filter\":{}}" ] }
	END
}

# browse URL [ARGUMENT...]: and nothing that it would tell or fetch by itself.
browse() {
	rm -rf data home/.pki home/.local
	database home/.pki/nssdb && mkdir -p home/.local/share && cp -r home/.pki home/.local/share/pki || return 1
	set -- --user-data-dir="$work/data" --no-first-run --disable-gpu --disable-quic --disable-sync \
		--disable-background-networking --disable-component-update --window-size=800,600 "$@"
	[ "$(id -u)" != 0 ] || set -- --no-sandbox "$@"
	start chromium.log chromium "$@"
}

photographed() {
	browse "$@" --headless --screenshot="$work/page.png"
}

policies
jobs 'Unlock Security Device'
fault 'headless, TLS 1.2, P-521 key' \
	'Chromium: it does not list that curve among its groups, so that servers with OpenSSL refuse the certificate' \
	'SSL routines::wrong curve' serve ec521 1.2 headless
finish
