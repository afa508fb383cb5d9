#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# nginx and stunnel with their TLS keys in the token, through libp11's engine: the
# master process loads the keys and logs in, workers that it forks sign.
set -u
. "$(dirname "$0")/common.sh"

client 'nginx and stunnel' nginx stunnel4 libengine-pkcs11-openssl
need nginx-light nginx
need stunnel4 stunnel
engines=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')
need libengine-pkcs11-openssl "$engines/pkcs11.so"

url="pkcs11:token=$label"
mkdir www
echo 'the page served' > www/index.html

configure() {
	cat > engine.conf <<-END
		openssl_conf = init
		[init]
		engines = engines
		[engines]
		pkcs11 = token
		[token]
		engine_id = pkcs11
		MODULE_PATH = $MODULE
		PIN = $PIN
		init = 1
	END
	# stunnel has both ends: a server with the token's key before nginx's plain port,
	# and a client with the token's other key that leads to it.
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
				listen 127.0.0.1:$port ssl;
				root $work/www;
				ssl_certificate $work/rsa.pem;
				ssl_certificate_key "engine:pkcs11:$url;object=rsa;type=private";
				ssl_certificate $work/ec.pem;
				ssl_certificate_key "engine:pkcs11:$url;object=ec;type=private";
				ssl_protocols TLSv1.2 TLSv1.3;
				ssl_session_cache off;
				ssl_session_tickets off;
			}
			server {
				listen 127.0.0.1:$plain;
				root $work/www;
			}
		}
	END
	cat > stunnel.conf <<-END
		foreground = yes
		pid =
		engine = pkcs11
		engineCtrl = MODULE_PATH:$MODULE
		engineCtrl = PIN:$PIN
		[server]
		engineNum = 1
		accept = 127.0.0.1:$outer
		connect = 127.0.0.1:$plain
		cert = $url;object=rsa;type=cert
		key = $url;object=rsa;type=private
		CAfile = $work/ca.pem
		verifyChain = yes
		[client]
		engineNum = 1
		client = yes
		accept = 127.0.0.1:$inner
		connect = 127.0.0.1:$outer
		cert = $url;object=ec;type=cert
		key = $url;object=ec;type=private
		CAfile = $work/ca.pem
		verifyChain = yes
	END
}

serve() {
	configure
	start nginx.log env OPENSSL_CONF="$work/engine.conf" nginx -e stderr -p "$work" -c "$work/nginx.conf"
	serving=$pid
	until_true listening "$port" && "$@"
	status=$?
	[ $status = 0 ] || cat nginx.log
	stop "$serving"
	return $status
}

# visit NAME OPTION...: by s_client, which takes no other certificate.
visit() {
	key=$1
	shift
	printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -connect "127.0.0.1:$port" \
		-CAfile ca.pem -verify_return_error -ign_eof "$@" > visit.log 2>&1 &&
		grep -q 'the page served' visit.log && grep -q "^subject=CN *= *$key" visit.log ||
		{ cat visit.log; return 1; }
}

visits() {
	visit rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256 && visit ec -tls1_3 -sigalgs ECDSA+SHA256 &&
		visit rsa -tls1_2 -sigalgs RSA+SHA256 && visit ec -tls1_2 -sigalgs ECDSA+SHA256
}

# New workers, which log in anew, without a new master.
reload() {
	visit rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256 && kill -HUP "$serving" && sleep 1 &&
		visit rsa -tls1_3 -sigalgs rsa_pss_rsae_sha256
}

tunnel() {
	start stunnel.log stunnel stunnel.conf
	tunnelling=$pid
	until_true listening "$inner" &&
		printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 perl -MIO::Socket::INET -e '
			my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$ARGV[0]") or die;
			print $s <STDIN>; $s->flush; print <$s>' "$inner" > page
	grep -q 'the page served' page && grep -q 'accepted at depth=0: CN=rsa' stunnel.log &&
		grep -q 'accepted at depth=0: CN=ec' stunnel.log
	status=$?
	[ $status = 0 ] || cat stunnel.log
	stop "$tunnelling"
	return $status
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_key rsa 01 RSA:2048 --usage-sign
make_key ec 02 EC:prime256v1 --usage-sign
certify rsa 01
certify ec 02
port=$(free_port) plain=$(free_port) inner=$(free_port) outer=$(free_port)

proves 'nginx: RSA and EC keys, TLS 1.2 and 1.3' 'C_SignInit:CKM_ECDSA C_Sign' serve visits
proves 'nginx: new workers after a reload' C_Sign serve reload
proves 'stunnel: both keys in the token' 'C_SignInit:CKM_ECDSA C_Sign' serve tunnel
finish
