/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in profile objects.  A profile is listed here when its demands are met and tested, not
 * before. */
#include "token/profile.h"

static const CK_ULONG profiles[] = {
	CKP_BASELINE_PROVIDER,
	CKP_EXTENDED_PROVIDER,
	CKP_AUTHENTICATION_TOKEN,
	CKP_PUBLIC_CERTIFICATES_TOKEN,
	CKP_HKDF_TLS_TOKEN,
};

size_t
profile_count(void)
{
	return COUNT_OF(profiles);
}

CK_RV
profile_attributes(size_t n, struct attrs *out)
{
	TRY(attrs_set_ulong(out, CKA_CLASS, CKO_PROFILE));
	TRY(attrs_set_ulong(out, CKA_PROFILE_ID, profiles[n]));
	TRY(attrs_set_bool(out, CKA_TOKEN, true));
	TRY(attrs_set_bool(out, CKA_PRIVATE, false));
	TRY(attrs_set(out, CKA_LABEL, VIEW_NONE));
	TRY(attrs_set_bool(out, CKA_MODIFIABLE, false));
	TRY(attrs_set_bool(out, CKA_COPYABLE, false));
	return attrs_set_bool(out, CKA_DESTROYABLE, false);
}
