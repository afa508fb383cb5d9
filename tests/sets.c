/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sets.h"

#include <openssl/x509.h>
#include <sys/stat.h>

#include "tests/files.h"
#include "tests/peer.h"

#define LONGEST 8192

struct view
bent(struct view bytes, size_t at)
{
	unsigned char *copy = scratch(bytes.len + 1);

	memcpy(copy, bytes.data, bytes.len);
	copy[at] ^= 0x55;
	return view_of(copy, at < bytes.len ? bytes.len : at + 1);
}

/* --- in and out ----------------------------------------------------------------------------- */

struct view
kwp_wrapped(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key)
{
	CK_ULONG len = LONGEST;
	CK_BYTE *blob = scratch(len);

	ok(p11->C_WrapKey(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping, key, blob, &len));
	return view_of(blob, len);
}

struct view
kwp_opened(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, struct view blob)
{
	CK_ULONG len = LONGEST;
	CK_BYTE *plain = scratch(len);

	ok(p11->C_DecryptInit(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping));
	ok(p11->C_Decrypt(session, (CK_BYTE *)blob.data, blob.len, plain, &len));
	return view_of(plain, len);
}

struct view
kwp_sealed(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, struct view plain)
{
	CK_ULONG len = LONGEST;
	CK_BYTE *blob = scratch(len);

	ok(p11->C_EncryptInit(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping));
	ok(p11->C_Encrypt(session, (CK_BYTE *)plain.data, plain.len, blob, &len));
	return view_of(blob, len);
}

CK_RV
kwp_unwrap(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, CK_KEY_TYPE type, struct view blob,
    CK_OBJECT_HANDLE *made)
{
	return p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping,
	    (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, type), OPEN), made);
}

void
check_both_forms(CK_SESSION_HANDLE session, CK_KEY_TYPE type, const char *set)
{
	PEER_KEY peer = peer_set(set);
	CK_OBJECT_HANDLE wrapping = key_aes(session, CK_FALSE), made;
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(peer);
	struct view plain, seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
	unsigned char *der = NULL;
	int len = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
	size_t at = 0;

	check(len > 0 && (size_t)len > seed.len + value.len);
	plain = copy_of(der, (size_t)len);
	OPENSSL_free(der);
	PKCS8_PRIV_KEY_INFO_free(info);
	ok(kwp_unwrap(session, wrapping, type, kwp_sealed(session, wrapping, plain), &made));
	same_bytes(get_bytes(session, made, CKA_SEED), seed);
	same_bytes(get_bytes(session, made, CKA_VALUE), value);

	while (memcmp(plain.data + at, seed.data, seed.len) != 0)
		at++;
	for (int i = 0; i < 2; i++) {
		struct view wrong = bent(plain, i == 0 ? at : plain.len - 1);

		assert_rv(kwp_unwrap(
			      session, wrapping, type, kwp_sealed(session, wrapping, wrong), &made),
		    CKR_WRAPPED_KEY_INVALID);
	}
}

/* --- a token that has such keys ------------------------------------------------------------- */

CK_SESSION_HANDLE
session_stored(const char *file)
{
	ok(p11->C_Finalize(NULL));
	(void)mkdir(getenv("HANDFAST_STORE"), 0700);
	file_put(TOKEN((CK_SLOT_ID)0), file_read(source_file(file)));
	ok(p11->C_Initialize(NULL));
	return session_user(0);
}
