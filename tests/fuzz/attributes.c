/* SPDX-License-Identifier: Apache-2.0 */
/* Templates out of an input: see fuzz.h. */
#include "tests/fuzz/fuzz.h"

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
				/* By its type: else no pointer may be followed. */
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

CK_ATTRIBUTE *
take_secret_template(struct input *in, CK_ULONG *count)
{
	static const CK_KEY_TYPE types[] = { CKK_GENERIC_SECRET, CKK_AES, CKK_CHACHA20, CKK_HKDF,
		CKK_SHA256_HMAC };
	static const CK_BYTE lengths[] = { 16, 20, 24, 32, 48, 64 };
	const uint8_t how = take_byte(in);
	CK_ATTRIBUTE *template = block_new(4 * sizeof(*template));
	CK_ULONG *words = block_new(3 * sizeof(*words));

	if (how >= 240)
		return take_template(in, count);
	words[0] = CKO_SECRET_KEY;
	words[1] = types[how % COUNT(types)];
	words[2] = how & 0x40 ? take_number(in) : lengths[how / 8 % COUNT(lengths)];
	template[0] = (CK_ATTRIBUTE){ CKA_KEY_TYPE, &words[1], sizeof(words[1]) };
	template[1] = (CK_ATTRIBUTE){ CKA_VALUE_LEN, &words[2], sizeof(words[2]) };
	template[2] = (CK_ATTRIBUTE){ CKA_CLASS, &words[0], sizeof(words[0]) };
	/* Some mechanisms say the length themselves. */
	*count = how & 0x80 ? 1 : 3;
	return template;
}
