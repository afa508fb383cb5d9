/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of Diffie-Hellman: NIST ACVP.  Where a secret begins with zeros: Python's
 * own arithmetic.  Groups: RFC 7919.
 */
#include "tests/vectors.h"

/* RFC 7919, A.1. */
#define FFDHE2048                                                                                  \
	"ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"                         \
	"a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"                         \
	"d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"                         \
	"984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"                         \
	"bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"                         \
	"ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"                         \
	"9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"                         \
	"c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"

/* NIST ACVP, KAS-FFC-SSC Sp800-56Ar3, test group 1 (ffdhe2048), test case 1. */
static const struct vector_key acvp_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_DH,
	.private = {
		{ CKA_PRIME, FFDHE2048 },
		{ CKA_BASE, "02" },
		{ CKA_VALUE, "71380e69933d9b7f45f1ca918946ee38caf12dbaeae8ab169b205f2ebd9f4381"
		    "53791c5c768454bb280cd2cd9c73777947c951562e68529fd321c333c00055b0"
		    "f5feffd1b0a0a2ccc513e9741332ce9a38e645019395164162467e41c080e599"
		    "bd23f29df98ce5ba18858db705363a6a5a2f4ef77a205217546eaa29583531da"
		    "dedcdd218729632c43a13540913fdfa108ca8f0cbbb0b958081b40ae20d64371"
		    "93b87e210c8a2275a122e0eeb9e2b228ed16f069c5e590b7347312b285f8bbea"
		    "7910e7b7eeef7202539467d769b4a832da593c254ecee9b440a3a82bf7f2ee44"
		    "b6905cda7fdfd6e352a2d5acd3924618388040712d5bdbcbc5fe5a20048ef05c" },
	},
};

/* SHA-256 of "Handfast DH". */
static const struct vector_key short_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_DH,
	.private = {
		{ CKA_PRIME, FFDHE2048 },
		{ CKA_BASE, "02" },
		{ CKA_VALUE, "085a88a5ced8e2f44e1f3d644501220eca90416ef202256021501f58a180a155" },
	},
};

const struct vector dh_vectors[] = {
	{ "NIST ACVP, KAS-FFC-SSC, ffdhe2048, 1", CKM_DH_PKCS_DERIVE,
	    PEER("d15b2174dc6b2d45f0d5ef1de4d909749501870632f1d41b6a483a57033c3787"
		 "2bd58c47d8405883ea956737eaefffa366962a6082c72148a7ca521d9ebcb8f2"
		 "e61b3ca1720e0b084c2931f061ebf61766471dc82018b1b1873f5ef9f14ba866"
		 "5ac91eb1fcdf11a44425b3b4177f8ae4717a98e5b9d3f9570857a1d230c40eef"
		 "15bd3e96f46830eeb995e6b814da23205dd6a1408ad4892610d260813a2b4b9e"
		 "a38ce8f8250c5db37b2026375eda1a8cba439f63d96008f625b56d08275e6e77"
		 "3e9dee435b9d0a2e831d02cd03aa5d9ebaa7fc752c75b3179fa43d4ee89945dc"
		 "2c44017c7c9abcd4a21003b982c4bd398d2c228e4689704518056625517b50ad"),
	    .verbs = CKF_DERIVE, .key = &acvp_key,
	    .out = "5d52a8867a2b18fc492429e6b78a366e4a9acfc76cd500b92e993f1ebe29445f"
		   "394f34e4893a1e39018624a5af0b27b665c5a8f1957e3043d33f13ddda808e80"
		   "24e20dfdccfce80c9de65d5ca18c762828e3a9044e97bfa051007972ab2003c5"
		   "ec00b7e6d29dea98e11e0e85405477cbbf9219c018bda9197657f139e75ba16a"
		   "6c68bbfa654bc3d45b52ea06e7d65bcb6dcb35e6a05941938d0d195f4fd1c12b"
		   "dc184c104bf97879a25b69847b973aad933588eba91e414a0ee5169259691cb3"
		   "fe551fe8a748d3f93ed323d01888bca0c87aebd0e3bbb48f6836e46d5558f288"
		   "9eaab86804c68c1509243c63a24ddeff0566ff726ad3385add44c811cb09b46f",
	    .whole = true },
	{ "NIST ACVP, KAS-FFC-SSC, ffdhe2048, 1, 32 bytes of it", CKM_DH_PKCS_DERIVE,
	    PEER("d15b2174dc6b2d45f0d5ef1de4d909749501870632f1d41b6a483a57033c3787"
		 "2bd58c47d8405883ea956737eaefffa366962a6082c72148a7ca521d9ebcb8f2"
		 "e61b3ca1720e0b084c2931f061ebf61766471dc82018b1b1873f5ef9f14ba866"
		 "5ac91eb1fcdf11a44425b3b4177f8ae4717a98e5b9d3f9570857a1d230c40eef"
		 "15bd3e96f46830eeb995e6b814da23205dd6a1408ad4892610d260813a2b4b9e"
		 "a38ce8f8250c5db37b2026375eda1a8cba439f63d96008f625b56d08275e6e77"
		 "3e9dee435b9d0a2e831d02cd03aa5d9ebaa7fc752c75b3179fa43d4ee89945dc"
		 "2c44017c7c9abcd4a21003b982c4bd398d2c228e4689704518056625517b50ad"),
	    .verbs = CKF_DERIVE, .key = &acvp_key,
	    .out = "9eaab86804c68c1509243c63a24ddeff0566ff726ad3385add44c811cb09b46f" },
	{ "Python 3.11's pow(), a secret with a leading zero", CKM_DH_PKCS_DERIVE,
	    PEER("9f46585bad8f5886e4cfd0970d668655093a73fcc157a1ecea11690dac46935a"
		 "fe5884bc1d7dd3d7ef08157aa514a97957a573d30f40a856be41b8a884cb3ed1"
		 "18827284a5c2525b68dfcaa8d4881b59805de90b87e91c21d2ec86e2b240586c"
		 "cf051d1bf296e502d023d85473f8551db4061ce0186b90cd37580c5d96490346"
		 "94096c64a26bd141fbc25923395f97fcb7572f2b2918958c66ce7dd7990b6fa6"
		 "0c13689a60522f4c0ed0ec1c84ead43ccd9b54be51964a5a6199d2e852ecc398"
		 "aceaaa68a9e663fd452e6141a9479546ad2947182457d272577107463e30f847"
		 "60f104b4956921eb2435efb0f5ae90b59e8ef96d3b29eb78ec0bee0839a05b6d"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .whole = true },
	{ "Refused: 0", CKM_DH_PKCS_DERIVE, PEER("00"), .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: 1", CKM_DH_PKCS_DERIVE, PEER("01"), .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p - 1", CKM_DH_PKCS_DERIVE,
	    PEER("ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		 "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		 "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		 "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		 "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		 "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		 "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		 "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97fffffffffffffffe"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p", CKM_DH_PKCS_DERIVE,
	    PEER("ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		 "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		 "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		 "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		 "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		 "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		 "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		 "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p + 1", CKM_DH_PKCS_DERIVE,
	    PEER("ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		 "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		 "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		 "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		 "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		 "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		 "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		 "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c980000000000000000"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: outside the subgroup of the generator", CKM_DH_PKCS_DERIVE,
	    PEER("60b9a7a45270a778c92883c19554c445a6a1e22365e59b04eea85c7621e6a33a"
		 "ab88b184f6e66023dd8b88537f869580258a6f9053cbcd82383ff95a29f922a9"
		 "bb5cac51303b1305bb542a768a7e537705057c49b603fed1e26a8c7bcd1770c8"
		 "c949ef54ee4fa6751282b1867ff7935469eb3bc11e425667f954bdf1b1f17634"
		 "2801451e10b92a1fd546502879694bff0213ab8c37bf5edbb680c4cc452dde4e"
		 "a243854d03208bccfc36bbac691f9933d067a8237c6198925e9a31e4d5476bc8"
		 "e48854343f9f20024920b0f145aaec3d16d4f4032817db00e444f575f09127be"
		 "649deccee7ad61c7a2bd5a75cc045f44e9dc48cb25fe711f13f411f7c65fa492"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: a byte more than p", CKM_DH_PKCS_DERIVE,
	    PEER("ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		 "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		 "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		 "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		 "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		 "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		 "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		 "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"
		 "00"),
	    .verbs = CKF_DERIVE, .key = &short_key,
	    .out = "00f938055fbc12a136c676d7c123e21202b71ffd8f05ac6efd561817701ee266"
		   "87e992e0878db0523d718bc46c1985b97dc875d3737ae8714685da21f371f1ff"
		   "f91b07d25cc1b2013b0b9faa8faff928930b7e32586c981a6871fe1adeee9f56"
		   "1020a1823470cd7e1d90d6b94461be916db69829b43aa49e8a451070e7d72862"
		   "50365b626678ca752ded6f38116f85908b13acb74d1a93bcad5712fe0e4915a9"
		   "edf13d937379901b471a8cd97ee6cfb9d155784b9bb5bef0d69d4affe42143e8"
		   "300519cda600815094ae9e635cbc5036580f041aeccc5cad4fc3ff22e60c88b6"
		   "6aff7a50cf71d54eb07c46b6c8ae00108a6470f745f26e7f2a4a4787f7f61663",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "RFC 7919, A.1, ffdhe2048", CKM_DH_PKCS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME, FFDHE2048 }, { CKA_BASE, "02" } } },
	{ "Refused: a prime of 512 bits", CKM_DH_PKCS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME,
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc7" },
		{ CKA_BASE, "02" } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: an even number", CKM_DH_PKCS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME,
			      "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
			      "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
			      "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
			      "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
			      "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
			      "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
			      "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
			      "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97fffffffffffffffe" },
		{ CKA_BASE, "02" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: composite", CKM_DH_PKCS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME,
			      "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
			      "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
			      "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
			      "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
			      "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
			      "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
			      "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
			      "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97fffffffffffffffd" },
		{ CKA_BASE, "02" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: no safe prime: 2^2203 - 1", CKM_DH_PKCS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME,
			      "07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
			      "ffffffffffffffffffffffffffffffffffffffff" },
		{ CKA_BASE, "02" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: generator 1", CKM_DH_PKCS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME, FFDHE2048 }, { CKA_BASE, "01" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: generator p - 1", CKM_DH_PKCS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH),
	    .template = { { CKA_PRIME, FFDHE2048 },
		{ CKA_BASE,
		    "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		    "a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		    "d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		    "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		    "bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		    "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		    "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		    "c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97fffffffffffffffe" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: no generator", CKM_DH_PKCS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_DH), .template = { { CKA_PRIME, FFDHE2048 } },
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "RFC 7919, A, 2048 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 } } },
	{ "RFC 7919, A, 3072 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 3072 } } },
	{ "RFC 7919, A, 4096 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 4096 } } },
	{ "RFC 7919, A, 6144 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 6144 } } },
	{ "RFC 7919, A, 8192 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 8192 } } },
	{ "Refused: 1024 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 1024 } }, .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: 2049 bits", CKM_DH_PKCS_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2049 } }, .rv = CKR_KEY_SIZE_RANGE },
	{ 0 },
};
