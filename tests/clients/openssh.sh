#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSH against a server of our own on the loopback interface: with RSA and ECDSA
# keys of the token, directly, through ssh-agent and through a forwarded agent; 50 MB
# by sftp; and a certification authority for users whose key is in the token.
set -u
. "$(dirname "$0")/common.sh"

client OpenSSH openssh-client
need openssh-client ssh ssh-keygen ssh-agent sftp
need openssh-server sshd
need openssh-sftp-server /usr/lib/openssh/sftp-server

user=$(id -un)
port=$(free_port)

make_token
make_key rsa 01 RSA:2048 --usage-sign
make_key ec 02 EC:prime256v1 --usage-sign
make_key ec521 03 EC:secp521r1 --usage-sign
for key in $keys; do
	set_up sh -c "ssh-keygen -i -m PKCS8 -f $key.pub > $key.ssh"
done
# A stranger's key, for the server and to show that the server minds.
ssh-keygen -q -t ed25519 -N '' -f server
ssh-keygen -q -t ed25519 -N '' -f stranger
ssh-keygen -q -t ed25519 -N '' -f guest
cat rsa.ssh ec.ssh > authorized
echo "[127.0.0.1]:$port $(cut -d ' ' -f 1,2 server.pub)" > known_hosts

cat > sshd.conf <<END
Port $port
ListenAddress 127.0.0.1
HostKey $work/server
PidFile none
AuthorizedKeysFile $work/authorized
AuthenticationMethods publickey
TrustedUserCAKeys $work/ec.ssh
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
LogLevel VERBOSE
Subsystem sftp /usr/lib/openssh/sftp-server
END
cat > ssh.conf <<END
Host server
	HostName 127.0.0.1
	Port $port
	User $user
	UserKnownHostsFile $work/known_hosts
	GlobalKnownHostsFile /dev/null
	StrictHostKeyChecking yes
	IdentityFile none
	PreferredAuthentications publickey
END
printf '#!/bin/sh\necho "$PIN"\n' > askpass
chmod +x askpass
export SSH_ASKPASS="$work/askpass" SSH_ASKPASS_REQUIRE=force

# As root sshd wants an empty folder of its own in /run: there it gets another /run.
if [ "$(id -u)" = 0 ]; then
	start sshd.log unshare --mount sh -c \
		'mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec "$@"' sh \
		"$(command -v sshd)" -D -e -f sshd.conf
else
	start sshd.log "$(command -v sshd)" -D -e -f sshd.conf
fi
set_up until_true listening "$port"

# accepted KEY.ssh: the server's last word is that it let this key in.
accepted() {
	print=$(ssh-keygen -l -f "$1" | cut -d ' ' -f 2)
	grep -a '^Accepted publickey' sshd.log | tail -n 1 | grep -F "$print"
}

client_of() {
	ssh -F ssh.conf "$@" server 'echo in as $(id -un)' > greeting && cat greeting &&
		[ "$(cat greeting)" = "in as $user" ]
}

# --- parts ----------------------------------------------------------------------

list() {
	ssh-keygen -D "$MODULE" > listed && cat listed || return 1
	for key in $keys; do
		grep -qF "$(cut -d ' ' -f 2 $key.ssh)" listed || return 1
	done
}

direct() { # KEY
	cp "$1.ssh" authorized &&
		client_of -o PKCS11Provider="$MODULE" && accepted "$1.ssh"
}

# The key would be let in.
wrong_pin() {
	cp rsa.ssh authorized && ! PIN=mistaken client_of -o PKCS11Provider="$MODULE" 2> refused &&
		cat refused && grep 'PIN incorrect\|C_Login failed: 160' refused
}

# The server was offered it.
not_authorized() {
	before=$(refusals)
	cp stranger.pub authorized && ! client_of -o PKCS11Provider="$MODULE" 2> refused &&
		grep 'Permission denied (publickey)' refused && [ "$(refusals)" -gt "$before" ]
}

refusals() {
	grep -a '^Failed publickey' sshd.log | grep -cF "$(ssh-keygen -l -f rsa.ssh | cut -d ' ' -f 2)"
}

# agent COMMAND...: with an agent that has the token's keys.
agent() {
	export SSH_AUTH_SOCK="$work/agent"
	rm -f "$SSH_AUTH_SOCK"
	start agent.log ssh-agent -D -a "$SSH_AUTH_SOCK" -P "$MODULE"
	until_true test -S "$SSH_AUTH_SOCK" && ssh-add -s "$MODULE" &&
		SSH_ASKPASS=/bin/false "$@" && ssh-add -e "$MODULE"
	status=$?
	unset SSH_AUTH_SOCK
	return $status
}

by_agent() { # KEY
	cp "$1.ssh" authorized && agent client_of && accepted "$1.ssh"
}

# From the server on to the server, with the keys that stayed at home.
forwarded() {
	cp ec.ssh authorized &&
		before=$(grep -ac '^Accepted publickey' sshd.log) &&
		agent ssh -F ssh.conf -A server \
			"ssh -F $work/ssh.conf server 'echo twice in' > $work/greeting" &&
		[ "$(cat greeting)" = 'twice in' ] && accepted ec.ssh &&
		[ "$(grep -ac '^Accepted publickey' sshd.log)" = $((before + 2)) ]
}

transfer() {
	cp rsa.ssh authorized && rm -f there back &&
		printf 'put big there\nget there back\n' > batch &&
		agent sftp -q -F ssh.conf -b batch server && cmp big back
}

# The authority's key is in the token, the user's in a file; the server knows the
# authority alone.
authority() {
	: > authorized
	ssh-keygen -D "$MODULE" -s ec.ssh -I 'a guest' -n "$user" -V +1h guest.pub &&
		client_of -i guest -o IdentitiesOnly=yes &&
		grep -a 'Accepted publickey' sshd.log | tail -n 1 | grep -F "ID a guest"
}

# --- the tests ------------------------------------------------------------------

head -c 50000000 /dev/urandom > big

proves 'ssh-keygen -D: the keys of the token, without a PIN' C_FindObjects list
for key in $keys; do
	proves "ssh: $(called_key $key)" "$(signed $key)" direct $key
done
holds 'ssh: a key that the server does not know is refused' not_authorized
holds 'ssh: a wrong PIN is refused' wrong_pin
for key in $keys; do
	proves "ssh-agent: $(called_key $key)" "$(signed $key)" by_agent $key
done
proves 'ssh-agent: forwarded' C_Sign forwarded
proves 'sftp: 50 MB there and back' C_Sign transfer
proves 'ssh-keygen -s: user certificates of an authority in the token' \
	'C_SignInit:CKM_ECDSA C_Sign' authority
finish
