/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of the benchmark share: a row of its table, the task that the
 * row sets, and the workers that do it, bare libcrypto's (bench-bare.c) and a
 * PKCS#11 module's (bench-client.c).  Every worker of a row has the same key and
 * the same input, so that the difference is what the module adds.
 */
#ifndef HANDFAST_TESTS_BENCH_H
#define HANDFAST_TESTS_BENCH_H

#include <openssl/evp.h>

#include "tests/bench-run.h"
#include "token/base/base.h"
#include "token/base/cryptoki.h"

/* To agree is with a peer's public value, to derive from a secret key. */
enum verb {
	AGREE,
	DERIVE,
	ENCAPSULATE,
	DECAPSULATE,
	ENCRYPT,
	ENCRYPT_MESSAGE,
	DECRYPT,
	UNWRAP,
	SIGN,
	DIGEST,
	GENERATE,
	FIND,
	LOGIN
};

/* A value of a key: its names in PKCS#11 and in libcrypto. */
struct number {
	CK_ATTRIBUTE_TYPE type;
	const char *parameter;
	bool octets; /* for libcrypto it is a string, not a number */
};

/* A sort of key, and how libcrypto makes one. */
struct kind {
	CK_KEY_TYPE type;
	const char *algorithm; /* NULL: random bytes */
	const char *group;
	unsigned bits;            /* of RSA; of a secret key; of a DH private value */
	struct number numbers[8]; /* what C_CreateObject wants of a private key */
	struct number public;     /* and of a public key, where a row has one */
	CK_ULONG parameter_set;   /* 0: the type has none */
};
extern const struct kind p256, p384, p521, x25519, ffdhe2048, rsa2048, rsa4096, mlkem768, aes256,
    secret256;

/* One line of the table. */
struct row {
	const char *name;
	enum verb verb;
	CK_MECHANISM_TYPE mechanism;
	const struct kind *kind;
	size_t size;  /* of the input, where the mechanism leaves it open */
	double goal;  /* what share of bare libcrypto's speed is wanted; 0: none stated */
	bool checked; /* AGREE in a finite field: libcrypto's side tests the peer for the subgroup
			 too */
};

#define INPUT_MOST 16384
/* DIGEST takes its input so many times: a mebibyte of the longest. */
#define DIGEST_PARTS 64
#define OUTPUT_MOST (INPUT_MOST + 512)
#define IV_LEN 12
#define TAG_LEN 16
/* The secret that HKDF gives and that ML-KEM encapsulates. */
#define SECRET_LEN 32

struct task {
	const struct row *row;
	EVP_PKEY *key; /* NULL for a secret key */
	unsigned char secret[SECRET_LEN];
	unsigned char input[INPUT_MOST]; /* the peer's value, a ciphertext, a message */
	size_t input_len;
	size_t agreed_len; /* the secret that is agreed, derived or encapsulated */
};

/* Whether bare libcrypto, of the version that is there, has the row's key and mechanism. */
bool bare_has(const struct row *row);

/* Makes a key and an input for the row.  Exits with a message where libcrypto cannot. */
void task_make(const struct row *row, struct task *task);
void task_release(struct task *task);

/*
 * Does the task of a row again and again.  It belongs to one thread at a time; two
 * workers of one task may run at once.
 */
struct worker {
	bool (*once)(struct worker *); /* false: it failed */
	void (*stop)(struct worker *); /* frees it */
};

/* NULL where bare libcrypto has nothing to set beside the row. */
struct worker *bare_worker(const struct task *task);

/* A loaded module with a token of its own, logged in. */
struct client;
struct client *client_open(const char *path);
void client_close(struct client *client);
/* NULL, with a word on stderr, where the module cannot do the task. */
struct worker *client_worker(struct client *client, const struct task *task);
/* Puts the task's key into the module's token; before its first worker. */
bool client_prepare(struct client *client, const struct task *task);
/* Destroys what client_prepare made. */
void client_forget(struct client *client);

/* C_Initialize, then what a client asks first, in microseconds.  For a process of its own. */
bool client_first_calls(const char *path, double *initialize, double *look);

#endif
