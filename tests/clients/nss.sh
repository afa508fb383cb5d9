#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# NSS, the library of Firefox and Chromium, by its tools: modutil adds the module,
# certutil makes keys, requests and certificates in the token, selfserv and tstclnt
# meet with both keys there, cmsutil signs and opens what openssl sealed.
set -u
. "$(dirname "$0")/common.sh"

client 'NSS tools' libnss3
need libnss3-tools modutil certutil cmsutil
for tool in selfserv tstclnt; do
	# Debian keeps these two apart, where it has them at all.
	for folder in /usr/lib/*/nss/unsupported-tools /usr/lib/nss/unsupported-tools /usr/bin; do
		[ ! -x "$folder/$tool" ] || PATH=$PATH:$folder
	done
done
need libnss3-tools selfserv tstclnt

echo "$PIN" > pin
echo 'a text to be signed and sealed' > text
printf 'GET / HTTP/1.0\r\n\r\n' > request
head -c 64 /dev/urandom > noise

# database: a fresh one, with the module in it.
database() {
	rm -rf db
	mkdir db
	certutil -N -d sql:db --empty-password &&
		modutil -force -dbdir sql:db -add token -libfile "$HANDFAST_MODULE" && nss_log token
}

calls() {
	nss_calls
}

cert() {
	certutil "$@" -d sql:db -f pin
}

# --- parts ----------------------------------------------------------------------

add_module() {
	database && modutil -force -dbdir sql:db -list token > listed && cat listed &&
		grep -q "Token Name: $label *\$" listed
}

# A request by a new key of the token, and the authority's certificate into the token.
generate() { # NAME ARGUMENTS...
	key=$1
	shift
	database || return 1
	rm -f "$key.der"
	cert -F -h "$label" -n "$label:$key" > /dev/null 2>&1
	cert -R -h "$label" -s "CN=$key" -z noise -o "$key.csr" "$@" &&
		openssl req -inform DER -verify -noout -in "$key.csr" &&
		openssl x509 -req -inform DER -in "$key.csr" -CA ca.pem -CAkey ca.key -days 30 \
			-set_serial "0x$(openssl rand -hex 8)" -extfile extensions -out "$key.pem" &&
		cert -A -h "$label" -n "$key" -t ,, -i "$key.pem" &&
		cert -A -n ca -t CT,C,C -i ca.pem &&
		cert -K -h "$label" > listed && cat listed && grep -q "$label:$key\$" listed
}

self_signed() {
	database && cert -F -h "$label" -n "$label:self" > /dev/null 2>&1
	cert -S -x -h "$label" -n self -s CN=self -t ,, -k ec -q nistp384 -z noise -m "$(date +%N)" &&
		cert -L -h "$label" -n "$label:self" -a > self.pem &&
		openssl verify -check_ss_sig -CAfile self.pem self.pem
}

with_database() {
	database && cert -A -n ca -t CT,C,C -i ca.pem && "$@"
}

# handshake NAME VERSION
handshake() {
	at=$(free_port)
	start serv.log selfserv -d sql:db -n "$label:$1" -w "$PIN" -p "$at" -V "tls$2:tls$2" \
		-r -r -v -H 1
	until_true listening "$at" || return 1
	# From a file: of a pipe it never sees the end.
	tstclnt -d sql:db -h localhost -p "$at" -V "tls$2:tls$2" -n "$label:$1" -w "$PIN" -v \
		< request > cli.log 2>&1
	status=$?
	stop "$pid"
	cat cli.log
	[ $status = 0 ] && grep -aq '^HTTP/1.0 200 OK' cli.log && grep -aq "subject DN: CN=$1" cli.log &&
		grep -aq "subject DN: CN=$1" serv.log
}

# The text sealed by openssl, opened by the token.
open_cms() {
	openssl cms -encrypt -aes-256-cbc -in text -binary -outform DER -out sealed.cms rsa.pem &&
		cmsutil -D -d sql:db -f pin -i sealed.cms -o opened && cmp text opened
}

sign_cms() { # NAME
	cmsutil -S -d sql:db -f pin -N "$label:$1" -H SHA256 -G -i text -o signed.cms &&
		openssl cms -verify -binary -inform DER -in signed.cms -CAfile ca.pem -purpose any \
			-out verified && cmp text verified
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
cat > extensions <<END
basicConstraints = CA:FALSE
keyUsage = digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth,emailProtection
subjectAltName = DNS:localhost,email:somebody@example.org
END

proves 'modutil -add' C_GetTokenInfo add_module
proves 'certutil -R: RSA key, request and certificate' \
	'C_GenerateKeyPair:CKM_RSA_PKCS_KEY_PAIR_GEN C_SetAttributeValue C_Sign' \
	generate rsa -k rsa -g 2048
proves 'certutil -R: P-256 key, request and certificate' \
	'C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN C_SetAttributeValue C_Sign' \
	generate ec -k ec -q nistp256
proves 'certutil -R: P-521 key, request and certificate' \
	'C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN C_SetAttributeValue C_Sign' \
	generate ec521 -k ec -q nistp521
proves 'certutil -S: a self-signed certificate' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN self_signed
for version in 1.3 1.2; do
	for key in $keys; do
		proves "TLS $version: both keys in the token, $(called_key $key)" "$(signed $key)" \
			with_database handshake $key $version
	done
done
proves 'cmsutil -D: what openssl sealed to an RSA key' C_UnwrapKey:CKM_RSA_PKCS \
	with_database open_cms
for key in $keys; do
	proves "cmsutil -S: $(called_key $key)" "$(signed $key)" with_database sign_cms $key
done
finish
