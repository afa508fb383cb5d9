#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Java's SunPKCS11 provider, configured with nothing but a name, the module and the
# slot: keytool's key pairs, list and requests; what a program gets from Signature,
# KeyAgreement, Cipher and Mac; TLS with both private keys in the token.
set -u
. "$(dirname "$0")/common.sh"

client 'Java SunPKCS11' openjdk-17-jre-headless openjdk-21-jre-headless openjdk-25-jre-headless
need default-jdk-headless java javac keytool

make_token
# Started often and for moments: neither a second compiler nor shared archives help.
export JAVA_TOOL_OPTIONS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto'

configure() {
	cat > provider.cfg <<-END
		name = Token
		library = $MODULE
		slotListIndex = 0
	END
}

keys() {
	configure
	keytool -J-Djava.util.prefs.userRoot="$work/home" -keystore NONE -storetype PKCS11 \
		-providerClass sun.security.pkcs11.SunPKCS11 -providerArg provider.cfg \
		-storepass "$PIN" "$@" 2>&1 | grep -v '^Picked up' > told
	cat told
	! grep -q 'keytool error\|Exception' told
}

# --- parts ----------------------------------------------------------------------

# A certificate made by the key itself shows that the key is there and signs.
generate() { # ALIAS ARGUMENTS...
	alias=$1
	shift
	keys -delete -alias "$alias" > /dev/null
	keys -genkeypair -alias "$alias" -dname "CN=$alias" -validity 30 "$@" &&
		keys -exportcert -alias "$alias" -rfc -file "$alias.pem" &&
		openssl verify -check_ss_sig -CAfile "$alias.pem" "$alias.pem"
}

list() {
	keys -list && grep -q '^rsa, PrivateKeyEntry' told && grep -q '^ec, PrivateKeyEntry' told
}

request() { # ALIAS
	keys -certreq -alias "$1" -file request.pem && openssl req -verify -noout -in request.pem &&
		openssl req -in request.pem -noout -pubkey > request.pub &&
		openssl x509 -in "$1.pem" -noout -pubkey | cmp - request.pub
}

delete() {
	keys -genkeypair -alias gone -dname CN=gone -keyalg EC -groupname secp256r1 &&
		keys -delete -alias gone && keys -list && ! grep -q '^gone' told
}

program() { # PART
	configure
	java -cp classes Client provider.cfg "$PIN" "$@"
}

# --- the tests ------------------------------------------------------------------

set_up javac -d classes "$here/Client.java"

asks_for_any_interface
# Without the provider's name Java makes an RSA pair itself and imports it.
proves 'keytool -genkeypair: RSA 2048' \
	'C_GenerateKeyPair:CKM_RSA_PKCS_KEY_PAIR_GEN C_SignInit:CKM_SHA[0-9]*_RSA_PKCS' \
	generate rsa -providerName SunPKCS11-Token -keyalg RSA -keysize 2048
proves 'keytool -genkeypair: P-256' \
	'C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN C_SignInit:CKM_ECDSA_SHA[0-9]*' \
	generate ec -providerName SunPKCS11-Token -keyalg EC -groupname secp256r1
proves 'keytool -genkeypair: P-521' \
	'C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN C_SignInit:CKM_ECDSA[_A-Z0-9]*' \
	generate ec521 -providerName SunPKCS11-Token -keyalg EC -groupname secp521r1
proves 'keytool -list' C_FindObjects list
proves 'keytool -certreq: RSA' 'C_SignInit:CKM_SHA[0-9]*_RSA_PKCS' request rsa
proves 'keytool -certreq: EC' 'C_SignInit:CKM_ECDSA_SHA[0-9]*' request ec
proves 'keytool -delete' C_DestroyObject delete
proves 'Signature: SHA256withRSA' C_SignInit:CKM_SHA256_RSA_PKCS \
	program sign rsa SHA256withRSA
proves 'Signature: RSASSA-PSS with SHA-256' C_SignInit:CKM_RSA_PKCS_PSS \
	program sign rsa RSASSA-PSS
proves 'Signature: SHA384withECDSA' C_SignInit:CKM_ECDSA_SHA384 \
	program sign ec SHA384withECDSA
proves 'Signature: SHA512withECDSA, P-521' 'C_SignInit:CKM_ECDSA[_A-Z0-9]*' \
	program sign ec521 SHA512withECDSA
proves "KeyAgreement: ECDH with the token's key, P-521" C_DeriveKey:CKM_ECDH1_DERIVE program agree ec521
proves "KeyAgreement: ECDH with the token's key, P-256" C_DeriveKey:CKM_ECDH1_DERIVE program agree ec
proves 'KeyAgreement: ECDH with keys made for it, P-256' C_DeriveKey:CKM_ECDH1_DERIVE \
	program ephemeral EC secp256r1
proves 'KeyAgreement: ECDH with keys made for it, P-521' C_DeriveKey:CKM_ECDH1_DERIVE \
	program ephemeral EC secp521r1
proves 'KeyAgreement: DH 2048 with keys made for it' C_DeriveKey:CKM_DH_PKCS_DERIVE \
	program ephemeral DH 2048
proves 'Cipher: an AES key unwrapped by RSA' C_DecryptInit:CKM_RSA_PKCS program unwrap rsa
# Java tries CK_GCM_PARAMS of PKCS#11 2.20 first, of 40 bytes, where pkcs11-spy reads 48
# and crashes.  The provider has no AES of its own, so this one needs no spy.
holds 'Cipher: AES-GCM' program cipher AES/GCM/NoPadding
proves 'Cipher: AES-CBC' 'C_EncryptInit:CKM_AES_CBC_PAD C_DecryptInit:CKM_AES_CBC_PAD' \
	program cipher AES/CBC/PKCS5Padding
proves 'Mac: HmacSHA256' C_SignInit:CKM_SHA256_HMAC program mac
for version in 1.3 1.2; do
	for key in $keys; do
		proves "TLS $version: both keys in the token, $(called_key $key)" "$(signed $key)" \
			program tls $key TLSv$version
	done
done
finish
