#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# p11-kit: the module among others in the proxy, and in another process behind
# p11-kit's server, with pkcs11-tool as the client of either.  Which mechanisms pass
# through the server; that no private value comes to its client's memory.
set -u
# As root p11-kit reads the system's folders alone; in here they are ours.
namespaces='--mount'
. "$(dirname "$0")/common.sh"

client p11-kit p11-kit
need p11-kit p11-kit
proxy=$(ls /usr/lib/*/p11-kit-proxy.so 2> /dev/null | head -n 1)
remote=$(ls /usr/lib/*/pkcs11/p11-kit-client.so 2> /dev/null | head -n 1)
need libp11-kit0 "${proxy:-p11-kit-proxy.so}"
need p11-kit-modules "${remote:-p11-kit-client.so}"
server=$(ls /usr/libexec/p11-kit/p11-kit-server /usr/lib/*/p11-kit/p11-kit-server 2> /dev/null | head -n 1)
need p11-kit "${server:-p11-kit-server}"

need gnutls-bin p11tool
need python3-pykcs11 /usr/bin/python3
/usr/bin/python3 -c 'import PyKCS11' 2> /dev/null ||
	skip_all 'PyKCS11 is missing (Debian: apt-get install python3-pykcs11)'

p11_kit_folder
echo 'a text to be signed' > text

through() { # MODULE ARGUMENTS...
	by=$1
	shift
	pkcs11-tool --module "$by" --token-label "$label" --login --pin env:PIN "$@"
}

list() {
	register
	p11-kit list-modules > listed && cat listed && grep -q "token: $label\$" listed
}

sign() { # MODULE
	through "$1" --sign --mechanism SHA256-RSA-PKCS --id 01 --input-file text \
		--output-file signature && openssl dgst -sha256 -verify rsa.pub -signature signature text
}

agree() { # MODULE
	openssl genpkey -algorithm EC -pkeyopt group:P-256 -out peer.pem &&
		openssl pkey -in peer.pem -pubout -outform DER -out peer.der &&
		openssl pkeyutl -derive -inkey peer.pem -peerkey ec.pub -out theirs &&
		through "$1" --derive --mechanism ECDH1-DERIVE --id 02 --input-file peer.der \
			--output-file ours && cmp ours theirs
}

by_proxy() {
	register
	"$@" "$proxy"
}

# The keys are in the server's process; the client has a socket.
by_server() {
	rm -f socket
	start server.log "$server" --foreground --provider "$MODULE" --name "$work/socket" \
		"pkcs11:token=$label"
	serving=$pid
	until_true test -S socket && P11_KIT_SERVER_ADDRESS="unix:path=$work/socket" "$@" "$remote"
}

# numbers MODULE: of the token's mechanisms, in hexadecimal.
numbers() {
	p11tool --provider "$1" --list-mechanisms "pkcs11:token=$label" |
		perl -ne 'printf "%x\n", hex $1 if /^\[0x([0-9a-f]+)\]/i' | sort -u
}

# Those that pass, and those that do not, with their names, in the file mechanisms.
mechanisms() { # MODULE
	numbers "$HANDFAST_MODULE" > own && numbers "$1" > passed && [ -s passed ] || return 1
	# What the module has not, nobody can have from it.
	comm -13 own passed | grep . && return 1
	"$HANDFAST_COMMAND" mech list --json --module "$HANDFAST_MODULE" |
		perl -ne '$name = $1 if /"name": "(\w+)"/; printf "%x %s\n", hex $1, $name if /"number": "(\w+)"/' |
		while read -r number called; do
			grep -qx "$number" own || continue
			if grep -qx "$number" passed; then
				echo "$called yes"
			else
				echo "$called no"
			fi
		done > mechanisms
	grep -q ' yes$' mechanisms
}

all_mechanisms() { # MODULE
	through "$HANDFAST_MODULE" --list-mechanisms > own && grep -q RSA-PKCS own &&
		through "$1" --list-mechanisms | diff own -
}

# Keys that are known, so that they can be looked for: the scalar and the prime factors, as
# they are written and in the order in which a processor has them.
known_keys() {
	set_up openssl genpkey -algorithm EC -pkeyopt group:P-256 -out known-ec.pem
	set_up openssl genrsa -traditional -out known-rsa.pem 2048
	for key in ec:03 rsa:04; do
		set_up openssl pkey -in "known-${key%:*}.pem" -outform DER -out known.der
		set_up tool --write-object known.der --type privkey --id "${key#*:}" \
			--label "known-${key%:*}" --usage-sign
	done
	{
		openssl pkey -in known-ec.pem -noout -text | sed -n '/^priv:/,/^pub:/{/^ /p}' | tr -d ' :\n'
		echo
		for name in 'prime1:' 'prime2:' 'privateExponent:'; do
			openssl pkey -in known-rsa.pem -noout -text | sed -n "/^$name/,/^[^ ]/{/^ /p}" |
				tr -d ' :\n' | sed 's/^00//'
			echo
		done
	} > patterns
	[ "$(grep -c . patterns)" = 4 ] || { echo 'Bail out! the known keys were not understood'; exit 99; }
}

# scan PID: how often its memory has something of the patterns, 16 bytes of it.
scan() {
	perl -e '
		my ($pid) = @ARGV;
		my (@want, $found, $seen);
		open my $patterns, "<", "patterns" or die;
		while (<$patterns>) {
			chomp;
			my $bytes = pack "H*", $_;
			push @want, substr($bytes, 0, 16), substr(reverse($bytes), 0, 16);
		}
		open my $maps, "<", "/proc/$pid/maps" or die "maps: $!";
		open my $mem, "<:raw", "/proc/$pid/mem" or die "mem: $!";
		while (<$maps>) {
			my ($from, $to, $rights) = /^(\w+)-(\w+) (\S+)/ or next;
			next if $rights !~ /^r/ or /\[v/;
			my $len = hex($to) - hex($from);
			sysseek $mem, hex($from), 0 or next;
			my $data = "";
			while (length $data < $len) {
				last unless sysread $mem, $data, $len - length $data, length $data;
			}
			$seen += length $data;
			for my $bytes (@want) {
				my $at = -1;
				$found++ while ($at = index($data, $bytes, $at + 1)) >= 0;
			}
		}
		printf "%d\n", $found;
		printf STDERR "%d bytes of process %d were looked through, %d hits\n", $seen, $pid, $found;
	' "$1"
}

# scan_server: the processes that the server made, one for each client.  Those of earlier clients
# may still be there, and go meanwhile.
scan_server() {
	all=0
	for child in $(cat "/proc/$serving/task/$serving/children"); do
		hits=$(scan "$child") || continue
		all=$((all + hits))
	done
	echo $all
}

# The server has the keys, in the process that it made for this client; or nothing would have
# been looked for.
apart_from_keys() { # MODULE
	rm -f hold
	mkfifo hold
	/usr/bin/python3 "$here/pykcs11-client" "$1" "$label" hold < hold > held 2>&1 &
	holding=$!
	exec 4> hold
	until_true grep -q holding held && clients=$(scan $holding) && servers=$(scan_server) &&
		[ "$clients" = 0 ] && [ "$servers" -gt 0 ]
	status=$?
	cat held
	exec 4>&-
	wait $holding
	return $status
}

# --- the tests ------------------------------------------------------------------

make_token
make_key rsa 01 RSA:2048 --usage-sign
make_key ec 02 EC:prime256v1 --usage-sign --usage-derive

proves 'list-modules: the token is there' C_GetTokenInfo list
proves 'server: RSA signature' C_SignInit:CKM_SHA256_RSA_PKCS by_server sign
fault 'server: ECDH' 'p11-kit 0.24: its protocol has no CKM_ECDH1_DERIVE; 0.25 has' \
	CKR_MECHANISM_INVALID by_server agree

known_keys
proves 'server: nothing of a private key in the client' C_Sign by_server apart_from_keys
holds 'server: the list of mechanisms' by_server mechanisms
sed 's/^/# mechanism: /' mechanisms

# The proxy, which the server is not.
asks_for_any_interface
proves 'proxy: RSA signature' C_SignInit:CKM_SHA256_RSA_PKCS by_proxy sign
holds 'proxy: all mechanisms' by_proxy all_mechanisms
proves 'proxy: ECDH' C_DeriveKey:CKM_ECDH1_DERIVE by_proxy agree
finish
