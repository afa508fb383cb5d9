/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of mechanisms out of an input.  A table knows the shape of each, so that
 * most are right but for a word or two, and what is behind the checks of its numbers is
 * reached; the input may have any other number in the place of each.
 */
#include "tests/fuzz/fuzz.h"

/*
 * A shape has a letter for each word, or for two:
 *
 *	P p  a pointer and the length of what it points to; the length first
 *	X    the same as P, mostly of 32 bytes (the randoms of TLS)
 *	e    the same as p, mostly a public key of the right kind
 *	A D  how many CK_PRF_DATA_PARAM, or CK_DERIVED_KEY, and where (SP 800-108)
 *	Q R  a pointer to 24 bytes; eight bytes that are part of the structure
 *	V T  a pointer to a CK_VERSION or none; a pointer to 32 bytes, for a tag
 *	O M  a pointer to CK_RSA_PKCS_OAEP_PARAMS; to CK_SSL3_KEY_MAT_OUT
 *	H    the handle of a key
 *	1 2  one CK_BBOOL, or two, and what the compiler puts behind them
 *	L    mostly the length of the text in hand
 *	N    any number
 *	others: one of the numbers below
 */
#define NUMBERS(...) { __VA_ARGS__ }, sizeof((CK_ULONG[]){ __VA_ARGS__ }) / sizeof(CK_ULONG)
static const struct choice {
	char letter;
	CK_ULONG numbers[12];
	size_t count;
} choices[] = {
	{ 'h',
	    NUMBERS(CKM_SHA256, CKM_SHA_1, CKM_SHA384, CKM_SHA512, CKM_SHA224, CKM_SHA3_256,
		CKM_SHA512_256, CKM_TLS_PRF) },
	{ 'm',
	    NUMBERS(CKM_SHA256_HMAC, CKM_SHA_1_HMAC, CKM_SHA512_HMAC, CKM_AES_CMAC, CKM_SHA384_HMAC,
		CKM_SHA3_256_HMAC, CKM_SHA224_HMAC) },
	{ 'g', NUMBERS(CKG_MGF1_SHA256, CKG_MGF1_SHA1, CKG_MGF1_SHA384, CKG_MGF1_SHA512) },
	{ 'k',
	    NUMBERS(CKD_NULL, CKD_SHA256_KDF, CKD_SHA1_KDF, CKD_SHA512_KDF, CKD_SHA3_256_KDF,
		CKD_SHA256_KDF_SP800, CKD_SHA384_KDF_SP800) },
	{ 'x', NUMBERS(CKD_NULL, CKD_SHA1_KDF_ASN1, CKD_SHA1_KDF_CONCATENATE) },
	{ 's', NUMBERS(CKF_HKDF_SALT_NULL, CKF_HKDF_SALT_DATA, CKF_HKDF_SALT_KEY) },
	{ 'z', NUMBERS(CKZ_SALT_SPECIFIED, CKZ_DATA_SPECIFIED, 0) },
	{ 'f',
	    NUMBERS(CKP_PKCS5_PBKD2_HMAC_SHA1, CKP_PKCS5_PBKD2_HMAC_SHA224,
		CKP_PKCS5_PBKD2_HMAC_SHA256, CKP_PKCS5_PBKD2_HMAC_SHA384,
		CKP_PKCS5_PBKD2_HMAC_SHA512, CKP_PKCS5_PBKD2_HMAC_SHA512_224) },
	{ 'n', NUMBERS(1, 2, 100, 1000) },
	{ '0', NUMBERS(0) },
	{ 'b', NUMBERS(128, 192, 256, 0, 96, 64, 32, 104, 160, 512) },
	{ 't', NUMBERS(12, 16, 8, 4, 20, 32, 10, 14) },
	{ 'i',
	    NUMBERS(CKG_NO_GENERATE, CKG_GENERATE, CKG_GENERATE_COUNTER, CKG_GENERATE_RANDOM,
		CKG_GENERATE_COUNTER_XOR) },
	{ 'c', NUMBERS(CKH_HEDGE_PREFERRED, CKH_HEDGE_REQUIRED, CKH_DETERMINISTIC_REQUIRED) },
	{ 'd',
	    NUMBERS(CK_SP800_108_ITERATION_VARIABLE, CK_SP800_108_COUNTER, CK_SP800_108_DKM_LENGTH,
		CK_SP800_108_BYTE_ARRAY, CK_SP800_108_KEY_HANDLE) },
	{ 'w', NUMBERS(32, 8, 16, 24, 64) },
	{ 'u', NUMBERS(1, 2) },
};

/* `key`: which it is for.  "": no parameter.  "*": bytes without an address; "+": a public key. */
static const struct layout {
	CK_MECHANISM_TYPE type;
	const char *words;
	int key;
} layouts[] = {
	{ CKM_AES_GCM, "PbPb", KEY_AES },
	{ CKM_AES_GCM, "PNiPb", KEY_AES },
	{ CKM_AES_CCM, "LPPt", KEY_AES },
	{ CKM_AES_CCM, "LPNiPt", KEY_AES },
	{ CKM_AES_CBC, "*", KEY_AES },
	{ CKM_AES_CBC_PAD, "RR", KEY_AES },
	{ CKM_AES_ECB, "", KEY_AES },
	{ CKM_AES_CTR, "bRR", KEY_AES },
	{ CKM_AES_CTS, "RR", KEY_AES },
	{ CKM_AES_OFB, "RR", KEY_AES },
	{ CKM_AES_CFB8, "RR", KEY_AES },
	{ CKM_AES_CFB128, "RR", KEY_AES },
	{ CKM_AES_XTS, "RR", KEY_XTS },
	{ CKM_AES_CMAC, "", KEY_AES },
	{ CKM_AES_CMAC_GENERAL, "t", KEY_AES },
	{ CKM_AES_GMAC, "*", KEY_AES },
	{ CKM_AES_GMAC, "PbPb", KEY_AES },
	{ CKM_AES_KEY_WRAP, "R", KEY_AES },
	{ CKM_AES_KEY_WRAP_PAD, "", KEY_AES },
	{ CKM_AES_KEY_WRAP_KWP, "*", KEY_AES },
	{ CKM_AES_KEY_WRAP_PKCS7, "R", KEY_AES },
	{ CKM_AES_ECB_ENCRYPT_DATA, "P", KEY_AES },
	{ CKM_AES_CBC_ENCRYPT_DATA, "RRP", KEY_AES },
	{ CKM_CHACHA20, "QbQb", KEY_CHACHA20 },
	{ CKM_CHACHA20_POLY1305, "PP", KEY_CHACHA20 },
	{ CKM_POLY1305, "", KEY_POLY1305 },
	{ CKM_SHA256_HMAC, "", KEY_GENERIC },
	{ CKM_SHA256_HMAC_GENERAL, "t", KEY_GENERIC },
	{ CKM_SHA3_512_HMAC, "", KEY_GENERIC },
	{ CKM_SHA256, "", KEY_GENERIC },
	{ CKM_SHA3_512, "", KEY_GENERIC },
	{ CKM_RSA_PKCS, "", KEY_RSA },
	{ CKM_RSA_X_509, "", KEY_RSA },
	{ CKM_RSA_PKCS_OAEP, "hgzP", KEY_RSA },
	{ CKM_RSA_PKCS_PSS, "hgt", KEY_RSA },
	{ CKM_SHA256_RSA_PKCS_PSS, "hgt", KEY_RSA },
	{ CKM_SHA512_RSA_PKCS, "", KEY_RSA },
	{ CKM_RSA_AES_KEY_WRAP, "bO", KEY_RSA },
	{ CKM_ECDSA, "", KEY_EC },
	{ CKM_ECDSA_SHA384, "", KEY_EC },
	{ CKM_ECDH1_DERIVE, "kpe", KEY_EC },
	{ CKM_ECDH1_DERIVE, "kpe", KEY_X25519 },
	{ CKM_ECDH1_COFACTOR_DERIVE, "kpe", KEY_EC },
	{ CKM_ECDH_AES_KEY_WRAP, "bkp", KEY_EC },
	{ CKM_ECDH_X_AES_KEY_WRAP, "bkp", KEY_X25519 },
	{ CKM_ECDH_COF_AES_KEY_WRAP, "bkp", KEY_EC },
	{ CKM_EDDSA, "1p", KEY_ED25519 },
	{ CKM_DH_PKCS_DERIVE, "+", KEY_DH },
	{ CKM_X9_42_DH_DERIVE, "xpe", KEY_X9_42 },
	{ CKM_HKDF_DERIVE, "2hsPHP", KEY_HKDF },
	{ CKM_HKDF_DATA, "2hsPHP", KEY_HKDF },
	{ CKM_PKCS5_PBKD2, "zPnf00P", KEY_GENERIC },
	{ CKM_CONCATENATE_BASE_AND_DATA, "P", KEY_GENERIC },
	{ CKM_CONCATENATE_DATA_AND_BASE, "P", KEY_GENERIC },
	{ CKM_CONCATENATE_BASE_AND_KEY, "H", KEY_GENERIC },
	{ CKM_XOR_BASE_AND_DATA, "P", KEY_GENERIC },
	{ CKM_EXTRACT_KEY_FROM_KEY, "N", KEY_GENERIC },
	{ CKM_SHA256_KEY_DERIVATION, "", KEY_GENERIC },
	{ CKM_SHAKE_256_KEY_DERIVE, "", KEY_GENERIC },
	{ CKM_PUB_KEY_FROM_PRIV_KEY, "", KEY_EC },
	{ CKM_SP800_108_COUNTER_KDF, "mAD", KEY_GENERIC },
	{ CKM_SP800_108_FEEDBACK_KDF, "mApD", KEY_GENERIC },
	{ CKM_SP800_108_DOUBLE_PIPELINE_KDF, "mAD", KEY_GENERIC },
	{ CKM_TLS12_MASTER_KEY_DERIVE, "XXVh", KEY_GENERIC },
	{ CKM_TLS12_MASTER_KEY_DERIVE_DH, "XX0h", KEY_GENERIC },
	{ CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE, "hXV", KEY_GENERIC },
	{ CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH, "hX0", KEY_GENERIC },
	{ CKM_TLS12_KEY_AND_MAC_DERIVE, "bbb0XXMh", KEY_GENERIC },
	{ CKM_TLS12_KEY_SAFE_DERIVE, "bbb0XXMh", KEY_GENERIC },
	{ CKM_TLS_KDF, "hPXXP", KEY_GENERIC },
	{ CKM_TLS_MAC, "htu", KEY_GENERIC },
	{ CKM_IKE_PRF_DERIVE, "m2PPH", KEY_GENERIC },
	{ CKM_IKE2_PRF_PLUS_DERIVE, "m1HP", KEY_GENERIC },
	{ CKM_IKE1_PRF_DERIVE, "m1HHPPu", KEY_GENERIC },
	{ CKM_IKE1_EXTENDED_DERIVE, "m1HP", KEY_GENERIC },
	{ CKM_ML_KEM, "", KEY_ML_KEM },
	{ CKM_ML_DSA, "cP", KEY_ML_DSA },
	{ CKM_HASH_ML_DSA, "cPh", KEY_ML_DSA },
	{ CKM_HASH_ML_DSA_SHA256, "cP", KEY_ML_DSA },
	{ CKM_SLH_DSA, "cP", KEY_SLH_DSA },
	{ CKM_HASH_SLH_DSA, "cPh", KEY_SLH_DSA },
	{ CKM_HASH_SLH_DSA_SHAKE128, "cP", KEY_SLH_DSA },
	{ CKM_AES_KEY_GEN, "", KEY_AES },
	{ CKM_GENERIC_SECRET_KEY_GEN, "", KEY_GENERIC },
	{ CKM_SHA3_256_KEY_GEN, "", KEY_GENERIC },
};

/* A parameter in the making. */
struct shape {
	const struct layout *layout;
	const CK_OBJECT_HANDLE *keys;
	CK_ULONG words[16];
	size_t count;
};

static void
add(struct shape *shape, CK_ULONG word)
{
	must(shape->count < COUNT(shape->words));
	shape->words[shape->count++] = word;
}

static CK_ULONG
address(const void *at)
{
	return (CK_ULONG)(uintptr_t)at;
}

/* As many bytes as something in the standards has, or any small number. */
static CK_ULONG
take_length(struct input *in)
{
	static const uint8_t usual[] = { 0, 1, 7, 8, 12, 13, 16, 20, 24, 28, 32, 33, 48, 64, 128,
		255 };
	const uint8_t which = take_byte(in);

	return which < 240 ? usual[which % COUNT(usual)] : take_byte(in);
}

/* What P, p, X and e point to. */
static void *
take_block(struct input *in, char letter, const struct layout *layout, CK_ULONG *len)
{
	const struct peer *peer = &peers[layout->key];
	const uint8_t how = letter == 'X' || letter == 'e' ? take_byte(in) : 255;
	unsigned char *block;

	if (how < 220 && letter == 'X') {
		*len = 32;
	} else if (how < 220 && letter == 'e' && peer->len > 0) {
		*len = peer->len;
		block = memcpy(block_new(*len), peer->data, *len);
		if (how >= 180)
			block[take_byte(in) % *len] ^= take_byte(in);
		return block;
	} else {
		*len = take_length(in);
	}
	return block_take(in, *len);
}

/* Mostly one of those that the letter stands for. */
static CK_ULONG
take_choice(struct input *in, char letter)
{
	const uint8_t which = take_byte(in);

	for (size_t i = 0; i < COUNT(choices) && which < 240; i++)
		if (choices[i].letter == letter)
			return choices[i].numbers[which % choices[i].count];
	return take_number(in);
}

static void add_words(struct input *in, struct shape *shape, const char *letters);

/* A structure of its own, and a pointer to it. */
static CK_ULONG
nested(struct input *in, const struct shape *from, const char *letters)
{
	struct shape shape = { .layout = from->layout, .keys = from->keys };

	add_words(in, &shape, letters);
	return address(memcpy(block_new(shape.count * sizeof(CK_ULONG)), shape.words,
	    shape.count * sizeof(CK_ULONG)));
}

/* CK_PRF_DATA_PARAM: what it points to hangs on its type. */
static void
add_piece(struct input *in, struct shape *shape)
{
	const CK_ULONG type = take_choice(in, 'd');
	CK_ULONG len = 0;
	void *block;

	add(shape, type);
	switch (type) {
	case CK_SP800_108_ITERATION_VARIABLE:
	case CK_SP800_108_COUNTER:
		/* Of the iteration variable, in one mode only. */
		len = take_byte(in) & 1 ? 2 * sizeof(CK_ULONG) : 0;
		add(shape, len == 0 ? 0 : nested(in, shape, "1w"));
		break;
	case CK_SP800_108_DKM_LENGTH:
		len = 3 * sizeof(CK_ULONG);
		add(shape, nested(in, shape, "u1w"));
		break;
	case CK_SP800_108_KEY_HANDLE:
		len = sizeof(CK_ULONG);
		add(shape, nested(in, shape, "H"));
		break;
	default:
		block = take_block(in, 'P', shape->layout, &len);
		add(shape, address(block));
		break;
	}
	add(shape, len);
}

static void
add_derived_key(struct input *in, struct shape *shape)
{
	CK_ULONG count;
	CK_ATTRIBUTE *template = take_secret_template(in, &count);

	add(shape, address(template));
	add(shape, count);
	add(shape, address(block_new(sizeof(CK_OBJECT_HANDLE))));
}

/* A number of structures of three words each. */
static void
add_list(
    struct input *in, struct shape *shape, size_t most, void (*one)(struct input *, struct shape *))
{
	const size_t count = take_byte(in) % most;
	CK_ULONG *list = block_new(count * 3 * sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		struct shape inner = { .layout = shape->layout, .keys = shape->keys };

		one(in, &inner);
		memcpy(list + 3 * i, inner.words, 3 * sizeof(*list));
	}
	add(shape, count);
	add(shape, address(list));
}

static void
add_word(struct input *in, struct shape *shape, char letter)
{
	CK_ULONG word = 0;
	uint8_t byte;

	switch (letter) {
	case 'Q':
		add(shape, address(block_take(in, 24)));
		break;
	case 'R':
		memcpy(&word, block_take(in, sizeof(word)), sizeof(word));
		add(shape, word);
		break;
	case 'V':
		add(shape, take_byte(in) & 1 ? address(block_new(sizeof(CK_VERSION))) : 0);
		break;
	case 'T':
		add(shape, address(block_take(in, 32)));
		break;
	case 'A':
		add_list(in, shape, 6, add_piece);
		break;
	case 'D':
		add_list(in, shape, 4, add_derived_key);
		break;
	case 'L':
		byte = take_byte(in);
		add(shape, byte < 240 ? in->text_len : byte);
		break;
	case 'O':
		add(shape, nested(in, shape, "hgzP"));
		break;
	case 'M':
		add(shape, nested(in, shape, "0000TT"));
		break;
	case 'H':
		byte = take_byte(in);
		add(shape, shape->keys[byte < 200 ? KEY_GENERIC : byte % KEYS]);
		break;
	case '1':
	case '2':
		byte = take_byte(in);
		((CK_BBOOL *)&word)[0] = byte & 1;
		((CK_BBOOL *)&word)[letter == '2'] |= byte >> 1 & 1;
		add(shape, word);
		break;
	case 'n':
		/* What the module refuses as too many, but nothing that takes seconds. */
		word = take_choice(in, letter);
		add(shape, word <= 1000 || word > 1UL << 24 ? word : 1000);
		break;
	default:
		add(shape, take_choice(in, letter));
		break;
	}
}

static void
add_words(struct input *in, struct shape *shape, const char *letters)
{
	for (; *letters != '\0'; letters++) {
		CK_ULONG len;
		void *block;

		switch (*letters) {
		case 'P':
		case 'X':
			block = take_block(in, *letters, shape->layout, &len);
			add(shape, address(block));
			add(shape, len);
			break;
		case 'p':
		case 'e':
			block = take_block(in, *letters, shape->layout, &len);
			add(shape, len);
			add(shape, address(block));
			break;
		default:
			add_word(in, shape, *letters);
			break;
		}
	}
}

void *
take_shape(struct input *in, const char *letters, const CK_OBJECT_HANDLE keys[KEYS], CK_ULONG *len)
{
	struct shape shape = { .layout = &layouts[0], .keys = keys };

	add_words(in, &shape, letters);
	*len = shape.count * sizeof(CK_ULONG);
	return memcpy(block_new(*len), shape.words, *len);
}

CK_MECHANISM *
take_mechanism(struct input *in, const CK_OBJECT_HANDLE keys[KEYS], CK_OBJECT_HANDLE *key)
{
	const struct layout *layout = &layouts[take_byte(in) % COUNT(layouts)];
	const uint8_t which = take_byte(in), how = take_byte(in);
	CK_MECHANISM *mechanism = block_new(sizeof(*mechanism));
	struct shape shape = { .layout = layout, .keys = keys };

	*key = keys[which < 240 ? layout->key + (layout->key >= KEY_PAIRS && which % 2)
				: which % KEYS];
	mechanism->mechanism = layout->type;
	/* Many parameters may be left out. */
	if (layout->words[0] == '\0' || how >= 250)
		return mechanism;
	if (layout->words[0] == '*' || layout->words[0] == '+') {
		mechanism->pParameter = take_block(
		    in, layout->words[0] == '+' ? 'e' : 'P', layout, &mechanism->ulParameterLen);
		return mechanism;
	}
	add_words(in, &shape, layout->words);
	mechanism->ulParameterLen = shape.count * sizeof(CK_ULONG) - (how >= 245);
	mechanism->pParameter =
	    memcpy(block_new(mechanism->ulParameterLen), shape.words, mechanism->ulParameterLen);
	return mechanism;
}
