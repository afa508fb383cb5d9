#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# git, wget and PycURL, which reach TLS through GnuTLS and modules through p11-kit: each
# fetches from a server that wants a certificate, by the URI of a key in the token.
set -u
# For p11-kit's folder of modules.
namespaces='--mount'
. "$(dirname "$0")/common.sh"

client 'git, wget and PycURL' git wget python3-pycurl libcurl3-gnutls libcurl3t64-gnutls libgnutls30 libgnutls30t64
need git git
need wget wget
need python3-pycurl /usr/bin/python3
/usr/bin/python3 -c 'import pycurl' 2> /dev/null ||
	skip_all 'PycURL is missing (Debian: apt-get install python3-pycurl)'
. "$here/website.sh"
p11_kit_folder

# What would come before the settings below.
unset GIT_SSL_CAINFO GIT_SSL_CAPATH GIT_SSL_CERT GIT_SSL_KEY

# Where the visitor's certificate and key are, in the terms of RFC 7512.
pin="?pin-value=$PIN"
names() { # NAME
	certificate="pkcs11:token=$label;object=$1;type=cert"
	private="pkcs11:token=$label;object=$1;type=private$pin"
	register
}

fetch() { # NAME
	names "$1"
	rm -f page
	wget -nv --ca-certificate=server-ca.pem --certificate="$certificate" --private-key="$private" \
		-O page "$url" && grep -q "The page served to <b>CN=$1</b>" page
}

curl() { # NAME
	names "$1"
	/usr/bin/python3 - "$url" "$certificate" "$private" > page <<-'END' &&
		import sys
		import pycurl
		curl = pycurl.Curl()
		curl.setopt(curl.URL, sys.argv[1])
		curl.setopt(curl.CAINFO, "server-ca.pem")
		curl.setopt(curl.SSLCERT, sys.argv[2])
		curl.setopt(curl.SSLKEY, sys.argv[3])
		curl.setopt(curl.WRITEDATA, sys.stdout.buffer)
		curl.perform()
	END
		grep -q "The page served to <b>CN=$1</b>" page
}

clone() { # NAME
	names "$1"
	rm -rf clone
	git -c http.sslCAInfo="$work/server-ca.pem" -c http.sslCert="$certificate" \
		-c http.sslKey="$private" clone "${url}repository.git" clone && cmp clone/file www/file
}

asks_for_any_interface
make_token
website
mkdir www
head -c 1000000 /dev/urandom > www/file
set_up git init -q repository
set_up cp www/file repository/
set_up git -C repository add file
set_up git -C repository -c user.name=nobody -c user.email=nobody commit -q -m 'a file'
set_up git clone -q --bare repository www/repository.git
set_up git -C www/repository.git update-server-info

programs='wget:fetch PycURL:curl git:clone'
if ! /usr/bin/python3 -c 'import pycurl; print(pycurl.version)' | grep -q GnuTLS; then
	skip 'PycURL' 'this one is linked with OpenSSL, which takes keys through pkcs11-provider'
	programs='wget:fetch git:clone'
fi
for program in $programs; do
	job=${program#*:}
	program=${program%:*}
	for version in 1.3 1.2; do
		for key in $keys; do
			proves "$program: TLS $version, $(called_key $key)" "$(signed $key)" \
				serve $key $version "$job" $key
		done
	done
done

# No command line shows the PIN.
pin_source
pin=
for program in $programs; do
	proves "${program%:*}: without a PIN in the URI" "C_Login $(signed ec)" serve ec 1.3 "${program#*:}" ec
done
finish
