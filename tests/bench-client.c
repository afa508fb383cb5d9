/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The benchmark's PKCS#11 side: a module as any client has it.  The key is put
 * into a token with C_CreateObject, so that any module that allows that can be
 * measured; the calls in the loop are those that a client makes for one use of a
 * key.  Must not know whose module it is.
 */
#include <dlfcn.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench.h"

#define LABEL "bench"
#define SO_PIN "so-pin-bench"
#define USER_PIN "user-pin-bench"
#define PIN(pin) (CK_UTF8CHAR *)(pin), sizeof(pin) - 1
/* Other objects in the token, so that finding one is finding it among some. */
#define NEIGHBOURS 100

struct client {
	CK_FUNCTION_LIST *p11;
	const struct pkcs11_function_list_3_2 *p11_3_2; /* NULL: the module is older */
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session; /* keeps the login */
	CK_OBJECT_HANDLE key;
};

static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
static CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY, public_key = CKO_PUBLIC_KEY,
		       secret_key = CKO_SECRET_KEY, data = CKO_DATA;
static CK_KEY_TYPE generic = CKK_GENERIC_SECRET, aes = CKK_AES;
static CK_BYTE key_id[] = { 0xbe, 0x9c };

/* Tells why a module is not measured; true where it worked. */
static bool
worked(const char *call, CK_RV rv)
{
	if (rv != CKR_OK)
		fprintf(stderr, "%s: %#lx\n", call, rv);
	return rv == CKR_OK;
}

static void
must(const char *call, CK_RV rv)
{
	if (!worked(call, rv))
		die("the module is of no use");
}

/* --- module and token -------------------------------------------------------------- */

static CK_FUNCTION_LIST *
module_load(const char *path)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	CK_C_GetFunctionList get;
	CK_FUNCTION_LIST *p11;

	if (module == NULL)
		die("%s", dlerror());
	*(void **)&get = dlsym(module, "C_GetFunctionList");
	if (get == NULL || get(&p11) != CKR_OK)
		die("%s is no PKCS#11 module", path);
	return p11;
}

/* The functions of 3.2, of a module that is loaded; NULL where it has none. */
static const struct pkcs11_function_list_3_2 *
module_load_3_2(const char *path)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
	CK_RV (*get)(CK_UTF8CHAR *, CK_VERSION *, struct pkcs11_interface **, CK_FLAGS);
	CK_VERSION version = { 3, 2 };
	struct pkcs11_interface *interface;

	*(void **)&get = dlsym(module, "C_GetInterface");
	return get != NULL && get((CK_UTF8CHAR *)"PKCS 11", &version, &interface, 0) == CKR_OK
	    ? interface->function_list
	    : NULL;
}

/* The first slot with a token that is initialised or is not; the last slot where there is none. */
static CK_SLOT_ID
slot_find(const CK_FUNCTION_LIST *p11, bool initialised)
{
	CK_SLOT_ID slots[64];
	CK_ULONG count = COUNT_OF(slots);
	CK_TOKEN_INFO info;

	/* Some modules look at their tokens anew only when asked for the number of slots. */
	must("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, NULL, &count));
	count = COUNT_OF(slots);
	must("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &count));
	for (CK_ULONG i = 0; i < count; i++)
		if (p11->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
		    ((info.flags & CKF_TOKEN_INITIALIZED) != 0) == initialised)
			return slots[i];
	die("the module has no %s", initialised ? "token" : "slot for a new token");
}

static CK_SESSION_HANDLE
session_open(const struct client *client)
{
	CK_SESSION_HANDLE session;

	must("C_OpenSession",
	    client->p11->C_OpenSession(
		client->slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session));
	return session;
}

static void
token_make(struct client *client)
{
	const CK_FUNCTION_LIST *p11 = client->p11;
	CK_UTF8CHAR label[32];
	CK_SESSION_HANDLE session;

	memset(label, ' ', sizeof(label));
	memcpy(label, LABEL, sizeof(LABEL) - 1);
	must("C_InitToken", p11->C_InitToken(slot_find(p11, false), PIN(SO_PIN), label));
	client->slot = slot_find(p11, true);
	session = session_open(client);
	must("C_Login", p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	must("C_InitPIN", p11->C_InitPIN(session, PIN(USER_PIN)));
	must("C_Logout", p11->C_Logout(session));
	must("C_CloseSession", p11->C_CloseSession(session));
}

static void
neighbours_make(const struct client *client)
{
	for (unsigned i = 0; i < NEIGHBOURS; i++) {
		char label[16];
		int len = snprintf(label, sizeof(label), "neighbour %u", i);
		CK_ATTRIBUTE template[] = {
			{ CKA_CLASS, &data, sizeof(data) },
			{ CKA_TOKEN, &yes, sizeof(yes) },
			{ CKA_LABEL, label, (CK_ULONG)len },
		};
		CK_OBJECT_HANDLE object;

		must("C_CreateObject",
		    client->p11->C_CreateObject(
			client->session, template, COUNT_OF(template), &object));
	}
}

struct client *
client_open(const char *path)
{
	struct client *client = calloc(1, sizeof(*client));
	CK_C_INITIALIZE_ARGS threads = { .flags = CKF_OS_LOCKING_OK };

	if (client == NULL)
		die("no memory");
	client->p11 = module_load(path);
	client->p11_3_2 = module_load_3_2(path);
	must("C_Initialize", client->p11->C_Initialize(&threads));
	token_make(client);
	client->session = session_open(client);
	must("C_Login", client->p11->C_Login(client->session, CKU_USER, PIN(USER_PIN)));
	neighbours_make(client);
	return client;
}

void
client_close(struct client *client)
{
	if (client == NULL)
		return;
	must("C_Finalize", client->p11->C_Finalize(NULL));
	free(client);
}

bool
client_first_calls(const char *path, double *initialize, double *look)
{
	const CK_FUNCTION_LIST *p11 = module_load(path);
	CK_SLOT_ID slots[64];
	CK_ULONG count = COUNT_OF(slots);
	CK_TOKEN_INFO info;
	double begun = now(), up;
	bool done = worked("C_Initialize", p11->C_Initialize(NULL));

	up = now();
	done = done && worked("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &count));
	for (CK_ULONG i = 0; done && i < count; i++)
		done = worked("C_GetTokenInfo", p11->C_GetTokenInfo(slots[i], &info));
	*initialize = (up - begun) * 1e6;
	*look = (now() - up) * 1e6;
	return done && worked("C_Finalize", p11->C_Finalize(NULL));
}

/* --- the key ------------------------------------------------------------------------- */

#define ATTRIBUTES_MOST 24
#define NUMBER_MOST 2400

struct filling {
	CK_ATTRIBUTE list[ATTRIBUTES_MOST];
	CK_ULONG count;
	unsigned char numbers[COUNT_OF(((struct kind *)NULL)->numbers) + 1][NUMBER_MOST];
	size_t number_count;
};

static void
add(struct filling *filling, CK_ATTRIBUTE_TYPE type, void *value, CK_ULONG len)
{
	if (filling->count == ATTRIBUTES_MOST)
		die("a template is too long");
	filling->list[filling->count++] = (CK_ATTRIBUTE){ type, value, len };
}

static void
add_number(struct filling *filling, const EVP_PKEY *key, const struct number *number)
{
	unsigned char *room = filling->numbers[filling->number_count++];
	BIGNUM *value = NULL;
	size_t len = 0;

	if (number->octets) {
		if (EVP_PKEY_get_octet_string_param(
			key, number->parameter, room, NUMBER_MOST, &len) != 1)
			die("libcrypto does not tell %s", number->parameter);
	} else {
		if (EVP_PKEY_get_bn_param(key, number->parameter, &value) != 1 ||
		    BN_num_bytes(value) > NUMBER_MOST)
			die("libcrypto does not tell %s", number->parameter);
		len = (size_t)BN_bn2bin(value, room);
		BN_free(value);
	}
	add(filling, number->type, room, len);
}

static void
add_numbers(struct filling *filling, const struct task *task)
{
	const struct kind *kind = task->row->kind;

	if (task->row->verb == ENCAPSULATE) {
		add_number(filling, task->key, &kind->public);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(kind->numbers) && kind->numbers[i].parameter != NULL; i++)
		add_number(filling, task->key, &kind->numbers[i]);
}

/* The curve, as its object identifier in DER. */
static void
add_curve(struct filling *filling, const struct kind *kind)
{
	unsigned char *room = filling->numbers[filling->number_count++], *end = room;
	int nid =
	    kind->type == CKK_EC ? EC_curve_nist2nid(kind->group) : OBJ_txt2nid(kind->algorithm);
	int len = i2d_ASN1_OBJECT(OBJ_nid2obj(nid), &end);

	if (len <= 0 || len > NUMBER_MOST)
		die("libcrypto has no object identifier for a curve");
	add(filling, CKA_EC_PARAMS, room, (CK_ULONG)len);
}

static void
add_uses(struct filling *filling, enum verb verb)
{
	static const struct {
		enum verb verb;
		CK_ATTRIBUTE_TYPE use;
	} uses[] = {
		{ AGREE, CKA_DERIVE },
		{ DERIVE, CKA_DERIVE },
		{ ENCAPSULATE, CKA_ENCAPSULATE },
		{ DECAPSULATE, CKA_DECAPSULATE },
		{ ENCRYPT, CKA_ENCRYPT },
		{ ENCRYPT_MESSAGE, CKA_ENCRYPT },
		{ DECRYPT, CKA_DECRYPT },
		{ UNWRAP, CKA_UNWRAP },
		{ SIGN, CKA_SIGN },
	};

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		if (uses[i].verb == verb)
			add(filling, uses[i].use, &yes, sizeof(yes));
}

static CK_OBJECT_CLASS *
class_of(const struct row *row)
{
	if (row->kind->algorithm == NULL)
		return &secret_key;
	return row->verb == ENCAPSULATE ? &public_key : &private_key;
}

bool
client_prepare(struct client *client, const struct task *task)
{
	const struct row *row = task->row;
	struct filling filling = { .count = 0 };

	client->key = CK_INVALID_HANDLE;
	if (row->kind == NULL || row->verb == GENERATE)
		return true;
	add(&filling, CKA_CLASS, class_of(row), sizeof(CK_OBJECT_CLASS));
	add(&filling, CKA_KEY_TYPE, (void *)&row->kind->type, sizeof(row->kind->type));
	add(&filling, CKA_TOKEN, &yes, sizeof(yes));
	add(&filling, CKA_PRIVATE, &yes, sizeof(yes));
	add(&filling, CKA_ID, key_id, sizeof(key_id));
	add_uses(&filling, row->verb);
	if (row->kind->type == CKK_EC || row->kind->type == CKK_EC_MONTGOMERY)
		add_curve(&filling, row->kind);
	if (row->kind->parameter_set != 0)
		add(&filling, CKA_PARAMETER_SET, (void *)&row->kind->parameter_set,
		    sizeof(row->kind->parameter_set));
	if (task->key != NULL)
		add_numbers(&filling, task);
	else
		add(&filling, CKA_VALUE, (void *)task->secret, row->kind->bits / 8);
	return worked("C_CreateObject",
	    client->p11->C_CreateObject(
		client->session, filling.list, filling.count, &client->key));
}

void
client_forget(struct client *client)
{
	if (client->key != CK_INVALID_HANDLE)
		(void)client->p11->C_DestroyObject(client->session, client->key);
}

/* --- workers ---------------------------------------------------------------------------- */

struct asker {
	struct worker worker; /* first */
	const struct client *client;
	const struct task *task;
	CK_SESSION_HANDLE session;
	CK_MECHANISM mechanism;
	union {
		CK_ECDH1_DERIVE_PARAMS ecdh;
		CK_RSA_PKCS_OAEP_PARAMS oaep;
		CK_GCM_PARAMS gcm;
		struct pkcs11_hkdf_params hkdf;
	} params;
	CK_BYTE iv[IV_LEN], tag[TAG_LEN];
	bool begun; /* ENCRYPT_MESSAGE: the session has the key */
	CK_ULONG agreed_len;
	CK_BYTE out[OUTPUT_MOST];
};

static CK_BYTE *
input_of(const struct asker *asker)
{
	return (CK_BYTE *)asker->task->input;
}

/* --- mechanism parameters --- */

static void
params_none(struct asker *asker)
{
	(void)asker;
}

static void
params_ecdh(struct asker *asker)
{
	asker->params.ecdh = (CK_ECDH1_DERIVE_PARAMS){
		.kdf = CKD_NULL,
		.pPublicData = input_of(asker),
		.ulPublicDataLen = asker->task->input_len,
	};
	asker->mechanism.pParameter = &asker->params.ecdh;
	asker->mechanism.ulParameterLen = sizeof(asker->params.ecdh);
}

static void
params_dh(struct asker *asker)
{
	asker->mechanism.pParameter = input_of(asker);
	asker->mechanism.ulParameterLen = asker->task->input_len;
}

static void
params_oaep(struct asker *asker)
{
	asker->params.oaep = (CK_RSA_PKCS_OAEP_PARAMS){
		.hashAlg = CKM_SHA_1,
		.mgf = CKG_MGF1_SHA1,
		.source = CKZ_DATA_SPECIFIED,
	};
	asker->mechanism.pParameter = &asker->params.oaep;
	asker->mechanism.ulParameterLen = sizeof(asker->params.oaep);
}

static void
params_gcm(struct asker *asker)
{
	asker->params.gcm = (CK_GCM_PARAMS){
		.pIv = asker->iv,
		.ulIvLen = IV_LEN,
		.ulIvBits = 8 * IV_LEN,
		.ulTagBits = 8 * TAG_LEN,
	};
	asker->mechanism.pParameter = &asker->params.gcm;
	asker->mechanism.ulParameterLen = sizeof(asker->params.gcm);
}

static void
params_hkdf(struct asker *asker)
{
	asker->params.hkdf = (struct pkcs11_hkdf_params){
		.extract = CK_TRUE,
		.expand = CK_TRUE,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_DATA,
		.salt = input_of(asker),
		.salt_len = SECRET_LEN,
		.info = input_of(asker),
		.info_len = asker->task->input_len,
	};
	asker->mechanism.pParameter = &asker->params.hkdf;
	asker->mechanism.ulParameterLen = sizeof(asker->params.hkdf);
}

static const struct {
	CK_MECHANISM_TYPE mechanism;
	void (*set)(struct asker *);
} params[] = {
	{ CKM_HKDF_DERIVE, params_hkdf },
	{ CKM_ECDH1_DERIVE, params_ecdh },
	{ CKM_DH_PKCS_DERIVE, params_dh },
	{ CKM_RSA_PKCS_OAEP, params_oaep },
	{ CKM_AES_GCM, params_gcm },
};

static void
params_set(struct asker *asker)
{
	void (*set)(struct asker *) = params_none;

	asker->mechanism.mechanism = asker->task->row->mechanism;
	for (size_t i = 0; i < COUNT_OF(params); i++)
		if (params[i].mechanism == asker->mechanism.mechanism)
			set = params[i].set;
	set(asker);
}

/* --- what is done once --- */

/* The template of a secret that is agreed, derived or encapsulated. */
#define AGREED(asker)                                                                              \
	{                                                                                          \
		{ CKA_CLASS, &secret_key, sizeof(secret_key) },                                    \
		    { CKA_KEY_TYPE, &generic, sizeof(generic) }, { CKA_TOKEN, &no, sizeof(no) },   \
		    { CKA_SENSITIVE, &no, sizeof(no) }, { CKA_EXTRACTABLE, &yes, sizeof(yes) },    \
		{                                                                                  \
			CKA_VALUE_LEN, &(asker)->agreed_len, sizeof((asker)->agreed_len)           \
		}                                                                                  \
	}

static bool
agree_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;
	CK_ATTRIBUTE template[] = AGREED(asker);
	CK_OBJECT_HANDLE made;

	return worked("C_DeriveKey",
		   p11->C_DeriveKey(asker->session, &asker->mechanism, asker->client->key, template,
		       COUNT_OF(template), &made)) &&
	    worked("C_DestroyObject", p11->C_DestroyObject(asker->session, made));
}

static bool
encapsulate_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	CK_ATTRIBUTE template[] = AGREED(asker);
	CK_ULONG len = sizeof(asker->out);
	CK_OBJECT_HANDLE made;

	return asker->client->p11_3_2 != NULL &&
	    worked("C_EncapsulateKey",
		asker->client->p11_3_2->C_EncapsulateKey(asker->session, &asker->mechanism,
		    asker->client->key, template, COUNT_OF(template), asker->out, &len, &made)) &&
	    worked("C_DestroyObject", asker->client->p11->C_DestroyObject(asker->session, made));
}

static bool
decapsulate_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	CK_ATTRIBUTE template[] = AGREED(asker);
	CK_OBJECT_HANDLE made;

	return asker->client->p11_3_2 != NULL &&
	    worked("C_DecapsulateKey",
		asker->client->p11_3_2->C_DecapsulateKey(asker->session, &asker->mechanism,
		    asker->client->key, template, COUNT_OF(template), input_of(asker),
		    asker->task->input_len, &made)) &&
	    worked("C_DestroyObject", asker->client->p11->C_DestroyObject(asker->session, made));
}

static bool
generate_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;
	CK_ULONG bits = asker->task->row->kind->bits;
	CK_BYTE exponent[] = { 1, 0, 1 };
	CK_ATTRIBUTE public_template[] = {
		{ CKA_MODULUS_BITS, &bits, sizeof(bits) },
		{ CKA_PUBLIC_EXPONENT, exponent, sizeof(exponent) },
	};
	CK_ATTRIBUTE private_template[] = { { CKA_SIGN, &yes, sizeof(yes) } };
	CK_OBJECT_HANDLE made[2];

	return worked("C_GenerateKeyPair",
		   p11->C_GenerateKeyPair(asker->session, &asker->mechanism, public_template,
		       COUNT_OF(public_template), private_template, COUNT_OF(private_template),
		       &made[0], &made[1])) &&
	    worked("C_DestroyObject", p11->C_DestroyObject(asker->session, made[0])) &&
	    worked("C_DestroyObject", p11->C_DestroyObject(asker->session, made[1]));
}

static bool
unwrap_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;
	CK_ATTRIBUTE template[] = {
		{ CKA_CLASS, &secret_key, sizeof(secret_key) },
		{ CKA_KEY_TYPE, &aes, sizeof(aes) },
		{ CKA_TOKEN, &no, sizeof(no) },
		{ CKA_ENCRYPT, &yes, sizeof(yes) },
		{ CKA_DECRYPT, &yes, sizeof(yes) },
	};
	CK_OBJECT_HANDLE made;

	return worked("C_UnwrapKey",
		   p11->C_UnwrapKey(asker->session, &asker->mechanism, asker->client->key,
		       input_of(asker), asker->task->input_len, template, COUNT_OF(template),
		       &made)) &&
	    worked("C_DestroyObject", p11->C_DestroyObject(asker->session, made));
}

/* C_…Init and the one-part call: encrypting, decrypting and signing differ in nothing else. */
#define ONE_PART(name, init, once)                                                                 \
	static bool name(struct worker *worker)                                                    \
	{                                                                                          \
		struct asker *asker = (struct asker *)worker;                                      \
		const CK_FUNCTION_LIST *p11 = asker->client->p11;                                  \
		CK_ULONG len = sizeof(asker->out);                                                 \
                                                                                                   \
		return worked(#init,                                                               \
			   p11->init(asker->session, &asker->mechanism, asker->client->key)) &&    \
		    worked(#once,                                                                  \
			p11->once(asker->session, input_of(asker), asker->task->input_len,         \
			    asker->out, &len));                                                    \
	}
ONE_PART(encrypt_once, C_EncryptInit, C_Encrypt)
ONE_PART(decrypt_once, C_DecryptInit, C_Decrypt)
ONE_PART(sign_once, C_SignInit, C_Sign)

/* The key once, at the first message of the session; then a call each. */
static bool
message_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const struct pkcs11_function_list_3_2 *p11 = asker->client->p11_3_2;
	struct pkcs11_gcm_message_params gcm = { asker->iv, IV_LEN, 0, CKG_NO_GENERATE, asker->tag,
		8 * TAG_LEN };
	CK_MECHANISM mechanism = { CKM_AES_GCM, NULL, 0 };
	CK_ULONG len = sizeof(asker->out);

	if (p11 == NULL)
		return false;
	if (!asker->begun) {
		if (!worked("C_MessageEncryptInit",
			p11->C_MessageEncryptInit(asker->session, &mechanism, asker->client->key)))
			return false;
		asker->begun = true;
	}
	return worked("C_EncryptMessage",
	    p11->C_EncryptMessage(asker->session, &gcm, sizeof(gcm), NULL, 0, input_of(asker),
		asker->task->input_len, asker->out, &len));
}

static bool
digest_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;
	CK_ULONG len = sizeof(asker->out);

	if (!worked("C_DigestInit", p11->C_DigestInit(asker->session, &asker->mechanism)))
		return false;
	for (int i = 0; i < DIGEST_PARTS; i++)
		if (!worked("C_DigestUpdate",
			p11->C_DigestUpdate(
			    asker->session, input_of(asker), asker->task->input_len)))
			return false;
	return worked("C_DigestFinal", p11->C_DigestFinal(asker->session, asker->out, &len));
}

static bool
find_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;
	CK_ATTRIBUTE template[] = {
		{ CKA_CLASS, &private_key, sizeof(private_key) },
		{ CKA_ID, key_id, sizeof(key_id) },
	};
	CK_OBJECT_HANDLE found;
	CK_ULONG count = 0;

	return worked("C_FindObjectsInit",
		   p11->C_FindObjectsInit(asker->session, template, COUNT_OF(template))) &&
	    worked("C_FindObjects", p11->C_FindObjects(asker->session, &found, 1, &count)) &&
	    worked("C_FindObjectsFinal", p11->C_FindObjectsFinal(asker->session)) && count == 1;
}

static bool
login_once(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;
	const CK_FUNCTION_LIST *p11 = asker->client->p11;

	return worked("C_Logout", p11->C_Logout(asker->session)) &&
	    worked("C_Login", p11->C_Login(asker->session, CKU_USER, PIN(USER_PIN)));
}

static bool (*const once[])(struct worker *) = {
	[AGREE] = agree_once,
	[DERIVE] = agree_once,
	[ENCAPSULATE] = encapsulate_once,
	[DECAPSULATE] = decapsulate_once,
	[ENCRYPT] = encrypt_once,
	[ENCRYPT_MESSAGE] = message_once,
	[DECRYPT] = decrypt_once,
	[UNWRAP] = unwrap_once,
	[SIGN] = sign_once,
	[DIGEST] = digest_once,
	[GENERATE] = generate_once,
	[FIND] = find_once,
	[LOGIN] = login_once,
};

static void
asker_stop(struct worker *worker)
{
	struct asker *asker = (struct asker *)worker;

	(void)asker->client->p11->C_CloseSession(asker->session);
	free(asker);
}

struct worker *
client_worker(struct client *client, const struct task *task)
{
	struct asker *asker = calloc(1, sizeof(*asker));

	if (asker == NULL)
		die("no memory");
	asker->worker = (struct worker){ once[task->row->verb], asker_stop };
	asker->client = client;
	asker->task = task;
	asker->agreed_len = task->agreed_len;
	asker->session = session_open(client);
	params_set(asker);
	if (asker->worker.once(&asker->worker))
		return &asker->worker;
	asker_stop(&asker->worker);
	return NULL;
}
