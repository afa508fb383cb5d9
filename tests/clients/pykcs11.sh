#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# PyKCS11: keys made, signatures, agreement, key transport and wrap, from Python; each
# outcome is checked by the openssl command.
set -u
. "$(dirname "$0")/common.sh"

client PyKCS11 python3-pykcs11
need python3-pykcs11 /usr/bin/python3
/usr/bin/python3 -c 'import PyKCS11' 2> /dev/null ||
	skip_all 'PyKCS11 is missing (Debian: apt-get install python3-pykcs11)'

echo 'a text to be signed and sealed' > text

program() {
	/usr/bin/python3 "$here/pykcs11-client" "$MODULE" "$label" "$@"
}

sign_ec() {
	program sign-ec < text > signature &&
		openssl dgst -sha256 -verify ec.pub -signature signature text
}

sign_pss() {
	program sign-pss < text > signature &&
		openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 \
			-verify rsa.pub -signature signature text
}

agree() {
	openssl genpkey -algorithm EC -pkeyopt group:P-256 -out peer.pem &&
		openssl pkey -in peer.pem -pubout -outform DER -out peer.der &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey ec.pub -out theirs &&
		tail -c 65 peer.der | program agree > ours && cmp ours theirs
}

decrypt() {
	openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in text -out sealed \
		-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 &&
		program decrypt < sealed | cmp text -
}

make_token
make_key rsa 01 RSA:2048 --usage-sign --usage-decrypt
make_key ec 02 EC:prime256v1 --usage-sign --usage-derive

proves 'sign: ECDSA with SHA-256' C_SignInit:CKM_ECDSA_SHA256 sign_ec
proves 'sign: RSA-PSS with SHA-256' C_SignInit:CKM_SHA256_RSA_PKCS_PSS sign_pss
proves 'deriveKey: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE agree
proves 'decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP decrypt
proves 'generateKeyPair, and destroyObject' \
	'C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN C_DestroyObject' program generate
proves 'wrapKey and unwrapKey: AES key wrap' 'C_WrapKey:CKM_AES_KEY_WRAP C_UnwrapKey:CKM_AES_KEY_WRAP' \
	program wrap
finish
