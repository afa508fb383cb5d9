#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# BIND's dnssec-keyfromlabel and dnssec-signzone through pkcs11-provider: a zone is
# signed by keys in the token, and dnssec-verify checks it without them.
set -u
. "$(dirname "$0")/common.sh"

client BIND bind9-utils pkcs11-provider
need bind9-utils dnssec-keyfromlabel dnssec-signzone dnssec-verify
. "$here/openssl.sh"
provider

cat > zone <<'END'
$TTL 3600
@	IN SOA	ns hostmaster 1 3600 600 86400 3600
	IN NS	ns
ns	IN A	192.0.2.1
www	IN A	192.0.2.2
END

# sign_zone ALGORITHM TYPE: the key that signs the zone, and the one that signs the keys.
sign_zone() {
	rm -f K* zone.signed dsset-*
	for key in zone key; do
		flag=
		[ $key = zone ] || flag='-f KSK'
		# shellcheck disable=SC2086
		with_token dnssec-keyfromlabel -a "$1" $flag -l "$url;object=$2-$key" example || return 1
	done
	cat zone > unsigned
	for key in K*.key; do
		grep '^example' "$key"
	done | tee -a unsigned
	with_token dnssec-signzone -o example -f zone.signed unsigned &&
		dnssec-verify -o example zone.signed && grep -c RRSIG zone.signed
}

make_token
make_key rsa-zone 01 RSA:2048 --usage-sign
make_key rsa-key 02 RSA:2048 --usage-sign
make_key ec-zone 03 EC:prime256v1 --usage-sign
make_key ec-key 04 EC:prime256v1 --usage-sign

proves 'dnssec-keyfromlabel and dnssec-signzone: RSASHA256' 'C_SignInit:CKM_[A-Z0-9_]*RSA_PKCS' sign_zone RSASHA256 rsa
proves 'dnssec-keyfromlabel and dnssec-signzone: ECDSAP256SHA256' 'C_SignInit:CKM_ECDSA[A-Z0-9_]*' \
	sign_zone ECDSAP256SHA256 ec
finish
