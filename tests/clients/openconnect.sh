#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenConnect to ocserv in another network namespace, with a certificate whose key is in
# the token, by URI; pings cross the tunnel.
set -u
namespaces='--net --mount'
. "$(dirname "$0")/common.sh"

client OpenConnect openconnect ocserv
need openconnect openconnect
need ocserv ocserv
tunnels
network
p11_kit_folder

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

# connect NAME VERSION
connect() {
	register
	start server.log ocserv --foreground --debug 2 --config ocserv.conf
	until_true listening 4443
	start_there client.log openconnect --non-inter --verbose \
		--cafile ca.pem --certificate "pkcs11:token=$label;object=$1;type=cert" \
		--sslkey "pkcs11:token=$label;object=$1;type=private?pin-value=$PIN" \
		--gnutls-priority "NORMAL:-VERS-ALL:+VERS-TLS$2:%COMPAT" --script "$work/script" \
		--interface tun0 https://192.0.2.1:4443/
	until_true there ping -q -c 1 -W 1 10.9.9.1 && crosses 10.9.9.1 &&
		grep -q "main\[$1\].*user logged in" server.log &&
		grep -q "Connected to HTTPS .*(TLS$2)" client.log
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_visitors
make_server server -addext subjectAltName=IP:192.0.2.1

for version in 1.3 1.2; do
	for key in $keys; do
		proves "TLS $version, $(called_key $key)" "$(signed $key)" connect $key $version
	done
done
finish
