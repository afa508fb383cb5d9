#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# wpa_supplicant to hostapd over a cable (IEEE 802.1X, EAP-TLS), with the client's key
# and certificate in the token through libp11's engine.
set -u
if [ -z "${HANDFAST_CLIENT_NET:-}" ] && unshare --net --mount true 2> /dev/null; then
	# All that is made below is gone with it.
	HANDFAST_CLIENT_NET=1 exec unshare --net --mount "$0" "$@"
fi
. "$(dirname "$0")/common.sh"

client wpa_supplicant wpasupplicant hostapd libengine-pkcs11-openssl
need wpasupplicant wpa_supplicant
need hostapd hostapd
need iproute2 ip
engines=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')
need libengine-pkcs11-openssl "$engines/pkcs11.so"
[ -n "${HANDFAST_CLIENT_NET:-}" ] || skip_all 'network namespaces need root'
network

# Debian's takes modules from below /usr/lib alone, where ours would be installed.
folder=$(dirname "$(ls /usr/lib/*/pkcs11/*.so | head -n 1)")
mkdir modules
cp "$HANDFAST_MODULE" "$spy" modules/
set_up mount --bind modules "$folder"

echo '* TLS' > users

# authenticate NAME
authenticate() {
	cat > hostapd.conf <<-END
		interface=outer
		driver=wired
		ieee8021x=1
		use_pae_group_addr=1
		eap_server=1
		eap_user_file=$work/users
		ca_cert=$work/ca.pem
		server_cert=$work/server.pem
		private_key=$work/server.key
	END
	cat > supplicant.conf <<-END
		ap_scan=0
		pkcs11_engine_path=$engines/pkcs11.so
		pkcs11_module_path=$folder/$(basename "$MODULE")
		network={
			key_mgmt=IEEE8021X
			eap=TLS
			identity="$1"
			ca_cert="$work/ca.pem"
			client_cert="pkcs11:token=$label;object=$1;type=cert"
			private_key="pkcs11:token=$label;object=$1;type=private"
			pin="$PIN"
			eapol_flags=0
		}
	END
	start server.log hostapd -dd hostapd.conf
	server=$pid
	start client.log nsenter --target "$there" --net wpa_supplicant -dd -D wired -i inner -c supplicant.conf
	connecting=$pid
	until_true grep -q 'CTRL-EVENT-EAP-SUCCESS' client.log &&
		until_true grep -q 'CTRL-EVENT-EAP-SUCCESS' server.log &&
		grep -q "depth=0 .*'/CN=$1'" server.log && grep -q 'Using TLS version TLSv1.2' client.log
	status=$?
	[ $status = 0 ] || tail -n 60 server.log client.log
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

proves 'EAP-TLS, RSA key' 'C_SignInit:CKM_[A-Z0-9_]*RSA_[A-Z0-9_]* C_Sign' authenticate rsa
proves 'EAP-TLS, EC key' 'C_SignInit:CKM_ECDSA C_Sign' authenticate ec
finish
