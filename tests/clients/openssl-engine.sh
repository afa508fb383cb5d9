#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL through libp11's engine: signatures, requests, a certification authority,
# CMS, key agreement, and TLS with both private keys in the token.
set -u
. "$(dirname "$0")/common.sh"

client 'OpenSSL, libp11 engine' openssl libengine-pkcs11-openssl
. "$here/openssl.sh"
engine 0

make_token
make_ca
make_identity rsa 01 RSA:2048 'sign decrypt'
make_identity ec 02 EC:prime256v1 'sign derive'
make_identity ec521 03 EC:secp521r1 'sign derive'

proves 'dgst -sign: RSA' C_Sign sign rsa
proves 'dgst -sign: RSA-PSS' C_Sign sign rsa -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
proves 'dgst -sign: ECDSA, P-256' C_SignInit:CKM_ECDSA sign ec
proves 'dgst -sign: ECDSA, P-521' C_SignInit:CKM_ECDSA sign ec521
proves 'req -new: RSA' C_Sign request rsa
proves 'req -new: RSA-PSS' C_Sign request rsa -sigopt rsa_padding_mode:pss
proves 'req -new: P-256' C_SignInit:CKM_ECDSA request ec
proves 'req -new: P-521' C_SignInit:CKM_ECDSA request ec521
proves 'x509 -req: an authority whose key is in the token' C_SignInit:CKM_ECDSA authority
proves 'cms -sign: RSA' C_Sign sign_cms rsa
proves 'cms -sign: P-256' C_SignInit:CKM_ECDSA sign_cms ec
proves 'cms -sign: P-521' C_SignInit:CKM_ECDSA sign_cms ec521
proves 'cms -decrypt: RSA, PKCS#1 1.5' C_Decrypt open_cms rsa
proves 'cms -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	open_cms rsa -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256
proves 'cms -decrypt: ECDH, P-256' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec
proves 'cms -decrypt: ECDH, P-521' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec521
proves 'pkeyutl -decrypt: RSA-OAEP with SHA-1' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	decrypt -pkeyopt rsa_padding_mode:oaep
proves 'pkeyutl -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	decrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256
proves 'pkeyutl -derive: ECDH, P-256' C_DeriveKey:CKM_ECDH1_DERIVE agree ec -algorithm EC -pkeyopt group:P-256
proves 'pkeyutl -derive: ECDH, P-521' C_DeriveKey:CKM_ECDH1_DERIVE agree ec521 -algorithm EC -pkeyopt group:P-521
for option in -tls1_3 -tls1_2; do
	for key in $keys; do
		proves "s_server and s_client $option: both keys in the token, $(called_key $key)" "$(signed $key)" \
			handshake $key $option
	done
done
finish
