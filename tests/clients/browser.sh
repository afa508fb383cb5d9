# SPDX-License-Identifier: Apache-2.0
#
# What the tests of browsers share, sourced after common.sh: the web server, a screen
# without a monitor, somebody who types the PIN, and NSS's log.

need libnss3-tools modutil certutil
need imagemagick import identify
need xvfb Xvfb
need xdotool xdotool
. "$here/website.sh"

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
