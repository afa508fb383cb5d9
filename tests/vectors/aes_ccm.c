/* SPDX-License-Identifier: Apache-2.0 */
/* AES in CCM: the examples of NIST SP 800-38C, appendix C, and a packet of RFC 3610. */
#include "tests/vectors.h"

#define BOTH_WAYS CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP, .authentic = true
#define KEY AES_KEY("404142434445464748494a4b4c4d4e4f")

const struct vector aes_ccm_vectors[] = {
	{ "NIST SP 800-38C, C.1", CKM_AES_CCM, CCM(4, "10111213141516", "0001020304050607", 4),
	    .verbs = BOTH_WAYS, .key = KEY, .in = "20212223", .out = "7162015b4dac255d" },
	{ "NIST SP 800-38C, C.2", CKM_AES_CCM,
	    CCM(16, "1011121314151617", "000102030405060708090a0b0c0d0e0f", 6), .verbs = BOTH_WAYS,
	    .key = KEY, .in = "202122232425262728292a2b2c2d2e2f",
	    .out = "d2a1f0e051ea5f62081a7792073d593d1fc64fbfaccd" },
	{ "NIST SP 800-38C, C.3", CKM_AES_CCM,
	    CCM(24, "101112131415161718191a1b", "000102030405060708090a0b0c0d0e0f10111213", 8),
	    .verbs = BOTH_WAYS, .key = KEY,
	    .in = "202122232425262728292a2b2c2d2e2f3031323334353637",
	    .out = "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951" },
	{ "RFC 3610, packet vector 1", CKM_AES_CCM,
	    CCM(23, "00000003020100a0a1a2a3a4a5", "0001020304050607", 8), .verbs = BOTH_WAYS,
	    .key = AES_KEY("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"),
	    .in = "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
	    .out = "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0" },
	{ 0 },
};
