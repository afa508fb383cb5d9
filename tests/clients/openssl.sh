# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL with keys of the token, through libp11's engine or through pkcs11-provider: the
# configuration, and what the openssl command does by it.  Sourced after common.sh.

url="pkcs11:token=$label"

# engine INIT: from now on through the engine; INIT is 1 for programs that initialise none.
engine() {
	through=engine
	init=$1
	engines=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')
	need libengine-pkcs11-openssl "$engines/pkcs11.so"
	by='-engine pkcs11 -keyform engine'
	by_authority='-engine pkcs11 -CAkeyform engine'
}

# provider: from now on through the provider, which needs no options.
provider() {
	through=provider
	modules=$(openssl version -m | sed 's/.*"\(.*\)"/\1/')
	need pkcs11-provider "$modules/pkcs11.so"
	by= by_authority=
}

# configure: with this run's module, openssl.conf.
configure() {
	cat > openssl.conf <<-END
		openssl_conf = init
		[init]
		${through}s = ${through}s
		[engines]
		pkcs11 = token
		[providers]
		default = own
		pkcs11 = token
		[own]
		activate = 1
		[req]
		distinguished_name = name
		[name]
		[token]
	END
	if [ $through = engine ]; then
		cat >> openssl.conf <<-END
			engine_id = pkcs11
			MODULE_PATH = $MODULE
			PIN = $PIN
			init = $init
		END
	else
		cat >> openssl.conf <<-END
			module = $modules/pkcs11.so
			pkcs11-module-path = $MODULE
			pkcs11-module-token-pin = $PIN
			pkcs11-module-quirks = no-deinit
			pkcs11-module-encode-provider-uri-to-pem = true
			activate = 1
		END
	fi
}

# with_token PROGRAM...
with_token() {
	configure
	OPENSSL_CONF="$work/openssl.conf" "$@"
}

# The command, on the token's key where it says so.
# shellcheck disable=SC2086
keyed() { # COMMAND ARGUMENT...
	command=$1
	shift
	with_token openssl "$command" $by "$@"
}

private() { # NAME
	echo "$url;object=$1;type=private"
}

# --- parts ----------------------------------------------------------------------

echo 'a text to be signed and sealed' > text

sign() { # NAME ARGUMENT...
	key=$1
	shift
	keyed dgst -sha256 "$@" -sign "$(private "$key")" -out signature text &&
		openssl dgst -sha256 "$@" -verify "$key.pub" -signature signature text
}

request() { # NAME ARGUMENT...
	key=$1
	shift
	keyed req -new -key "$(private "$key")" -subj "/CN=$key" -out request.pem "$@" &&
		openssl req -verify -noout -in request.pem &&
		openssl req -in request.pem -noout -pubkey | cmp - "$key.pub"
}

# The token's EC key certifies itself and then a request of the RSA key.
# shellcheck disable=SC2086
authority() {
	request rsa && keyed req -x509 -new -key "$(private ec)" -subj '/CN=an authority in the token' \
		-days 30 -addext basicConstraints=critical,CA:TRUE -out authority.pem &&
		with_token openssl x509 -req -in request.pem $by_authority -CA authority.pem \
			-CAkey "$(private ec)" -days 30 -set_serial 7 -out issued.pem &&
		openssl x509 -in authority.pem -noout -pubkey | cmp - ec.pub &&
		openssl verify -CAfile authority.pem issued.pem
}

open_cms() { # NAME ARGUMENT...
	key=$1
	shift
	openssl cms -encrypt -aes-256-cbc -binary -in text -out sealed.cms -recip "$key.pem" "$@" &&
		keyed cms -decrypt -recip "$key.pem" -inkey "$(private "$key")" -in sealed.cms -out opened &&
		cmp text opened
}

sign_cms() { # NAME
	keyed cms -sign -signer "$1.pem" -binary -nodetach -inkey "$(private "$1")" -in text -out signed.cms &&
		openssl cms -verify -binary -in signed.cms -CAfile ca.pem -purpose any -out verified &&
		cmp text verified
}

agree() { # NAME GENPKEY-ARGUMENT...
	key=$1
	shift
	openssl genpkey "$@" -out peer.pem && openssl pkey -in peer.pem -pubout -out peer.pub &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey "$key.pub" -out theirs &&
		keyed pkeyutl -derive -inkey "$(private "$key")" -peerkey peer.pub -out ours && cmp ours theirs
}

decrypt() { # ARGUMENT...
	openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in text -out sealed "$@" &&
		keyed pkeyutl -decrypt -inkey "$(private rsa)" -in sealed -out opened "$@" && cmp text opened
}

# handshake NAME OPTION: both ends have the token's key and show its certificate.
# shellcheck disable=SC2086
handshake() {
	at=$(free_port)
	configure
	start serv.log env OPENSSL_CONF="$work/openssl.conf" openssl s_server -accept "127.0.0.1:$at" $by \
		-cert "$1.pem" -key "$(private "$1")" -CAfile ca.pem -Verify 1 -verify_return_error "$2" -www
	until_true listening "$at" || return 1
	{ printf 'GET / HTTP/1.0\r\n\r\n'; sleep 1; } | keyed s_client -connect "127.0.0.1:$at" \
		-cert "$1.pem" -key "$(private "$1")" -CAfile ca.pem -verify_return_error "$2" -ign_eof > cli.log 2>&1
	status=$?
	stop "$pid"
	cat cli.log
	[ $status = 0 ] && grep -q 'HTTP/1.0 200 ok' cli.log && grep -q "^subject=CN *= *$1\$" cli.log &&
		grep -q "^depth=0 CN *= *$1" serv.log
}
