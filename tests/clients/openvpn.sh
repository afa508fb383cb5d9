#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenVPN between two network namespaces, the client's key in the token through
# pkcs11-helper; its PIN is given over the management socket, or the token itself knows
# where it is; pings cross the tunnel.
set -u
if [ -z "${HANDFAST_CLIENT_NET:-}" ] && unshare --net true 2> /dev/null; then
	# All devices made below are gone with it.
	HANDFAST_CLIENT_NET=1 exec unshare --net "$0" "$@"
fi
. "$(dirname "$0")/common.sh"

client OpenVPN openvpn libpkcs11-helper1 libpkcs11-helper1t64
need openvpn openvpn
need iproute2 ip
need iputils-ping ping
[ -n "${HANDFAST_CLIENT_NET:-}" ] || skip_all 'network namespaces need root'
[ -c /dev/net/tun ] || skip_all 'this machine has no /dev/net/tun'

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
while (<$socket>) {
	print;
	print $socket "password \"$1\" $ENV{PIN}\n" if /^>PASSWORD:Need '(.*)' password/;
}
END

identity() { # NAME: of the certificate that was issued to it
	openvpn --show-pkcs11-ids "$MODULE" > ids 2>&1
	sed -n "/DN: *CN=$1\$/,/Serialized id/s/^ *Serialized id: *//p" ids | head -n 1
}

# Asked for the PIN over the socket; or the token is, which asks nobody.
asked='--management management unix --management-query-passwords'
unasked='--pkcs11-protected-authentication 1'

# connect NAME VERSION OPTIONS
connect() {
	id=$(identity "$1")
	[ -n "$id" ] || { cat ids; return 1; }
	rm -f management
	start server.log openvpn --dev tun --ifconfig 10.8.0.1 10.8.0.2 --tls-server --dh none \
		--ca ca.pem --cert server.pem --key server.key --remote-cert-tls client \
		--local 192.0.2.1 --proto udp --tls-version-min "$2" --tls-version-max "$2" --verb 3
	server=$pid
	# shellcheck disable=SC2086
	start client.log nsenter --target "$there" --net openvpn --dev tun --ifconfig 10.8.0.2 10.8.0.1 --tls-client \
		--ca ca.pem --pkcs11-providers "$MODULE" --pkcs11-id "$id" --remote 192.0.2.1 \
		--proto udp --nobind --tls-version-min "$2" --tls-version-max "$2" --verb 3 $3
	connecting=$pid
	: > answer.log
	[ "$3" = "$unasked" ] || start answer.log perl answer
	until_true grep -q 'Initialization Sequence Completed' client.log &&
		until_true grep -q 'Initialization Sequence Completed' server.log &&
		there ping -q -c 3 -i 0.2 -s 1000 10.8.0.1 > ping.log &&
		grep -q "Control Channel: TLSv$2" client.log && grep -q "VERIFY OK: depth=0, CN=$1" server.log
	status=$?
	cat server.log client.log answer.log ping.log | tail -n 80
	stop "$connecting"
	stop "$server"
	[ $status = 0 ]
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_key rsa 01 RSA:2048 --usage-sign
make_key ec 02 EC:prime256v1 --usage-sign
certify rsa 01 'keyUsage = digitalSignature' 'extendedKeyUsage = clientAuth'
certify ec 02 'keyUsage = digitalSignature' 'extendedKeyUsage = clientAuth'
set_up openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -subj /CN=server -CA ca.pem \
	-CAkey ca.key -days 30 -addext basicConstraints=critical,CA:FALSE \
	-addext extendedKeyUsage=serverAuth -out server.pem

for version in 1.3 1.2; do
	proves "TLS $version, RSA key" 'C_SignInit:CKM_RSA_PKCS\(_PSS\)\{0,1\} C_Sign' connect rsa $version "$asked"
	proves "TLS $version, EC key" 'C_SignInit:CKM_ECDSA C_Sign' connect ec $version "$asked"
done

(umask 077; echo "$PIN" > pin)
printf '[%s]\npin-source = file:%s/pin\n' "$label" "$work" >> handfast.conf
proves 'no prompt: the token has its PIN from a file' 'C_Login C_SignInit:CKM_ECDSA C_Sign' \
	connect ec 1.3 "$unasked"
finish
