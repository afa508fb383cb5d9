/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the message in a block of PKCS#1 v1.5, type 2, that RSA has
 * deciphered.
 *
 * Whether the block is padded as it should be must not be told, or every other one
 * can be deciphered by asking often enough (Bleichenbacher, CRYPTO 1998).  So a bad
 * block gives a message or a key like any other, always the same for one key and
 * ciphertext: implicit rejection, as draft-irtf-cfrg-rsa-guidance has it.  libcrypto
 * does that since 3.2, but not for keys, whose length is known; here it is done in
 * one way with every libcrypto.
 *
 * Nothing here branches on the block, the substitute or a length of them, or takes
 * them for an address.
 */
#include <string.h>

#include "mechanisms/prf.h"
#include "mechanisms/rsa.h"

#define PADDING_LEAST 8

/* --- arithmetic without branches: a mask is all ones or zero ----------------------- */

/* Hides from the compiler that a mask has but two values, which it would branch on. */
static size_t
opaque(size_t mask)
{
	__asm__("" : "+r"(mask));
	return mask;
}

/* From its highest bit. */
static size_t
mask_of(size_t number)
{
	return opaque(0 - (number >> (sizeof(number) * 8 - 1)));
}

static size_t
is_zero(size_t a)
{
	return mask_of(~a & (a - 1));
}

/* For numbers that are no longer than a key. */
static size_t
is_less(size_t a, size_t b)
{
	return mask_of(a - b);
}

static size_t
choose(size_t mask, size_t a, size_t b)
{
	return (mask & a) | (~mask & b);
}

static unsigned char
choose_byte(size_t mask, unsigned char a, unsigned char b)
{
	return (unsigned char)choose(mask, a, b);
}

/* --- lengths of messages ------------------------------------------------------------ */

/* By length, whether a message may have it.  No secret. */
struct lengths {
	struct bytes legal;
	size_t count;
};

static void
lengths_release(struct lengths *lengths)
{
	bytes_release(&lengths->legal);
}

/* Data may have any length, a key those of its type, or the one that is asked for. */
static bool
length_legal(const struct want *want, size_t len)
{
	size_t fixed;

	if (want == NULL)
		return true;
	return want->len != 0 ? want->len == len : key_length_legal(want->type, len, &fixed);
}

static CK_RV
lengths_of(const struct operation *op, struct lengths *lengths)
{
	struct bytes *legal = &lengths->legal;

	if (!bytes_alloc(legal, rsa_size(op->key) - RSA_PKCS1_OVERHEAD + 1))
		return CKR_HOST_MEMORY;
	for (size_t len = 0; len < legal->len; len++) {
		legal->data[len] = length_legal(op->want, len);
		lengths->count += legal->data[len];
	}
	return lengths->count != 0 ? CKR_OK : CKR_WRAPPED_KEY_LEN_RANGE;
}

static size_t
lengths_have(const struct lengths *lengths, size_t len)
{
	size_t found = 0;

	for (size_t i = 0; i < lengths->legal.len; i++)
		found |= is_zero(i ^ len) & (0 - (size_t)lengths->legal.data[i]);
	return found;
}

/* The n-th of them. */
static size_t
lengths_pick(const struct lengths *lengths, size_t n)
{
	size_t picked = 0, before = 0;

	for (size_t i = 0; i < lengths->legal.len; i++) {
		size_t here = is_zero(before ^ n) & (0 - (size_t)lengths->legal.data[i]);

		picked = choose(here, i, picked);
		before += lengths->legal.data[i];
	}
	return picked;
}

/* --- what takes the place of a message that is none ---------------------------------- */

struct substitute {
	struct secret bytes; /* k of them; the last are the message */
	size_t len;          /* secret */
};

static void
substitute_release(struct substitute *substitute)
{
	secret_clear(&substitute->bytes);
}

/* The draft's key derivation key: HMAC(H(d), ciphertext), with d in k bytes. */
static CK_RV
derive_kdk(const struct key *key, struct prf *prf, struct view ciphertext, struct secret *kdk)
{
	RELEASED(secret_clear) struct secret padded = { 0 };
	RELEASED(secret_clear) struct secret hash = { 0 };
	struct view d = attribute(key->secret, CKA_PRIVATE_EXPONENT);
	size_t k = rsa_size(key);

	if (!secret_alloc(&padded, k) || !secret_alloc(&hash, prf->size) ||
	    !secret_alloc(kdk, prf->size))
		return CKR_HOST_MEMORY;
	memcpy(padded.data + k - d.len, d.data, d.len);
	if (EVP_Digest(padded.data, k, hash.data, NULL, crypto_digest(CKM_SHA256), NULL) != 1)
		return crypto_failure();
	return prf_compute(prf, secret_view(&hash), &ciphertext, 1, kdk->data);
}

/* The draft's PRF: HMAC(KDK, counter || label || bits) until out->len bytes are there. */
static CK_RV
stretch(struct prf *prf, const struct secret *kdk, struct view label, struct secret *out)
{
	const unsigned char bits[2] = { (unsigned char)(out->len * 8 >> 8),
		(unsigned char)(out->len * 8) };
	RELEASED(secret_clear) struct secret block = { 0 };

	if (!secret_alloc(&block, prf->size))
		return CKR_HOST_MEMORY;
	for (size_t at = 0, i = 0; at < out->len; at += prf->size, i++) {
		const unsigned char counter[2] = { (unsigned char)(i >> 8), (unsigned char)i };
		const struct view parts[] = { view_of(counter, 2), label, view_of(bits, 2) };
		const size_t left = out->len - at;

		TRY(prf_compute(prf, secret_view(kdk), parts, COUNT_OF(parts), block.data));
		memcpy(out->data + at, block.data, left < prf->size ? left : prf->size);
	}
	return CKR_OK;
}

#define LENGTH_TRIES 128

/* The draft's length of data: the last of 128 numbers of as many bits as it needs that is none too
 * long. */
static size_t
data_length(const unsigned char *random, size_t most)
{
	size_t mask = most + 1, len = 0;

	for (unsigned shift = 1; shift < 16; shift *= 2)
		mask |= mask >> shift;
	for (size_t i = 0; i < LENGTH_TRIES; i++) {
		size_t candidate = ((size_t)random[2 * i] << 8 | random[2 * i + 1]) & mask;

		len = choose(is_less(candidate, most + 1), candidate, len);
	}
	return len;
}

/* Any that the key may have, from 32 bits: a multiplication, since a division takes its time. */
static size_t
key_length(const unsigned char *random, const struct lengths *lengths)
{
	uint64_t number = (uint64_t)random[0] << 24 | (uint64_t)random[1] << 16 |
	    (uint64_t)random[2] << 8 | random[3];

	return lengths_pick(lengths, (size_t)(number * lengths->count >> 32));
}

static CK_RV
substitute_make(const struct operation *op, struct view ciphertext, const struct lengths *lengths,
    struct substitute *out)
{
	RELEASED(prf_release) struct prf prf = { 0 };
	RELEASED(secret_clear) struct secret kdk = { 0 };
	RELEASED(secret_clear) struct secret random = { 0 };

	TRY(prf_begin(&prf, crypto_digest(CKM_SHA256)));
	TRY(derive_kdk(op->key, &prf, ciphertext, &kdk));
	if (!secret_alloc(&out->bytes, rsa_size(op->key)) ||
	    !secret_alloc(&random, 2 * LENGTH_TRIES))
		return CKR_HOST_MEMORY;
	TRY(stretch(&prf, &kdk, VIEW_LITERAL("message"), &out->bytes));
	TRY(stretch(&prf, &kdk, VIEW_LITERAL("length"), &random));
	out->len = op->want == NULL ? data_length(random.data, lengths->legal.len - 1)
				    : key_length(random.data, lengths);
	return CKR_OK;
}

/* --- the block (RFC 8017, 7.2.2, step 3) -------------------------------------------------- */

/* Is this a block of type 2 with a message of a legal length?  Its length to *len. */
static size_t
block_good(const struct secret *block, const struct lengths *lengths, size_t *len)
{
	size_t found = 0, separator = 0, good;

	for (size_t i = 2; i < block->len; i++) {
		size_t zero = is_zero(block->data[i]);

		separator = choose(zero & ~found, i, separator);
		found |= zero;
	}
	*len = block->len - 1 - separator;
	good = is_zero(block->data[0]) & is_zero(block->data[1] ^ 2);
	good &= ~is_less(separator, 2 + PADDING_LEAST);
	return good & lengths_have(lengths, *len);
}

/* Moves the bytes to the front that `shift` others are before, by powers of two. */
static void
move_up(struct secret *block, size_t shift)
{
	for (unsigned bit = 0; (size_t)1 << bit <= block->len; bit++) {
		const size_t step = (size_t)1 << bit;
		/* Not by division, whose time depends on the number, and before which clang
		 * branches. */
		const size_t moves = opaque(0 - (shift >> bit & 1));

		for (size_t i = 0; i + step < block->len; i++)
			block->data[i] = choose_byte(moves, block->data[i + step], block->data[i]);
	}
}

/* The message of the block or, if there is none, the other. */
static void
take(struct secret *block, const struct substitute *substitute, const struct lengths *lengths,
    struct out *out)
{
	size_t len;
	size_t good = block_good(block, lengths, &len);

	for (size_t i = 0; i < block->len; i++)
		block->data[i] = choose_byte(good, block->data[i], substitute->bytes.data[i]);
	len = choose(good, len, substitute->len);
	move_up(block, block->len - len);
	for (size_t i = 0; i < lengths->legal.len - 1; i++)
		out->data[i] = choose_byte(is_less(i, len), block->data[i], 0);
	out->len = len;
}

CK_RV
rsa_take_message(
    const struct operation *op, struct view ciphertext, struct secret *block, struct out *out)
{
	RELEASED(lengths_release) struct lengths lengths = { 0 };
	RELEASED(substitute_release) struct substitute substitute = { 0 };

	TRY(lengths_of(op, &lengths));
	TRY(substitute_make(op, ciphertext, &lengths, &substitute));
	take(block, &substitute, &lengths, out);
	return CKR_OK;
}
