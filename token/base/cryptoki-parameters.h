/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mechanism parameters of PKCS#11 3.2 that some release of p11-kit's header lacks
 * or names otherwise, under names of our own, laid out as a caller passes them
 * (natural alignment; the standard's one-byte packing is for Windows alone).
 * Included by cryptoki.h only, and of use to a mechanism's `parse` only.
 */
#ifndef HANDFAST_CRYPTOKI_PARAMETERS_H
#define HANDFAST_CRYPTOKI_PARAMETERS_H

/* The sizes that the OASIS headers give where long and pointers have 64 bits. */
#ifdef __LP64__
#define CHECK_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has " #size " bytes")
#else
#define CHECK_SIZE(type, size) _Static_assert(sizeof(type) < (size), #type " is under " #size)
#endif

/* These, p11-kit has had ever since 0.24. */
CHECK_SIZE(CK_ECDH1_DERIVE_PARAMS, 40);
CHECK_SIZE(CK_RSA_PKCS_OAEP_PARAMS, 40);
CHECK_SIZE(CK_RSA_PKCS_PSS_PARAMS, 24);
CHECK_SIZE(CK_GCM_PARAMS, 48);
CHECK_SIZE(CK_AES_CTR_PARAMS, 24);
CHECK_SIZE(CK_AES_CBC_ENCRYPT_DATA_PARAMS, 32);
CHECK_SIZE(CK_KEY_DERIVATION_STRING_DATA, 16);

/* Agreement and wrapping by agreement. */

/* CK_X9_42_DH1_DERIVE_PARAMS. */
struct pkcs11_x9_42_dh1_derive_params {
	CK_ULONG kdf;
	CK_ULONG other_info_len;
	CK_BYTE *other_info;
	CK_ULONG public_data_len;
	CK_BYTE *public_data;
};
CHECK_SIZE(struct pkcs11_x9_42_dh1_derive_params, 40);

/* CK_ECDH_AES_KEY_WRAP_PARAMS. */
struct pkcs11_ecdh_aes_key_wrap_params {
	CK_ULONG aes_key_bits;
	CK_ULONG kdf;
	CK_ULONG shared_data_len;
	CK_BYTE *shared_data;
};
CHECK_SIZE(struct pkcs11_ecdh_aes_key_wrap_params, 32);

/* CK_RSA_AES_KEY_WRAP_PARAMS. */
struct pkcs11_rsa_aes_key_wrap_params {
	CK_ULONG aes_key_bits;
	CK_RSA_PKCS_OAEP_PARAMS *oaep_params;
};
CHECK_SIZE(struct pkcs11_rsa_aes_key_wrap_params, 16);

/* Derivation. */

/* CK_HKDF_PARAMS. */
struct pkcs11_hkdf_params {
	CK_BBOOL extract;
	CK_BBOOL expand;
	CK_MECHANISM_TYPE prf_hash_mechanism;
	CK_ULONG salt_type;
	CK_BYTE *salt;
	CK_ULONG salt_len;
	CK_OBJECT_HANDLE salt_key;
	CK_BYTE *info;
	CK_ULONG info_len;
};
CHECK_SIZE(struct pkcs11_hkdf_params, 64);

/* CK_PRF_DATA_PARAM. */
struct pkcs11_prf_data_param {
	CK_ULONG type;
	void *value;
	CK_ULONG value_len;
};
CHECK_SIZE(struct pkcs11_prf_data_param, 24);

/* CK_SP800_108_COUNTER_FORMAT. */
struct pkcs11_sp800_108_counter_format {
	CK_BBOOL little_endian;
	CK_ULONG width_in_bits;
};
CHECK_SIZE(struct pkcs11_sp800_108_counter_format, 16);

/* CK_SP800_108_DKM_LENGTH_FORMAT. */
struct pkcs11_sp800_108_dkm_length_format {
	CK_ULONG dkm_length_method;
	CK_BBOOL little_endian;
	CK_ULONG width_in_bits;
};
CHECK_SIZE(struct pkcs11_sp800_108_dkm_length_format, 24);

/* CK_DERIVED_KEY. */
struct pkcs11_derived_key {
	CK_ATTRIBUTE *template;
	CK_ULONG attribute_count;
	CK_OBJECT_HANDLE *key;
};
CHECK_SIZE(struct pkcs11_derived_key, 24);

/* CK_SP800_108_KDF_PARAMS: counter and double pipeline mode. */
struct pkcs11_sp800_108_kdf_params {
	CK_MECHANISM_TYPE prf_type;
	CK_ULONG number_of_data_params;
	struct pkcs11_prf_data_param *data_params;
	CK_ULONG additional_derived_keys;
	struct pkcs11_derived_key *additional_derived_key_list;
};
CHECK_SIZE(struct pkcs11_sp800_108_kdf_params, 40);

/* CK_SP800_108_FEEDBACK_KDF_PARAMS. */
struct pkcs11_sp800_108_feedback_kdf_params {
	CK_MECHANISM_TYPE prf_type;
	CK_ULONG number_of_data_params;
	struct pkcs11_prf_data_param *data_params;
	CK_ULONG iv_len;
	CK_BYTE *iv;
	CK_ULONG additional_derived_keys;
	struct pkcs11_derived_key *additional_derived_key_list;
};
CHECK_SIZE(struct pkcs11_sp800_108_feedback_kdf_params, 56);

/* CK_PKCS5_PBKD2_PARAMS2. */
struct pkcs11_pkcs5_pbkd2_params2 {
	CK_ULONG salt_source;
	void *salt_source_data;
	CK_ULONG salt_source_data_len;
	CK_ULONG iterations;
	CK_ULONG prf;
	void *prf_data;
	CK_ULONG prf_data_len;
	CK_UTF8CHAR *password;
	CK_ULONG password_len;
};
CHECK_SIZE(struct pkcs11_pkcs5_pbkd2_params2, 72);

/* TLS. */

/* CK_SSL3_RANDOM_DATA. */
struct pkcs11_ssl3_random_data {
	CK_BYTE *client_random;
	CK_ULONG client_random_len;
	CK_BYTE *server_random;
	CK_ULONG server_random_len;
};
CHECK_SIZE(struct pkcs11_ssl3_random_data, 32);

/* CK_SSL3_KEY_MAT_OUT. */
struct pkcs11_ssl3_key_mat_out {
	CK_OBJECT_HANDLE client_mac_secret;
	CK_OBJECT_HANDLE server_mac_secret;
	CK_OBJECT_HANDLE client_key;
	CK_OBJECT_HANDLE server_key;
	CK_BYTE *iv_client;
	CK_BYTE *iv_server;
};
CHECK_SIZE(struct pkcs11_ssl3_key_mat_out, 48);

/* CK_TLS12_MASTER_KEY_DERIVE_PARAMS. */
struct pkcs11_tls12_master_key_derive_params {
	struct pkcs11_ssl3_random_data random_info;
	CK_VERSION *version;
	CK_MECHANISM_TYPE prf_hash_mechanism;
};
CHECK_SIZE(struct pkcs11_tls12_master_key_derive_params, 48);

/* CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS. */
struct pkcs11_tls12_extended_master_key_derive_params {
	CK_MECHANISM_TYPE prf_hash_mechanism;
	CK_BYTE *session_hash;
	CK_ULONG session_hash_len;
	CK_VERSION *version;
};
CHECK_SIZE(struct pkcs11_tls12_extended_master_key_derive_params, 32);

/* CK_TLS12_KEY_MAT_PARAMS. */
struct pkcs11_tls12_key_mat_params {
	CK_ULONG mac_size_in_bits;
	CK_ULONG key_size_in_bits;
	CK_ULONG iv_size_in_bits;
	CK_BBOOL is_export;
	struct pkcs11_ssl3_random_data random_info;
	struct pkcs11_ssl3_key_mat_out *returned_key_material;
	CK_MECHANISM_TYPE prf_hash_mechanism;
};
CHECK_SIZE(struct pkcs11_tls12_key_mat_params, 80);

/* CK_TLS_KDF_PARAMS. */
struct pkcs11_tls_kdf_params {
	CK_MECHANISM_TYPE prf_mechanism;
	CK_BYTE *label;
	CK_ULONG label_len;
	struct pkcs11_ssl3_random_data random_info;
	CK_BYTE *context_data;
	CK_ULONG context_data_len;
};
CHECK_SIZE(struct pkcs11_tls_kdf_params, 72);

/* CK_TLS_MAC_PARAMS. */
struct pkcs11_tls_mac_params {
	CK_MECHANISM_TYPE prf_hash_mechanism;
	CK_ULONG mac_length;
	CK_ULONG server_or_client;
};
CHECK_SIZE(struct pkcs11_tls_mac_params, 24);

/* IKE. */

/* CK_IKE_PRF_DERIVE_PARAMS. */
struct pkcs11_ike_prf_derive_params {
	CK_MECHANISM_TYPE prf_mechanism;
	CK_BBOOL data_as_key;
	CK_BBOOL rekey;
	CK_BYTE *ni;
	CK_ULONG ni_len;
	CK_BYTE *nr;
	CK_ULONG nr_len;
	CK_OBJECT_HANDLE new_key;
};
CHECK_SIZE(struct pkcs11_ike_prf_derive_params, 56);

/* CK_IKE2_PRF_PLUS_DERIVE_PARAMS. */
struct pkcs11_ike2_prf_plus_derive_params {
	CK_MECHANISM_TYPE prf_mechanism;
	CK_BBOOL has_seed_key;
	CK_OBJECT_HANDLE seed_key;
	CK_BYTE *seed_data;
	CK_ULONG seed_data_len;
};
CHECK_SIZE(struct pkcs11_ike2_prf_plus_derive_params, 40);

/* CK_IKE1_PRF_DERIVE_PARAMS. */
struct pkcs11_ike1_prf_derive_params {
	CK_MECHANISM_TYPE prf_mechanism;
	CK_BBOOL has_prev_key;
	CK_OBJECT_HANDLE keygxy;
	CK_OBJECT_HANDLE prev_key;
	CK_BYTE *cky_i;
	CK_ULONG cky_i_len;
	CK_BYTE *cky_r;
	CK_ULONG cky_r_len;
	CK_BYTE key_number;
};
CHECK_SIZE(struct pkcs11_ike1_prf_derive_params, 72);

/* CK_IKE1_EXTENDED_DERIVE_PARAMS. */
struct pkcs11_ike1_extended_derive_params {
	CK_MECHANISM_TYPE prf_mechanism;
	CK_BBOOL has_keygxy;
	CK_OBJECT_HANDLE keygxy;
	CK_BYTE *extra_data;
	CK_ULONG extra_data_len;
};
CHECK_SIZE(struct pkcs11_ike1_extended_derive_params, 40);

/* Authenticated encryption. */

/* CK_GCM_MESSAGE_PARAMS. */
struct pkcs11_gcm_message_params {
	CK_BYTE *iv;
	CK_ULONG iv_len;
	CK_ULONG iv_fixed_bits;
	CK_ULONG iv_generator;
	CK_BYTE *tag;
	CK_ULONG tag_bits;
};
CHECK_SIZE(struct pkcs11_gcm_message_params, 48);

/* CK_GCM_WRAP_PARAMS. */
struct pkcs11_gcm_wrap_params {
	CK_BYTE *iv;
	CK_ULONG iv_len;
	CK_ULONG iv_fixed_bits;
	CK_ULONG iv_generator;
	CK_BYTE *aad;
	CK_ULONG aad_len;
	CK_ULONG tag_bits;
};
CHECK_SIZE(struct pkcs11_gcm_wrap_params, 56);

/* CK_CCM_PARAMS. */
struct pkcs11_ccm_params {
	CK_ULONG data_len;
	CK_BYTE *nonce;
	CK_ULONG nonce_len;
	CK_BYTE *aad;
	CK_ULONG aad_len;
	CK_ULONG mac_len;
};
CHECK_SIZE(struct pkcs11_ccm_params, 48);

/* CK_CCM_MESSAGE_PARAMS. */
struct pkcs11_ccm_message_params {
	CK_ULONG data_len;
	CK_BYTE *nonce;
	CK_ULONG nonce_len;
	CK_ULONG nonce_fixed_bits;
	CK_ULONG nonce_generator;
	CK_BYTE *mac;
	CK_ULONG mac_len;
};
CHECK_SIZE(struct pkcs11_ccm_message_params, 56);

/* CK_CCM_WRAP_PARAMS. */
struct pkcs11_ccm_wrap_params {
	CK_ULONG data_len;
	CK_BYTE *nonce;
	CK_ULONG nonce_len;
	CK_ULONG nonce_fixed_bits;
	CK_ULONG nonce_generator;
	CK_BYTE *aad;
	CK_ULONG aad_len;
	CK_ULONG mac_len;
};
CHECK_SIZE(struct pkcs11_ccm_wrap_params, 64);

/* CK_CHACHA20_PARAMS. */
struct pkcs11_chacha20_params {
	CK_BYTE *block_counter;
	CK_ULONG block_counter_bits;
	CK_BYTE *nonce;
	CK_ULONG nonce_bits;
};
CHECK_SIZE(struct pkcs11_chacha20_params, 32);

/* CK_SALSA20_CHACHA20_POLY1305_PARAMS. */
struct pkcs11_chacha20_poly1305_params {
	CK_BYTE *nonce;
	CK_ULONG nonce_len;
	CK_BYTE *aad;
	CK_ULONG aad_len;
};
CHECK_SIZE(struct pkcs11_chacha20_poly1305_params, 32);

/* CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS. */
struct pkcs11_chacha20_poly1305_msg_params {
	CK_BYTE *nonce;
	CK_ULONG nonce_len;
	CK_BYTE *tag;
};
CHECK_SIZE(struct pkcs11_chacha20_poly1305_msg_params, 24);

/* Signatures. */

/* CK_EDDSA_PARAMS. */
struct pkcs11_eddsa_params {
	CK_BBOOL ph_flag;
	CK_ULONG context_data_len;
	CK_BYTE *context_data;
};
CHECK_SIZE(struct pkcs11_eddsa_params, 24);

/* CK_SIGN_ADDITIONAL_CONTEXT. */
struct pkcs11_sign_additional_context {
	CK_ULONG hedge_variant;
	CK_BYTE *context;
	CK_ULONG context_len;
};
CHECK_SIZE(struct pkcs11_sign_additional_context, 24);

/* CK_HASH_SIGN_ADDITIONAL_CONTEXT. */
struct pkcs11_hash_sign_additional_context {
	CK_ULONG hedge_variant;
	CK_BYTE *context;
	CK_ULONG context_len;
	CK_MECHANISM_TYPE hash;
};
CHECK_SIZE(struct pkcs11_hash_sign_additional_context, 32);

#undef CHECK_SIZE

#endif
