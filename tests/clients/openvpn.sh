#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenVPN between two network namespaces, the client's key in the token through
# pkcs11-helper; its PIN is given over the management socket, or the token itself knows
# where it is; pings cross the tunnel.
set -u
namespaces='--net'
. "$(dirname "$0")/common.sh"

client OpenVPN openvpn libpkcs11-helper1 libpkcs11-helper1t64
need openvpn openvpn
tunnels
network

# Answers what OpenVPN asks for on its management socket, until that closes.
cat > answer <<'END'
use IO::Socket::UNIX;
my $socket;
for (1 .. 100) {
	last if $socket = IO::Socket::UNIX->new(Peer => "management");
	select undef, undef, undef, 0.1;
}
$socket->autoflush(1);
$| = 1;
while (<$socket>) {
	print;
	print $socket "password \"$1\" $ENV{PIN}\n" if /^>PASSWORD:Need '(.*)' password/;
}
END

identity() { # NAME: of the certificate that was issued to it
	openvpn --show-pkcs11-ids "$MODULE" > ids 2>&1
	sed -n "/DN: *CN=$1\$/,/Serialized id/s/^ *Serialized id: *//p" ids | head -n 1
}

# connect NAME VERSION OPTION...
connect() {
	whose=$1
	version=$2
	shift 2
	id=$(identity "$whose")
	[ -n "$id" ] || { cat ids; return 1; }
	start server.log openvpn --dev tun --ifconfig 10.8.0.1 10.8.0.2 --tls-server --dh none \
		--ca ca.pem --cert server.pem --key server.key --remote-cert-tls client \
		--local 192.0.2.1 --proto udp --tls-version-min "$version" --tls-version-max "$version" --verb 3
	start_there client.log openvpn --dev tun --ifconfig 10.8.0.2 10.8.0.1 --tls-client \
		--ca ca.pem --pkcs11-providers "$MODULE" --pkcs11-id "$id" --remote 192.0.2.1 \
		--proto udp --nobind --tls-version-min "$version" --tls-version-max "$version" --verb 3 "$@"
	until_true grep -q 'Initialization Sequence Completed' client.log &&
		until_true grep -q 'Initialization Sequence Completed' server.log && crosses 10.8.0.1 &&
		grep -q "Control Channel: TLSv$version" client.log && grep -q "VERIFY OK: depth=0, CN=$whose" server.log
}

# Asked for the PIN over the socket.
asked() {
	rm -f management
	start answer.log perl answer
	connect "$@" --management management unix --management-query-passwords &&
		grep -q "^>PASSWORD:Need '$label token' password" answer.log
}

# The token is asked, and nobody else.
unasked() {
	connect "$@" --pkcs11-protected-authentication 1
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_visitors
make_server server

for version in 1.3 1.2; do
	proves "TLS $version, RSA key, with PSS" 'C_SignInit:CKM_RSA_PKCS_PSS C_Sign' asked rsa $version
	for key in ec ec521; do
		proves "TLS $version, $(called_key $key)" 'C_SignInit:CKM_ECDSA C_Sign' asked $key $version
	done
done

pin_source
for key in rsa ec; do
	proves "no prompt: the token has its PIN from a file, $(called_key $key)" "C_Login $(signed $key)" \
		unasked $key 1.3
done
finish
