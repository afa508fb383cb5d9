# SPDX-License-Identifier: Apache-2.0
#
# nginx, and a website that wants a certificate and whose page says whose it saw; sourced
# after common.sh by the tests of nginx and of its visitors.

# --- nginx ------------------------------------------------------------------------

# nginx_conf: with the servers and their settings on standard input.
nginx_conf() {
	{
		cat <<-END
			daemon off;
			$([ "$(id -u)" != 0 ] || echo 'user root;')
			pid $work/nginx.pid;
			error_log stderr info;
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
				ssl_session_cache off;
				ssl_session_tickets off;
				default_type text/html;
		END
		cat
		echo '}'
	} > nginx.conf
}

# nginx_up PORT [VARIABLE=VALUE]: its master process is $pid.
nginx_up() {
	listens=$1
	shift
	start nginx.log env "$@" nginx -e stderr -p "$work" -c "$work/nginx.conf"
	until_true listening "$listens"
}

# visit PORT NAME OPTION...: by s_client, which takes no other server than that name's.
visit() {
	at=$1
	shown=$2
	shift 2
	printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -connect "127.0.0.1:$at" \
		-CAfile ca.pem -verify_return_error -ign_eof "$@" > visit.log 2>&1 &&
		grep -q 'the page served' visit.log && grep -q "^subject=CN *= *$shown\$" visit.log ||
		{ cat visit.log; return 1; }
}

# --- a website ----------------------------------------------------------------------

# website: localhost, whose own key is not in the token; beside it what a visitor needs.
# Each key of a visitor has an authority of its own, so that the server can ask for one.
website() {
	make_ca
	make_server server -addext subjectAltName=DNS:localhost
	mv ca.pem server-ca.pem
	for key in $keys; do
		make_ca "authority of $key"
		cp ca.pem "$key-ca.pem"
		make_visitor "$key"
	done
	port=$(free_port)
	url="https://localhost:$port/"
}

# serve KEY VERSION COMMAND...: while the server is up, which takes visitors with that key.
serve() {
	key=$1
	version=$2
	shift 2
	nginx_conf <<-END
		log_format visit '\$ssl_protocol \$ssl_client_verify \$ssl_client_s_dn \$status \$uri';
		server {
			listen 127.0.0.1:$port ssl;
			access_log $work/visits visit;
			ssl_certificate $work/server.pem;
			ssl_certificate_key $work/server.key;
			ssl_client_certificate $work/$key-ca.pem;
			ssl_verify_client on;
			ssl_protocols TLSv$version;
			location = / {
				return 200 '<title>the page served</title><body style="font: 32px sans-serif">
					<p>The page served to <b>\$ssl_client_s_dn</b>,
					<p>whose certificate was issued by \$ssl_client_i_dn,
					<p>over \$ssl_protocol with \$ssl_cipher.';
			}
			location = /favicon.ico { return 204; }
			location / { root $work/www; }
		}
	END
	rm -f visits
	nginx_up "$port" && "$@" && until_true seen || { cat visits; return 1; }
}

# What the server saw of its visitor.
seen() {
	grep -q "^TLSv$version SUCCESS CN=$key 200 /" visits 2> /dev/null
}
