# SPDX-License-Identifier: Apache-2.0
#
# What the tests of real clients share.  Sourced by a POSIX shell with `set -u`,
# after the test has said which client it is for; prints TAP.
#
# Each test works in a folder of its own, with a store, a configuration and a home
# of its own, and ends what it started.  A job is done twice: with the module alone,
# and through OpenSC's pkcs11-spy, whose log must show the calls that matter.
#
# A test that sets $namespaces before, to options of unshare, gets those of its own where
# the machine lets it: all devices and mounts that it makes are gone with it.

# A client that hangs is ended, with all that it started.
if [ -z "${HANDFAST_CLIENT_CLOCK:-}" ]; then
	export HANDFAST_CLIENT_CLOCK=1
	namespaces=${namespaces:-}
	clock=300
	[ -z "${HANDFAST_BROKEN:-}" ] || clock=1800
	# shellcheck disable=SC2086
	if [ -n "$namespaces" ] && unshare $namespaces true 2> /dev/null; then
		export HANDFAST_CLIENT_APART=1
		exec unshare $namespaces timeout $clock "$0" "$@"
	fi
	exec timeout $clock "$0" "$@"
fi

here=$(cd "$(dirname "$0")" && pwd)
begun_in=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/handfast-client.XXXXXX")
started= logs=
leave() {
	status=$?
	for pid in $started; do
		kill "$pid" 2> /dev/null
	done
	# shellcheck disable=SC2086
	[ -z "$started" ] || wait $started 2> /dev/null
	rm -rf --one-file-system "$work"
	exit $status
}
trap leave EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 99

mkdir -m 0700 home store
printf 'kdf-cost = 14\nlog = %s/handfast.log\n' "$work" > handfast.conf
export HANDFAST_CONF="$work/handfast.conf" HANDFAST_STORE="$work/store" HOME="$work/home"
export PIN=client-pin SO_PIN=client-so-pin
export LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR SSH_AUTH_SOCK DISPLAY
# Debian keeps daemons where an ordinary user's shell does not look.
PATH=$PATH:/usr/sbin:/sbin

# --- telling --------------------------------------------------------------------

number=0

# skip_all REASON: instead of any test.
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# need PACKAGE FILE-OR-PROGRAM...: without one of them there is nothing to test.
need() {
	package=$1
	shift
	for wanted in "$@"; do
		[ -e "$wanted" ] || command -v "$wanted" > /dev/null ||
			skip_all "$wanted is missing (Debian: apt-get install $package)"
	done
}

# client NAME PACKAGE...: for the table of results, which is no place for those of
# broken jobs; the version is the package's own.
client() {
	[ -z "${HANDFAST_BROKEN:-}" ] || return 0
	printf '# client: %s\n' "$1"
	shift
	for package in "$@"; do
		dpkg-query -W -f '# version: ${Package} ${Version}\n' "$package" 2> /dev/null |
			grep ' [0-9][^ ]*$'
	done
	printf '# system: %s\n' "$(. /etc/os-release && echo "$PRETTY_NAME" | sed 's/ *GNU\/Linux//; s/ (.*//; s|[a-z]*/sid|sid|')"
}

# report STATUS NAME [REMARK]: one line of TAP; what was said is shown on failure.
report() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2${3:+ # TODO $3}"
		tail -n 60 said | tr -d '\000' | sed 's/^/# /'
	fi
}

# skip NAME REASON: one test.
skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# job COMMAND...: what the command starts is ended after it, the last first, and where
# it fails the ends of their logs are said.
job() {
	others=$started
	logs=
	"$@"
	outcome=$?
	mine=
	for process in ${started#"$others"}; do
		mine="$process $mine"
	done
	for process in $mine; do
		stop "$process"
	done
	# shellcheck disable=SC2086
	[ $outcome = 0 ] || [ -z "$logs" ] || tail -n 40 $logs
	return $outcome
}

# holds NAME COMMAND...: the command succeeds.
holds() {
	name=$1
	wanted=
	shift
	MODULE=$HANDFAST_MODULE
	[ -z "${HANDFAST_BROKEN:-}" ] || { breaks "$@"; return; }
	job "$@" > said 2>&1
	report $? "$name"
}

# proves NAME CALLS COMMAND...: the command succeeds with $MODULE as the module alone,
# and again as the spy in front of it.  CALLS, with blanks between, are then in the
# spy's log, done with success: C_Sign, or C_SignInit:CKM_ECDSA.
proves() {
	name=$1
	wanted=$2
	shift 2
	[ -z "${HANDFAST_BROKEN:-}" ] || { breaks "$@"; return; }
	twice "$@" > said 2>&1 && called $wanted >> said 2>&1
	report $? "$name"
}

# fault NAME WHOSE-AND-WHAT PATTERN COMMAND...: as holds; a failure that shows the
# PATTERN, in what it says or in the spy's log, is the client's.
fault() {
	name=$1
	whose=$2
	pattern=$3
	shift 3
	[ -z "${HANDFAST_BROKEN:-}" ] || { skip "$name" 'it may fail with a whole token'; return; }
	if twice "$@" > said 2>&1; then
		report 0 "$name"
		return
	fi
	MODULE=$spy
	rm -f "$PKCS11SPY_OUTPUT"
	job "$@" >> said 2>&1
	MODULE=$HANDFAST_MODULE
	if { cat said; calls; } | grep -q -e "$pattern"; then
		report 1 "$name" "$whose"
	else
		report 1 "$name"
	fi
}

# --- what must fail ---------------------------------------------------------------

# breaks COMMAND...: in place of holds and proves where $HANDFAST_BROKEN is set.  The job is
# done on a token whose private keys are gone, and certificates and public keys are not.
# There it must fail; if it makes its own keys or only lists what is there, where there is no
# token.  It must fail too where visitors have certificates of another name, and the calls
# must be missed where none was logged.  It then succeeds on the token as it was, for the
# jobs that come after.
breaks() {
	cp -a store whole
	patience=${patience_broken:-40}
	lost='the private keys'
	lose_keys > said 2>&1
	if job "$@" >> said 2>&1; then
		lost='the token'
		rm -rf store
		mkdir -m 0700 store
		! job "$@" > said 2>&1 || lost=
	fi
	whole_again
	[ -n "$lost" ] || { report 1 "$name: it does without a token"; return; }
	if [ -n "$visitors" ] && [ "$lost" != 'the token' ]; then
		lost="$lost or with another's certificates"
		rename_visitors
		! job "$@" > said 2>&1 || lost=
		whole_again
		[ -n "$lost" ] || { report 1 "$name: it does with another's certificate"; return; }
	fi
	rm -rf whole "$PKCS11SPY_OUTPUT"
	# shellcheck disable=SC2086
	if [ -n "$wanted" ] && [ -z "$no_spy" ] && called $wanted > said 2>&1; then
		report 1 "$name: no call is looked for"
		return
	fi
	patience=300
	job "$@" > said 2>&1
	report $? "$name: fails without $lost, and only then"
}

whole_again() {
	rm -rf store
	cp -a whole store
}

lose_keys() {
	tool --list-objects --type privkey | sed -n 's/^ *ID: *//p' | while read -r id; do
		tool --delete-object --type privkey --id "$id"
	done
}

# rename_visitors: the same keys and authorities, and nobody's names.
visitors=
rename_visitors() {
	for visitor in $visitors; do
		set_up tool --delete-object --type cert --id "${visitor#*:}"
		set_up tool --write-object "${visitor%:*}-renamed.crt" --type cert --id "${visitor#*:}" \
			--label "${visitor%:*}"
	done
}

# keep FILE NAME: among the pages in the build folder, to be looked at.
keep() {
	mkdir -p "$begun_in/tests/clients/pages"
	cp "$1" "$begun_in/tests/clients/pages/$(basename "$0" .sh)-$2"
}

finish() {
	echo "1..$number"
}

# --- the spy --------------------------------------------------------------------

for spy in /usr/lib/*/pkcs11/pkcs11-spy.so /usr/lib/*/pkcs11-spy.so; do
	[ ! -e "$spy" ] || break
done
need 'opensc opensc-pkcs11' pkcs11-tool "$spy"
need openssl openssl
# ssh-agent allows what a link leads to, not the link.
spy=$(realpath "$spy")
[ -z "${SANITIZER_PRELOAD:-}" ] ||
	skip_all 'clients are not started with a sanitizer; use another build'
export PKCS11SPY="$HANDFAST_MODULE" PKCS11SPY_OUTPUT="$work/spy.log"
MODULE=$HANDFAST_MODULE

# asks_for_any_interface: the client asks for an interface of no certain version.  Where
# the spy cannot answer that, jobs are done once from now on.
no_spy=
asks_for_any_interface() {
	case $(dpkg-query -W -f '${Version}' opensc-pkcs11) in
	0.26*)
		no_spy="OpenSC's pkcs11-spy 0.26 hands out an interface without functions"
		skip "the calls in pkcs11-spy's log" "$no_spy"
		;;
	esac
}

# Through a daemon of the client's own, the second run shows nothing of the first.
twice() {
	MODULE=$HANDFAST_MODULE
	job "$@" || { echo "failed without the spy: $*"; return 1; }
	[ -z "$no_spy" ] || return 0
	MODULE=$spy
	rm -f "$PKCS11SPY_OUTPUT"
	job "$@" || { echo "failed through the spy only: $*"; MODULE=$HANDFAST_MODULE; return 1; }
	MODULE=$HANDFAST_MODULE
}

# The spy's log, a line for each call: C_SignInit:CKM_ECDSA CKR_OK
calls() {
	[ -e "$PKCS11SPY_OUTPUT" ] || return 0
	# OpenSC 0.23 has no names for these.
	awk '
		BEGIN {
			names["0x00001044"] = "CKM_ECDSA_SHA256"
			names["0x00001045"] = "CKM_ECDSA_SHA384"
			names["0x00001046"] = "CKM_ECDSA_SHA512"
		}
		/^[0-9]+: C_/ { name = $2; mechanism = "" }
		/^\[in\] pMechanism->type *=/ {
			sub(/.*= */, "")
			mechanism = ":" ($1 in names ? names[$1] : $1)
		}
		/^Returned: / { print name mechanism, $NF; name = "?" }' "$PKCS11SPY_OUTPUT"
}

# --- NSS's log ------------------------------------------------------------------

# Below NSS the log is NSS's own: OpenSC's pkcs11-spy crashes when it is asked for an
# interface that the module has not (0.23: C_GetInterface), as NSS does.

# nss_log MODULE: by its name in NSS's database; for the run that has the spy.
nss_log() {
	unset NSS_DEBUG_PKCS11_MODULE
	[ "$MODULE" != "$spy" ] || export NSS_DEBUG_PKCS11_MODULE="$1" \
		NSPR_LOG_MODULES=nss_mod_log:4,append NSPR_LOG_FILE="$PKCS11SPY_OUTPUT"
}

# nss_calls: as calls, from lines of "thread: C_SignInit", "thread:   mechanism = CKM_ECDSA"
# and "thread:   rv = CKR_OK".
nss_calls() {
	[ -e "$PKCS11SPY_OUTPUT" ] || return 0
	awk '
		$2 ~ /^C_/ { name[$1] = $2; mechanism[$1] = "" }
		$2 == "mechanism" { mechanism[$1] = ":" $4 }
		$2 == "rv" { print name[$1] mechanism[$1], $4 }' "$PKCS11SPY_OUTPUT"
}

# called CALL...: each has succeeded.
called() {
	[ -z "$no_spy" ] || return 0
	calls > called
	for call in "$@"; do
		grep -q "^$call\(:[^ ]*\)\{0,1\} CKR_OK" called || {
			echo "the token was not asked for $call; what it was asked for:"
			sort called | uniq -c
			return 1
		}
	done
}

# signed KEY: the calls by which a client signs with the key of that name.
signed() {
	case $1 in
	rsa*) echo 'C_SignInit:CKM_[A-Z0-9_]*RSA_PKCS[A-Z0-9_]* C_Sign\(Final\)\{0,1\}' ;;
	*) echo 'C_SignInit:CKM_ECDSA[A-Z0-9_]* C_Sign\(Final\)\{0,1\}' ;;
	esac
}

# --- two ends ---------------------------------------------------------------------

# network: two network namespaces with a cable between them.  Here is the server's,
# 192.0.2.1; there is the client's, 192.0.2.2.  The test has $namespaces.
network() {
	need iproute2 ip
	need iputils-ping ping
	[ -n "${HANDFAST_CLIENT_APART:-}" ] || skip_all 'network namespaces need root'
	start there.log unshare --net sleep 1800
	there=$pid
	set_up until_true apart
	set_up ip link add outer type veth peer name inner netns "$there"
	set_up ip address add 192.0.2.1/24 dev outer
	set_up ip link set outer up
	set_up ip link set lo up
	set_up there ip address add 192.0.2.2/24 dev inner
	set_up there ip link set inner up
	set_up there ip link set lo up
}

apart() {
	[ "$(readlink "/proc/$there/ns/net")" != "$(readlink /proc/self/ns/net)" ]
}

there() {
	nsenter --target "$there" --net "$@"
}

# start_there LOG PROGRAM...: as start.
start_there() {
	log=$1
	shift
	start "$log" nsenter --target "$there" --net "$@"
}

tunnels() {
	[ -c /dev/net/tun ] || skip_all 'this machine has no /dev/net/tun'
}

# crosses ADDRESS: bytes, from there to what only the tunnel leads to.
crosses() {
	there ping -q -c 3 -i 0.2 -s 1000 "$@"
}

# --- p11-kit ----------------------------------------------------------------------

# p11_kit_folder: a folder of its own for p11-kit's list of modules.  As root p11-kit
# reads the system's alone; the test is then in a mount namespace, where that is ours.
p11_kit_folder() {
	mkdir modules
	if [ "$(id -u)" = 0 ]; then
		[ -n "${HANDFAST_CLIENT_APART:-}" ] || skip_all 'no mount namespace can be made here'
		set_up mount --bind modules /usr/share/p11-kit/modules
	else
		mkdir -p home/.config/pkcs11
		ln -s "$work/modules" home/.config/pkcs11/modules
	fi
}

# register: this run's module.
register() {
	printf 'module: %s\ncritical: no\n' "$MODULE" > modules/handfast.module
}

# --- tokens, keys, certificates -----------------------------------------------------

label=kx

tool() {
	pkcs11-tool --module "$HANDFAST_MODULE" --token-label "$label" --login --pin env:PIN "$@"
}

# set_up COMMAND...: what must be there before there is anything to test.
set_up() {
	"$@" > said 2>&1 || {
		sed 's/^/# /' said
		echo "Bail out! $*"
		exit 99
	}
}

make_token() {
	set_up pkcs11-tool --module "$HANDFAST_MODULE" --init-token --slot-index 0 --label "$label" \
		--so-pin env:SO_PIN
	set_up pkcs11-tool --module "$HANDFAST_MODULE" --token-label "$label" --login --login-type so \
		--so-pin env:SO_PIN --init-pin --new-pin env:PIN
}

# make_key NAME ID TYPE USAGE...: a key pair in the token; NAME.pub is its public half.
# The name is in the token's labels too.
make_key() {
	key=$1
	id=$2
	type=$3
	shift 3
	set_up tool --keypairgen --key-type "$type" --id "$id" --label "$key" "$@"
	set_up tool --read-object --type pubkey --id "$id" --output-file "$key.der"
	set_up openssl pkey -pubin -inform DER -in "$key.der" -out "$key.pub"
}

# make_ca [NAME]: a certification authority outside of the token, ca.pem.
make_ca() {
	set_up openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 \
		-subj "/CN=${1:-test authority}" -addext keyUsage=critical,keyCertSign,cRLSign
}

# certificate OUT SUBJECT NAME [EXTENSION...]: the authority's for the key NAME, as OUT.pem
# and OUT.crt.
certificate() {
	out=$1
	subject=$2
	key=$3
	shift 3
	{
		echo 'basicConstraints = CA:FALSE'
		echo 'subjectKeyIdentifier = hash'
		echo 'authorityKeyIdentifier = keyid'
		for extension in "$@"; do
			echo "$extension"
		done
	} > extensions
	set_up openssl x509 -new -force_pubkey "$key.pub" -subj "/CN=$subject" -CA ca.pem -CAkey ca.key \
		-days 30 -extfile extensions -out "$out.pem"
	set_up openssl x509 -in "$out.pem" -outform DER -out "$out.crt"
}

# certify NAME ID [EXTENSION...]: a certificate, as NAME.pem and in the token beside the key.
certify() {
	key=$1
	id=$2
	shift 2
	certificate "$key" "$key" "$key" "$@"
	set_up tool --write-object "$key.crt" --type cert --id "$id" --label "$key"
}

# make_identity NAME ID TYPE USES [EXTENSION...]: a key pair and its certificate, for the
# uses that pkcs11-tool has words for.
make_identity() {
	key=$1
	id=$2
	type=$3
	uses=
	for use in $4; do
		uses="$uses --usage-$use"
	done
	shift 4
	# shellcheck disable=SC2086
	make_key "$key" "$id" "$type" $uses
	certify "$key" "$id" "$@"
}

# The keys of make_visitor, and how results name them.
keys='rsa ec ec521'
called_key() {
	case $1 in
	rsa) echo 'RSA key' ;;
	ec) echo 'P-256 key' ;;
	ec521) echo 'P-521 key' ;;
	esac
}

# make_visitor KEY: with a certificate for clients of TLS.
make_visitor() {
	case $1 in
	rsa) set -- rsa 01 RSA:2048 ;;
	ec) set -- ec 02 EC:prime256v1 ;;
	ec521) set -- ec521 03 EC:secp521r1 ;;
	esac
	visitors="$visitors $1:$2"
	key=$1
	make_identity "$@" sign 'keyUsage = digitalSignature' 'extendedKeyUsage = clientAuth'
	certificate "$key-renamed" nobody "$key" 'keyUsage = digitalSignature' 'extendedKeyUsage = clientAuth'
}

make_visitors() {
	for visitor in $keys; do
		make_visitor "$visitor"
	done
}

# make_server NAME [ARGUMENT...]: outside of the token, NAME.key and the authority's
# certificate for it, NAME.pem, for servers of TLS.
make_server() {
	key=$1
	shift
	set_up openssl req -x509 -newkey rsa:2048 -nodes -keyout "$key.key" -subj "/CN=$key" \
		-CA ca.pem -CAkey ca.key -days 30 -addext basicConstraints=critical,CA:FALSE \
		-addext extendedKeyUsage=serverAuth -out "$key.pem" "$@"
}

# pin_source: the token has its PIN from a file, and nobody is asked.
pin_source() {
	(umask 077; echo "$PIN" > pin)
	printf '[%s]\npin-source = file:%s/pin\n' "$label" "$work" >> handfast.conf
}

# --- daemons --------------------------------------------------------------------

free_port() {
	perl -MIO::Socket::INET \
		-e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# start LOG PROGRAM...: in the background, ended with the test; its id is in $pid.  Not
# a function, of which only the shell around it would be ended.
start() {
	log=$1
	shift
	"$@" > "$log" 2>&1 < /dev/null &
	pid=$!
	started="$started $pid"
	logs="$logs $log"
}

# stop PID
stop() {
	kill "$1" 2> /dev/null
	wait "$1" 2> /dev/null
	started=$(echo "$started" | sed "s/ $1\b//")
	return 0
}

# until_true COMMAND...: within thirty seconds; see also breaks.
patience=300
until_true() {
	tries=$patience
	while ! "$@" > /dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "never came true: $*"; return 1; }
		sleep 0.1
	done
}

# listening PORT: without disturbing who listens.
listening() {
	grep -q "^ *[0-9]*: [0-9A-F]*:$(printf %04X "$1") [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6
}
