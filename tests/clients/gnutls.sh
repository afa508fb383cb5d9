#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# GnuTLS: p11tool from an empty slot to keys and certificates, certtool as a
# certification authority whose key is in the token, and TLS with both private keys
# in it, by gnutls-serv and gnutls-cli.
set -u
. "$(dirname "$0")/common.sh"

client GnuTLS libgnutls30 libgnutls30t64
need gnutls-bin p11tool certtool gnutls-serv gnutls-cli

export GNUTLS_PIN="$PIN" GNUTLS_SO_PIN="$SO_PIN"
token='pkcs11:token=kx'
echo 'a text to be sent' > text

p11() {
	p11tool --provider "$MODULE" --batch "$@"
}

cert() {
	certtool --provider "$MODULE" "$@"
}

# --- parts ----------------------------------------------------------------------

first() {
	rm -rf fresh
	mkdir -m 0700 fresh
	HANDFAST_STORE="$work/fresh" p11 --initialize --label first 'pkcs11:model=Handfast' &&
		HANDFAST_STORE="$work/fresh" p11 --list-tokens | grep -q 'Label: first$'
}

again() {
	p11 --initialize --label "$label" "$token" && p11 --initialize-pin "$token" &&
		p11 --list-tokens | grep -q "Label: $label\$"
}

generate() { # LABEL ID TYPE ARGUMENTS...
	object=$1
	id=$2
	type=$3
	shift 3
	p11 --login --delete "$token;object=$object" > /dev/null 2>&1
	p11 --login --generate-privkey "$type" --label "$object" --id "$id" --outfile "$object.pub" \
		"$@" "$token" &&
		p11 --login --list-privkeys "$token" | grep -q "Label: $object\$" &&
		openssl pkey -pubin -in "$object.pub" -noout -text
}

test_sign() { # LABEL ARGUMENTS...
	object=$1
	shift
	p11 --login --test-sign "$@" "$token;object=$object;type=private"
}

authority() {
	cat > ca.tmpl <<-END
		cn = an authority in the token
		ca
		cert_signing_key
		expiration_days = 30
	END
	cert --generate-self-signed --template ca.tmpl --outfile ca.pem \
		--load-privkey "$token;object=ca;type=private" \
		--load-pubkey "$token;object=ca;type=public" && openssl verify -CAfile ca.pem ca.pem
}

# issue LABEL: a request by the key itself, and the authority's answer to it.
issue() {
	cat > leaf.tmpl <<-END
		cn = $1
		dns_name = localhost
		tls_www_server
		tls_www_client
		signing_key
		expiration_days = 30
	END
	cert --generate-request --template leaf.tmpl --outfile "$1.csr" \
		--load-privkey "$token;object=$1;type=private" \
		--load-pubkey "$token;object=$1;type=public" &&
		openssl req -verify -noout -in "$1.csr" &&
		cert --generate-certificate --template leaf.tmpl --outfile "$1.pem" \
			--load-request "$1.csr" --load-ca-certificate ca.pem \
			--load-ca-privkey "$token;object=ca;type=private" &&
		openssl verify -CAfile ca.pem "$1.pem"
}

write() { # LABEL ID
	p11 --login --delete "$token;object=$1;type=cert" > /dev/null 2>&1
	p11 --login --write --load-certificate "$1.pem" --label "$1" --id "$2" "$token" &&
		p11 --export "$token;object=$1;type=cert" --outfile back.pem &&
		openssl x509 -in "$1.pem" -outform DER -out there.der &&
		openssl x509 -in back.pem -outform DER | cmp - there.der
}

# The server, and then the client, each with the key and the certificate of the token.
handshake() { # LABEL VERSION
	at=$(free_port)
	start serv.log gnutls-serv --provider "$MODULE" --echo --port "$at" --require-client-cert \
		--verify-client-cert --x509cafile ca.pem \
		--x509keyfile "$token;object=$1;type=private" --x509certfile "$token;object=$1;type=cert"
	until_true listening "$at" || return 1
	{ cat text; sleep 1; } | gnutls-cli --provider "$MODULE" --port "$at" --x509cafile ca.pem \
		--x509keyfile "$token;object=$1;type=private" \
		--x509certfile "$token;object=$1;type=cert" \
		--priority "NORMAL:-VERS-ALL:+VERS-TLS$2" localhost > cli.log 2>&1
	status=$?
	stop "$pid"
	cat cli.log
	openssl x509 -in serv.log -out seen.pem && openssl x509 -in "$1.pem" | cmp - seen.pem &&
		[ $status = 0 ] && grep -qxF "$(cat text)" cli.log && grep -q "Description: (TLS$2-" cli.log
}

# --- the tests ------------------------------------------------------------------

make_token

[ -n "${HANDFAST_BROKEN:-}" ] || proves 'p11tool --initialize: the first token' C_InitToken first
proves 'p11tool --initialize: a token anew, and its PIN' 'C_InitToken C_InitPIN' again
proves 'p11tool --generate-privkey: RSA' C_GenerateKeyPair:CKM_RSA_PKCS_KEY_PAIR_GEN \
	generate rsa 01 rsa --bits 2048
proves 'p11tool --generate-privkey: ECDSA, P-256' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate ec 02 ecdsa --curve secp256r1
proves 'p11tool --generate-privkey: ECDSA, P-521' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate ec521 05 ecdsa --curve secp521r1
proves 'p11tool --generate-privkey: an authority' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate ca 03 ecdsa --curve secp384r1
fault 'p11tool --generate-privkey: Ed25519' \
	'GnuTLS 3.7: it asks for CKM_EDDSA, which makes no keys' \
	'^C_GenerateKeyPair:CKM_EDDSA CKR_MECHANISM_INVALID' generate ed 04 ed25519
proves 'p11tool --test-sign: RSA' C_SignInit:CKM_RSA_PKCS test_sign rsa
proves 'p11tool --test-sign: RSA-PSS' C_SignInit:CKM_RSA_PKCS_PSS \
	test_sign rsa --sign-params rsa-pss
proves 'p11tool --test-sign: ECDSA, P-256' C_SignInit:CKM_ECDSA test_sign ec
proves 'p11tool --test-sign: ECDSA, P-521' C_SignInit:CKM_ECDSA test_sign ec521
proves 'certtool: an authority whose key is in the token' C_SignInit:CKM_ECDSA authority
for key in $keys; do
	proves "certtool: a request and its certificate, $(called_key $key)" "$(signed $key)" issue $key
done
for key in rsa:01 ec:02 ec521:05; do
	id=${key#*:}
	key=${key%:*}
	proves "p11tool --write: a certificate, $(called_key $key)" C_CreateObject write $key $id
done
for version in 1.3 1.2; do
	for key in $keys; do
		proves "TLS $version: both keys in the token, $(called_key $key)" "$(signed $key)" \
			handshake $key $version
	done
done
finish
