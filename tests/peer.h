/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other party of an exchange, and the other implementation that answers are
 * held against: libcrypto alone, which knows nothing of the module.  It uses the
 * process's default library context, which the module must leave alone.
 */
#ifndef HANDFAST_TESTS_PEER_H
#define HANDFAST_TESTS_PEER_H

#include <openssl/evp.h>

#include "tests/client.h"

/* Fresh keys; "P-256", "ffdhe2048" and the like are libcrypto's names of groups. */
EVP_PKEY *peer_ec(const char *group);
EVP_PKEY *peer_x(const char *curve); /* "X25519", "X448" */
EVP_PKEY *peer_dh(const char *group);
EVP_PKEY *peer_rsa(unsigned bits);

/* Public keys out of what a token gave. */
EVP_PKEY *peer_ec_public(const char *group, struct view point);
EVP_PKEY *peer_x_public(const char *curve, struct view point);
EVP_PKEY *peer_dh_public(const char *group, struct view value);
EVP_PKEY *peer_rsa_public(struct view modulus, struct view exponent);
EVP_PKEY *peer_spki_public(struct view spki);

/* A number (OSSL_PKEY_PARAM_...) in as many bytes as it needs, or in `len`. */
struct view peer_number(const EVP_PKEY *key, const char *name);
struct view peer_number_padded(const EVP_PKEY *key, const char *name, size_t len);
/* The uncompressed point (of X25519 and X448 the bytes as they are), and the same in a DER OCTET
 * STRING. */
struct view peer_point(const EVP_PKEY *key);
struct view peer_point_der(const EVP_PKEY *key);
/* SubjectPublicKeyInfo. */
struct view peer_spki(const EVP_PKEY *key);

/* The raw shared secret, with its leading zeros. */
struct view peer_secret(EVP_PKEY *own, EVP_PKEY *other);
struct view peer_digest(const char *algorithm, struct view data);
/* RSA-OAEP with one hash for both purposes. */
struct view peer_oaep(EVP_PKEY *key, const char *hash, struct view plaintext);
/* AES-ECB of whole blocks. */
struct view peer_aes_ecb(struct view key, struct view blocks);
/* A self-signed certificate of the key, as DER. */
struct view peer_certificate(EVP_PKEY *key, const char *common_name);
/* Parts of a certificate as PKCS#11 wants them: DER of Name, of Name and of INTEGER. */
struct view peer_subject(struct view certificate);
struct view peer_issuer(struct view certificate);
struct view peer_serial(struct view certificate);

/* By its parameter set, where this libcrypto has that: peer_set("ML-KEM-768"). */
EVP_PKEY *peer_set(const char *set);
EVP_PKEY *peer_set_public(const char *set, struct view value);
/* "pub", "priv", "seed". */
struct view peer_octets(const EVP_PKEY *key, const char *name);
/* The secret. */
struct view peer_encapsulate(EVP_PKEY *public_key, struct view *ciphertext);
struct view peer_decapsulate(EVP_PKEY *private_key, struct view ciphertext);
/* ML-DSA and SLH-DSA of the message itself, with a context. */
struct view peer_sign(EVP_PKEY *private_key, struct view context, struct view message);
bool peer_verifies(
    EVP_PKEY *public_key, struct view context, struct view message, struct view signature);

/* Frees; for RELEASED. */
void peer_release(EVP_PKEY **key);
#define PEER_KEY RELEASED(peer_release) EVP_PKEY *

#endif
