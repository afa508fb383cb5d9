#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# nginx and stunnel with their TLS keys in the token, through libp11's engine: the
# master process loads the keys and logs in, workers that it forks sign.
set -u
. "$(dirname "$0")/common.sh"

client 'nginx and stunnel' nginx stunnel4 libengine-pkcs11-openssl
need stunnel4 stunnel
. "$here/openssl.sh"
. "$here/website.sh"
engine 1

mkdir www
echo 'the page served' > www/index.html

# stunnel has both ends: a server with the token's key before nginx's plain port, and a
# client with the token's other key that leads to it.
stunnel_conf() {
	cat > stunnel.conf <<-END
		foreground = yes
		pid =
		engine = pkcs11
		engineCtrl = MODULE_PATH:$MODULE
		engineCtrl = PIN:$PIN
		engineNum = 1
		CAfile = $work/ca.pem
		verifyChain = yes
		[server]
		accept = 127.0.0.1:$outer
		connect = 127.0.0.1:$plain
		cert = $url;object=rsa;type=cert
		key = $(private rsa)
		[client]
		client = yes
		accept = 127.0.0.1:$inner
		connect = 127.0.0.1:$outer
		cert = $url;object=ec;type=cert
		key = $(private ec)
	END
}

serve() {
	configure
	nginx_conf <<-END
		root $work/www;
		server {
			listen 127.0.0.1:$port ssl;
			ssl_certificate $work/rsa.pem;
			ssl_certificate_key "engine:pkcs11:$(private rsa)";
			ssl_certificate $work/ec.pem;
			ssl_certificate_key "engine:pkcs11:$(private ec)";
			ssl_protocols TLSv1.2 TLSv1.3;
		}
		server {
			listen 127.0.0.1:$other ssl;
			ssl_certificate $work/ec521.pem;
			ssl_certificate_key "engine:pkcs11:$(private ec521)";
			ssl_protocols TLSv1.2 TLSv1.3;
		}
		server {
			listen 127.0.0.1:$plain;
		}
	END
	nginx_up "$port" OPENSSL_CONF="$work/openssl.conf" && serving=$pid && "$@"
}

visits() {
	visit "$port" rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256 && visit "$port" ec -tls1_3 -sigalgs ECDSA+SHA256 &&
		visit "$port" rsa -tls1_2 -sigalgs RSA+SHA256 && visit "$port" ec -tls1_2 -sigalgs ECDSA+SHA256
}

visits_521() {
	visit "$other" ec521 -tls1_3 -sigalgs ECDSA+SHA512 && visit "$other" ec521 -tls1_2 -sigalgs ECDSA+SHA512
}

# New workers, which log in anew, without a new master.
reload() {
	visit "$port" rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256 && before=$(workers) && kill -HUP "$serving" &&
		until_true renewed && visit "$port" rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256
}

workers() {
	cat "/proc/$serving/task/$serving/children"
}

# Two others, and none of those before.
renewed() {
	for worker in $(workers); do
		case " $before " in *" $worker "*) return 1 ;; esac
	done
	[ "$(workers | wc -w)" = 2 ]
}

# Every one of forty handshakes, by whichever worker.
crowd() {
	for try in $(seq 40); do
		visit "$port" ec -tls1_3 -sigalgs ECDSA+SHA256 || return 1
	done
}

tunnel() {
	stunnel_conf
	start stunnel.log stunnel stunnel.conf
	until_true listening "$inner" &&
		printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 perl -MIO::Socket::INET -e '
			my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$ARGV[0]") or die;
			print $s <STDIN>; $s->flush; print <$s>' "$inner" > page
	grep -q 'the page served' page && grep -q 'accepted at depth=0: CN=rsa' stunnel.log &&
		grep -q 'accepted at depth=0: CN=ec' stunnel.log
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_identity rsa 01 RSA:2048 sign
make_identity ec 02 EC:prime256v1 sign
make_identity ec521 03 EC:secp521r1 sign
port=$(free_port) other=$(free_port) plain=$(free_port) inner=$(free_port) outer=$(free_port)

proves 'nginx: RSA and P-256 keys, TLS 1.2 and 1.3' "$(signed rsa) $(signed ec)" serve visits
proves 'nginx: P-521 key, TLS 1.2 and 1.3' "$(signed ec521)" serve visits_521
proves 'nginx: forty handshakes by two workers' "$(signed ec)" serve crowd
proves 'nginx: new workers after a reload' "$(signed rsa)" serve reload
proves 'stunnel: both keys in the token' "$(signed rsa) $(signed ec)" serve tunnel
finish
