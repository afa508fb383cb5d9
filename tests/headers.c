/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiled, never run, by check-headers.sh: are cryptoki.h's function lists and
 * parameters those that p11-kit's header has, where it has them?  The script
 * defines P11_KIT_3_0 and P11_KIT_3_2 by what it finds in the header.
 */
#include <stddef.h>

#include "token/base/cryptoki.h"

/* The position of each function in the lists. */
#define POSITION(name, parameters) AT_##name,
enum { FUNCTIONS_2_40(POSITION) COUNT_2_40 };
enum { FUNCTIONS_BEFORE_3_0 = COUNT_2_40 - 1, FUNCTIONS_3_0(POSITION) COUNT_3_0 };
enum { FUNCTIONS_BEFORE_3_2 = COUNT_3_0 - 1, FUNCTIONS_3_2(POSITION) COUNT_3_2 };
_Static_assert(COUNT_2_40 == 68 && COUNT_3_0 == 92 && COUNT_3_2 == 104, "68, 92 and 104 functions");

/* What cryptoki.h called p11-kit's own while it was included. */
#define C_GetInterfaceList p11_kit_C_GetInterfaceList
#define C_GetInterface p11_kit_C_GetInterface
#define C_DecapsulateKey p11_kit_C_DecapsulateKey
#define C_AsyncComplete p11_kit_C_AsyncComplete

#define HAS(list, name, at) offsetof(list, name) == (1 + (size_t)(at)) * sizeof(void *)
#define IN_2_40(name, parameters) _Static_assert(HAS(CK_FUNCTION_LIST, name, AT_##name), #name);
FUNCTIONS_2_40(IN_2_40)

#ifdef P11_KIT_3_0
#define IN_3_0(name, parameters) _Static_assert(HAS(CK_FUNCTION_LIST_3_0, name, AT_##name), #name);
FUNCTIONS_2_40(IN_3_0)
FUNCTIONS_3_0(IN_3_0)
_Static_assert(sizeof(CK_FUNCTION_LIST_3_0) == sizeof(struct pkcs11_function_list_3_0), "3.0");
_Static_assert(sizeof(CK_INTERFACE) == sizeof(struct pkcs11_interface), "CK_INTERFACE");
#endif

#ifdef P11_KIT_3_2
#define IN_3_2(name, parameters) _Static_assert(HAS(CK_FUNCTION_LIST_3_2, name, AT_##name), #name);
FUNCTIONS_2_40(IN_3_2)
FUNCTIONS_3_0(IN_3_2)
FUNCTIONS_3_2(IN_3_2)
_Static_assert(sizeof(CK_FUNCTION_LIST_3_2) == sizeof(struct pkcs11_function_list_3_2), "3.2");

#define SAME_SIZE(theirs, ours) _Static_assert(sizeof(theirs) == sizeof(struct ours), #theirs)
SAME_SIZE(CK_ASYNC_DATA, pkcs11_async_data);
SAME_SIZE(CK_CCM_MESSAGE_PARAMS, pkcs11_ccm_message_params);
SAME_SIZE(CK_CCM_PARAMS, pkcs11_ccm_params);
SAME_SIZE(CK_CCM_WRAP_PARAMS, pkcs11_ccm_wrap_params);
SAME_SIZE(CK_CHACHA20_PARAMS, pkcs11_chacha20_params);
SAME_SIZE(CK_DERIVED_KEY, pkcs11_derived_key);
SAME_SIZE(CK_ECDH_AES_KEY_WRAP_PARAMS, pkcs11_ecdh_aes_key_wrap_params);
SAME_SIZE(CK_EDDSA_PARAMS, pkcs11_eddsa_params);
SAME_SIZE(CK_GCM_MESSAGE_PARAMS, pkcs11_gcm_message_params);
SAME_SIZE(CK_GCM_WRAP_PARAMS, pkcs11_gcm_wrap_params);
SAME_SIZE(CK_HASH_SIGN_ADDITIONAL_CONTEXT, pkcs11_hash_sign_additional_context);
SAME_SIZE(CK_HKDF_PARAMS, pkcs11_hkdf_params);
SAME_SIZE(CK_IKE1_EXTENDED_DERIVE_PARAMS, pkcs11_ike1_extended_derive_params);
SAME_SIZE(CK_IKE1_PRF_DERIVE_PARAMS, pkcs11_ike1_prf_derive_params);
SAME_SIZE(CK_IKE2_PRF_PLUS_DERIVE_PARAMS, pkcs11_ike2_prf_plus_derive_params);
SAME_SIZE(CK_IKE_PRF_DERIVE_PARAMS, pkcs11_ike_prf_derive_params);
SAME_SIZE(CK_PKCS5_PBKD2_PARAMS2, pkcs11_pkcs5_pbkd2_params2);
SAME_SIZE(CK_PRF_DATA_PARAM, pkcs11_prf_data_param);
SAME_SIZE(CK_RSA_AES_KEY_WRAP_PARAMS, pkcs11_rsa_aes_key_wrap_params);
SAME_SIZE(CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS, pkcs11_chacha20_poly1305_msg_params);
SAME_SIZE(CK_SALSA20_CHACHA20_POLY1305_PARAMS, pkcs11_chacha20_poly1305_params);
SAME_SIZE(CK_SIGN_ADDITIONAL_CONTEXT, pkcs11_sign_additional_context);
SAME_SIZE(CK_SP800_108_COUNTER_FORMAT, pkcs11_sp800_108_counter_format);
SAME_SIZE(CK_SP800_108_DKM_LENGTH_FORMAT, pkcs11_sp800_108_dkm_length_format);
SAME_SIZE(CK_SP800_108_FEEDBACK_KDF_PARAMS, pkcs11_sp800_108_feedback_kdf_params);
SAME_SIZE(CK_SP800_108_KDF_PARAMS, pkcs11_sp800_108_kdf_params);
SAME_SIZE(CK_SSL3_KEY_MAT_OUT, pkcs11_ssl3_key_mat_out);
SAME_SIZE(CK_SSL3_RANDOM_DATA, pkcs11_ssl3_random_data);
SAME_SIZE(
    CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS, pkcs11_tls12_extended_master_key_derive_params);
SAME_SIZE(CK_TLS12_KEY_MAT_PARAMS, pkcs11_tls12_key_mat_params);
SAME_SIZE(CK_TLS12_MASTER_KEY_DERIVE_PARAMS, pkcs11_tls12_master_key_derive_params);
SAME_SIZE(CK_TLS_KDF_PARAMS, pkcs11_tls_kdf_params);
SAME_SIZE(CK_TLS_MAC_PARAMS, pkcs11_tls_mac_params);
SAME_SIZE(CK_X9_42_DH1_DERIVE_PARAMS, pkcs11_x9_42_dh1_derive_params);
#endif
