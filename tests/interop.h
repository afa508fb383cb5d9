/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Other implementations on this machine that agree on keys: what t-interop asks
 * of each.  Their headers and ours define the same names, so each has a file of its
 * own, which includes this and nothing else of the tests.
 */
#ifndef HANDFAST_TESTS_INTEROP_H
#define HANDFAST_TESTS_INTEROP_H

#include "token/base/base.h"

enum kind { KIND_EC, KIND_X, KIND_DH };

struct group {
	const char *name; /* libcrypto's */
	enum kind kind;
	size_t secret;      /* bytes of the raw shared secret */
	struct view params; /* CKA_EC_PARAMS; of a finite field none */
	struct view prime;  /* of a finite field */
	struct view base;
};

/* A public value: a point (X25519 and X448: as it is) or a number, and SubjectPublicKeyInfo. */
struct told {
	struct view value;
	struct view spki;
};

struct other {
	const char *name;
	/* A program, which may be missing where the tests run; of a library that was built in,
	 * false is a failure. */
	bool program;
	bool (*begin)(void);
	void (*end)(void);
	bool (*knows)(const struct group *group);
	/* A fresh key pair and its public value, as PKCS#11 has it; NULL on failure. */
	void *(*pair)(const struct group *group, struct bytes *value);
	/* The raw shared secret of that pair and of ours. */
	bool (*secret)(void *pair, const struct told *ours, struct bytes *secret);
	void (*release)(void *pair);
	/*
	 * RSA-OAEP with this hash ("SHA1", "SHA256") for both purposes, or PKCS #1 v1.5 where it is
	 * NULL.  Their pair, its SubjectPublicKeyInfo; what is sealed for our key, and opened by
	 * theirs.  NULL where there is none of this, nor of what follows.
	 */
	void *(*rsa_pair)(struct bytes *spki);
	bool (*rsa_seal)(
	    const char *hash, struct view spki, struct view plain, struct bytes *sealed);
	bool (*rsa_open)(void *pair, const char *hash, struct view sealed, struct bytes *plain);
	/* AES key wrap under a key of 32 bytes: RFC 3394, or `padded` RFC 5649. */
	bool (*aes_seal)(struct view kek, bool padded, struct view plain, struct bytes *sealed);
	bool (*aes_open)(struct view kek, bool padded, struct view sealed, struct bytes *plain);
};

extern const struct other interop_command;
#ifdef HAVE_GNUTLS
extern const struct other interop_nettle;
#ifdef HAVE_GNUTLS_DERIVE
extern const struct other interop_gnutls;
#endif
#endif
#ifdef HAVE_NSS
extern const struct other interop_nss;
/*
 * NSS, begun, loads the module and uses the token of this label: a key pair made there and one
 * of NSS's own on the curve agree on AES keys that encrypt alike.  NULL, or what went wrong.
 */
const char *interop_nss_drives(
    const char *module, const char *label, const char *pin, struct view curve);
#endif

#endif
