/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcrypto for the families: our own library context, digests by mechanism,
 * and keys in libcrypto's form.  Private to mechanisms/.
 */
#ifndef HANDFAST_CRYPTO_H
#define HANDFAST_CRYPTO_H

#include <openssl/evp.h>

#include "mechanisms/mechanism.h"
#include "token/base/libctx.h"

/* A digest, fetched once: by a CKM_SHA… digest mechanism, and by the CKG_MGF1_… of the same hash.
 * NULL: none. */
const EVP_MD *crypto_digest(CK_MECHANISM_TYPE hash);
const EVP_MD *crypto_mgf_digest(CK_ULONG mgf);
/* The same for what a caller's parameter names: NULL also where that mechanism is denied. */
const EVP_MD *crypto_digest_asked(CK_MECHANISM_TYPE hash);
const EVP_MD *crypto_mgf_digest_asked(CK_ULONG mgf);
/* By libcrypto's name, which a row has as its algorithm. */
const EVP_MD *crypto_digest_named(const char *name);

/* The first three bytes of SHA-1: CKA_CHECK_VALUE of certificates and of keys without a cipher. */
CK_RV crypto_check_value(struct view value, unsigned char out[3]) MUST_CHECK;

/* A cipher, fetched once: each family declares those it uses with their libcrypto names. */
struct cipher {
	const char *name;
	_Atomic(EVP_CIPHER *) fetched;
};
/* NULL: libcrypto lacks it. */
const EVP_CIPHER *crypto_cipher(struct cipher *cipher);

/* What a libcrypto call that failed for no fault of the caller is: CKR_HOST_MEMORY or
 * CKR_FUNCTION_FAILED. */
CK_RV crypto_failure(void) MUST_CHECK;
/* What one that may fail for bad input is: `otherwise`, unless there was no memory. */
CK_RV failure_unless_memory(CK_RV otherwise) MUST_CHECK;
/* A fresh random key (or any other value that stays secret). */
CK_RV crypto_random_secret(struct secret *out, size_t len) MUST_CHECK;
/* Has some algorithm of any kind in libcrypto this name?  UNKNOWN where libcrypto had no memory to
 * say so: whoever goes on meets that again. */
enum presence { UNKNOWN, PRESENT, ABSENT };
enum presence crypto_presence(const char *algorithm);

/* The longest secret value that is made or taken: 16 KiB hold the most that HKDF gives, 255 blocks
 * of SHA-512. */
#define MAX_SECRET 16384

/* The list of mechanisms, for crypto_start and crypto_stop. */
CK_RV table_start(void) MUST_CHECK;
void table_stop(void);
/* Marks what is denied. */
bool limits_deny(const struct limits *limits, const struct mechanism *m);
void table_limit(const struct limits *limits);
/* Is a mechanism that a parameter names, as a hash or a PRF, denied to the caller? */
bool mechanism_denied(CK_MECHANISM_TYPE type);

/*
 * A key in libcrypto's form with what its family keeps ready beside it, so that
 * the hot path fetches, parses and allocates nothing.  `spare` holds idle
 * contexts: taken by exchanging with NULL, given back by putting into an empty
 * place, freed where none is empty.  So no lock is needed and each thread
 * finds one of its own.
 */
#define SPARES 4
struct loaded {
	EVP_PKEY *pkey;
	_Atomic(void *) spare[SPARES];
	void (*spare_free)(void *);
	_Atomic(struct nonces *) nonces; /* made at first use */
	_Atomic(bool) doubtful;
	struct loaded *before; /* the doubtful one in whose place it is, which may be in use */
};

/* The key in libcrypto's form, made at first use; borrowed from the key. */
CK_RV key_load(struct key *key, struct loaded **out) MUST_CHECK;
/*
 * After a failure with the key: where that was for want of memory, the key is made
 * anew for the next call.  The RSA of OpenSSL 3.0 is left with a blinding whose two
 * halves do not belong together, and then signs and deciphers wrongly 31 times more.
 */
void loaded_doubt(struct loaded *loaded);
/* An idle context of the family's own kind, or NULL; and back again (frees it where there is no
 * place). */
void *loaded_take(struct loaded *loaded);
void loaded_give(struct loaded *loaded, void *context);

/*
 * A value that was never given before for this key as it is opened, and in any other
 * process only by a chance of 2^-96 for each pair.  CKR_KEY_EXHAUSTED after 2^32.
 */
#define NONCE_LEN 12
CK_RV loaded_nonce(struct loaded *loaded, unsigned char out[NONCE_LEN]) MUST_CHECK;

/* What a family tells of its key type: rows of key_types in key.c. */
struct key_type {
	CK_KEY_TYPE type;
	/* See key_complete(). */
	CK_RV (*complete)(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret);
	/* Builds the EVP_PKEY of a public or private key from its attributes, which were checked
	 * before; NULL where libcrypto has no such form (AES). */
	CK_RV (*load)(const struct key *key, EVP_PKEY **out);
	/* Frees a context that the family keeps in loaded->spare; NULL where it keeps none. */
	void (*spare_free)(void *);
};
extern const struct key_type aes_key_type, aes_xts_key_type, chacha20_key_type, rsa_key_type,
    ec_key_type, montgomery_key_type, edwards_key_type, dh_key_type, x9_42_key_type, mlkem_key_type,
    mldsa_key_type, slhdsa_key_type;

/* KEYS() of what takes any secret key there is. */
#define SECRET_KEYS                                                                                \
	CKK_GENERIC_SECRET, CKK_HKDF, CKK_AES, CKK_AES_XTS, CKK_CHACHA20, CKK_POLY1305, CKK_DES3,  \
	    CKK_SHA_1_HMAC, CKK_SHA224_HMAC, CKK_SHA256_HMAC, CKK_SHA384_HMAC, CKK_SHA512_HMAC,    \
	    CKK_SHA512_224_HMAC, CKK_SHA512_256_HMAC, CKK_SHA3_224_HMAC, CKK_SHA3_256_HMAC,        \
	    CKK_SHA3_384_HMAC, CKK_SHA3_512_HMAC

/* How long a secret key shall be that C_GenerateKey makes from this template. */
CK_RV key_length_asked(CK_KEY_TYPE type, const struct attrs *template, size_t *len) MUST_CHECK;

/* A BIGNUM parameter of an EVP_PKEY as a minimal big-endian attribute (never shorter than `least`
 * bytes). */
CK_RV pkey_number(const EVP_PKEY *pkey, const char *parameter, CK_ATTRIBUTE_TYPE type, size_t least,
    struct attrs *into) MUST_CHECK;

/* All families, to a NULL, whether libcrypto has their algorithms or not. */
extern const struct mechanism *const mechanism_families[];

/* The families, for table.c. */
extern const struct mechanism digest_mechanisms[], secret_mechanisms[], aes_mechanisms[],
    aes_wrap_mechanisms[], rsa_mechanisms[], ec_mechanisms[], montgomery_mechanisms[],
    ecdsa_mechanisms[], ecdh_mechanisms[], dh_mechanisms[], hkdf_mechanisms[], pbkdf2_mechanisms[],
    aes_ccm_mechanisms[], rsa_pkcs_mechanisms[], ecdh_wrap_mechanisms[], x9_42_mechanisms[],
    combine_mechanisms[], kbkdf_mechanisms[], tls_mechanisms[], ike_mechanisms[],
    mlkem_mechanisms[], public_key_mechanisms[], mac_mechanisms[], gcm_mechanisms[],
    chacha20_mechanisms[];
extern const struct mechanism rsa_signature_mechanisms[], eddsa_mechanisms[], mldsa_mechanisms[],
    slhdsa_mechanisms[];

#endif
