# SPDX-License-Identifier: Apache-2.0
#
# What the tests of browsers share, sourced after common.sh: a web server that wants a
# certificate and shows whose it saw, a screen without a monitor, somebody who types the
# PIN, and NSS's log.

need nginx-light nginx
need libnss3-tools modutil certutil
need imagemagick import identify
need xvfb Xvfb
need xdotool xdotool

# --- the server -----------------------------------------------------------------

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
				location / { return 204; }
			}
		}
	END
	rm -f visits page.png
	typed_into=
	start nginx.log nginx -e stderr -p "$work" -c "$work/nginx.conf"
	serving=$pid
	until_true listening "$port" && "$@" && seen && picture
	status=$?
	[ $status = 0 ] || tail -n 20 nginx.log visits
	stop "$serving"
	return $status
}

# What the server saw of its visitor, once the page was asked for.
seen() {
	grep -q "^TLSv$version SUCCESS CN=$key 200 /\$" visits 2> /dev/null
}

picture() {
	[ "$(identify -format %m page.png)" = PNG ] || { echo 'there is no picture'; return 1; }
	keep page.png "$key-$version$shown.png"
}

# --- the screen -----------------------------------------------------------------

# screen: in $DISPLAY, and ends with the test.
screen() {
	# Xvfb tells the number that it found free.
	mkfifo number
	start xvfb.log sh -c 'exec Xvfb -displayfd 3 -screen 0 1000x800x24 -nolisten tcp 3> number'
	read -r number_found < number
	export DISPLAY=":$number_found"
}

# window NAME: in $window, and not the one that was typed into.
window=
typed_into=
window() {
	window=$(xdotool search --onlyvisible --name "$1" | grep -vx "${typed_into:-none}" | tail -n 1)
	[ -n "$window" ]
}

# type_pin DIALOG PIN: where the window of that name asks for one.
type_pin() {
	until_true window "$1" && typed_into=$window && sleep 0.5 && import -window root dialog.png &&
		keep dialog.png dialog.png && xdotool windowfocus --sync "$window" &&
		xdotool type --delay 50 "$2" && xdotool key Return
}

# photograph: the page as it is on the screen.
photograph() {
	until_true window 'the page served' && sleep 0.5 && import -window root page.png
}

# --- NSS --------------------------------------------------------------------------

calls() {
	nss_calls
}

# database FOLDER: with the module, and with the server's authority.
database() {
	mkdir -p "$1"
	certutil -N -d "sql:$1" --empty-password &&
		certutil -A -d "sql:$1" -n authority -t C,, -i server-ca.pem &&
		modutil -force -dbdir "sql:$1" -add token -libfile "$HANDFAST_MODULE" && nss_log token
}

# The token logs in by itself, or not.
auto_login() {
	printf 'kdf-cost = 14\nlog = %s/handfast.log\n' "$work" > handfast.conf
	[ "$1" = no ] ||
		printf '[%s]\npin-source = file:%s/pin\nauto-login = yes\n' "$label" "$work" >> handfast.conf
}
(umask 077; echo "$PIN" > pin)
