#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL through pkcs11-provider: keys made in the token, requests, a certification
# authority, CMS, key agreement, and TLS with both private keys in the token.
set -u
. "$(dirname "$0")/common.sh"

client 'OpenSSL, pkcs11-provider' openssl pkcs11-provider
modules=$(openssl version -m | sed 's/.*"\(.*\)"/\1/')
need pkcs11-provider "$modules/pkcs11.so"

url="pkcs11:token=$label"
echo 'a text to be signed and sealed' > text

# The command with the provider and this run's module in its configuration.
provided() {
	cat > provider.conf <<-END
		openssl_conf = init
		[init]
		providers = providers
		[providers]
		default = own
		pkcs11 = token
		[own]
		activate = 1
		[token]
		module = $modules/pkcs11.so
		pkcs11-module-path = $MODULE
		pkcs11-module-token-pin = $PIN
		pkcs11-module-quirks = no-deinit
		pkcs11-module-encode-provider-uri-to-pem = true
		activate = 1
		[req]
		distinguished_name = name
		[name]
	END
	OPENSSL_CONF="$work/provider.conf" openssl "$@"
}

# --- parts ----------------------------------------------------------------------

list() {
	provided storeutl -keys "$url;type=public" > listed && cat listed &&
		provided storeutl -certs "$url" | grep -c '^-----BEGIN CERTIFICATE' | grep -qx 2
}

# generate ALGORITHM NAME ARGUMENTS...: a pair in the token, whose public half can be read.
generate() {
	algorithm=$1
	key=$2
	shift 2
	tool --delete-object --type privkey --label "$key" > /dev/null 2>&1
	tool --delete-object --type pubkey --label "$key" > /dev/null 2>&1
	provided genpkey -propquery '?provider=pkcs11' -algorithm "$algorithm" \
		-pkeyopt "pkcs11_uri:$url;object=$key" "$@" > made &&
		provided pkey -pubin -in "$url;object=$key;type=public" -pubout -out "$key.pub" &&
		openssl pkey -pubin -in "$key.pub" -noout -text
}

sign() { # NAME ARGUMENTS...
	key=$1
	shift
	provided dgst -sha256 "$@" -sign "$url;object=$key;type=private" -out signature text &&
		openssl dgst -sha256 "$@" -verify "$key.pub" -signature signature text
}

sign_raw() { # NAME
	provided pkeyutl -sign -rawin -inkey "$url;object=$1;type=private" -in text -out signature &&
		openssl pkeyutl -verify -rawin -pubin -inkey "$1.pub" -in text -sigfile signature
}

request() { # NAME ARGUMENTS...
	key=$1
	shift
	provided req -new -key "$url;object=$key;type=private" -subj "/CN=$key" -out request.pem "$@" &&
		openssl req -verify -noout -in request.pem &&
		openssl req -in request.pem -noout -pubkey | cmp - "$key.pub"
}

authority() {
	request rsa && provided req -x509 -new -key "$url;object=ec;type=private" \
		-subj '/CN=an authority in the token' -days 30 \
		-addext basicConstraints=critical,CA:TRUE -out authority.pem &&
		provided x509 -req -in request.pem -CA authority.pem \
			-CAkey "$url;object=ec;type=private" -days 30 -set_serial 7 -out issued.pem &&
		openssl verify -CAfile authority.pem issued.pem
}

open_cms() { # NAME ARGUMENTS...
	key=$1
	shift
	openssl cms -encrypt -aes-256-cbc -binary -in text -out sealed.cms -recip "$key.pem" "$@" &&
		provided cms -decrypt -recip "$key.pem" -inkey "$url;object=$key;type=private" \
			-in sealed.cms -out opened && cmp text opened
}

sign_cms() { # NAME
	provided cms -sign -signer "$1.pem" -binary -nodetach -inkey "$url;object=$1;type=private" \
		-in text -out signed.cms &&
		openssl cms -verify -binary -in signed.cms -CAfile ca.pem -purpose any -out verified &&
		cmp text verified
}

agree() { # NAME GENERATE-ARGUMENTS...
	key=$1
	shift
	openssl genpkey "$@" -out peer.pem && openssl pkey -in peer.pem -pubout -out peer.pub &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey "$key.pub" -out theirs &&
		provided pkeyutl -derive -inkey "$url;object=$key;type=private" -peerkey peer.pub \
			-out ours && cmp ours theirs
}

decrypt() { # ARGUMENTS...
	openssl pkeyutl -encrypt -pubin -inkey rsa.pub -in text -out sealed "$@" &&
		provided pkeyutl -decrypt -inkey "$url;object=rsa;type=private" -in sealed -out opened "$@" &&
		cmp text opened
}

# handshake NAME OPTION
handshake() {
	at=$(free_port)
	provided version > /dev/null # writes the configuration
	start serv.log env OPENSSL_CONF="$work/provider.conf" openssl s_server \
		-accept "127.0.0.1:$at" -cert "$1.pem" -key "$url;object=$1;type=private" \
		-CAfile ca.pem -Verify 1 -verify_return_error "$2" -www
	serving=$pid
	until_true listening "$at" || { cat serv.log; stop "$serving"; return 1; }
	{ printf 'GET / HTTP/1.0\r\n\r\n'; sleep 1; } | provided s_client -connect "127.0.0.1:$at" \
		-cert "$1.pem" -key "$url;object=$1;type=private" -CAfile ca.pem \
		-verify_return_error "$2" -ign_eof > cli.log 2>&1
	status=$?
	stop "$serving"
	cat serv.log cli.log
	[ $status = 0 ] && grep -q 'HTTP/1.0 200 ok' cli.log && grep -q "CN *= *$1" cli.log &&
		grep -q "^depth=0 CN *= *$1" serv.log
}

# encapsulated NAME: by the command alone, and opened with the token's key.
encapsulated() {
	openssl pkeyutl -encap -pubin -inkey "$1.pub" -secret theirs -out sealed &&
		provided pkeyutl -decap -inkey "$url;object=$1;type=private" -in sealed -secret ours &&
		cmp ours theirs
}

# self_signed NAME: a certificate, NAME.pem.
self_signed() {
	provided req -x509 -new -key "$url;object=$1;type=private" -subj "/CN=$1" -days 30 \
		-out "$1.pem" && openssl verify -CAfile "$1.pem" "$1.pem"
}

# mldsa_handshake NAME: nobody has another certificate.
mldsa_handshake() {
	cat ca.pem "$1.pem" > both.pem && cp ca.pem other.pem && cp both.pem ca.pem &&
		handshake "$1" -tls1_3
	status=$?
	cp other.pem ca.pem
	return $status
}

# served NAME KEY: by nginx, with what it takes for the key.
served() {
	at=$(free_port)
	provided version > /dev/null # writes the configuration
	mkdir -p www
	echo 'the page served' > www/index.html
	cat > nginx.conf <<-END
		daemon off;
		$([ "$(id -u)" != 0 ] || echo 'user root;')
		pid $work/nginx.pid;
		error_log stderr;
		worker_processes 2;
		env OPENSSL_CONF;
		env PKCS11SPY;
		env PKCS11SPY_OUTPUT;
		env HANDFAST_CONF;
		env HANDFAST_STORE;
		env HOME;
		events { worker_connections 64; }
		http {
			access_log off;
			client_body_temp_path $work/temp;
			proxy_temp_path $work/temp;
			fastcgi_temp_path $work/temp;
			uwsgi_temp_path $work/temp;
			scgi_temp_path $work/temp;
			server {
				listen 127.0.0.1:$at ssl;
				root $work/www;
				ssl_certificate $work/$1.pem;
				ssl_certificate_key "$2";
				ssl_session_cache off;
				ssl_session_tickets off;
			}
		}
	END
	start nginx.log env OPENSSL_CONF="$work/provider.conf" nginx -e stderr -p "$work" -c "$work/nginx.conf"
	serving=$pid
	until_true listening "$at"
	for try in 1 2 3 4 5 6; do
		printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -connect "127.0.0.1:$at" \
			-CAfile ca.pem -verify_return_error -ign_eof > visit.log 2>&1 &&
			grep -q 'the page served' visit.log && grep -q "^subject=CN *= *$1" visit.log || break
	done
	status=$?
	[ $status = 0 ] || cat nginx.log visit.log
	stop "$serving"
	return $status
}

# A pair made for it, of which genpkey wrote a file that names it and holds nothing else.
served_by_file() {
	generate EC nginx-ec -pkeyopt ec_paramgen_curve:P-256 && cp made nginx-ec.key &&
		grep 'BEGIN PKCS#11 PROVIDER URI' nginx-ec.key &&
		openssl x509 -new -force_pubkey nginx-ec.pub -subj /CN=nginx-ec -CA ca.pem -CAkey ca.key \
			-days 30 -out nginx-ec.pem && served nginx-ec "$work/nginx-ec.key"
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_key rsa 01 RSA:2048 --usage-sign --usage-decrypt
make_key ec 02 EC:prime256v1 --usage-sign --usage-derive
certify rsa 01
certify ec 02

proves 'storeutl: keys and certificates' C_FindObjects list
proves 'genpkey: RSA' C_GenerateKeyPair:CKM_RSA_PKCS_KEY_PAIR_GEN generate RSA new-rsa
proves 'genpkey: EC P-256' C_GenerateKeyPair:CKM_EC_KEY_PAIR_GEN \
	generate EC new-ec -pkeyopt ec_paramgen_curve:P-256
proves 'genpkey: Ed25519' C_GenerateKeyPair generate ED25519 new-ed
proves 'dgst -sign: RSA' 'C_Sign[A-Za-z]*' sign rsa
proves 'dgst -sign: RSA-PSS' 'C_Sign[A-Za-z]*' sign rsa -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
proves 'dgst -sign: ECDSA' 'C_Sign[A-Za-z]*' sign ec
proves 'pkeyutl -sign: Ed25519' 'C_Sign[A-Za-z]*' sign_raw new-ed
proves 'req -new: RSA' 'C_Sign[A-Za-z]*' request rsa
proves 'req -new: RSA-PSS' 'C_Sign[A-Za-z]*' request rsa -sigopt rsa_padding_mode:pss
proves 'req -new: EC' 'C_Sign[A-Za-z]*' request ec
proves 'x509 -req: an authority whose key is in the token' 'C_Sign[A-Za-z]*' authority
proves 'cms -sign: RSA' 'C_Sign[A-Za-z]*' sign_cms rsa
proves 'cms -sign: EC' 'C_Sign[A-Za-z]*' sign_cms ec
proves 'cms -decrypt: RSA, PKCS#1 1.5' C_Decrypt open_cms rsa
proves 'cms -decrypt: RSA-OAEP with SHA-256' C_DecryptInit:CKM_RSA_PKCS_OAEP \
	open_cms rsa -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256
proves 'cms -decrypt: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE open_cms ec
fault 'pkeyutl -decrypt: RSA-OAEP with SHA-256' \
	'pkcs11-provider 1.0 and 1.3: it does not know the padding by the name that pkeyutl gives' \
	'p11prov_rsaenc_decrypt:illegal or unsupported padding mode' \
	decrypt -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256
proves 'pkeyutl -derive: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE \
	agree ec -algorithm EC -pkeyopt group:P-256
for option in -tls1_3 -tls1_2; do
	for key in rsa ec; do
		proves "s_server and s_client $option: both keys in the token, $key" 'C_Sign[A-Za-z]*' \
			handshake $key $option
	done
done

if command -v nginx > /dev/null; then
	proves 'nginx: a key file that holds the URI' 'C_Sign[A-Za-z]*' served_by_file
else
	skip 'nginx: a key file that holds the URI' 'nginx is missing (Debian: apt-get install nginx-light)'
fi

# Debian 13 has 1.0.
if dpkg --compare-versions "$(dpkg-query -W -f '${Version}' pkcs11-provider)" ge 1.3; then
	proves 'nginx: the URI, as store:' 'C_Sign[A-Za-z]*' served ec "store:$url;object=ec;type=private"
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
