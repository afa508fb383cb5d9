/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzzers share: see fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const struct pkcs11_function_list_3_2 *p11;

void
fuzz_must(bool so, const char *what)
{
	if (so)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

/* --- the input ------------------------------------------------------------ */

uint8_t
take_byte(struct input *in)
{
	if (in->len == 0)
		return 0;
	in->len--;
	return *in->data++;
}

CK_ULONG
take_number(struct input *in)
{
	const uint8_t kind = take_byte(in);
	CK_ULONG number = 0;

	if (kind < 200)
		return kind;
	if (kind < 220)
		return ((CK_ULONG)1 << (take_byte(in) % 64)) - (kind & 1);
	if (kind < 250)
		return (CK_ULONG)take_byte(in) << 8 | take_byte(in);
	for (size_t i = 0; i < sizeof(number); i++)
		number = number << 8 | take_byte(in);
	return number;
}

static struct block {
	struct block *next;
	void *data;
} * blocks;

void *
block_new(size_t len)
{
	struct block *block = malloc(sizeof(*block));

	must(block != NULL);
	block->next = blocks;
	block->data = calloc(1, len);
	must(block->data != NULL || len == 0);
	blocks = block;
	return block->data;
}

void *
block_take(struct input *in, size_t len)
{
	unsigned char *data = block_new(len);
	const size_t there = len < in->len ? len : in->len;

	if (there > 0)
		memcpy(data, in->data, there);
	in->data += there;
	in->len -= there;
	return data;
}

void
blocks_free(void)
{
	while (blocks != NULL) {
		struct block *block = blocks;

		blocks = block->next;
		free(block->data);
		free(block);
	}
}

/* --- the module ----------------------------------------------------------- */

#define PIN(text) (CK_UTF8CHAR *)(text), sizeof(text) - 1
#define READ_WRITE (CKF_SERIAL_SESSION | CKF_RW_SESSION)

static char folder[64];

static void
folder_remove(void)
{
	char line[100];

	snprintf(line, sizeof(line), "rm -rf %s", folder);
	(void)!system(line);
}

const char *
fuzz_folder(void)
{
	if (folder[0] != '\0')
		return folder;
	snprintf(folder, sizeof(folder), "%s/handfast-fuzz-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	must(mkdtemp(folder) != NULL);
	(void)atexit(folder_remove);
	return folder;
}

void
fuzz_up(const char *store)
{
	struct pkcs11_interface *interface;
	char path[100];
	FILE *file;

	snprintf(path, sizeof(path), "%s/handfast.conf", fuzz_folder());
	file = fopen(path, "we");
	must(file != NULL);
	fprintf(file, "kdf-cost = 14\nlog = off\n");
	must(fclose(file) == 0);
	must(setenv("HANDFAST_CONF", path, 1) == 0 && setenv("HANDFAST_STORE", store, 1) == 0);
	must(C_GetInterface(NULL, NULL, &interface, 0) == CKR_OK);
	p11 = interface->function_list;
	must(p11->C_Initialize(NULL) == CKR_OK);
}

CK_SESSION_HANDLE
fuzz_token(void)
{
	CK_UTF8CHAR label[33] = "fuzz                            ";
	CK_SESSION_HANDLE session;

	(void)p11->C_CloseAllSessions(0);
	must(p11->C_InitToken(0, PIN("so pin"), label) == CKR_OK);
	must(p11->C_OpenSession(0, READ_WRITE, NULL, NULL, &session) == CKR_OK);
	must(p11->C_Login(session, CKU_SO, PIN("so pin")) == CKR_OK);
	must(p11->C_InitPIN(session, PIN("user pin")) == CKR_OK);
	must(p11->C_Logout(session) == CKR_OK);
	must(p11->C_Login(session, CKU_USER, PIN("user pin")) == CKR_OK);
	return session;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
pair(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_ATTRIBUTE *public_part, CK_ULONG count,
    CK_OBJECT_HANDLE *out)
{
	CK_MECHANISM mechanism = { type, NULL, 0 };

	must(p11->C_GenerateKeyPair(
		 session, &mechanism, public_part, count, NULL, 0, &out[0], &out[1]) == CKR_OK);
}

void
fuzz_keys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE keys[KEYS])
{
	static CK_BYTE f4[] = { 1, 0, 1 };
	/* RFC 5480 and RFC 8410: secp256r1, X25519, Ed25519. */
	static CK_BYTE p256[] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
	static CK_BYTE x25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x6e };
	static CK_BYTE ed25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x70 };
	static CK_BYTE prime[256], base[1];
	CK_ULONG bits = 2048, len = 32;
	CK_ATTRIBUTE rsa[] = { { CKA_MODULUS_BITS, &bits, sizeof(bits) },
		{ CKA_PUBLIC_EXPONENT, f4, sizeof(f4) } };
	CK_ATTRIBUTE curve[] = { { CKA_EC_PARAMS, p256, sizeof(p256) } };
	CK_ATTRIBUTE secret[] = { { CKA_VALUE_LEN, &len, sizeof(len) } };
	CK_ATTRIBUTE group[] = { { CKA_PRIME_BITS, &bits, sizeof(bits) } };
	CK_ATTRIBUTE dh[] = { { CKA_PRIME, prime, sizeof(prime) },
		{ CKA_BASE, base, sizeof(base) } };
	CK_MECHANISM aes = { CKM_AES_KEY_GEN, NULL, 0 };
	CK_MECHANISM generic = { CKM_GENERIC_SECRET_KEY_GEN, NULL, 0 };
	CK_MECHANISM parameters = { CKM_DH_PKCS_PARAMETER_GEN, NULL, 0 };
	CK_OBJECT_HANDLE made;

	must(p11->C_GenerateKey(session, &aes, secret, 1, &keys[KEY_AES]) == CKR_OK);
	must(p11->C_GenerateKey(session, &generic, secret, 1, &keys[KEY_GENERIC]) == CKR_OK);
	pair(session, CKM_RSA_PKCS_KEY_PAIR_GEN, rsa, COUNT(rsa), &keys[KEY_RSA]);
	pair(session, CKM_EC_KEY_PAIR_GEN, curve, 1, &keys[KEY_EC]);
	curve[0] = (CK_ATTRIBUTE){ CKA_EC_PARAMS, x25519, sizeof(x25519) };
	pair(session, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, curve, 1, &keys[KEY_X25519]);
	curve[0] = (CK_ATTRIBUTE){ CKA_EC_PARAMS, ed25519, sizeof(ed25519) };
	pair(session, CKM_EC_EDWARDS_KEY_PAIR_GEN, curve, 1, &keys[KEY_ED25519]);
	must(p11->C_GenerateKey(session, &parameters, group, 1, &made) == CKR_OK);
	must(p11->C_GetAttributeValue(session, made, dh, COUNT(dh)) == CKR_OK);
	pair(session, CKM_DH_PKCS_KEY_PAIR_GEN, dh, COUNT(dh), &keys[KEY_DH]);
}

/* --- templates ------------------------------------------------------------ */

static const CK_ATTRIBUTE_TYPE attribute_types[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
	CKA_APPLICATION, CKA_VALUE, CKA_OBJECT_ID, CKA_CERTIFICATE_TYPE, CKA_ISSUER,
	CKA_SERIAL_NUMBER, CKA_TRUSTED, CKA_CERTIFICATE_CATEGORY, CKA_URL, CKA_CHECK_VALUE,
	CKA_KEY_TYPE, CKA_SUBJECT, CKA_ID, CKA_SENSITIVE, CKA_ENCRYPT, CKA_DECRYPT, CKA_WRAP,
	CKA_UNWRAP, CKA_SIGN, CKA_SIGN_RECOVER, CKA_VERIFY, CKA_VERIFY_RECOVER, CKA_DERIVE,
	CKA_START_DATE, CKA_END_DATE, CKA_MODULUS, CKA_MODULUS_BITS, CKA_PUBLIC_EXPONENT,
	CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_EXPONENT_1, CKA_EXPONENT_2,
	CKA_COEFFICIENT, CKA_PUBLIC_KEY_INFO, CKA_PRIME, CKA_SUBPRIME, CKA_BASE, CKA_PRIME_BITS,
	CKA_VALUE_BITS, CKA_VALUE_LEN, CKA_EXTRACTABLE, CKA_LOCAL, CKA_NEVER_EXTRACTABLE,
	CKA_ALWAYS_SENSITIVE, CKA_KEY_GEN_MECHANISM, CKA_MODIFIABLE, CKA_COPYABLE, CKA_DESTROYABLE,
	CKA_EC_PARAMS, CKA_EC_POINT, CKA_ALWAYS_AUTHENTICATE, CKA_WRAP_WITH_TRUSTED,
	CKA_WRAP_TEMPLATE, CKA_UNWRAP_TEMPLATE, CKA_ALLOWED_MECHANISMS, CKA_UNIQUE_ID };

static CK_ATTRIBUTE *
template_of(struct input *in, CK_ULONG *count, unsigned depth)
{
	CK_ATTRIBUTE *attributes;

	*count = take_byte(in) % 24;
	attributes = block_new(*count * sizeof(*attributes));
	for (CK_ULONG i = 0; i < *count; i++) {
		const uint8_t which = take_byte(in);
		CK_ATTRIBUTE *at = &attributes[i];
		CK_ULONG inner, number;

		at->type =
		    which < COUNT(attribute_types) ? attribute_types[which] : take_number(in);
		switch (take_byte(in) % 6) {
		case 0: /* a number or a CK_BBOOL */
			number = take_number(in);
			at->ulValueLen = number <= 1 && (which & 1) ? 1 : sizeof(number);
			at->pValue = memcpy(block_new(at->ulValueLen), &number, at->ulValueLen);
			break;
		case 1:
			at->pValue = block_take(in, 1);
			at->ulValueLen = 1;
			*(CK_BYTE *)at->pValue &= 1;
			break;
		case 2: /* no value */
			at->ulValueLen = take_number(in) % 3;
			break;
		case 3:
			if (depth < 2) {
				at->pValue = template_of(in, &inner, depth + 1);
				at->ulValueLen = inner * sizeof(CK_ATTRIBUTE);
				/* Only where it is a template by its type may pointers be followed.
				 */
				at->type |= CKF_ARRAY_ATTRIBUTE;
				break;
			}
			/* fallthrough */
		default:
			at->ulValueLen = take_byte(in) & 1 ? take_byte(in) : take_byte(in) % 40;
			at->pValue = block_take(in, at->ulValueLen);
			/* Bytes of the input are no addresses. */
			at->type &= ~(CK_ULONG)CKF_ARRAY_ATTRIBUTE;
			break;
		}
		if ((at->type & CKF_ARRAY_ATTRIBUTE) != 0 && depth >= 2)
			at->type = CKA_LABEL;
	}
	return attributes;
}

CK_ATTRIBUTE *
take_template(struct input *in, CK_ULONG *count)
{
	return template_of(in, count, 0);
}

/* --- mechanisms ----------------------------------------------------------- */

/*
 * The words of a parameter: N a number, P a pointer and behind it L its length, l a
 * length and behind it p the pointer, H a handle, I a few iterations, Q a pointer to
 * 24 bytes, R eight bytes; A the number of structures of "NPL" and a pointer to them;
 * S a pointer to "NNNPL".  NULL: bytes without an address.
 */
static const struct layout {
	CK_MECHANISM_TYPE type;
	const char *words;
} layouts[] = {
	{ CKM_AES_GCM, "PLNPLN" },
	{ CKM_AES_CCM, "NPLPLN" },
	{ CKM_RSA_PKCS_OAEP, "NNNPL" },
	{ CKM_RSA_PKCS_PSS, "NNN" },
	{ CKM_SHA256_RSA_PKCS_PSS, "NNN" },
	{ CKM_ECDH1_DERIVE, "Nlplp" },
	{ CKM_ECDH1_COFACTOR_DERIVE, "Nlplp" },
	{ CKM_X9_42_DH_DERIVE, "Nlplp" },
	{ CKM_HKDF_DERIVE, "NNNPLHPL" },
	{ CKM_HKDF_DATA, "NNNPLHPL" },
	{ CKM_PKCS5_PBKD2, "NPLINPLPL" },
	{ CKM_EDDSA, "Nlp" },
	{ CKM_CONCATENATE_BASE_AND_DATA, "PL" },
	{ CKM_CONCATENATE_DATA_AND_BASE, "PL" },
	{ CKM_XOR_BASE_AND_DATA, "PL" },
	{ CKM_AES_ECB_ENCRYPT_DATA, "PL" },
	{ CKM_AES_CBC_ENCRYPT_DATA, "RRPL" },
	{ CKM_CONCATENATE_BASE_AND_KEY, "H" },
	{ CKM_EXTRACT_KEY_FROM_KEY, "N" },
	{ CKM_SP800_108_COUNTER_KDF, "NANN" },
	{ CKM_SP800_108_FEEDBACK_KDF, "NALPNN" },
	{ CKM_SP800_108_DOUBLE_PIPELINE_KDF, "NANN" },
	{ CKM_RSA_AES_KEY_WRAP, "NS" },
	{ CKM_CHACHA20, "QNQN" },
	{ CKM_CHACHA20_POLY1305, "PLPL" },
	{ CKM_AES_CBC, NULL },
	{ CKM_AES_CBC_PAD, NULL },
	{ CKM_AES_ECB, NULL },
	{ CKM_AES_CTR, NULL },
	{ CKM_AES_CTS, NULL },
	{ CKM_AES_OFB, NULL },
	{ CKM_AES_CMAC, NULL },
	{ CKM_AES_CMAC_GENERAL, NULL },
	{ CKM_AES_GMAC, NULL },
	{ CKM_AES_KEY_WRAP, NULL },
	{ CKM_AES_KEY_WRAP_KWP, NULL },
	{ CKM_SHA256_HMAC, NULL },
	{ CKM_SHA256_HMAC_GENERAL, NULL },
	{ CKM_SHA256, NULL },
	{ CKM_SHA3_512, NULL },
	{ CKM_RSA_PKCS, NULL },
	{ CKM_RSA_X_509, NULL },
	{ CKM_SHA512_RSA_PKCS, NULL },
	{ CKM_ECDSA, NULL },
	{ CKM_ECDSA_SHA384, NULL },
	{ CKM_DH_PKCS_DERIVE, NULL },
	{ CKM_SHA256_KEY_DERIVATION, NULL },
};

static CK_ULONG *
words_of(struct input *in, const char *layout, const CK_OBJECT_HANDLE keys[KEYS])
{
	const size_t count = strlen(layout);
	CK_ULONG *words = block_new((count + 1) * sizeof(*words)); /* A takes two */
	CK_ULONG len;
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		switch (layout[i]) {
		case 'P':
		case 'l':
			len = take_byte(in) & 1 ? take_byte(in) : take_byte(in) % 40;
			words[at + (layout[i] == 'l')] = (CK_ULONG)(uintptr_t)block_take(in, len);
			words[at + (layout[i] == 'P')] = len;
			at += 2;
			i++;
			break;
		case 'L': /* a length before its pointer */
			words[at++] = take_number(in) % 16;
			break;
		case 'A':
			len = take_byte(in) % 6;
			words[at] = len;
			words[at + 1] = (CK_ULONG)(uintptr_t)block_new(len * 3 * sizeof(*words));
			for (CK_ULONG j = 0; j < len; j++)
				memcpy((CK_ULONG *)(uintptr_t)words[at + 1] + 3 * j,
				    words_of(in, "NPL", keys), 3 * sizeof(*words));
			at += 2;
			break;
		case 'S':
			words[at++] = (CK_ULONG)(uintptr_t)words_of(in, "NNNPL", keys);
			break;
		case 'Q':
			words[at++] = (CK_ULONG)(uintptr_t)block_take(in, 24);
			break;
		case 'H':
			words[at++] = keys[take_byte(in) % KEYS];
			break;
		case 'I':
			words[at++] = take_byte(in);
			break;
		case 'R':
			memcpy(&words[at++], block_take(in, 8), 8);
			break;
		default:
			/* The standard's small numbers, and those of hashes. */
			words[at++] = take_byte(in) & 1 ? 0x200 | take_byte(in) : take_number(in);
			break;
		}
	}
	return words;
}

CK_MECHANISM *
take_mechanism(struct input *in, const CK_OBJECT_HANDLE keys[KEYS])
{
	const struct layout *layout = &layouts[take_byte(in) % COUNT(layouts)];
	CK_MECHANISM *mechanism = block_new(sizeof(*mechanism));
	size_t len;

	mechanism->mechanism = layout->type;
	if (layout->words == NULL) {
		mechanism->ulParameterLen = take_byte(in) % 40;
		mechanism->pParameter = block_take(in, mechanism->ulParameterLen);
		return mechanism;
	}
	/* SP 800-108: what would be made beside is left out, so that zeros follow. */
	if (strchr(layout->words, 'A') != NULL) {
		CK_ULONG *words = words_of(in, "NA", keys);
		const bool feedback = layout->type == CKM_SP800_108_FEEDBACK_KDF;
		CK_ULONG *whole;

		len = (feedback ? 7 : 5) * sizeof(*words);
		whole = block_new(len);
		memcpy(whole, words, 3 * sizeof(*words));
		if (feedback) {
			whole[3] = take_byte(in) % 40;
			whole[4] = (CK_ULONG)(uintptr_t)block_take(in, whole[3]);
		}
		mechanism->pParameter = whole;
		mechanism->ulParameterLen = len;
		return mechanism;
	}
	len = strlen(layout->words) * sizeof(CK_ULONG);
	mechanism->pParameter = memcpy(block_new(len), words_of(in, layout->words, keys), len);
	mechanism->ulParameterLen = take_byte(in) < 250 ? len : len - 1;
	return mechanism;
}
