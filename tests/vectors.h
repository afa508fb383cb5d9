/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Test vectors: one row says what a mechanism makes of an input, as a standard
 * or another implementation has it.  From each row the runner (vectors.c,
 * t-vectors.c) derives the other cases: every way to split the input, size
 * queries, short buffers, in place, wrong key types, missing permissions, a
 * logout in between, damaged input, parameters of a wrong size.
 *
 * vectors/FAMILY.c holds the rows of mechanisms/FAMILY.c:
 *
 *	const struct vector aes_vectors[] = {
 *		{ "NIST SP 800-38A F.2.1", CKM_AES_CBC_PAD, IV("0001...0f"),
 *		    .verbs = CKF_ENCRYPT | CKF_DECRYPT, .key = AES_KEY("2b7e...3c"),
 *		    .in = "6bc1...2a", .out = "7649...7d" },
 *		{ 0 },
 *	};
 *
 * A new family adds its name to VECTOR_FAMILIES below and its file to Makefile.am.
 * Never take an expected value from our own output.
 */
#ifndef HANDFAST_TESTS_VECTORS_H
#define HANDFAST_TESTS_VECTORS_H

#include "tests/client.h"

/* A row says what it needs to and leaves out the rest, in any order and at any depth. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/*
 * A mechanism's parameter, to be laid out in memory as a client would have it.
 * `build` sets pParameter and ulParameterLen; `bytes` are hexadecimal.  Use the
 * macros; a family with a structure of its own writes one more and its `build`.
 */
struct vector_key;
struct parameter {
	void (*build)(const struct parameter *from, CK_MECHANISM *to);
	CK_ULONG number[3];
	const char *bytes[3];
	bool any_length; /* bytes whose number the standard leaves open: no wrong size exists */
	const struct vector_key *keys[2]; /* other keys that the parameter names ... */
	CK_OBJECT_HANDLE handles[2];      /* ... made by the runner before `build` is called */
};

void build_bytes(const struct parameter *from, CK_MECHANISM *to);
void build_handle(const struct parameter *from, CK_MECHANISM *to);
void build_number(const struct parameter *from, CK_MECHANISM *to);
void build_string(const struct parameter *from, CK_MECHANISM *to);
void build_cbc_data(const struct parameter *from, CK_MECHANISM *to);
void build_ecdh_wrap(const struct parameter *from, CK_MECHANISM *to);
void build_ctr(const struct parameter *from, CK_MECHANISM *to);
void build_chacha20(const struct parameter *from, CK_MECHANISM *to);
void build_chacha20_poly1305(const struct parameter *from, CK_MECHANISM *to);
void build_gcm(const struct parameter *from, CK_MECHANISM *to);
void build_ccm(const struct parameter *from, CK_MECHANISM *to);
void build_oaep(const struct parameter *from, CK_MECHANISM *to);
void build_pss(const struct parameter *from, CK_MECHANISM *to);
void build_rsa_aes(const struct parameter *from, CK_MECHANISM *to);
void build_eddsa(const struct parameter *from, CK_MECHANISM *to);
void build_sign_context(const struct parameter *from, CK_MECHANISM *to);
void build_hash_sign_context(const struct parameter *from, CK_MECHANISM *to);
void build_ecdh(const struct parameter *from, CK_MECHANISM *to);
void build_x9_42(const struct parameter *from, CK_MECHANISM *to);
void build_hkdf(const struct parameter *from, CK_MECHANISM *to);
void build_pbkdf2(const struct parameter *from, CK_MECHANISM *to);
void build_tls_master(const struct parameter *from, CK_MECHANISM *to);
void build_tls_extended(const struct parameter *from, CK_MECHANISM *to);
void build_tls_keys(const struct parameter *from, CK_MECHANISM *to);
void build_tls_kdf(const struct parameter *from, CK_MECHANISM *to);
void build_tls_mac(const struct parameter *from, CK_MECHANISM *to);
void build_kbkdf(const struct parameter *from, CK_MECHANISM *to);
void build_ike_prf(const struct parameter *from, CK_MECHANISM *to);
void build_ike2_prf_plus(const struct parameter *from, CK_MECHANISM *to);
void build_ike1_prf(const struct parameter *from, CK_MECHANISM *to);
void build_ike1_extended(const struct parameter *from, CK_MECHANISM *to);

/* No parameter. */
#define NONE                                                                                       \
	{                                                                                          \
		NULL                                                                               \
	}
/* An initialisation vector: bytes of one right length. */
#define IV(hex)                                                                                    \
	{                                                                                          \
		build_bytes, { 0 },                                                                \
		{                                                                                  \
			hex                                                                        \
		}                                                                                  \
	}
/* CK_OBJECT_HANDLE of another key. */
#define OTHER_KEY(key)                                                                             \
	{                                                                                          \
		.build = build_handle, .keys = { key }                                             \
	}
/* CK_ULONG (CK_EXTRACT_PARAMS). */
#define NUMBER(value)                                                                              \
	{                                                                                          \
		build_number,                                                                      \
		{                                                                                  \
			value                                                                      \
		}                                                                                  \
	}
/* CK_KEY_DERIVATION_STRING_DATA. */
#define STRING(hex)                                                                                \
	{                                                                                          \
		build_string, { 0 },                                                               \
		{                                                                                  \
			hex                                                                        \
		}                                                                                  \
	}
/* CK_AES_CBC_ENCRYPT_DATA_PARAMS: an IV of 16 bytes, and data. */
#define CBC_DATA(iv, data)                                                                         \
	{                                                                                          \
		build_cbc_data, { 0 },                                                             \
		{                                                                                  \
			iv, data                                                                   \
		}                                                                                  \
	}
/* One that may be left out. */
#define WRAP_IV(hex)                                                                               \
	{                                                                                          \
		build_bytes, { 0 }, { hex }, true                                                  \
	}
/* The other party's public value as it is (CKM_DH_PKCS_DERIVE). */
#define PEER(hex)                                                                                  \
	{                                                                                          \
		build_bytes, { 0 }, { hex }, true                                                  \
	}
/* CK_ECDH_AES_KEY_WRAP_PARAMS: ECDH_WRAP(256, CKD_SHA256_KDF, NULL). */
#define ECDH_WRAP(bits, kdf, shared)                                                               \
	{                                                                                          \
		build_ecdh_wrap, { bits, kdf },                                                    \
		{                                                                                  \
			shared                                                                     \
		}                                                                                  \
	}
/* CK_AES_CTR_PARAMS. */
#define CTR(bits, block)                                                                           \
	{                                                                                          \
		build_ctr, { bits },                                                               \
		{                                                                                  \
			block                                                                      \
		}                                                                                  \
	}
/* CK_CHACHA20_PARAMS. */
#define CHACHA20(counter_bits, counter, nonce)                                                     \
	{                                                                                          \
		build_chacha20, { counter_bits },                                                  \
		{                                                                                  \
			counter, nonce                                                             \
		}                                                                                  \
	}
/* CK_SALSA20_CHACHA20_POLY1305_PARAMS; the nonce's length as its client says it. */
#define CHACHA20_POLY1305(len, nonce, aad)                                                         \
	{                                                                                          \
		build_chacha20_poly1305, { len },                                                  \
		{                                                                                  \
			nonce, aad                                                                 \
		}                                                                                  \
	}
/* CK_GCM_PARAMS. */
#define GCM(iv, aad, tag_bits)                                                                     \
	{                                                                                          \
		build_gcm, { tag_bits },                                                           \
		{                                                                                  \
			iv, aad                                                                    \
		}                                                                                  \
	}
/* CK_CCM_PARAMS: data_len is the plaintext's. */
#define CCM(data_len, nonce, aad, mac_len)                                                         \
	{                                                                                          \
		build_ccm, { data_len, mac_len },                                                  \
		{                                                                                  \
			nonce, aad                                                                 \
		}                                                                                  \
	}
/* CK_RSA_PKCS_OAEP_PARAMS: OAEP(CKM_SHA256, CKG_MGF1_SHA1, "label in hex" or NULL). */
#define OAEP(hash, mgf, label)                                                                     \
	{                                                                                          \
		build_oaep, { hash, mgf },                                                         \
		{                                                                                  \
			label                                                                      \
		}                                                                                  \
	}
/* CK_RSA_PKCS_PSS_PARAMS: PSS(CKM_SHA256, CKG_MGF1_SHA256, 32). */
#define PSS(hash, mgf, salt_len)                                                                   \
	{                                                                                          \
		build_pss,                                                                         \
		{                                                                                  \
			hash, mgf, salt_len                                                        \
		}                                                                                  \
	}
/* CK_RSA_AES_KEY_WRAP_PARAMS, and for the block of RSA what OAEP() has. */
#define RSA_AES(bits, hash, mgf, label)                                                            \
	{                                                                                          \
		build_rsa_aes, { hash, mgf, bits },                                                \
		{                                                                                  \
			label                                                                      \
		}                                                                                  \
	}
/* CK_EDDSA_PARAMS: EDDSA(prehash, "context in hex" or NULL). */
#define EDDSA(prehash, context)                                                                    \
	{                                                                                          \
		build_eddsa, { prehash },                                                          \
		{                                                                                  \
			context                                                                    \
		}                                                                                  \
	}
/* CK_SIGN_ADDITIONAL_CONTEXT: SIGN_CONTEXT(CKH_DETERMINISTIC_REQUIRED, "context in hex" or NULL).
 */
#define SIGN_CONTEXT(hedge, context)                                                               \
	{                                                                                          \
		build_sign_context, { hedge },                                                     \
		{                                                                                  \
			context                                                                    \
		}                                                                                  \
	}
/* CK_HASH_SIGN_ADDITIONAL_CONTEXT, which names the hash as well. */
#define HASH_SIGN_CONTEXT(hedge, context, hash)                                                    \
	{                                                                                          \
		build_hash_sign_context, { hedge, hash },                                          \
		{                                                                                  \
			context                                                                    \
		}                                                                                  \
	}
/* CK_ECDH1_DERIVE_PARAMS: ECDH(CKD_NULL, NULL, "04..."). */
#define ECDH(kdf, shared, point)                                                                   \
	{                                                                                          \
		build_ecdh, { kdf },                                                               \
		{                                                                                  \
			shared, point                                                              \
		}                                                                                  \
	}
/* CK_X9_42_DH1_DERIVE_PARAMS: X9_42(CKD_NULL, NULL, "public value"). */
#define X9_42(kdf, other_info, value)                                                              \
	{                                                                                          \
		build_x9_42, { kdf },                                                              \
		{                                                                                  \
			other_info, value                                                          \
		}                                                                                  \
	}
/* CK_HKDF_PARAMS: HKDF(EXTRACT | EXPAND, CKM_SHA256, "salt" or NULL for none, "info"). */
#define EXTRACT 1
#define EXPAND 2
#define HKDF(steps, hash, salt, info)                                                              \
	{                                                                                          \
		build_hkdf, { steps, hash },                                                       \
		{                                                                                  \
			salt, info                                                                 \
		}                                                                                  \
	}
/* CK_PKCS5_PBKD2_PARAMS2: PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, iterations, "salt", "password"). */
#define PBKDF2(prf, iterations, salt, password)                                                    \
	{                                                                                          \
		build_pbkdf2, { prf, iterations },                                                 \
		{                                                                                  \
			salt, password                                                             \
		}                                                                                  \
	}
/*
 * CK_SP800_108_KDF_PARAMS or, for feedback mode, its like with an IV:
 * KBKDF(CKM_SHA256_HMAC, PIECES(COUNT_32, DATA, 0, 0), "data", "more data", "IV").
 * COUNT_ is the iteration variable of counter mode, a counter beside it in others.
 */
enum kbkdf_piece {
	ITERATION = 1,
	COUNT_8,
	COUNT_16,
	COUNT_24,
	COUNT_32,
	COUNT_16_LITTLE,
	LENGTH_16, /* L: the sum of keys ... */
	LENGTH_32,
	LENGTH_64_LITTLE,
	SEGMENTS_32, /* ... or of segments */
	DATA,
	MORE_DATA,
	A_KEY, /* the value of parameter.keys[0] */
};
#define PIECES(a, b, c, d) ((a) | (b) << 4 | (c) << 8 | (d) << 12)
#define KBKDF(prf, pieces, ...)                                                                    \
	{                                                                                          \
		build_kbkdf, { prf, pieces },                                                      \
		{                                                                                  \
			__VA_ARGS__                                                                \
		}                                                                                  \
	}
#define KBKDF_WITH_KEY(prf, pieces, data, key)                                                     \
	{                                                                                          \
		build_kbkdf, { prf, pieces }, { data }, .keys = { key }                            \
	}
/* CK_IKE_PRF_DERIVE_PARAMS: IKE_PRF(CKM_SHA256_HMAC, DATA_AS_KEY, "Ni", "Nr"), or with a new key.
 */
#define DATA_AS_KEY 1
#define REKEY 2
#define IKE_PRF(prf, flags, ni, nr, ...)                                                           \
	{                                                                                          \
		build_ike_prf, { prf, flags }, { ni, nr }, .keys = { __VA_ARGS__ }                 \
	}
/* CK_IKE2_PRF_PLUS_DERIVE_PARAMS and CK_IKE1_EXTENDED_DERIVE_PARAMS: the data, and a key or NULL.
 */
#define IKE2_PRF_PLUS(prf, seed, key)                                                              \
	{                                                                                          \
		build_ike2_prf_plus, { prf }, { seed }, .keys = { key }                            \
	}
#define IKE1_EXTENDED(prf, extra, key)                                                             \
	{                                                                                          \
		build_ike1_extended, { prf }, { extra }, .keys = { key }                           \
	}
/* CK_IKE1_PRF_DERIVE_PARAMS: the cookies, g^xy, and the previous key or NULL. */
#define IKE1_PRF(prf, number, initiator, responder, gxy, previous)                                 \
	{                                                                                          \
		build_ike1_prf, { prf, number }, { initiator, responder }, .keys = {               \
			gxy,                                                                       \
			previous                                                                   \
		}                                                                                  \
	}

/* CK_TLS12_MASTER_KEY_DERIVE_PARAMS; `version`: with a place for it, as an RSA premaster has one.
 */
#define TLS_MASTER(hash, version, client, server)                                                  \
	{                                                                                          \
		build_tls_master, { hash, version },                                               \
		{                                                                                  \
			client, server                                                             \
		}                                                                                  \
	}
/* CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS. */
#define TLS_EXTENDED(hash, version, session_hash)                                                  \
	{                                                                                          \
		build_tls_extended, { hash, version },                                             \
		{                                                                                  \
			session_hash                                                               \
		}                                                                                  \
	}
/* CK_TLS12_KEY_MAT_PARAMS without IVs; the row says which key it is about (`returned`). */
#define TLS_KEYS(hash, mac_bits, key_bits, client, server)                                         \
	{                                                                                          \
		build_tls_keys, { hash, mac_bits, key_bits },                                      \
		{                                                                                  \
			client, server                                                             \
		}                                                                                  \
	}
/* CK_TLS_KDF_PARAMS: both randoms in one; context in hex, or NULL for none. */
#define TLS_KDF(prf, label, randoms, context)                                                      \
	{                                                                                          \
		build_tls_kdf, { prf },                                                            \
		{                                                                                  \
			label, randoms, context                                                    \
		}                                                                                  \
	}
/* CK_TLS_MAC_PARAMS: 1 is the server, 2 the client. */
#define TLS_MAC(prf, len, side)                                                                    \
	{                                                                                          \
		build_tls_mac,                                                                     \
		{                                                                                  \
			prf, len, side                                                             \
		}                                                                                  \
	}

#define KEM (CKF_ENCAPSULATE | CKF_DECAPSULATE)

/* An attribute: bytes in hexadecimal, or a number (CK_ULONG) where hex is NULL. */
struct vector_attribute {
	CK_ATTRIBUTE_TYPE type;
	const char *hex;
	CK_ULONG number;
};

/*
 * A key by its material alone; the runner adds class, type and permissions.  A
 * list ends with an all-zero entry (static initialisation gives one for nothing).
 * A secret key has CKA_VALUE in `private` and nothing in `public`.  A row whose
 * verbs need only one half of a pair may leave the other empty.
 */
struct vector_key {
	CK_OBJECT_CLASS class; /* CKO_SECRET_KEY, or CKO_PRIVATE_KEY for a pair */
	CK_KEY_TYPE type;
	struct vector_attribute public[5];  /* CKA_MODULUS and CKA_PUBLIC_EXPONENT; ... */
	struct vector_attribute private[9]; /* CKA_MODULUS, CKA_PUBLIC_EXPONENT, ... */
};

#define SECRET_KEY(key_type, value)                                                                \
	(&(const struct vector_key){                                                               \
	    .class = CKO_SECRET_KEY, .type = (key_type), .private = { { CKA_VALUE, value } } })
#define AES_KEY(value) SECRET_KEY(CKK_AES, value)
#define GENERIC_KEY(value) SECRET_KEY(CKK_GENERIC_SECRET, value)
/* What C_GenerateKey makes. */
#define MADE_KEY(made_class, key_type)                                                             \
	(&(const struct vector_key){ .class = (made_class), .type = (key_type) })

/*
 * What the fields mean depends on the verbs:
 *
 *   CKF_DIGEST               `in` is digested to `out`.
 *   CKF_ENCRYPT CKF_DECRYPT  `in` is the plaintext, `out` the ciphertext (with the tag, for GCM).
 *   CKF_SIGN CKF_VERIFY      `in` is the message, `out` the signature.
 *   CKF_WRAP CKF_UNWRAP      `in` is the value of a generic secret key, or with `target` that
 *                            key is wrapped; `out` is the blob.
 *   CKF_DERIVE               `out` is the value of a generic secret key derived from `key`, made
 *                            with CKA_VALUE_LEN.  `whole`: the same without CKA_VALUE_LEN, for
 *                            a mechanism whose output has a natural length and is not cut.
 *                            `makes`: a data object, whose CKA_VALUE is `out`, or a public key,
 *                            whose CKA_PUBLIC_KEY_INFO is; neither with CKA_VALUE_LEN.
 *   CKF_ENCAPSULATE          the public half of `key` gives a ciphertext of `out`'s length, and
 *   CKF_DECAPSULATE          the private half makes the generic secret `in` of `out`.  With
 *                            CKA_VALUE_LEN unless `whole`.
 *   CKF_GENERATE             `template` makes a key of `key`'s class and type (no material);
 *                            `out` is its value, where it follows from the parameter.
 *   CKF_GENERATE_KEY_PAIR    `template` is the public half's.
 *
 * Several verbs in one row are each tried.  The verbs of all rows of a mechanism together
 * must be the ones that C_GetMechanismInfo has (check-vectors.c).
 */
/* What CKF_DERIVE makes (CKO_DATA is 0). */
enum derived { DERIVED_SECRET, DERIVED_DATA, DERIVED_PUBLIC };

struct vector {
	const char *source; /* "RFC 5869 A.1"; unique within a mechanism where that is easy */
	CK_MECHANISM_TYPE mechanism;
	struct parameter parameter;
	CK_FLAGS verbs;
	const struct vector_key *key;
	const struct vector_key *target;
	const char *in, *out; /* hexadecimal, blanks allowed; NULL is empty */
	/* CKF_SIGN CKF_VERIFY: the SHA-256 of a signature that is too long to be written down.  The
	 * runner signs once without randomness, compares, and goes on as if `out` had it. */
	const char *sha256;
	unsigned long repeat; /* `in` that many times; 0 is once */
	bool random;          /* each call gives another output (OAEP, ECDSA): encrypt, sign and
				 wrap are tried by taking their output back, `out` by decrypt,
				 verify and unwrap */
	bool authentic;       /* whatever changes one bit of `out` must be refused (GCM, OAEP) */
	size_t masked; /* so many bytes into `out` is one whose top bit does not count (X25519:
			  RFC 7748, 5) */
	bool whole;    /* CKF_DERIVE, CKF_DECAPSULATE: see above */
	/* CKF_DERIVE: the key that the parameter returns, where C_DeriveKey itself returns none */
	CK_OBJECT_HANDLE (*returned)(const CK_MECHANISM *mechanism);
	bool unasked;       /* the mechanism needs no permission of the key */
	enum derived makes; /* CKF_DERIVE: see above */
	CK_RV rv;           /* what each verb must answer instead: a row of bad input */
	const char *since;  /* "3.5": the first OpenSSL that has the mechanism, where not all do */
	bool variant;       /* `since` is about the parameter; the mechanism is there before */
	struct vector_attribute template[6]; /* CKF_GENERATE and CKF_GENERATE_KEY_PAIR */
};

/* The families, as in mechanisms/table.c. */
/* clang-format off */
#define VECTOR_FAMILIES(F) \
	F(digest) \
	F(secret) \
	F(aes) \
	F(aes_ccm) \
	F(aes_wrap) \
	F(rsa) \
	F(rsa_pkcs) \
	F(rsa_signature) \
	F(ec) \
	F(montgomery) \
	F(ecdsa) \
	F(eddsa) \
	F(ecdh) \
	F(ecdh_wrap) \
	F(dh) \
	F(x9_42) \
	F(hkdf) \
	F(pbkdf2) \
	F(combine) \
	F(kbkdf) \
	F(tls) \
	F(ike) \
	F(mlkem) \
	F(mldsa) \
	F(slhdsa) \
	F(public_key) \
	F(mac) \
	F(chacha20)
/* clang-format on */

#define VECTOR_DECLARE(family) extern const struct vector family##_vectors[];
VECTOR_FAMILIES(VECTOR_DECLARE)
#undef VECTOR_DECLARE

/* Calls for every row of every family. */
void vectors_each(void (*call)(const char *family, const struct vector *, void *), void *context);

/* Whether the libcrypto that runs is new enough for the row. */
bool vector_plays(const struct vector *vector);
/* The row's mechanism with its parameter laid out, and the keys that this names made. */
CK_MECHANISM *vector_mechanism(CK_SESSION_HANDLE session, const struct vector *vector);
/*
 * One half of a row's key as a session object; CKO_SECRET_KEY, CKO_PUBLIC_KEY or
 * CKO_PRIVATE_KEY.  It may do what `uses` says (bits of CKF_) and nothing else.
 */
CK_OBJECT_HANDLE vector_key_make(CK_SESSION_HANDLE session, const struct vector_key *key,
    CK_OBJECT_CLASS half, CK_FLAGS uses, CK_BBOOL hidden);
/* The same with one attribute more, or NULL. */
CK_OBJECT_HANDLE vector_key_make_with(CK_SESSION_HANDLE session, const struct vector_key *key,
    CK_OBJECT_CLASS half, CK_FLAGS uses, CK_BBOOL hidden, const CK_ATTRIBUTE *more);
/* A row's list as a caller's template; returns the number of attributes. */
CK_ULONG vector_template(const struct vector_attribute *from, size_t room, CK_ATTRIBUTE *to);

#endif
