#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The module as OpenSC's pkcs11-tool uses it: its own tests, keys made, listed and
# used, secrets agreed with the openssl command, and forty of it at once (four hundred with
# HANDFAST_SOAK).
set -u

if ! command -v pkcs11-tool > /dev/null || ! command -v openssl > /dev/null; then
	echo '1..0 # SKIP pkcs11-tool or openssl is missing (Debian: apt-get install opensc openssl)'
	exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 99

printf 'kdf-cost = 14\nlog = %s/log\n' "$work" > handfast.conf
export HANDFAST_CONF="$work/handfast.conf" HANDFAST_STORE="$work/store"
export PIN='test user pin' SO_PIN='test so pin'
label='a token'

# --- telling ------------------------------------------------------------------

number=0

# report STATUS NAME: one line of TAP; what was said last is shown where it failed.
report() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		sed 's/^/# /' said
	fi
}

# holds NAME COMMAND...: the command succeeds.
holds() {
	name=$1
	shift
	"$@" > said 2>&1
	report $? "$name"
}

# --- the tool -----------------------------------------------------------------

# A module built with a sanitizer needs its runtime first; the tool's own leaks are not ours.
bare_tool() {
	LD_PRELOAD=${SANITIZER_PRELOAD:-} ASAN_OPTIONS=detect_leaks=0 \
		pkcs11-tool --module "$HANDFAST_MODULE" "$@"
}

tool() {
	bare_tool --token-label "$label" --login --pin env:PIN "$@"
}

# prints PATTERN COMMAND...: succeeds, and the pattern is in what it prints.
prints() {
	pattern=$1
	shift
	"$@" > printed 2>&1 || { cat printed; return 1; }
	cat printed
	grep -q -e "$pattern" printed
}

# lacks PATTERN COMMAND...: succeeds, and the pattern is not there.
lacks() {
	pattern=$1
	shift
	"$@" > printed 2>&1 || { cat printed; return 1; }
	cat printed
	! grep -q -e "$pattern" printed
}

# --- parts --------------------------------------------------------------------

make_token() {
	bare_tool --init-token --slot-index 0 --label "$label" --so-pin env:SO_PIN &&
		bare_tool --token-label "$label" --login --login-type so --so-pin env:SO_PIN \
			--init-pin --new-pin env:PIN
}

# ec_pair CURVE ID USAGE: makes a key pair; the public key as openssl takes it goes to
# $2.pub.  (pkcs11-tool 0.23 cannot export one on P-384: "cannot create EVP_PKEY",
# whatever the module.)
ec_pair() {
	tool --keypairgen --key-type "EC:$1" --id "$2" --label "ec $2" "--usage-$3" > listed ||
		return 1
	point=$(sed -n 's/^ *EC_POINT: *\([0-9a-f]*\)$/\1/p' listed)
	# without the OCTET STRING around it, whose length takes a second byte on P-521
	case $point in
	0481*) point=${point#??????} ;;
	*) point=${point#????} ;;
	esac
	cat > spki.conf <<-END
		asn1 = SEQUENCE:spki
		[spki]
		algorithm = SEQUENCE:algorithm
		key = FORMAT:HEX,BITSTRING:$point
		[algorithm]
		type = OID:id-ecPublicKey
		curve = OID:$1
	END
	openssl asn1parse -genconf spki.conf -noout -out spki.der &&
		openssl pkey -pubin -inform DER -in spki.der -out "$2.pub"
}

# agree CURVE ID: the token and openssl come to the same secret.
agree() {
	ec_pair "$1" "$2" derive &&
		openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$1" -out other.pem &&
		openssl pkey -in other.pem -pubout -outform DER -out other.der &&
		openssl pkeyutl -derive -inkey other.pem -peerkey "$2.pub" -out theirs &&
		tool --derive --mechanism ECDH1-DERIVE --id "$2" --input-file other.der \
			--output-file ours &&
		cmp ours theirs
}

sign_rsa() {
	tool --sign --mechanism SHA256-RSA-PKCS --id 01 --input-file text --output-file signature &&
		tool --read-object --type pubkey --id 01 --output-file rsa.der &&
		openssl pkey -pubin -inform DER -in rsa.der -out rsa.pub &&
		openssl dgst -sha256 -verify rsa.pub -signature signature text
}

sign_ec() {
	openssl dgst -sha256 -binary -out hash text &&
		ec_pair prime256v1 14 sign &&
		tool --sign --mechanism ECDSA --id 14 --input-file hash --signature-format openssl \
			--output-file signature &&
		openssl pkeyutl -verify -pubin -inkey 14.pub -in hash -sigfile signature
}

decrypt_oaep() {
	openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in text -out sealed \
		-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 \
		-pkeyopt rsa_mgf1_md:sha256 &&
		tool --decrypt --mechanism RSA-PKCS-OAEP --hash-algorithm SHA256 --mgf MGF1-SHA256 \
			--id 01 --input-file sealed --output-file opened &&
		cmp text opened
}

write_certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj '/CN=somebody' -outform DER \
		-out certificate &&
		tool --write-object certificate --type cert --id 0a --label 'a certificate' &&
		bare_tool --token-label "$label" --read-object --type cert --id 0a --output-file back &&
		cmp certificate back
}

write_data() {
	tool --write-object text --type data --label 'some data' --application-label test &&
		tool --read-object --type data --label 'some data' --output-file back &&
		cmp text back
}

# A key made elsewhere comes in, and works.
import_key() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER -out import.der &&
		tool --write-object import.der --type privkey --id 0b --label imported --usage-sign &&
		tool --sign --mechanism ECDSA --id 0b --input-file hash --signature-format openssl \
			--output-file signature &&
		openssl pkeyutl -verify -inkey import.der -keyform DER -in hash -sigfile signature
}

# set_pin FROM TO
set_pin() {
	(PIN=$1 NEW_PIN=$2 && export NEW_PIN && tool --change-pin --new-pin env:NEW_PIN)
}

change_pin() {
	set_pin "$PIN" 'another pin' && ! tool --list-objects && set_pin 'another pin' "$PIN"
}

# Its own tests of these two ask for a session that may only read, where it is not told otherwise.
ec_test() {
	tool --test-ec --session-rw --key-type EC:secp384r1 --id 0a
}

# What a browser of 2003 did: a key pair, a certificate for it, names and ids changed.
browser() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout moz.key -subj /CN=browser -outform DER \
		-out moz.der 2> /dev/null && tool --moz-cert moz.der --session-rw --key-type RSA:2048 --id 0b
}

# Threads that each call C_Initialize and look at the slots while the tool itself
# makes a key, which takes long enough: it waits half a minute for threads that
# are still busy when it is done.  By slot, since the tool reads all labels into one
# buffer that its threads share, and may miss the one it looks for.
threads() {
	bare_tool --slot 0 --login --pin env:PIN \
		--test-threads IL:GISLT0 --test-threads IN:GISLT0 --test-threads IL:GISLT0:GISLT0 \
		--keypairgen --key-type RSA:3072 --id 04 --usage-sign > threads.out 2>&1 || return 1
	cat threads.out
	# In the words of OpenSC 0.23, and of 0.26, which no longer gives a sum.
	[ "$(grep -acE 'returning rv( = 0|:CKR_OK)$' threads.out)" = 3 ]
}

# Many at once: every process makes a key, and each of them is there afterwards.
parallel() {
	count=${HANDFAST_SOAK:+400}
	count=${count:-40}
	: > failures
	i=0
	while [ $i -lt $count ]; do
		i=$((i + 1))
		(tool --keygen --key-type AES:32 --id "$(printf %04x $i)" --label "p$i" \
			> "parallel.$i" 2>&1 || echo "$i" >> failures) &
	done
	wait
	for i in $(cat failures); do
		cat "parallel.$i"
	done
	[ ! -s failures ] && [ "$(tool --list-objects --type secrkey | grep -c '^Secret Key')" = $count ]
}

# --- the tests ----------------------------------------------------------------

echo 'a text to be signed, sealed and kept' > text

echo 1..25
holds 'a fresh machine has one slot' prints 'uninitialized' bare_tool --list-slots
holds 'a token is made' make_token
holds 'it is listed' prints "token label *: $label" bare_tool --list-token-slots
holds 'mechanisms are listed' prints ECDH1-DERIVE bare_tool --list-mechanisms
holds 'an RSA key pair is made' tool --keypairgen --key-type RSA:2048 --id 01 --label rsa \
	--usage-sign --usage-decrypt
holds 'an EC key pair is made' tool --keypairgen --key-type EC:prime256v1 --id 02 --label ec \
	--usage-sign --usage-derive
holds 'its own tests pass' prints '^No errors' tool --test
holds 'its test of a fork passes' tool --test-fork
holds 'its test of threads passes' threads
holds 'its test of EC keys passes' prints '^==> OK' ec_test
holds 'its test of what a browser does passes' prints '^==> OK' browser
holds 'a secret is agreed on P-256' agree prime256v1 11
holds 'a secret is agreed on P-384' agree secp384r1 12
holds 'a secret is agreed on P-521' agree secp521r1 13
holds 'openssl verifies an RSA signature' sign_rsa
holds 'openssl verifies an ECDSA signature' sign_ec
holds 'what openssl sealed by OAEP is opened' decrypt_oaep
holds 'a certificate is kept, and read without a login' write_certificate
holds 'data is kept' write_data
holds 'a private key is imported and signs' import_key
holds 'private keys are listed with a login' prints 'Private Key Object' tool --list-objects
holds 'none is listed without' lacks 'Private Key Object' \
	bare_tool --token-label "$label" --list-objects
holds 'the PIN is changed' change_pin
holds 'an object is deleted' tool --delete-object --type cert --id 0a
holds 'many processes make keys at once' parallel
