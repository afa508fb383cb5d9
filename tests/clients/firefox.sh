#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Firefox as a visitor of a server that wants a certificate, whose key is in the token:
# with the PIN typed into Firefox's own dialog on a screen, and without any screen by a
# token that logs in by itself.
set -u
. "$(dirname "$0")/common.sh"

client Firefox firefox-esr
need firefox-esr firefox-esr
. "$here/browser.sh"

# fox ARGUMENT...: with a profile in which nothing is left from another time, and that
# tells and fetches nothing by itself.
fox() {
	typed_into=
	rm -rf page.png profile home/.mozilla home/.cache
	database profile || return 1
	cat > profile/user.js <<-END
		user_pref("security.default_personal_cert", "Select Automatically");
		user_pref("app.normandy.enabled", false);
		user_pref("app.shield.optoutstudies.enabled", false);
		user_pref("browser.aboutwelcome.enabled", false);
		user_pref("browser.shell.checkDefaultBrowser", false);
		user_pref("datareporting.policy.dataSubmissionEnabled", false);
		user_pref("datareporting.policy.firstRunURL", "");
		user_pref("extensions.update.enabled", false);
		user_pref("network.captive-portal-service.enabled", false);
		user_pref("network.connectivity-service.enabled", false);
		user_pref("services.settings.server", "data:,none");
		user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
	END
	start firefox.log firefox-esr --no-remote --profile "$work/profile" "$@"
}

headless() {
	shown=-headless
	auto_login yes
	fox --headless --window-size 800,600 --screenshot "$work/page.png" "$url" && fox=$pid &&
		until_true test -s page.png && picture
	status=$?
	[ $status = 0 ] || cat firefox.log
	stop "$fox"
	return $status
}

# prompted PIN...: with each typed into a dialog.
prompted() {
	shown=-prompt
	auto_login no
	fox "$url" && fox=$pid
	for typed in "$@"; do
		type_pin 'Password Required' "$typed" || break
	done
	photograph && picture
	status=$?
	[ $status = 0 ] || cat firefox.log
	stop "$fox"
	return $status
}

make_token
website
screen
if [ -n "${HANDFAST_QUICK:-}" ]; then
	proves 'the PIN typed into its dialog, RSA key' \
		'C_Login C_SignInit:CKM_SHA256_RSA_PKCS_PSS C_SignFinal' serve rsa 1.3 prompted "$PIN"
	proves 'headless, TLS 1.3, EC key' 'C_SignInit:CKM_ECDSA[A-Z0-9_]*' serve ec 1.3 headless
	finish
	exit
fi
proves 'the PIN typed into its dialog, RSA key' 'C_Login C_SignInit:CKM_SHA256_RSA_PKCS_PSS C_SignFinal' \
	serve rsa 1.3 prompted "$PIN"
proves 'a wrong PIN and the right one typed, EC key' 'C_Login C_SignInit:CKM_ECDSA_SHA256 C_SignFinal' \
	serve ec 1.3 prompted wrong-pin "$PIN"
for version in 1.3 1.2; do
	proves "headless, TLS $version, RSA key" 'C_SignInit:CKM_[A-Z0-9_]*RSA_PKCS\(_PSS\)\{0,1\}' \
		serve rsa $version headless
	proves "headless, TLS $version, EC key" 'C_SignInit:CKM_ECDSA[A-Z0-9_]*' \
		serve ec $version headless
done
finish
