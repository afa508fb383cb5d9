# SPDX-License-Identifier: Apache-2.0
#
# What the tests of browsers share, sourced after common.sh: the web server, a screen
# without a monitor, somebody who types the PIN, and NSS's log.  The test has two functions:
# browse URL, on the screen, and photographed URL, without one to page.png, each with
# nothing left from another time.

need libnss3-tools modutil certutil
need imagemagick import identify
need xvfb Xvfb
need xdotool xdotool
. "$here/website.sh"

# They take their time to begin.
patience_broken=100

# --- the screen -----------------------------------------------------------------

# picture: of the page, which is kept.
picture() {
	[ "$(identify -format %m page.png)" = PNG ] || { echo 'there is no picture'; return 1; }
	keep page.png "$key-$version$shown.png"
}

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

# prompted DIALOG PIN...: with each typed into a window of that name, and then the page as it
# is on the screen.
prompted() {
	dialog=$1
	shift
	shown=-prompt
	typed_into=
	rm -f page.png
	browse "$url" || return 1
	for typed in "$@"; do
		type_pin "$dialog" "$typed" || return 1
	done
	until_true window 'the page served' && sleep 0.5 && import -window root page.png && picture
}

# headless: by a token that logs in by itself.
headless() {
	shown=-headless
	rm -f page.png
	photographed "$url" && until_true test -s page.png && picture
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

# --- the jobs ---------------------------------------------------------------------

# jobs DIALOG: in which the browser asks for the PIN.
jobs() {
	make_token
	website
	screen
	proves 'the PIN typed into its dialog, RSA key' "C_Login $(signed rsa)" \
		serve rsa 1.3 prompted "$1" "$PIN"
	[ -n "${HANDFAST_QUICK:-}" ] ||
		proves 'a wrong PIN and the right one typed, P-256 key' "C_Login $(signed ec)" \
			serve ec 1.3 prompted "$1" wrong-pin "$PIN"
	pin_source
	echo 'auto-login = yes' >> handfast.conf
	[ -z "${HANDFAST_QUICK:-}" ] || keys=ec
	for key in $keys; do
		proves "headless, TLS 1.3, $(called_key $key)" "$(signed $key)" serve $key 1.3 headless
	done
	[ -z "${HANDFAST_QUICK:-}" ] || { finish; exit; }
	for key in rsa ec; do
		proves "headless, TLS 1.2, $(called_key $key)" "$(signed $key)" serve $key 1.2 headless
	done
}
