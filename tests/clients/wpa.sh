#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# wpa_supplicant to hostapd over a cable (IEEE 802.1X, EAP-TLS), with the client's key
# and certificate in the token through libp11's engine.
set -u
namespaces='--net --mount'
. "$(dirname "$0")/common.sh"

client wpa_supplicant wpasupplicant hostapd libengine-pkcs11-openssl
need wpasupplicant wpa_supplicant
need hostapd hostapd
# It then asks for nl80211 on a cable too, and gives up.
if dpkg --compare-versions "$(dpkg-query -W -f '${Version}' wpasupplicant)" ge 2:2.11 &&
	[ ! -d /sys/class/ieee80211 ]; then
	skip_all 'wpa_supplicant 2.11 wants a kernel with nl80211, and this one has none'
fi
. "$here/openssl.sh"
engine 0
network

# Debian's takes modules from below /usr/lib alone, where ours would be installed.
folder=$(dirname "$(ls /usr/lib/*/pkcs11/*.so | head -n 1)")
mkdir modules
cp "$HANDFAST_MODULE" "$spy" modules/
set_up mount --bind modules "$folder"

echo '* TLS' > users

# authenticate NAME VERSION: neither end does 1.3 unless told to.
authenticate() {
	off=1 on='[DISABLE-TLSv1.3]'
	[ "$2" = 1.2 ] || off=0 on='[ENABLE-TLSv1.3][DISABLE-TLSv1.2]'
	cat > hostapd.conf <<-END
		interface=outer
		driver=wired
		ieee8021x=1
		use_pae_group_addr=1
		eap_server=1
		eap_user_file=$work/users
		tls_flags=$on
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
			client_cert="$url;object=$1;type=cert"
			private_key="$(private "$1")"
			pin="$PIN"
			phase1="tls_disable_tlsv1_3=$off"
			eapol_flags=0
		}
	END
	start server.log hostapd -dd hostapd.conf
	start_there client.log wpa_supplicant -dd -D wired -i inner -c supplicant.conf
	until_true grep -q 'CTRL-EVENT-EAP-SUCCESS' client.log &&
		until_true grep -q 'CTRL-EVENT-EAP-SUCCESS' server.log &&
		grep -q "depth=0 .*'/CN=$1'" server.log && grep -q "Using TLS version TLSv$2" client.log
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_visitors
make_server server

for version in 1.3 1.2; do
	for key in $keys; do
		proves "EAP-TLS $version, $(called_key $key)" "$(signed $key)" authenticate $key $version
	done
done
finish
