#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# GnuPG's gpgsm, with gnupg-pkcs11-scd in the place of its smart card daemon: it learns
# what is in the token, signs what openssl verifies, opens what openssl sealed.
set -u
. "$(dirname "$0")/common.sh"

client GnuPG gpgsm gnupg-pkcs11-scd
need gpgsm gpgsm gpgconf
need gpg-agent gpg-agent gpg-connect-agent
need gnupg-pkcs11-scd gnupg-pkcs11-scd

export GNUPGHOME="$work/gnupg"
echo 'a text to be signed and sealed' > text

# Whoever is asked for a PIN.
cat > pinentry <<'END'
#!/bin/sh
echo OK
while read -r command rest; do
	[ "$command" != GETPIN ] || echo "D $PIN"
	echo OK
	[ "$command" != BYE ] || exit
done
END
chmod +x pinentry

# learned COMMAND...: with agents of this run's own, which know the token.
learned() {
	rm -rf gnupg
	mkdir -m 0700 gnupg
	cat > gnupg/gpg-agent.conf <<-END
		scdaemon-program $(command -v gnupg-pkcs11-scd)
		pinentry-program $work/pinentry
		allow-mark-trusted
	END
	cat > gnupg/gnupg-pkcs11-scd.conf <<-END
		providers token
		provider-token-library $MODULE
	END
	echo disable-crl-checks > gnupg/gpgsm.conf
	openssl x509 -in ca.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/$/ S relax/' > gnupg/trustlist.txt
	gpgsm --batch --import ca.pem && gpgsm --batch --learn-card && "$@"
	status=$?
	gpgconf --kill all
	return $status
}

listed() {
	gpgsm --list-secret-keys > list && cat list && grep -q '/CN=rsa' list
}

sign() {
	gpgsm --batch --yes --local-user '/CN=rsa' --output signed --sign text &&
		gpgsm --batch --verify signed
}

# For another program.
verify() {
	openssl cms -verify -inform DER -in signed -CAfile ca.pem -purpose any -out verified &&
		cmp text verified
}

# One that openssl takes; see below.
sign_one() {
	for try in $(seq 20); do
		echo "text number $try" > text
		sign && verify && return
	done
	return 1
}

sign_all() {
	for try in $(seq 20); do
		echo "text number $try" > text
		sign && verify || return 1
	done
}

decrypt() { # CIPHER
	openssl cms -encrypt "$1" -binary -in text -outform DER -out sealed -recip rsa.pem &&
		gpgsm --batch --yes --output opened --decrypt sealed && cmp text opened
}

make_token
make_ca
make_identity rsa 01 RSA:2048 'sign decrypt' 'keyUsage = digitalSignature, keyEncipherment'

proves 'gpgsm --learn-card, and --list-secret-keys' C_FindObjects learned listed
proves 'gpgsm --sign' 'C_Login C_SignInit:CKM_[A-Z0-9_]*RSA_PKCS C_Sign' learned sign_one
# Every second or third signature.
fault 'gpgsm --sign: twenty signatures for openssl' \
	'GnuPG 2.2: it puts a zero before an RSA signature of a smart card that begins with a one bit, and takes that itself' \
	'wrong signature length' learned sign_all
proves 'gpgsm --decrypt' 'C_Login C_DecryptInit:CKM_RSA_PKCS C_Decrypt' learned decrypt -aes-256-cbc
finish
