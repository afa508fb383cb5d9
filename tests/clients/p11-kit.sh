#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# p11-kit: the module among others in the proxy, and in another process behind
# p11-kit's server, with pkcs11-tool as the client of either.
set -u
if [ -z "${HANDFAST_CLIENT_NET:-}" ] && [ "$(id -u)" = 0 ] && unshare --mount true 2> /dev/null; then
	# As root p11-kit reads the system's folders alone; in here they are ours.
	HANDFAST_CLIENT_NET=1 exec unshare --mount "$0" "$@"
fi
. "$(dirname "$0")/common.sh"

client p11-kit p11-kit
need p11-kit p11-kit
proxy=$(ls /usr/lib/*/p11-kit-proxy.so 2> /dev/null | head -n 1)
remote=$(ls /usr/lib/*/pkcs11/p11-kit-client.so 2> /dev/null | head -n 1)
need libp11-kit0 "${proxy:-p11-kit-proxy.so}"
need p11-kit-modules "${remote:-p11-kit-client.so}"
server=$(ls /usr/libexec/p11-kit/p11-kit-server /usr/lib/*/p11-kit/p11-kit-server 2> /dev/null | head -n 1)
need p11-kit "${server:-p11-kit-server}"

p11_kit_folder
echo 'a text to be signed' > text

through() { # MODULE ARGUMENTS...
	by=$1
	shift
	pkcs11-tool --module "$by" --token-label "$label" --login --pin env:PIN "$@"
}

list() {
	register
	p11-kit list-modules > listed && cat listed && grep -q "token: $label\$" listed
}

sign() { # MODULE
	through "$1" --sign --mechanism SHA256-RSA-PKCS --id 01 --input-file text \
		--output-file signature && openssl dgst -sha256 -verify rsa.pub -signature signature text
}

agree() { # MODULE
	openssl genpkey -algorithm EC -pkeyopt group:P-256 -out peer.pem &&
		openssl pkey -in peer.pem -pubout -outform DER -out peer.der &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey ec.pub -out theirs &&
		through "$1" --derive --mechanism ECDH1-DERIVE --id 02 --input-file peer.der \
			--output-file ours && cmp ours theirs
}

by_proxy() {
	register
	"$@" "$proxy"
}

# The keys are in the server's process; the client has a socket.
by_server() {
	rm -f socket
	start server.log "$server" --foreground --provider "$MODULE" --name "$work/socket" \
		"pkcs11:token=$label"
	serving=$pid
	until_true test -S socket && P11_KIT_SERVER_ADDRESS="unix:path=$work/socket" "$@" "$remote"
	status=$?
	[ $status = 0 ] || cat server.log
	stop "$serving"
	return $status
}

# --- the tests ------------------------------------------------------------------

make_token
make_key rsa 01 RSA:2048 --usage-sign
make_key ec 02 EC:prime256v1 --usage-sign --usage-derive

proves 'list-modules: the token is there' C_GetTokenInfo list
proves 'server: RSA signature' C_SignInit:CKM_SHA256_RSA_PKCS by_server sign
fault 'server: ECDH' 'p11-kit 0.24: its protocol has no CKM_ECDH1_DERIVE; 0.25 has' \
	CKR_MECHANISM_INVALID by_server agree

MODULE=$spy
register
if ! pkcs11-tool --module "$proxy" --list-slots > said 2>&1; then
	without_spy "OpenSC's pkcs11-spy 0.26 hands out an interface without functions"
fi
proves 'proxy: RSA signature' C_SignInit:CKM_SHA256_RSA_PKCS by_proxy sign
proves 'proxy: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE by_proxy agree
finish
