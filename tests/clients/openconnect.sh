#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenConnect to ocserv in another network namespace, with a certificate whose key is in
# the token, by URI; pings cross the tunnel.
set -u
if [ -z "${HANDFAST_CLIENT_NET:-}" ] && unshare --net --mount true 2> /dev/null; then
	# All devices made below are gone with it; for the rest see p11_kit_folder.
	HANDFAST_CLIENT_NET=1 exec unshare --net --mount "$0" "$@"
fi
. "$(dirname "$0")/common.sh"

client OpenConnect openconnect ocserv
need openconnect openconnect
need ocserv ocserv
need iproute2 ip
need iputils-ping ping
[ -n "${HANDFAST_CLIENT_NET:-}" ] || skip_all 'network namespaces need root'
[ -c /dev/net/tun ] || skip_all 'this machine has no /dev/net/tun'
p11_kit_folder
network

cat > ocserv.conf <<END
auth = "certificate"
listen-host = 192.0.2.1
tcp-port = 4443
udp-port = 4443
run-as-user = root
run-as-group = root
socket-file = $work/ocserv.socket
server-cert = $work/server.pem
server-key = $work/server.key
ca-cert = $work/ca.pem
cert-user-oid = 2.5.4.3
isolate-workers = false
max-clients = 4
device = vpns
ipv4-network = 10.9.9.0/24
END
cat > script <<'END'
#!/bin/sh
[ "$reason" != connect ] || {
	ip link set dev "$TUNDEV" up mtu 1300
	ip address add "$INTERNAL_IP4_ADDRESS/24" dev "$TUNDEV"
}
END
chmod +x script

# connect NAME TLS-PRIORITY VERSION
connect() {
	register
	start server.log ocserv --foreground --debug 2 --config ocserv.conf
	server=$pid
	until_true listening 4443
	start client.log nsenter --target "$there" --net openconnect --non-inter --verbose \
		--cafile ca.pem --certificate "pkcs11:token=$label;object=$1;type=cert" \
		--sslkey "pkcs11:token=$label;object=$1;type=private?pin-value=$PIN" \
		--gnutls-priority "$2" --script "$work/script" --interface tun0 https://192.0.2.1:4443/
	connecting=$pid
	until_true there ping -q -c 1 -W 1 10.9.9.1 && there ping -q -c 3 -i 0.2 -s 1000 10.9.9.1 &&
		grep -q "main\[$1\].*user logged in" server.log &&
		grep -q "Connected to HTTPS .*($3)" client.log
	status=$?
	tail -n 60 server.log client.log
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
	-addext subjectAltName=IP:192.0.2.1 -addext extendedKeyUsage=serverAuth -out server.pem

for version in 1.3 1.2; do
	priority="NORMAL:-VERS-ALL:+VERS-TLS$version:%COMPAT"
	proves "TLS $version, RSA key" 'C_SignInit:CKM_[A-Z0-9_]*RSA_PKCS\(_PSS\)\{0,1\} C_Sign' \
		connect rsa "$priority" "TLS$version"
	proves "TLS $version, EC key" 'C_SignInit:CKM_ECDSA C_Sign' connect ec "$priority" "TLS$version"
done
finish
