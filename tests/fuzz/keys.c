/* SPDX-License-Identifier: Apache-2.0 */
/* Keys for the fuzzers: see fuzz.h. */
#include "tests/fuzz/fuzz.h"

struct peer peers[KEYS];

static bool
have(CK_MECHANISM_TYPE type)
{
	CK_MECHANISM_INFO info;

	return p11->C_GetMechanismInfo(0, type, &info) == CKR_OK;
}

/* What a key is not for unless its template says so.  Ends with the two for what is secret. */
static const CK_ATTRIBUTE_TYPE secret_uses[] = { CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY,
	CKA_WRAP, CKA_UNWRAP, CKA_DERIVE, CKA_EXTRACTABLE, CKA_SENSITIVE };
static const CK_ATTRIBUTE_TYPE public_uses[] = { CKA_ENCRYPT, CKA_VERIFY, CKA_VERIFY_RECOVER,
	CKA_WRAP, CKA_ENCAPSULATE };
static const CK_ATTRIBUTE_TYPE private_uses[] = { CKA_DECRYPT, CKA_SIGN, CKA_SIGN_RECOVER,
	CKA_UNWRAP, CKA_DERIVE, CKA_DECAPSULATE, CKA_EXTRACTABLE, CKA_SENSITIVE };

static CK_ULONG
add_uses(const CK_ATTRIBUTE_TYPE *uses, size_t count, CK_ATTRIBUTE *template)
{
	static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;

	for (size_t i = 0; i < count; i++)
		template[i] =
		    (CK_ATTRIBUTE){ uses[i], uses[i] == CKA_SENSITIVE ? &no : &yes, sizeof(yes) };
	return count;
}

static void
secret(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_ULONG len, CK_OBJECT_HANDLE *out)
{
	CK_MECHANISM mechanism = { type, NULL, 0 };
	CK_ATTRIBUTE template[1 + COUNT(secret_uses)] = { { CKA_VALUE_LEN, &len, sizeof(len) } };

	(void)add_uses(secret_uses, COUNT(secret_uses), template + 1);
	must(p11->C_GenerateKey(session, &mechanism, template, COUNT(template), out) == CKR_OK);
}

/* What another party would send of this public key. */
static void
peer_read(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key, CK_ATTRIBUTE_TYPE type, struct peer *out)
{
	CK_ATTRIBUTE value = { type, out->data, sizeof(out->data) };

	must(p11->C_GetAttributeValue(session, key, &value, 1) == CKR_OK);
	out->len = value.ulValueLen;
}

static void
pair(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_ATTRIBUTE *public_part, CK_ULONG count,
    CK_OBJECT_HANDLE *out)
{
	CK_MECHANISM mechanism = { type, NULL, 0 };
	CK_ATTRIBUTE private_part[COUNT(private_uses)], public_whole[COUNT(public_uses) + 4];

	count += add_uses(public_uses, COUNT(public_uses),
	    (CK_ATTRIBUTE *)memcpy(public_whole, public_part, count * sizeof(*public_part)) +
		count);
	(void)add_uses(private_uses, COUNT(private_uses), private_part);
	must(p11->C_GenerateKeyPair(session, &mechanism, public_whole, count, private_part,
		 COUNT(private_part), &out[0], &out[1]) == CKR_OK);
}

CK_BYTE oid_p256[10] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
CK_BYTE oid_x25519[5] = { 0x06, 0x03, 0x2b, 0x65, 0x6e };
CK_BYTE oid_ed25519[5] = { 0x06, 0x03, 0x2b, 0x65, 0x70 };

static void
curve(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_BYTE *oid, CK_ULONG len, int key,
    CK_OBJECT_HANDLE keys[KEYS])
{
	CK_ATTRIBUTE parameters[] = { { CKA_EC_PARAMS, oid, len } };

	pair(session, type, parameters, 1, &keys[key]);
	peer_read(session, keys[key], CKA_EC_POINT, &peers[key]);
}

static void
groups(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS])
{
	static CK_BYTE prime[256], subprime[256], base[256];
	CK_ULONG bits = 2048;
	CK_ATTRIBUTE size[] = { { CKA_PRIME_BITS, &bits, sizeof(bits) } };
	CK_ATTRIBUTE group[] = { { CKA_PRIME, prime, sizeof(prime) },
		{ CKA_BASE, base, sizeof(base) }, { CKA_SUBPRIME, subprime, sizeof(subprime) } };
	CK_MECHANISM dh = { CKM_DH_PKCS_PARAMETER_GEN, NULL, 0 };
	CK_MECHANISM x9_42 = { CKM_X9_42_DH_PARAMETER_GEN, NULL, 0 };
	CK_OBJECT_HANDLE made;

	must(p11->C_GenerateKey(session, &dh, size, 1, &made) == CKR_OK);
	must(p11->C_GetAttributeValue(session, made, group, 2) == CKR_OK);
	pair(session, CKM_DH_PKCS_KEY_PAIR_GEN, group, 2, &keys[KEY_DH]);
	peer_read(session, keys[KEY_DH], CKA_VALUE, &peers[KEY_DH]);

	for (size_t i = 0; i < COUNT(group); i++)
		group[i].ulValueLen = sizeof(prime);
	must(p11->C_GenerateKey(session, &x9_42, size, 1, &made) == CKR_OK);
	must(p11->C_GetAttributeValue(session, made, group, 3) == CKR_OK);
	pair(session, CKM_X9_42_DH_KEY_PAIR_GEN, group, 3, &keys[KEY_X9_42]);
	peer_read(session, keys[KEY_X9_42], CKA_VALUE, &peers[KEY_X9_42]);
}

/* What OpenSSL has from 3.5 on.  Elsewhere the handles stay invalid ones. */
static void
post_quantum(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS])
{
	const struct {
		CK_MECHANISM_TYPE type;
		CK_ULONG set;
		int key;
	} rows[] = { { CKM_ML_KEM_KEY_PAIR_GEN, CKP_ML_KEM_512, KEY_ML_KEM },
		{ CKM_ML_DSA_KEY_PAIR_GEN, CKP_ML_DSA_44, KEY_ML_DSA },
		{ CKM_SLH_DSA_KEY_PAIR_GEN, CKP_SLH_DSA_SHA2_128F, KEY_SLH_DSA } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		CK_ULONG number = rows[i].set;
		CK_ATTRIBUTE set[] = { { CKA_PARAMETER_SET, &number, sizeof(number) } };

		if (have(rows[i].type))
			pair(session, rows[i].type, set, 1, &keys[rows[i].key]);
	}
}

void
fuzz_few_keys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS])
{
	secret(session, CKM_AES_KEY_GEN, 32, &keys[KEY_AES]);
	/* As long as a TLS master secret. */
	secret(session, CKM_GENERIC_SECRET_KEY_GEN, 48, &keys[KEY_GENERIC]);
	curve(session, CKM_EC_KEY_PAIR_GEN, oid_p256, sizeof(oid_p256), KEY_EC, keys);
}

void
fuzz_keys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS])
{
	static CK_BYTE f4[] = { 1, 0, 1 };
	static CK_BYTE ed25519_name[] = "\x13\x0c"
					"edwards25519"; /* a PrintableString */
	CK_ULONG bits = 2048;
	CK_ATTRIBUTE rsa[] = { { CKA_MODULUS_BITS, &bits, sizeof(bits) },
		{ CKA_PUBLIC_EXPONENT, f4, sizeof(f4) } };

	fuzz_few_keys(session, keys);
	secret(session, CKM_AES_XTS_KEY_GEN, 32, &keys[KEY_XTS]);
	secret(session, CKM_CHACHA20_KEY_GEN, 32, &keys[KEY_CHACHA20]);
	secret(session, CKM_POLY1305_KEY_GEN, 32, &keys[KEY_POLY1305]);
	secret(session, CKM_HKDF_KEY_GEN, 32, &keys[KEY_HKDF]);
	pair(session, CKM_RSA_PKCS_KEY_PAIR_GEN, rsa, COUNT(rsa), &keys[KEY_RSA]);
	curve(session, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, oid_x25519, sizeof(oid_x25519), KEY_X25519,
	    keys);
	/* Its name, since RFC 8410 has OIDs for EdDSA without contexts alone. */
	curve(session, CKM_EC_EDWARDS_KEY_PAIR_GEN, ed25519_name, sizeof(ed25519_name) - 1,
	    KEY_ED25519, keys);
	groups(session, keys);
	post_quantum(session, keys);
}
