#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Firefox as a visitor of a server that wants a certificate, whose key is in the token:
# with the PIN typed into Firefox's own dialog on a screen, and without any screen by a
# token that logs in by itself.
set -u
. "$(dirname "$0")/common.sh"

client Firefox firefox-esr firefox
fox=$(command -v firefox-esr || echo firefox)
need firefox-esr "$fox"
. "$here/browser.sh"

# browse URL [ARGUMENT...]: with a profile that tells and fetches nothing by itself.
browse() {
	rm -rf profile home/.mozilla home/.cache
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
	start firefox.log "$fox" --no-remote --profile "$work/profile" "$@"
}

photographed() {
	browse "$@" --headless --window-size 800,600 --screenshot "$work/page.png"
}

jobs 'Password Required'
proves 'headless, TLS 1.2, P-521 key' "$(signed ec521)" serve ec521 1.2 headless
finish
