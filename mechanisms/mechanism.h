/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mechanism is one row: the mechanism list, the info call, key checks and
 * dispatch are all answered from it.  This header is what token/ sees of the
 * folder.  A mechanism never hears of sessions or SQL; a handle is to it a
 * number to pass up (params->refs).
 */
#ifndef HANDFAST_MECHANISM_H
#define HANDFAST_MECHANISM_H

#include <stdalign.h>

#include "token/base/attrs.h"
#include "token/base/base.h"
#include "token/base/cryptoki.h"
#include "token/base/secret.h"

/* Ends a list of key types, since CKK_RSA is 0; no key type in particular. */
#define ANY_KEY ((CK_KEY_TYPE)-1)

struct loaded; /* libcrypto's form of a key and what is kept ready beside it: key.c */

/*
 * What a mechanism may know of a key.  The attribute sets belong to the object
 * and outlive every call and operation that uses the key.
 */
struct key {
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE type;
	const struct attrs *meta;        /* everything that is not key material */
	const struct attrs *secret;      /* key material; NULL on public keys */
	_Atomic(struct loaded *) loaded; /* made at first use; key_unload drops it */
};

/* Drops libcrypto's form of the key.  No operation may be using it. */
void key_unload(struct key *key);

/*
 * Completes and checks the material of a public or private key or of domain
 * parameters before it is accepted (C_CreateObject, unwrap): a public value where it
 * can be computed, CRT values, consistency.
 * `meta` and `secret` are the object's own sets; adds what is missing.
 * CKR_ATTRIBUTE_VALUE_INVALID, CKR_CURVE_NOT_SUPPORTED, CKR_DOMAIN_PARAMS_INVALID,
 * CKR_KEY_SIZE_RANGE, CKR_TEMPLATE_INCOMPLETE, CKR_PARAMETER_SET_NOT_SUPPORTED.
 */
CK_RV key_complete(
    CK_OBJECT_CLASS class, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret) MUST_CHECK;

/* CKA_CHECK_VALUE (three bytes) of a secret key or the like; count 0 where the type has none. */
CK_RV key_check_value(
    CK_KEY_TYPE type, struct view value, unsigned char out[3], size_t *count) MUST_CHECK;
/* Is `len` a legal CKA_VALUE length for this secret key type?  *fixed: its only length, or 0. */
bool key_length_legal(CK_KEY_TYPE type, size_t len, size_t *fixed);
/* May it be the CKA_VALUE of such a key? */
bool key_value_legal(CK_KEY_TYPE type, struct view value);
/* The longest legal value of the type that is no longer than `room` (32, 24 or 16 for AES); 0:
 * none. */
size_t key_length_best(CK_KEY_TYPE type, size_t room);
/* CKA_CHECK_VALUE and CKA_PUBLIC_KEY_INFO of a certificate's DER; CKR_ATTRIBUTE_VALUE_INVALID if it
 * is none. */
CK_RV certificate_facts(struct view der, unsigned char check[3], struct bytes *spki) MUST_CHECK;
/* CKA_CHECK_VALUE of an attribute certificate (RFC 5755); the same error. */
CK_RV attribute_certificate_facts(struct view der, unsigned char check[3]) MUST_CHECK;
/* Bytes of a digest, by the mechanism that makes it; 0: none. */
size_t digest_length(CK_MECHANISM_TYPE hash);

/* A private key as PKCS#8 DER (PrivateKeyInfo) and back into attributes: wrap and unwrap. */
CK_RV key_to_pkcs8(const struct key *key, struct secret *der) MUST_CHECK;
CK_RV key_from_pkcs8(
    struct view der, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret) MUST_CHECK;

/*
 * Security strength in bits (NIST SP 800-57, part 1, tables 2 and 3), at most 256; what is
 * not known to be weaker counts as 256.
 */
size_t key_strength(CK_KEY_TYPE type, const struct attrs *meta);

struct mechanism;

/* A handle found in a mechanism parameter; token/ looks it up and fills in `key`. */
struct ref {
	CK_OBJECT_HANDLE handle;
	const struct key *key;
};

/*
 * A key that a derivation makes beside the one that C_DeriveKey returns, named by
 * its parameter (SP 800-108, TLS).  `parse` lists them; token/ reads their templates
 * and settles what they shall be before `derive`, and tells the caller their handles
 * when all objects are there.
 */
struct product {
	const CK_ATTRIBUTE *attributes; /* the caller's template, where it lies ... */
	CK_ULONG attribute_count;
	bool shares;              /* ... or the template of the call itself */
	CK_KEY_TYPE type;         /* its only type; ANY_KEY: what the template says */
	size_t len;               /* bytes that the parameter asks for; 0: what the template says */
	CK_OBJECT_HANDLE *handle; /* the caller's place, which need not be aligned */
	struct attrs defaults;    /* where the template is silent */
};
#define PRODUCTS_MOST 31

/* Bytes that a derivation writes to the caller when all its keys are there: IVs, a version. */
struct delivery {
	void *to;
	const void *from; /* in the parameters' care, filled in by `derive` */
	size_t len;
};

#define PARAMS_ROOM 256

/* The longest associated data, in whatever argument they come: what libcrypto counts in int. */
#define AAD_MOST ((size_t)16 << 20)

/*
 * What a mechanism parameter said, copied out of the caller's memory.  `data` is
 * the family's own structure, from params_new(), and everything it points to
 * comes from params_keep().  Released (and wiped) by params_release().
 */
struct params {
	CK_FLAGS verb;   /* what the caller wants to do, one CKF_ bit; known to `parse` */
	bool has_aad;    /* associated data come as an argument: C_WrapKeyAuthenticated ... */
	struct view aad; /* ... and lie in the caller's memory */
	bool message;    /* one of C_EncryptMessage and its like; has_aad, too */
	void *data;
	struct ref refs[8];
	size_t ref_count;
	struct product *products; /* from params_products() */
	size_t product_count;
	bool products_only;    /* C_DeriveKey returns no key of its own */
	struct attrs defaults; /* of the key that it does return, where its template is silent */
	struct delivery deliveries[6];
	size_t delivery_count;
	size_t late;   /* so many of them, the first, are known at the end of a message alone */
	bool harmless; /* the result tells nothing about the base key: an IV by its label */
	/* The token makes every nonce: `parse` refuses one that the caller chose. */
	bool own_nonces;
	size_t tag_least; /* bytes of a tag that it wants of authenticated encryption */
	size_t kek_bits;  /* of a key between the one that wraps and the one that is wrapped */
	struct params_block *blocks;
	alignas(max_align_t) unsigned char room[PARAMS_ROOM]; /* of params_new_public */
};

void *params_new(struct params *params, size_t size);
/*
 * The same for a structure that anyone may see, of at most PARAMS_ROOM bytes.  It lies in
 * `params` itself, which must stay where they are: a short message is sealed in less time
 * than memory is got in.
 */
void *params_new_public(struct params *params, size_t size);
/* Copies caller's bytes into the parameters' care.  CKR_MECHANISM_PARAM_INVALID for NULL with a
 * length. */
CK_RV params_keep(
    struct params *params, const void *data, CK_ULONG len, struct view *out) MUST_CHECK;
/* Copies a parameter structure of exactly `size` bytes, wherever it is aligned. */
CK_RV params_read(const CK_MECHANISM *mechanism, void *out, size_t size) MUST_CHECK;
/* Makes params->products, all zero but for an open type.  CKR_MECHANISM_PARAM_INVALID: over
 * PRODUCTS_MOST. */
CK_RV params_products(struct params *params, size_t count) MUST_CHECK;
/* Tells the caller what was made for it, when that is done: deliveries n to end - 1. */
void params_deliver(const struct params *params, size_t n, size_t end);
void params_release(struct params *params);
/* `parse` of a mechanism that takes no parameter. */
CK_RV parse_none(const CK_MECHANISM *mechanism, struct params *params) MUST_CHECK;

/* Room for output: mechanisms write up to `room` bytes to `data` and set `len`. */
struct out {
	unsigned char *data;
	size_t room;
	size_t len;
};

/* What a derived, unwrapped or decapsulated key shall be. */
struct want {
	CK_KEY_TYPE type;
	bool typed;  /* the template names the type, rather than leave it to be a generic secret */
	size_t len;  /* bytes asked for; 0: the template leaves it open */
	size_t best; /* with len == 0: what this type takes of an endless stream (32 for AES), 0 if
			it has no such size */
};

/*
 * A running operation.  token/ fills in everything but `state`, holds the key's
 * object for as long as it runs, and calls one function at a time.
 */
struct operation {
	const struct mechanism *mech;
	CK_FLAGS verb;           /* CKF_ENCRYPT, CKF_DECRYPT, CKF_DIGEST, CKF_SIGN, CKF_VERIFY,
				    CKF_SIGN_RECOVER,   CKF_VERIFY_RECOVER, CKF_WRAP or CKF_UNWRAP: one bit */
	struct key *key;         /* NULL for a digest */
	const struct want *want; /* CKF_UNWRAP of a secret key: what it shall be; else NULL */
	struct params params;
	void *state;
};

enum keep { KEEP_LEADING, KEEP_TRAILING };

/* One object that a mechanism made.  Released with made_release. */
struct made {
	struct attrs meta;   /* what the mechanism contributes: CKA_MODULUS, CKA_EC_POINT ... */
	struct attrs secret; /* CKA_VALUE, CKA_PRIVATE_EXPONENT ... */
	enum keep keep; /* which end of CKA_VALUE survives when the template asks for fewer bytes */
	bool part;      /* this time it is a part of the base, as with LINEAGE_PART */
};
#define MADE_EMPTY                                                                                 \
	{                                                                                          \
		.secret = {.secret = true }                                                        \
	}
void made_release(struct made *made);

/*
 * Verbs a mechanism lacks are NULL.
 *
 * Streaming mechanisms give start, update and final (or check).  Those that need
 * all input at once give `once` (or `check_once`); token/ gathers the parts for
 * them, up to `limit` bytes.  Output goes to `out`, whose room is at least
 * bound(); where input and output overlap, token/ has copied the input.
 */
struct mech_ops {
	CK_RV (*start)(struct operation *op);
	CK_RV (*update)(struct operation *op, struct view in, struct out *out);
	CK_RV (*final)(struct operation *op, struct out *out);
	CK_RV (*check)(struct operation *op, struct view signature);

	CK_RV (*once)(struct operation *op, struct view in, struct out *out);
	CK_RV (*check_once)(struct operation *op, struct view in, struct view signature);

	/* The most output that update (in more bytes) or, with `last`, in more bytes and the end
	 * can give now. */
	size_t (*bound)(const struct operation *op, size_t in, bool last);
	/* The last part of a message: takes from its parameters what those of the first may not
	 * have had, the tag. */
	CK_RV (*rest)(struct operation *op, const struct params *last);
	/* Frees op->state.  Called once for each start, whatever became of it. */
	void (*stop)(struct operation *op);

	/* C_GenerateKey: template[0], made[0].  C_GenerateKeyPair: [0] is the public half, [1] the
	 * private one. */
	CK_RV(*generate)
	(const struct mechanism *m, const struct params *params, const struct attrs template[],
	    struct made made[]);
	/* want[0], made[0]: the key that the call returns; [1] and on: params->products. */
	CK_RV(*derive)
	(const struct mechanism *m, const struct params *params, struct key *base,
	    const struct want want[], struct made made[]);
	/* Bytes of a ciphertext for this key, either half of it. */
	size_t (*ciphertext_len)(
	    const struct mechanism *m, const struct params *params, const struct key *key);
	/* Writes exactly ciphertext_len() bytes, for which there is room. */
	CK_RV(*encapsulate)
	(const struct mechanism *m, const struct params *params, struct key *public_key,
	    const struct want *want, struct made *made, struct out *ciphertext);
	/* CKR_WRAPPED_KEY_LEN_RANGE for a ciphertext of another length, CKR_WRAPPED_KEY_INVALID. */
	CK_RV(*decapsulate)
	(const struct mechanism *m, const struct params *params, struct key *private_key,
	    const struct want *want, struct view ciphertext, struct made *made);

	/* Replaces the usual "has CKA_<verb>" rule where a mechanism has another. */
	CK_RV (*permits)(const struct mechanism *m, const struct key *key, CK_FLAGS verb);
};

/*
 * What a derived key inherits from what it is made of: the base key and every key
 * that the parameter names (map of the rules: token/policy.c).
 */
enum lineage {
	LINEAGE_ONE_WAY, /* nothing of the base can be told from it: what the template says */
	LINEAGE_TIED,    /* hidden stays hidden */
	LINEAGE_OPEN,    /* it shows its inputs: hidden stays hidden, and is not cut */
	LINEAGE_PART,    /* it is a part of the base, which must not be hidden */
	LINEAGE_SAME,    /* sensitive and extractable as the base is, whatever the template */
	LINEAGE_LIKE,    /* one-way; where the template is silent, as the base is */
};

/* Of which class the new object is (CKO_DATA being 0, the class itself would not do). */
enum makes { MAKES_SECRET_KEY, MAKES_PUBLIC_KEY, MAKES_DOMAIN_PARAMETERS, MAKES_DATA };

struct cipher; /* one of libcrypto's: crypto.h */

struct mechanism {
	CK_MECHANISM_TYPE type;
	const char *name;        /* "CKM_HKDF_DERIVE", for logs and tests */
	const CK_KEY_TYPE *keys; /* ends with ANY_KEY, since CKK_RSA is 0 */
	CK_MECHANISM_INFO info;  /* what C_GetMechanismInfo returns */
	CK_RV (*parse)(const CK_MECHANISM *, struct params *);
	const struct mech_ops *ops;
	/* libcrypto's name for it; the row is absent where libcrypto lacks it. */
	const char *algorithm;
	CK_MECHANISM_TYPE hash; /* for the family: the digest that it begins with, or HMAC's */
	struct cipher *ciphers; /* for the family: those it is made of, by length of key */
	size_t limit; /* the longest input that a `once` operation gathers; 0: as long as any key */
	size_t slack; /* so many zero bytes may follow a secret key that was unwrapped */
	enum makes makes;     /* of C_GenerateKey and C_DeriveKey */
	enum lineage lineage; /* of C_DeriveKey */
	bool takes_data;      /* data objects serve as base keys */
	bool authenticates;   /* C_WrapKeyAuthenticated and C_UnwrapKeyAuthenticated take it */
	bool wraps_values;    /* wraps secret keys alone: what it filled up, PKCS#8 does not tell */
	bool pseudorandom; /* derivations are built on it: what it gives may be a key of theirs */
	bool malleable;    /* it wraps keys so that they can be altered on the way */
	bool from_caller;  /* the key that it generates follows from what the caller gives */
	const char *since; /* "3.5": the first OpenSSL that has it, where not all do */
};

#define MECH(m) .type = (m), .name = #m
#define KEYS(...)                                                                                  \
	.keys = (const CK_KEY_TYPE[])                                                              \
	{                                                                                          \
		__VA_ARGS__, ANY_KEY                                                               \
	}
#define SIZES(least, most, flag_bits) .info = { (least), (most), (flag_bits) }

/* The row of a mechanism; NULL: there is none, libcrypto lacks its algorithm, it is denied. */
const struct mechanism *mechanism_find(CK_MECHANISM_TYPE type);
/* The n-th mechanism there is, NULL past the last. */
const struct mechanism *mechanism_at(size_t n);
/* Does the row take keys of this type? */
bool mechanism_takes(const struct mechanism *m, CK_KEY_TYPE type);

/*
 * What the configuration leaves of the mechanisms.  Lists are names with commas
 * between, in which * stands for any characters; NULL: all are allowed, none denied.
 * The least sizes are bits; 0: the mechanism's own.
 */
struct limits {
	const char *allow, *deny;
	unsigned rsa_least, ec_least, dh_least;
};
#define MECHANISM_NAME_MOST 64
/* Does the list name any mechanism?  `unknown`: the first name in it that none has, or empty. */
bool mechanisms_named(const char *list, char unknown[MECHANISM_NAME_MOST]);
/* Holds from now on: for C_Initialize.  What is denied is as if there were no row. */
void mechanisms_limit(const struct limits *limits);
/* What C_GetMechanismInfo tells of a row. */
void mechanism_info(const struct mechanism *m, CK_MECHANISM_INFO *info);
/* By a key's attributes, or by the template for one.  CKR_KEY_SIZE_RANGE. */
CK_RV key_long_enough(CK_KEY_TYPE type, const struct attrs *meta) MUST_CHECK;

/* libcrypto: our own library context and what is fetched once.  Called from C_Initialize and
 * C_Finalize. */
CK_RV crypto_start(void) MUST_CHECK;
void crypto_stop(void);
/* In a forked child: the context stays usable, its random generator reseeds by itself. */

/* C_GenerateRandom and C_SeedRandom (CKR_RANDOM_SEED_NOT_SUPPORTED never: a seed is mixed in). */
CK_RV crypto_random(unsigned char *out, size_t len) MUST_CHECK;
CK_RV crypto_seed(struct view seed) MUST_CHECK;

/* Every C_ call brackets its use of libcrypto with these, so that the host's error queue is left as
 * found. */
void crypto_enter(void);
void crypto_leave(void);

#endif
