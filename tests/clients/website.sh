# SPDX-License-Identifier: Apache-2.0
#
# A web server that wants a certificate, for the tests of its visitors; sourced after
# common.sh.  Its page says whose it saw.

need nginx-light nginx

# website: localhost, whose own key is not in the token; beside it what a visitor needs.
# Each key of a visitor has an authority of its own, so that the server can ask for one.
website() {
	for key in rsa ec; do
		make_ca "authority of $key"
		mv ca.key "$key-ca.key"
		mv ca.pem "$key-ca.pem"
	done
	make_ca
	set_up openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -subj /CN=localhost \
		-CA ca.pem -CAkey ca.key -days 30 -addext subjectAltName=DNS:localhost \
		-addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=serverAuth \
		-out server.pem
	mv ca.key server-ca.key
	mv ca.pem server-ca.pem
	make_key rsa 01 RSA:2048 --usage-sign
	make_key ec 02 EC:prime256v1 --usage-sign
	for key in rsa:01 ec:02; do
		cp "${key%:*}-ca.pem" ca.pem
		cp "${key%:*}-ca.key" ca.key
		certify "${key%:*}" "${key#*:}" 'keyUsage = digitalSignature' 'extendedKeyUsage = clientAuth'
	done
	port=$(free_port)
	url="https://localhost:$port/"
}

# serve KEY VERSION COMMAND...: while the server is up, which takes visitors with that key.
serve() {
	key=$1
	version=$2
	shift 2
	cat > nginx.conf <<-END
		daemon off;
		$([ "$(id -u)" != 0 ] || echo 'user root;')
		pid $work/nginx.pid;
		error_log stderr info;
		worker_processes 1;
		events { worker_connections 64; }
		http {
			log_format visit '\$ssl_protocol \$ssl_client_verify \$ssl_client_s_dn \$status \$uri';
			access_log $work/visits visit;
			client_body_temp_path $work/temp;
			proxy_temp_path $work/temp;
			fastcgi_temp_path $work/temp;
			uwsgi_temp_path $work/temp;
			scgi_temp_path $work/temp;
			default_type text/html;
			server {
				listen 127.0.0.1:$port ssl;
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
		}
	END
	rm -f visits
	start nginx.log nginx -e stderr -p "$work" -c "$work/nginx.conf"
	serving=$pid
	until_true listening "$port" && "$@" && until_true seen
	status=$?
	[ $status = 0 ] || tail -n 20 nginx.log visits
	stop "$serving"
	return $status
}

# What the server saw of its visitor.
seen() {
	grep -q "^TLSv$version SUCCESS CN=$key 200 /" visits 2> /dev/null
}
