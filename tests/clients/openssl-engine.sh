#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL through libp11's engine: signatures, requests, a certification authority,
# CMS, key agreement, and TLS with both private keys in the token.
set -u
. "$(dirname "$0")/common.sh"

client 'OpenSSL, libp11 engine' openssl libengine-pkcs11-openssl
engines=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')
need libengine-pkcs11-openssl "$engines/pkcs11.so"

url="pkcs11:token=$label"
echo 'a text to be signed and sealed' > text

# The command with the engine and this run's module in its configuration.
with_engine() {
	cat > engine.conf <<-END
		openssl_conf = init
		[init]
		engines = engines
		[engines]
		pkcs11 = token
		[token]
		engine_id = pkcs11
		MODULE_PATH = $MODULE
		PIN = $PIN
		init = 0
		[req]
		distinguished_name = name
		[name]
	END
	OPENSSL_CONF="$work/engine.conf" openssl "$@"
}

# --- parts ----------------------------------------------------------------------

sign() { # NAME ARGUMENTS...
	key=$1
	shift
	with_engine dgst -engine pkcs11 -keyform engine -sha256 "$@" \
		-sign "$url;object=$key;type=private" -out signature text &&
		openssl dgst -sha256 "$@" -verify "$key.pub" -signature signature text
}

request() { # NAME ARGUMENTS...
	key=$1
	shift
	with_engine req -new -engine pkcs11 -keyform engine -key "$url;object=$key;type=private" \
		-subj "/CN=$key" -out request.pem "$@" &&
		openssl req -verify -noout -in request.pem &&
		openssl req -in request.pem -noout -pubkey | cmp - "$key.pub"
}

# The token's EC key certifies itself and then a request of the RSA key.
authority() {
	request rsa && with_engine req -x509 -new -engine pkcs11 -keyform engine \
		-key "$url;object=ec;type=private" -subj '/CN=an authority in the token' -days 30 \
		-addext basicConstraints=critical,CA:TRUE -out authority.pem &&
		with_engine x509 -req -in request.pem -engine pkcs11 -CAkeyform engine \
			-CA authority.pem -CAkey "$url;object=ec;type=private" -days 30 -set_serial 7 \
			-out issued.pem &&
		openssl verify -CAfile authority.pem issued.pem
}

open_cms() { # NAME ARGUMENTS...
	key=$1
	shift
	openssl cms -encrypt -aes-256-cbc -binary -in text -out sealed.cms -recip "$key.pem" "$@" &&
		with_engine cms -decrypt -engine pkcs11 -keyform engine -recip "$key.pem" \
			-inkey "$url;object=$key;type=private" -in sealed.cms -out opened &&
		cmp text opened
}

sign_cms() { # NAME
	with_engine cms -sign -engine pkcs11 -keyform engine -signer "$1.pem" -binary -nodetach \
		-inkey "$url;object=$1;type=private" -in text -out signed.cms &&
		openssl cms -verify -binary -in signed.cms -CAfile ca.pem -purpose any -out verified &&
		cmp text verified
}

agree() {
	openssl genpkey -algorithm EC -pkeyopt group:P-256 -out peer.pem &&
		openssl pkey -in peer.pem -pubout -out peer.pub &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey ec.pub -out theirs &&
		with_engine pkeyutl -derive -engine pkcs11 -keyform engine \
			-inkey "$url;object=ec;type=private" -peerkey peer.pub -out ours &&
		cmp ours theirs
}

decrypt() { # ARGUMENTS...
	openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in text -out sealed "$@" &&
		with_engine pkeyutl -decrypt -engine pkcs11 -keyform engine \
			-inkey "$url;object=rsa;type=private" -in sealed -out opened "$@" &&
		cmp text opened
}

# handshake NAME OPTION
handshake() {
	at=$(free_port)
	with_engine version # writes the configuration
	start serv.log env OPENSSL_CONF="$work/engine.conf" openssl s_server -accept "127.0.0.1:$at" -engine pkcs11 -keyform engine \
		-cert "$1.pem" -key "$url;object=$1;type=private" -CAfile ca.pem -Verify 1 \
		-verify_return_error "$2" -www
	serving=$pid
	until_true listening "$at" || { cat serv.log; stop "$serving"; return 1; }
	{ printf 'GET / HTTP/1.0\r\n\r\n'; sleep 1; } | with_engine s_client -connect "127.0.0.1:$at" \
		-engine pkcs11 -keyform engine -cert "$1.pem" -key "$url;object=$1;type=private" \
		-CAfile ca.pem -verify_return_error "$2" -ign_eof > cli.log 2>&1
	status=$?
	stop "$serving"
	cat serv.log cli.log
	[ $status = 0 ] && grep -q 'HTTP/1.0 200 ok' cli.log && grep -q "CN *= *$1" cli.log &&
		grep -q "^depth=0 CN *= *$1" serv.log
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_key rsa 01 RSA:2048 --usage-sign --usage-decrypt
make_key ec 02 EC:prime256v1 --usage-sign --usage-derive
certify rsa 01
certify ec 02

proves 'dgst -sign: RSA' C_Sign sign rsa
proves 'dgst -sign: RSA-PSS' C_Sign sign rsa -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
proves 'dgst -sign: ECDSA' C_SignInit:CKM_ECDSA sign ec
proves 'req -new: RSA' C_Sign request rsa
proves 'req -new: RSA-PSS' C_Sign request rsa -sigopt rsa_padding_mode:pss
proves 'req -new: EC' C_SignInit:CKM_ECDSA request ec
proves 'x509 -req: an authority whose key is in the token' C_SignInit:CKM_ECDSA authority
proves 'cms -sign: RSA' C_Sign sign_cms rsa
proves 'cms -sign: EC' C_SignInit:CKM_ECDSA sign_cms ec
proves 'cms -decrypt: RSA, PKCS#1 1.5' C_Decrypt open_cms rsa
proves 'cms -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	open_cms rsa -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256
proves 'cms -decrypt: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec
proves 'pkeyutl -decrypt: RSA-OAEP with SHA-1' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	decrypt -pkeyopt rsa_padding_mode:oaep
proves 'pkeyutl -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	decrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256
proves 'pkeyutl -derive: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE agree
for option in -tls1_3 -tls1_2; do
	for key in rsa ec; do
		proves "s_server and s_client $option: both keys in the token, $key" C_Sign \
			handshake $key $option
	done
done
finish
