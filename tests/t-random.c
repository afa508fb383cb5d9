/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that has lost its mind: calls at random, with arguments that are
 * mostly plausible, every buffer at the edge of readable memory.  Nothing is
 * known of what a call should answer; what has to hold of every answer is.
 * The seeds are fixed, and a failure names its own; HANDFAST_SOAK runs more.
 */
#include "tests/client.h"

#include <stdio.h>
#include <unistd.h>

#define SEEDS 20
#define SEEDS_SOAK 2000
#define CALLS 2500

static CK_SLOT_ID slots[2];
static CK_MECHANISM_TYPE mechanisms[512];
static CK_ULONG mechanism_count;

/* Handles that were good when they came here. */
static CK_ULONG sessions[12], objects[48];

static uint64_t state_of_rolls;
static unsigned seed, at_call;

/* The module's behaviour depends on nothing else than the seed: xorshift64*, Vigna 2016. */
static uint64_t
roll64(void)
{
	state_of_rolls ^= state_of_rolls >> 12;
	state_of_rolls ^= state_of_rolls << 25;
	state_of_rolls ^= state_of_rolls >> 27;
	return state_of_rolls * UINT64_C(2685821657736338717) >> 8;
}

static unsigned
roll(unsigned sides)
{
	return (unsigned)(roll64() % sides);
}

static bool
percent(unsigned chance)
{
	return roll(100) < chance;
}

static void
holds(bool fine, const char *what, CK_RV rv)
{
	if (!fine)
		fprintf(stderr, "seed %u, call %u (%s): ", seed, at_call, rv_name(rv));
	client_assert(fine, what, __FILE__, __LINE__);
}

/* --- arguments --------------------------------------------------------------- */

/* A key value that must not be seen again: sensitive and not extractable. */
static const CK_BYTE planted[32] = "what was hidden never comes out!";

static CK_ULONG
some_session(void)
{
	return percent(95) ? sessions[roll(COUNT_OF(sessions))] : roll64();
}

static CK_ULONG
some_object(void)
{
	return percent(95) ? objects[roll(COUNT_OF(objects))] : roll64();
}

static void
keep(CK_ULONG list[], size_t count, CK_ULONG handle)
{
	list[roll((unsigned)count)] = handle;
}

static struct view
some_bytes(size_t len)
{
	unsigned char *bytes = scratch(len);

	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)roll64();
	return view_of(bytes, len);
}

/* Input as callers give it: also none, and a length that cannot be. */
static struct view
some_input(void)
{
	if (percent(3))
		return view_of(NULL, percent(50) ? 0 : SIZE_MAX >> roll(60));
	return some_bytes(percent(50) ? 16 * roll(8) : roll(300));
}

static const CK_ATTRIBUTE_TYPE attribute_types[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
	CKA_UNIQUE_ID, CKA_APPLICATION, CKA_VALUE, CKA_OBJECT_ID, CKA_CERTIFICATE_TYPE, CKA_ISSUER,
	CKA_SERIAL_NUMBER, CKA_TRUSTED, CKA_CHECK_VALUE, CKA_KEY_TYPE, CKA_SUBJECT, CKA_ID,
	CKA_SENSITIVE, CKA_ENCRYPT, CKA_DECRYPT, CKA_WRAP, CKA_UNWRAP, CKA_SIGN, CKA_VERIFY,
	CKA_DERIVE, CKA_START_DATE, CKA_MODULUS, CKA_PUBLIC_EXPONENT, CKA_PRIVATE_EXPONENT,
	CKA_PUBLIC_KEY_INFO, CKA_PRIME, CKA_BASE, CKA_PRIME_BITS, CKA_VALUE_BITS, CKA_VALUE_LEN,
	CKA_EXTRACTABLE, CKA_LOCAL, CKA_NEVER_EXTRACTABLE, CKA_ALWAYS_SENSITIVE, CKA_MODIFIABLE,
	CKA_COPYABLE, CKA_DESTROYABLE, CKA_EC_PARAMS, CKA_EC_POINT, CKA_ALWAYS_AUTHENTICATE,
	CKA_WRAP_WITH_TRUSTED, CKA_ALLOWED_MECHANISMS, CKA_VENDOR_DEFINED | 1, ~(CK_ULONG)0 };

static const CK_ULONG small_numbers[] = { 0, 1, CKO_PUBLIC_KEY, CKO_PRIVATE_KEY, CKO_SECRET_KEY,
	CKK_AES, CKK_EC, CKK_DH, CKK_GENERIC_SECRET, 13, 16, 24, 32, 4096, ~(CK_ULONG)0 };

static CK_ATTRIBUTE
some_attribute(void)
{
	static const CK_ULONG lengths[] = { 0, 1, 1, 1, 1, 3, 7, 8, 8, 8, 9, 16, 32, 33, 255,
		4096 };
	CK_ATTRIBUTE_TYPE type = attribute_types[roll(COUNT_OF(attribute_types))];
	CK_ULONG number = small_numbers[roll(COUNT_OF(small_numbers))];
	struct view value = some_bytes(lengths[roll(COUNT_OF(lengths))]);

	if (percent(4))
		value = view_of(NULL, percent(50) ? 0 : SIZE_MAX >> roll(60));
	else if (value.len == sizeof(number) && percent(80))
		value = copy_of(&number, sizeof(number));
	else if (value.len == 1)
		value = copy_of(&(CK_BBOOL){ (CK_BBOOL)roll(2) }, 1);
	return BYTES(type, value);
}

struct given {
	CK_ATTRIBUTE *list;
	CK_ULONG count;
};

/* What the caller means, and some attributes that come to its mind; at an odd address at times. */
static struct given
template_of(const CK_ATTRIBUTE meant[], size_t count)
{
	CK_ATTRIBUTE list[12];
	unsigned more = percent(60) ? 0 : roll(4);
	unsigned char *odd;

	if (percent(2))
		return (struct given){ NULL, roll(3) };
	/* The values too: what is meant is gone when the caller's block ends. */
	for (size_t i = 0; i < count; i++)
		list[i] = BYTES(meant[i].type, copy_of(meant[i].pValue, meant[i].ulValueLen));
	for (; more > 0; more--)
		list[count++] = some_attribute();
	odd = scratch(count * sizeof(*list) + 1);
	odd += percent(20) ? 0 : 1;
	if (count != 0)
		memcpy(odd, list, count * sizeof(*list));
	return (struct given){ (void *)odd, count };
}

#define MEANT(...)                                                                                 \
	template_of((CK_ATTRIBUTE[]){ __VA_ARGS__ },                                               \
	    sizeof((CK_ATTRIBUTE[]){ __VA_ARGS__ }) / sizeof(CK_ATTRIBUTE))

static struct given
some_template(void)
{
	const CK_BBOOL token = (CK_BBOOL)percent(30);
	struct view aes = some_bytes(16 + 8 * roll(3)), number = some_bytes(32);

	switch (roll(5)) {
	case 0:
		return MEANT(ULONG(CKA_CLASS, CKO_DATA), BOOL(CKA_TOKEN, token));
	case 1:
		return MEANT(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		    BYTES(CKA_VALUE, aes), BOOL(CKA_TOKEN, token));
	case 2:
		return MEANT(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC),
		    BYTES(CKA_EC_PARAMS, p256), BYTES(CKA_VALUE, number));
	case 3:
		return MEANT(ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 16));
	default:
		return template_of(NULL, 0);
	}
}

static CK_MECHANISM *
placed(CK_MECHANISM_TYPE type, const void *parameter, size_t len)
{
	CK_MECHANISM mechanism = { type, (void *)parameter, len };
	unsigned char *odd = scratch(sizeof(mechanism) + 1);

	odd += percent(20) ? 0 : 1;
	memcpy(odd, &mechanism, sizeof(mechanism));
	return (void *)odd;
}

/* The point of some key, to agree with. */
static struct view some_point;

/* More keys than a derivation makes, so that nobody reads what is not there. */
#define PRODUCTS_BEYOND 1024

static struct view
some_hkdf(void)
{
	struct view salt = some_bytes(roll(40)), info = some_bytes(roll(40));
	struct pkcs11_hkdf_params hkdf = { .extract = (CK_BBOOL)percent(70),
		.expand = (CK_BBOOL)percent(70),
		.prf_hash_mechanism = percent(90) ? CKM_SHA256 : roll64(),
		.salt_type = 1UL << roll(4),
		.salt = (CK_BYTE *)salt.data,
		.salt_len = percent(95) ? salt.len : SIZE_MAX,
		.salt_key = some_object(),
		.info = (CK_BYTE *)info.data,
		.info_len = percent(95) ? info.len : SIZE_MAX };

	return copy_of(&hkdf, sizeof(hkdf));
}

/* With up to three further keys, whose templates and places lie at the edge of memory too. */
static struct view
some_kbkdf(void)
{
	static const struct pkcs11_sp800_108_counter_format counter = { CK_FALSE, 32 };
	struct view bytes = some_bytes(roll(40));
	struct pkcs11_prf_data_param data[] = {
		{ CK_SP800_108_ITERATION_VARIABLE, percent(80) ? (void *)&counter : NULL,
		    percent(80) ? sizeof(counter) : roll(40) },
		{ percent(80) ? CK_SP800_108_BYTE_ARRAY : roll(7), (void *)bytes.data,
		    percent(95) ? bytes.len : SIZE_MAX },
	};
	struct pkcs11_derived_key further[3];
	struct pkcs11_sp800_108_kdf_params kbkdf = { .prf_type = percent(50) ? CKM_AES_CMAC
									     : CKM_SHA256_HMAC,
		.number_of_data_params = percent(95) ? COUNT_OF(data) : roll64() | PRODUCTS_BEYOND,
		.data_params = (void *)copy_of(data, sizeof(data)).data,
		.additional_derived_keys = percent(95) ? roll(4) : roll64() };

	for (size_t i = 0; i < COUNT_OF(further); i++) {
		struct given given = some_template();

		further[i] = (struct pkcs11_derived_key){ given.list, given.count,
			percent(95) ? scratch(sizeof(CK_OBJECT_HANDLE)) : NULL };
	}
	if (kbkdf.additional_derived_keys > COUNT_OF(further))
		kbkdf.additional_derived_keys += PRODUCTS_BEYOND;
	kbkdf.additional_derived_key_list = (void *)copy_of(further, sizeof(further)).data;
	return copy_of(&kbkdf, sizeof(kbkdf));
}

static struct view
some_ccm(void)
{
	struct view nonce = some_bytes(roll(16)), aad = some_bytes(roll(40));
	struct pkcs11_ccm_params ccm = { roll(100), (CK_BYTE *)nonce.data, nonce.len,
		(CK_BYTE *)aad.data, aad.len, 2 * roll(10) };

	return copy_of(&ccm, sizeof(ccm));
}

static CK_MECHANISM *
with_parameter(CK_MECHANISM_TYPE type)
{
	CK_OBJECT_HANDLE other = some_object();

	struct view iv = some_bytes(16), aad = some_bytes(roll(40)), parameter;
	CK_GCM_PARAMS gcm = { .pIv = (CK_BYTE *)iv.data,
		.ulIvLen = 12,
		.pAAD = (CK_BYTE *)aad.data,
		.ulAADLen = aad.len,
		.ulTagBits = percent(80) ? 128 : roll(140) };
	CK_RSA_PKCS_OAEP_PARAMS oaep = { .hashAlg = CKM_SHA256,
		.mgf = roll(8),
		.source = CKZ_DATA_SPECIFIED,
		.pSourceData = percent(10) ? NULL : (void *)aad.data,
		.ulSourceDataLen = percent(95) ? aad.len : SIZE_MAX };
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = percent(60) ? CKD_NULL : roll(14),
		.pPublicData = percent(95) ? (CK_BYTE *)some_point.data : NULL,
		.ulPublicDataLen = percent(95) ? some_point.len : SIZE_MAX };

	switch (type) {
	case CKM_AES_CBC_PAD:
		return placed(type, iv.data, iv.len);
	case CKM_CONCATENATE_BASE_AND_KEY:
		parameter = copy_of(&other, sizeof(other));
		break;
	case CKM_HKDF_DERIVE:
	case CKM_HKDF_DATA:
		parameter = some_hkdf();
		break;
	case CKM_SP800_108_COUNTER_KDF:
	case CKM_SP800_108_DOUBLE_PIPELINE_KDF:
		parameter = some_kbkdf();
		break;
	case CKM_AES_CCM:
		parameter = some_ccm();
		break;
	case CKM_AES_GCM:
		parameter = copy_of(&gcm, sizeof(gcm));
		break;
	case CKM_RSA_PKCS_OAEP:
		parameter = copy_of(&oaep, sizeof(oaep));
		break;
	case CKM_ECDH1_DERIVE:
		parameter = copy_of(&ecdh, sizeof(ecdh));
		break;
	default:
		parameter = VIEW_NONE;
	}
	return placed(type, parameter.data, parameter.len);
}

static CK_MECHANISM *
some_mechanism(void)
{
	CK_MECHANISM_TYPE type =
	    percent(95) ? mechanisms[roll((unsigned)mechanism_count)] : roll64() >> roll(56);
	struct view junk;

	/* Minutes of prime numbers show nothing here. */
	if (type == CKM_RSA_PKCS_KEY_PAIR_GEN || type == CKM_DH_PKCS_PARAMETER_GEN ||
	    type == CKM_DH_PKCS_KEY_PAIR_GEN)
		type = CKM_EC_KEY_PAIR_GEN;
	if (percent(2))
		return NULL;
	if (percent(85))
		return with_parameter(type);
	junk = percent(80) ? some_bytes(roll(257)) : view_of(NULL, SIZE_MAX >> roll(60));
	return placed(type, junk.data, junk.len);
}

/* --- answers ----------------------------------------------------------------- */

#define UNTOUCHED 0xa5

/* A buffer for output: nothing behind it can be written, and it shows what was. */
struct place {
	CK_BYTE *data;
	CK_ULONG room;
	CK_ULONG *len; /* room, until a call says otherwise */
};

static struct place
some_place(void)
{
	struct place place = { .room = percent(70) ? 600 : roll(80), .len = scratch(8) };

	place.data = scratch(place.room);
	memset(place.data, UNTOUCHED, place.room);
	*place.len = place.room;
	if (percent(8))
		place.data = NULL;
	return place;
}

/* What a failed call gave out: nothing, or zeros in the place of what did not verify. */
static void
examine_place(const struct place *place, CK_RV rv)
{
	bool wiped = true;

	if (rv == CKR_OK)
		holds(place->data == NULL || *place->len <= place->room,
		    "no more is given than there was room for", rv);
	else if (rv != CKR_BUFFER_TOO_SMALL)
		holds(*place->len == place->room, "a failed call leaves the length", rv);
	for (CK_ULONG i = 0; place->data != NULL && i < place->room; i++)
		wiped &= place->data[i] == UNTOUCHED || place->data[i] == 0;
	holds(rv == CKR_OK || wiped, "a failed call gives out nothing", rv);
	holds(place->data == NULL ||
		memmem(place->data, place->room, planted, sizeof(planted) / 2) == NULL,
	    "what was hidden stays hidden", rv);
}

/* Ours is the mistake, or the disk's; a client's call never is the cause of these. */
static void
examine_code(CK_RV rv)
{
	static const CK_RV never[] = { CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR,
		CKR_DEVICE_MEMORY, CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_RECOGNIZED,
		CKR_CRYPTOKI_NOT_INITIALIZED };

	for (size_t i = 0; i < COUNT_OF(never); i++)
		holds(rv != never[i], "the code is one that a caller can have caused", rv);
}

/* Where a new handle goes. */
static CK_ULONG *
handle_place(void)
{
	CK_ULONG *handle = scratch(sizeof(*handle));

	*handle = CK_INVALID_HANDLE;
	return handle;
}

static CK_RV
examine_made(CK_RV rv, const CK_ULONG *handle)
{
	holds((rv == CKR_OK) == (*handle != CK_INVALID_HANDLE), "a handle comes with CKR_OK only",
	    rv);
	if (rv == CKR_OK)
		keep(objects, COUNT_OF(objects), *handle);
	return rv;
}

/* --- calls ------------------------------------------------------------------- */

static CK_RV
call_session(void)
{
	CK_SLOT_ID slot = slots[roll(2)];
	CK_SESSION_HANDLE session = some_session();
	CK_SESSION_INFO info;
	CK_RV rv;

	switch (roll(12)) {
	case 0:
		return p11->C_CloseSession(session);
	case 1:
		return percent(20) ? p11->C_CloseAllSessions(slot) : CKR_OK;
	case 2:
		return p11->C_Logout(session);
	case 3:
		return p11->C_SessionCancel(session, roll64());
	case 4:
		return p11->C_GetSessionInfo(session, &info);
	case 5:
		return p11->C_Login(session, CKU_SO, PIN(SO_PIN));
	case 6:
	case 7:
	case 8:
		return p11->C_Login(session, CKU_USER, PIN(USER_PIN));
	default:
		rv = p11->C_OpenSession(
		    slot, percent(90) ? READ_WRITE : READ_ONLY, NULL, NULL, &session);
		if (rv == CKR_OK)
			keep(sessions, COUNT_OF(sessions), session);
		return rv;
	}
}

static CK_RV
call_find(void)
{
	CK_SESSION_HANDLE session = some_session();
	struct given wanted = percent(50) ? template_of(NULL, 0) : some_template();
	CK_OBJECT_HANDLE found[16];
	CK_ULONG count = 0;
	CK_RV rv = p11->C_FindObjectsInit(session, wanted.list, wanted.count);

	if (rv != CKR_OK && rv != CKR_OPERATION_ACTIVE)
		return rv;
	rv = p11->C_FindObjects(session, found, roll(17), &count);
	for (CK_ULONG i = 0; i < count; i++)
		keep(objects, COUNT_OF(objects), found[i]);
	return percent(90) ? p11->C_FindObjectsFinal(session) : rv;
}

static CK_RV
call_read(void)
{
	struct place place = some_place();
	CK_ATTRIBUTE_TYPE type =
	    percent(40) ? CKA_VALUE : attribute_types[roll(COUNT_OF(attribute_types))];
	CK_ATTRIBUTE wanted = { type, place.data, place.room };
	CK_RV rv = p11->C_GetAttributeValue(some_session(), some_object(), &wanted, 1);

	/* The answer's length is elsewhere than in the place. */
	examine_place(&place, rv);
	return rv;
}

static CK_RV
call_object(void)
{
	CK_SESSION_HANDLE session = some_session();
	struct given given = some_template();
	CK_ULONG *made = handle_place();

	switch (roll(6)) {
	case 0:
		return examine_made(
		    p11->C_CreateObject(session, given.list, given.count, made), made);
	case 1:
		given = MEANT(BOOL(CKA_TOKEN, (CK_BBOOL)roll(2)));
		return examine_made(
		    p11->C_CopyObject(session, some_object(), given.list, given.count, made), made);
	case 2:
		given = MEANT(TEXT(CKA_LABEL, "changed"));
		return p11->C_SetAttributeValue(session, some_object(), given.list, given.count);
	case 3:
		return percent(30) ? p11->C_DestroyObject(session, some_object()) : call_find();
	case 4:
		return p11->C_GetObjectSize(session, some_object(), made);
	default:
		return call_read();
	}
}

/* For GCM mostly the structure that the two functions take instead, as long and laid out otherwise.
 */
static CK_MECHANISM *
authenticated(CK_MECHANISM *mechanism)
{
	struct view iv = some_bytes(12), tag = some_bytes(16);
	struct pkcs11_gcm_message_params gcm = { (CK_BYTE *)iv.data, iv.len, roll(10), roll(5),
		percent(90) ? (CK_BYTE *)tag.data : NULL, percent(80) ? 128 : roll(140) };
	CK_MECHANISM_TYPE type = CKM_AES_GCM;

	if (mechanism != NULL)
		memcpy(&type, mechanism, sizeof(type));
	return type == CKM_AES_GCM && percent(80)
	    ? placed(type, copy_of(&gcm, sizeof(gcm)).data, sizeof(gcm))
	    : mechanism;
}

static CK_RV
call_key(void)
{
	CK_SESSION_HANDLE session = some_session();
	CK_MECHANISM *mechanism = some_mechanism();
	struct given given = some_template(), public = MEANT(BYTES(CKA_EC_PARAMS, p256));
	CK_ULONG *made = handle_place(), *second = handle_place();
	struct view wrapped = some_input();
	struct place place = some_place();
	CK_RV rv;

	switch (roll(9)) {
	case 5:
		rv = p11->C_EncapsulateKey(session, mechanism, some_object(), given.list,
		    given.count, place.data, place.len, made);
		examine_place(&place, rv);
		return place.data == NULL ? rv : examine_made(rv, made);
	case 6:
		return examine_made(
		    p11->C_DecapsulateKey(session, mechanism, some_object(), given.list,
			given.count, (CK_BYTE *)wrapped.data, wrapped.len, made),
		    made);
	case 7:
		rv = p11->C_WrapKeyAuthenticated(session, authenticated(mechanism), some_object(),
		    some_object(), (CK_BYTE *)wrapped.data, wrapped.len, place.data, place.len);
		examine_place(&place, rv);
		return rv;
	case 8:
		return examine_made(
		    p11->C_UnwrapKeyAuthenticated(session, authenticated(mechanism), some_object(),
			(CK_BYTE *)wrapped.data, wrapped.len, given.list, given.count,
			(CK_BYTE *)wrapped.data, wrapped.len, made),
		    made);
	case 0:
		return examine_made(
		    p11->C_GenerateKey(session, mechanism, given.list, given.count, made), made);
	case 1:
		given = template_of(NULL, 0);
		rv = p11->C_GenerateKeyPair(session, mechanism, public.list, public.count,
		    given.list, given.count, made, second);
		return examine_made(examine_made(rv, made), second);
	case 2:
		return examine_made(p11->C_DeriveKey(session, mechanism, some_object(), given.list,
					given.count, made),
		    made);
	case 3:
		return examine_made(
		    p11->C_UnwrapKey(session, mechanism, some_object(), (CK_BYTE *)wrapped.data,
			wrapped.len, given.list, given.count, made),
		    made);
	default:
		rv = p11->C_WrapKey(
		    session, mechanism, some_object(), some_object(), place.data, place.len);
		examine_place(&place, rv);
		return rv;
	}
}

/* The calls of one kind of operation; those that a kind lacks are NULL. */
static const struct activity {
	size_t init, digest_init, once, update, absorb, final;
} activities[] = {
#define ENTRY(name) offsetof(struct pkcs11_function_list_3_2, name)
	{ ENTRY(C_EncryptInit), 0, ENTRY(C_Encrypt), ENTRY(C_EncryptUpdate), 0,
	    ENTRY(C_EncryptFinal) },
	{ ENTRY(C_DecryptInit), 0, ENTRY(C_Decrypt), ENTRY(C_DecryptUpdate), 0,
	    ENTRY(C_DecryptFinal) },
	{ 0, ENTRY(C_DigestInit), ENTRY(C_Digest), 0, ENTRY(C_DigestUpdate), ENTRY(C_DigestFinal) },
	{ ENTRY(C_SignInit), 0, ENTRY(C_Sign), 0, ENTRY(C_SignUpdate), ENTRY(C_SignFinal) },
};

/* The function at a place in the list. */
#define AT(type, offset) (*(const type *)((const unsigned char *)p11 + (offset)))

/* Some calls in a row on one session, so that operations get somewhere. */
static CK_RV
call_operation(void)
{
	const struct activity *activity = &activities[roll(COUNT_OF(activities))];
	CK_SESSION_HANDLE session = some_session();
	struct view in = some_input();
	struct place place = some_place();
	CK_RV rv;

	rv = activity->init != 0
	    ? AT(CK_C_EncryptInit, activity->init)(session, some_mechanism(), some_object())
	    : AT(CK_C_DigestInit, activity->digest_init)(session, some_mechanism());
	examine_code(rv);
	switch (roll(3)) {
	case 0:
		rv = AT(CK_C_Encrypt, activity->once)(
		    session, (CK_BYTE *)in.data, in.len, place.data, place.len);
		break;
	case 1:
		if (activity->update == 0)
			return AT(CK_C_DigestUpdate, activity->absorb)(
			    session, (CK_BYTE *)in.data, in.len);
		rv = AT(CK_C_EncryptUpdate, activity->update)(
		    session, (CK_BYTE *)in.data, in.len, place.data, place.len);
		break;
	default:
		rv = AT(CK_C_EncryptFinal, activity->final)(session, place.data, place.len);
	}
	examine_place(&place, rv);
	return rv;
}

static CK_RV
call_verify(void)
{
	CK_SESSION_HANDLE session = some_session();
	struct view in = some_input(), signature = some_input();
	CK_RV rv = p11->C_VerifyInit(session, some_mechanism(), some_object());

	examine_code(rv);
	rv = percent(50) ? p11->C_Verify(session, (CK_BYTE *)in.data, in.len,
			       (CK_BYTE *)signature.data, signature.len)
			 : p11->C_VerifyFinal(session, (CK_BYTE *)signature.data, signature.len);
	holds(rv != CKR_OK, "no random signature is right", rv);
	return rv;
}

/* --- runs -------------------------------------------------------------------- */

/* Objects that the seed does not begin without; one of them carries what must not leak. */
static void
make_keys(CK_SESSION_HANDLE session, CK_BBOOL token)
{
	CK_OBJECT_HANDLE made, pair[2];

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		ATTRIBUTE(CKA_VALUE, planted, sizeof(planted)), BOOL(CKA_TOKEN, token),
		YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)),
	    &made));
	keep(objects, COUNT_OF(objects), made);
	key_pair_ec(session, p256, false, pair);
	keep(objects, COUNT_OF(objects), pair[0]);
	keep(objects, COUNT_OF(objects), pair[1]);
	some_point = get_bytes(session, pair[0], CKA_EC_POINT);
	for (int i = 0; i < 4; i++)
		keep(objects, COUNT_OF(objects), key_aes(session, token));
}

static CK_RV
call_any(void)
{
	static CK_RV (*const calls[])(void) = { call_session, call_find, call_object, call_object,
		call_key, call_key, call_operation, call_operation, call_operation, call_verify };

	return calls[roll(COUNT_OF(calls))]();
}

/* Handles that are good, for those that went away meanwhile. */
static void
renew(CK_SLOT_ID slot)
{
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	(void)p11->C_Login(session, CKU_USER, PIN(USER_PIN));
	keep(sessions, COUNT_OF(sessions), session);
}

static void
run_seed(unsigned number)
{
	/* Good for all calls, while scratch is given back after each. */
	unsigned char point[80];

	seed = number;
	state_of_rolls = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < COUNT_OF(slots); i++) {
		CK_SESSION_HANDLE session = session_user(slots[i]);

		for (size_t n = 0; n < COUNT_OF(sessions); n++)
			sessions[n] = session;
		make_keys(session, i == 0);
	}
	check(some_point.len <= sizeof(point));
	memcpy(point, some_point.data, some_point.len);
	for (at_call = 0; at_call < CALLS; at_call++) {
		some_point = copy_of(point, some_point.len);
		examine_code(call_any());
		if (percent(4))
			renew(slots[roll(2)]);
		scratch_release();
	}
	for (size_t i = 0; i < COUNT_OF(slots); i++)
		ok(p11->C_CloseAllSessions(slots[i]));
}

static void
make_tokens(void)
{
	slots[0] = token_make("random 0");
	slots[1] = token_make("random 1");
	mechanism_count = COUNT_OF(mechanisms);
	ok(p11->C_GetMechanismList(slots[0], mechanisms, &mechanism_count));
}

static int
start_in_memory(void **state)
{
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	return module_started(state);
}

/* Random calls, and the descriptors that they leave open: none. */
static void
test_random(void **state)
{
	unsigned seeds = getenv("HANDFAST_SOAK") != NULL ? SEEDS_SOAK : SEEDS;
	size_t before = client_descriptors();

	(void)state;
	print_message("# seeds 0 to %u, %d calls each\n", seeds - 1, CALLS);
	for (unsigned number = 0; number < seeds; number++) {
		alarm(120);
		make_tokens();
		run_seed(number);
		ok(p11->C_Finalize(NULL));
		check(client_descriptors() == before);
		ok(p11->C_Initialize(NULL));
	}
	alarm(0);
}

static void
test_random_on_disk(void **state)
{
	CK_ULONG before[2];
	CK_SESSION_HANDLE session;

	(void)state;
	alarm(300);
	make_tokens();
	run_seed(1000);
	/* What went in is there, and the token's own check of it finds nothing wrong. */
	for (size_t i = 0; i < COUNT_OF(slots); i++) {
		session = session_user(slots[i]);
		before[i] = find(session, NO_TEMPLATE, NULL);
	}
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	for (size_t i = 0; i < COUNT_OF(slots); i++) {
		session = session_user(slots[i]);
		check(find(session, NO_TEMPLATE, NULL) == before[i]);
		check((token_flags(slots[i]) & CKF_ERROR_STATE) == 0);
	}
	alarm(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_random, start_in_memory, module_stopped),
		test_fresh(test_random_on_disk),
	};

	return test_main(tests, NULL, NULL);
}
