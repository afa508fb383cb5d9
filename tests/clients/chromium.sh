#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Chromium as a visitor of a server that wants a certificate, whose key is in the token:
# with the PIN typed into Chromium's own dialog on a screen, and without any screen by
# a token that logs in by itself.
set -u
if [ -z "${HANDFAST_CLIENT_NET:-}" ] && [ "$(id -u)" = 0 ] && unshare --mount true 2> /dev/null; then
	# Its policies are read from the system's folder alone; in here that one is ours.
	HANDFAST_CLIENT_NET=1 exec unshare --mount "$0" "$@"
fi
. "$(dirname "$0")/common.sh"

client Chromium chromium libnss3
need chromium chromium
. "$here/browser.sh"
[ -n "${HANDFAST_CLIENT_NET:-}" ] || skip_all 'a policy of its own needs root'

# Chooses the certificate, so that nobody is asked which.
policies() {
	mkdir -p etc/policies/managed
	set_up mount --bind etc /etc/chromium
	cat > etc/policies/managed/test.json <<-END
		{ "AutoSelectCertificateForUrls": [ "{\"pattern\":\"https://localhost:$port\",\"filter\":{}}" ] }
	END
}

# chrome ARGUMENT...: with nothing left from another time, and nothing that it would
# tell or fetch by itself.
chrome() {
	typed_into=
	rm -rf page.png data home/.pki home/.local
	database home/.pki/nssdb && mkdir -p home/.local/share && cp -r home/.pki home/.local/share/pki || return 1
	set -- --user-data-dir="$work/data" --no-first-run --disable-gpu --disable-quic --disable-sync \
		--disable-background-networking --disable-component-update --window-size=800,600 "$@"
	[ "$(id -u)" != 0 ] || set -- --no-sandbox "$@"
	start chromium.log chromium "$@"
}

headless() {
	shown=-headless
	auto_login yes
	chrome --headless --screenshot="$work/page.png" "$url" && chrome=$pid &&
		until_true test -s page.png && picture
	status=$?
	[ $status = 0 ] || cat chromium.log
	stop "$chrome"
	return $status
}

# prompted PIN...: with each typed into a dialog.
prompted() {
	shown=-prompt
	auto_login no
	chrome "$url" && chrome=$pid
	for typed in "$@"; do
		type_pin 'Unlock Security Device' "$typed"
	done
	photograph && picture
	status=$?
	[ $status = 0 ] || cat chromium.log
	stop "$chrome"
	return $status
}

make_token
website
screen
policies
proves 'the PIN typed into its dialog, RSA key' 'C_Login C_SignInit:CKM_RSA_PKCS_PSS' \
	serve rsa 1.3 prompted "$PIN"
proves 'a wrong PIN and the right one typed, EC key' 'C_Login C_SignInit:CKM_ECDSA' \
	serve ec 1.3 prompted wrong-pin "$PIN"
for version in 1.3 1.2; do
	proves "headless, TLS $version, RSA key" 'C_SignInit:CKM_RSA_PKCS\(_PSS\)\{0,1\}' serve rsa $version headless
	proves "headless, TLS $version, EC key" 'C_SignInit:CKM_ECDSA' serve ec $version headless
done
finish
