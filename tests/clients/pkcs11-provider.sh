#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL through pkcs11-provider: keys made in the token, requests, a certification
# authority, CMS, key agreement, and TLS with both private keys in the token.
set -u
. "$(dirname "$0")/common.sh"

client 'OpenSSL, pkcs11-provider' openssl pkcs11-provider
need nginx-light nginx
. "$here/openssl.sh"
. "$here/website.sh"
provider

# --- parts ----------------------------------------------------------------------

list() {
	keyed storeutl -keys "$url;type=public" > listed && cat listed &&
		keyed storeutl -certs "$url" | grep -c '^-----BEGIN CERTIFICATE' | grep -qx 3
}

# generate ALGORITHM NAME ARGUMENT...: a pair in the token, whose public half can be read.
generate() {
	algorithm=$1
	key=$2
	shift 2
	tool --delete-object --type privkey --label "$key" > /dev/null 2>&1
	tool --delete-object --type pubkey --label "$key" > /dev/null 2>&1
	keyed genpkey -propquery '?provider=pkcs11' -algorithm "$algorithm" \
		-pkeyopt "pkcs11_uri:$url;object=$key" "$@" > made &&
		keyed pkey -pubin -in "$url;object=$key;type=public" -pubout -out "$key.pub" &&
		openssl pkey -pubin -in "$key.pub" -noout -text
}

sign_raw() { # NAME
	keyed pkeyutl -sign -rawin -inkey "$(private "$1")" -in text -out signature &&
		openssl pkeyutl -verify -rawin -pubin -inkey "$1.pub" -in text -sigfile signature
}

# encapsulated NAME: by the command alone, and opened with the token's key.
encapsulated() {
	openssl pkeyutl -encap -pubin -inkey "$1.pub" -secret theirs -out sealed &&
		keyed pkeyutl -decap -inkey "$(private "$1")" -in sealed -secret ours && cmp ours theirs
}

# self_signed NAME: a certificate, NAME.pem.
self_signed() {
	keyed req -x509 -new -key "$(private "$1")" -subj "/CN=$1" -days 30 -out "$1.pem" &&
		openssl verify -CAfile "$1.pem" "$1.pem"
}

# mldsa_handshake NAME: nobody has another certificate.
mldsa_handshake() {
	cat ca.pem "$1.pem" > both.pem && cp ca.pem other.pem && cp both.pem ca.pem &&
		handshake "$1" -tls1_3
	status=$?
	cp other.pem ca.pem
	return $status
}

# served NAME KEY: by nginx, with what it takes for the key, to each of its workers.
served() {
	port=$(free_port)
	configure
	nginx_conf <<-END
		server {
			listen 127.0.0.1:$port ssl;
			root $work/www;
			ssl_certificate $work/$1.pem;
			ssl_certificate_key "$2";
		}
	END
	nginx_up "$port" OPENSSL_CONF="$work/openssl.conf" || return 1
	for try in 1 2 3 4 5 6; do
		visit "$port" "$1" || return 1
	done
}

# A pair made for it, of which genpkey wrote a file that names it and holds nothing else.
served_by_file() {
	generate EC nginx-ec -pkeyopt ec_paramgen_curve:P-256 && cp made nginx-ec.key &&
		grep 'BEGIN PKCS#11 PROVIDER URI' nginx-ec.key &&
		openssl x509 -new -force_pubkey nginx-ec.pub -subj /CN=nginx-ec -CA ca.pem -CAkey ca.key \
			-days 30 -out nginx-ec.pem && served nginx-ec "$work/nginx-ec.key"
}

# The same file for a program that only takes files.
signed_by_file() {
	generate RSA file-rsa && cp made file-rsa.key && grep 'BEGIN PKCS#11 PROVIDER URI' file-rsa.key &&
		keyed dgst -sha256 -sign file-rsa.key -out signature text &&
		openssl dgst -sha256 -verify file-rsa.pub -signature signature text
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_identity rsa 01 RSA:2048 'sign decrypt'
make_identity ec 02 EC:prime256v1 'sign derive'
make_identity ec521 03 EC:secp521r1 'sign derive'
mkdir www
echo 'the page served' > www/index.html

proves 'storeutl: keys and certificates' C_FindObjects list
proves 'genpkey: RSA' C_GenerateKeyPair:CKM_RSA_PKCS_KEY_PAIR_GEN generate RSA new-rsa
proves 'genpkey: EC P-256' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate EC new-ec -pkeyopt ec_paramgen_curve:P-256
proves 'genpkey: EC P-521' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate EC new-ec521 -pkeyopt ec_paramgen_curve:P-521
proves 'genpkey: Ed25519' C_GenerateKeyPair generate ED25519 new-ed
proves 'dgst -sign: RSA' 'C_Sign[A-Za-z]*' sign rsa
proves 'dgst -sign: RSA-PSS' 'C_Sign[A-Za-z]*' sign rsa -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
proves 'dgst -sign: ECDSA, P-256' 'C_Sign[A-Za-z]*' sign ec
proves 'dgst -sign: ECDSA, P-521' 'C_Sign[A-Za-z]*' sign ec521
proves 'pkeyutl -sign: Ed25519' 'C_Sign[A-Za-z]*' sign_raw new-ed
proves 'req -new: RSA' 'C_Sign[A-Za-z]*' request rsa
proves 'req -new: RSA-PSS' 'C_Sign[A-Za-z]*' request rsa -sigopt rsa_padding_mode:pss
proves 'req -new: P-256' 'C_Sign[A-Za-z]*' request ec
proves 'req -new: P-521' 'C_Sign[A-Za-z]*' request ec521
proves 'x509 -req: an authority whose key is in the token' 'C_Sign[A-Za-z]*' authority
proves 'cms -sign: RSA' 'C_Sign[A-Za-z]*' sign_cms rsa
proves 'cms -sign: P-256' 'C_Sign[A-Za-z]*' sign_cms ec
proves 'cms -sign: P-521' 'C_Sign[A-Za-z]*' sign_cms ec521
proves 'cms -decrypt: RSA, PKCS#1 1.5' C_Decrypt open_cms rsa
proves 'cms -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	open_cms rsa -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256
proves 'cms -decrypt: ECDH, P-256' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec
proves 'cms -decrypt: ECDH, P-521' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec521
fault 'pkeyutl -decrypt: RSA-OAEP with SHA-256' \
	'pkcs11-provider 1.0 and 1.3: it does not know the padding by the name that pkeyutl gives' \
	'p11prov_rsaenc_decrypt:illegal or unsupported padding mode' \
	decrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256
proves 'pkeyutl -derive: ECDH, P-256' C_DeriveKey:CKM_ECDH1_DERIVE \
	agree ec -algorithm EC -pkeyopt group:P-256
proves 'pkeyutl -derive: ECDH, P-521' C_DeriveKey:CKM_ECDH1_DERIVE \
	agree ec521 -algorithm EC -pkeyopt group:P-521
proves 'dgst -sign: a key file that holds the URI' 'C_Sign[A-Za-z]*' signed_by_file
for option in -tls1_3 -tls1_2; do
	for key in $keys; do
		proves "s_server and s_client $option: both keys in the token, $(called_key $key)" 'C_Sign[A-Za-z]*' \
			handshake $key $option
	done
done

proves 'nginx: a key file that holds the URI' 'C_Sign[A-Za-z]*' served_by_file

# Debian 13 has 1.0.
if dpkg --compare-versions "$(dpkg-query -W -f '${Version}' pkcs11-provider)" ge 1.3; then
	proves 'nginx: the URI, as store:' 'C_Sign[A-Za-z]*' served ec "store:$(private ec)"
	proves 'genpkey: X25519' C_GenerateKeyPair generate X25519 new-x
	proves 'pkeyutl -derive: X25519' C_DeriveKey:CKM_ECDH1_DERIVE agree new-x -algorithm X25519
	proves 'genpkey: ML-KEM-768' C_GenerateKeyPair generate ML-KEM-768 new-kem
	# The key has never been anywhere else.
	holds 'pkeyutl -decap: ML-KEM-768' encapsulated new-kem
	skip "pkeyutl -decap: C_DecapsulateKey in pkcs11-spy's log" \
		"OpenSC's pkcs11-spy 0.27 has no C_DecapsulateKey"
	proves 'genpkey: ML-DSA-65' C_GenerateKeyPair generate ML-DSA-65 new-dsa
	proves 'pkeyutl -sign: ML-DSA-65' 'C_Sign[A-Za-z]*' sign_raw new-dsa
	proves 'req -x509: ML-DSA-65' 'C_Sign[A-Za-z]*' self_signed new-dsa
	proves 's_server and s_client -tls1_3: both keys in the token, ML-DSA-65' 'C_Sign[A-Za-z]*' \
		mldsa_handshake new-dsa
fi
finish
