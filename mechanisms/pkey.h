/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the asymmetric families share: numbers between attributes and libcrypto,
 * CKA_PUBLIC_KEY_INFO, and contexts kept ready beside a loaded key.  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_PKEY_H
#define HANDFAST_PKEY_H

#include <openssl/bn.h>

#include "mechanisms/crypto.h"
#include "mechanisms/der.h"

/* One number of a key: its place in libcrypto and in PKCS#11. */
struct number {
	const char *parameter; /* OSSL_PKEY_PARAM_... */
	CK_ATTRIBUTE_TYPE type;
	bool secret; /* key material, as against meta */
};

/*
 * Strips leading zeros from a big integer attribute, in the set.
 * CKR_TEMPLATE_INCOMPLETE when it is absent, CKR_ATTRIBUTE_VALUE_INVALID when it
 * is zero or longer than `most` bytes.
 */
CK_RV number_normalise(struct attrs *set, CK_ATTRIBUTE_TYPE type, size_t most) MUST_CHECK;
/* The value of an attribute that was checked before, from either set; VIEW_NONE: none. */
struct view attribute(const struct attrs *set, CK_ATTRIBUTE_TYPE type);
/* Without its leading zeros. */
struct view number_strip(struct view number);
/* The bits of a number without leading zeros. */
size_t number_bits(struct view number);
/* A BIGNUM of the context's, set to the number; NULL when there is no memory. */
BIGNUM *number_load(BN_CTX *ctx, struct view number);
/* A BIGNUM as an attribute, minimal but no shorter than `least` bytes. */
CK_RV number_store(
    struct attrs *set, CK_ATTRIBUTE_TYPE type, const BIGNUM *number, size_t least) MUST_CHECK;
/* A BN_CTX whose numbers are wiped when it is released. */
BN_CTX *numbers_new(void);

/* A context for keys of `algorithm`; NULL when libcrypto lacks it or memory. */
EVP_PKEY_CTX *pkey_context(const char *algorithm);
/* A new key pair; of EC in `group`, else NULL.  NULL is a failure of libcrypto's. */
EVP_PKEY *pkey_generate(const char *algorithm, const char *group);

/*
 * Builds an EVP_PKEY of `algorithm` from those of `numbers` that the key has.
 * EC also needs `group` and, where it is known, the encoded point; otherwise
 * NULL and VIEW_NONE.
 */
CK_RV pkey_build(const struct key *key, const char *algorithm, const struct number *numbers,
    size_t count, const char *group, struct view point, EVP_PKEY **out) MUST_CHECK;
/* The same from libcrypto's own parameters, for keys that are no numbers. */
CK_RV pkey_from_params(const char *algorithm, OSSL_PARAM *params, EVP_PKEY **out) MUST_CHECK;
/*
 * Sets CKA_PUBLIC_KEY_INFO (RFC 5280, SubjectPublicKeyInfo) from the
 * AlgorithmIdentifier and the public key's own encoding.
 * CKR_ATTRIBUTE_VALUE_INVALID when `meta` has one that tells of another key.
 */
CK_RV public_key_info(struct attrs *meta, struct view algorithm, struct view public_key) MUST_CHECK;

/* What a context was set up for; one that serves something else is of no use. */
struct purpose {
	CK_MECHANISM_TYPE type;
	CK_FLAGS verb;
	CK_ULONG settings[3]; /* the family's own: hash, MGF and salt length of PSS, say */
};

/*
 * A libcrypto context kept ready beside a loaded key, in one of its `spare`
 * places.  It belongs to whoever took it; it holds no thread's state, so the next
 * one may be another thread.
 */
struct prepared {
	struct purpose purpose;
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *peer;  /* agreement: parameters of the key, the peer's public value */
	BN_CTX *numbers; /* DH: where the numbers of struct dh_group live */
	BIGNUM *prime;
	BIGNUM *order;
};

/*
 * A context for this purpose with its key: an idle one, or a new one of which
 * only `ctx` is made and not yet initialised (then *fresh).
 */
CK_RV prepared_take(struct loaded *loaded, const struct purpose *purpose, struct prepared **out,
    bool *fresh) MUST_CHECK;
/*
 * Agreement: makes the peer object beside a new context.  Its public value is set
 * anew at each use, which costs a fiftieth of a P-256 derivation, where a fresh
 * object would cost a quarter.
 */
CK_RV prepared_peer(struct prepared *prepared, const struct loaded *loaded) MUST_CHECK;
/*
 * The shared secret of `len` bytes.  With `validate`, libcrypto puts the peer's
 * value to its full and slow test; without, the family has.
 * CKR_PUBLIC_KEY_INVALID.
 */
CK_RV prepared_agree(struct prepared *prepared, struct view peer, bool validate, size_t len,
    struct secret *z) MUST_CHECK;
/* Gives it back as idle and empties the caller's pointer. */
void prepared_give(struct loaded *loaded, struct prepared **prepared);
/* key_type's spare_free. */
void prepared_free(void *prepared);
/* For RELEASED: what was not given back is freed. */
void prepared_release(struct prepared **prepared);

/* For RELEASED. */
void pkey_release(EVP_PKEY **pkey);
void pkey_ctx_release(EVP_PKEY_CTX **ctx);
void numbers_release(BN_CTX **ctx);

#endif
