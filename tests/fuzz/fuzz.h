/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the fuzzers share: the module, linked in and up, with a token in memory; and
 * the input, taken from in parts.  A block that is handed to the module is allocated
 * to its exact length, so that AddressSanitizer sees what is read or written behind it.
 */
#ifndef HANDFAST_TESTS_FUZZ_H
#define HANDFAST_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "token/base/cryptoki.h"

/* The command has one of its own name, which is linked beside it (files.c). */
#define p11 fuzz_p11
extern const struct pkcs11_function_list_3_2 *p11;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Ends the process: the harness is at fault, or the module where it must not be. */
void fuzz_must(bool so, const char *what);
#define must(so) fuzz_must((so), #so)

/* --- the input ------------------------------------------------------------ */

struct input {
	const uint8_t *data;
	size_t len;
	CK_ULONG text_len; /* of the text in hand, which CCM's parameters announce */
};
uint8_t take_byte(struct input *in);
/* Often small or one off from a power of two, seldom anything. */
CK_ULONG take_number(struct input *in);

/* Blocks that last until the end of this input. */
void *block_new(size_t len);
void *block_take(struct input *in, size_t len);
void blocks_free(void);

/* libFuzzer's own mutation. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t most);
/* Mostly a mutation of the DER behind so many bytes that leaves its lengths right. */
size_t der_mutate_behind(size_t head, uint8_t *data, size_t len, size_t most, unsigned seed);

/* --- the module ----------------------------------------------------------- */

/* At the first input: up, with the store and the configuration that the environment names. */
void fuzz_up(const char *store);
/* A folder of the process's own, in memory where the system has such a place. */
const char *fuzz_folder(void);
/* The token in slot 0 made anew, and a session with the user logged in. */
CK_SESSION_HANDLE fuzz_token(void);

/* Session keys of all kinds, with all uses, in this order; made once.  A pair's private half is
 * behind its public one.  OpenSSL before 3.5 has no ML-KEM, ML-DSA and SLH-DSA: no handles then. */
enum {
	KEY_AES,
	KEY_XTS,
	KEY_CHACHA20,
	KEY_POLY1305,
	KEY_HKDF,
	KEY_GENERIC,
	KEY_PAIRS,
	KEY_RSA = KEY_PAIRS,
	KEY_EC = KEY_RSA + 2,
	KEY_X25519 = KEY_EC + 2,
	KEY_ED25519 = KEY_X25519 + 2,
	KEY_DH = KEY_ED25519 + 2,
	KEY_X9_42 = KEY_DH + 2,
	KEY_ML_KEM = KEY_X9_42 + 2,
	KEY_ML_DSA = KEY_ML_KEM + 2,
	KEY_SLH_DSA = KEY_ML_DSA + 2,
	KEYS = KEY_SLH_DSA + 2
};
void fuzz_keys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS]);
/* Of these the quick ones: KEY_AES, KEY_GENERIC, KEY_EC. */
void fuzz_few_keys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS]);
/* Their public values, of those that agree with others' keys, as another party would send them. */
extern struct peer {
	CK_ULONG len;
	CK_BYTE data[256];
} peers[KEYS];

/* CKA_EC_PARAMS of these curves (RFC 5480, RFC 8410). */
extern CK_BYTE oid_p256[10], oid_x25519[5], oid_ed25519[5];

/* A template out of the input: known types and others, values of any length. */
CK_ATTRIBUTE *take_template(struct input *in, CK_ULONG *count);
/* Mostly one for a secret key: type, length, class. */
CK_ATTRIBUTE *take_secret_template(struct input *in, CK_ULONG *count);
/* A mechanism with a parameter whose pointers point to somewhere, and mostly a key for it. */
CK_MECHANISM *take_mechanism(
    struct input *in, const CK_OBJECT_HANDLE keys[KEYS], CK_OBJECT_HANDLE *key);
/* A structure that looks as shapes.c has it. */
void *take_shape(
    struct input *in, const char *letters, const CK_OBJECT_HANDLE keys[KEYS], CK_ULONG *len);

#endif
