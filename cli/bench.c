/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `bench`: what the token's operations take on this machine, each beside the first.  Done
 * with a token for once, through the module as any client does it.
 */
#include <string.h>
#include <time.h>

#include "cli/families.h"
#include "cli/kinds.h"
#include "cli/pin.h"
#include "cli/private.h"

#define NANOSECONDS 1000000000LL
#define LEAST (NANOSECONDS / 5) /* how long one operation is repeated */
#define KEPT 100                /* pairs in the token, of which one is searched */

/* What is at hand while one row of the table below is measured. */
struct bench {
	const struct call *call;
	struct private_token private;
	struct place_in place;
	CK_SESSION_HANDLE session;
	const char *type;
	CK_OBJECT_HANDLE pair[2]; /* public, own */
	struct bytes peer;        /* point, public value or ciphertext */
	CK_ECDH1_DERIVE_PARAMS ecdh;
	CK_MECHANISM mechanism;
	struct secret pin;
};

static void
bench_release(struct bench *bench)
{
	bytes_release(&bench->peer);
	secret_clear(&bench->pin);
	place_in_release(&bench->place);
	client_stop();
	private_release(&bench->private);
}

/* --- keys ----------------------------------------------------------------- */

static CK_RV
pair_make(struct bench *bench, const char *type, bool kept, CK_OBJECT_HANDLE pair[2])
{
	RELEASED(kind_release) struct kind kind = { 0 };
	struct template public = { 0 }, own = { 0 };
	CK_MECHANISM mechanism = { 0 };

	if (kind_find(type, &kind) != DONE || kind_add(&kind, bench->session, &public) != DONE)
		return CKR_MECHANISM_INVALID;
	mechanism.mechanism = kind.mechanism;
	template_add(&public, kept ? YES(CKA_TOKEN) : NO(CKA_TOKEN));
	template_add(&own, kept ? YES(CKA_TOKEN) : NO(CKA_TOKEN));
	template_add(&own, ATTRIBUTE(CKA_LABEL, kept ? "kept" : "once", 4));
	return p11->C_GenerateKeyPair(bench->session, &mechanism, public.list, public.count,
	    own.list, own.count, &pair[0], &pair[1]);
}

static void
pair_destroy(struct bench *bench, const CK_OBJECT_HANDLE pair[2])
{
	(void)p11->C_DestroyObject(bench->session, pair[0]);
	(void)p11->C_DestroyObject(bench->session, pair[1]);
}

static void
secret_template(struct template *template)
{
	static const CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	static const CK_KEY_TYPE type = CKK_GENERIC_SECRET;

	template_add(template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(template, ATTRIBUTE(CKA_KEY_TYPE, &type, sizeof(type)));
}

/* --- what is measured ------------------------------------------------------ */

/* A key exchange with the pair's own public half, which costs what any costs. */
static CK_RV
derive_prepare(struct bench *bench)
{
	const bool dh = bench->mechanism.mechanism == CKM_DH_PKCS_DERIVE;

	if (object_value(bench->session, bench->pair[0], dh ? CKA_VALUE : CKA_EC_POINT,
		&bench->peer) != DONE)
		return CKR_HOST_MEMORY;
	bench->ecdh =
	    (CK_ECDH1_DERIVE_PARAMS){ CKD_NULL, 0, NULL, bench->peer.len, bench->peer.data };
	bench->mechanism.pParameter = dh ? (void *)bench->peer.data : &bench->ecdh;
	bench->mechanism.ulParameterLen = dh ? bench->peer.len : sizeof(bench->ecdh);
	return CKR_OK;
}

static CK_RV
derive(struct bench *bench)
{
	struct template template = { 0 };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	secret_template(&template);
	rv = p11->C_DeriveKey(bench->session, &bench->mechanism, bench->pair[1], template.list,
	    template.count, &made);
	return rv == CKR_OK ? p11->C_DestroyObject(bench->session, made) : rv;
}

static CK_RV
decap_prepare(struct bench *bench)
{
	struct template template = { 0 };
	CK_ULONG len = 0;
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	secret_template(&template);
	rv = p11->C_EncapsulateKey(bench->session, &bench->mechanism, bench->pair[0], template.list,
	    template.count, NULL, &len, &made);
	if (rv == CKR_OK && !bytes_alloc(&bench->peer, len))
		rv = CKR_HOST_MEMORY;
	return rv == CKR_OK
	    ? p11->C_EncapsulateKey(bench->session, &bench->mechanism, bench->pair[0],
		  template.list, template.count, bench->peer.data, &len, &made)
	    : rv;
}

static CK_RV
decap(struct bench *bench)
{
	struct template template = { 0 };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	secret_template(&template);
	rv = p11->C_DecapsulateKey(bench->session, &bench->mechanism, bench->pair[1], template.list,
	    template.count, bench->peer.data, bench->peer.len, &made);
	return rv == CKR_OK ? p11->C_DestroyObject(bench->session, made) : rv;
}

static CK_RV
sign(struct bench *bench)
{
	CK_BYTE message[32] = { 0 }, signature[4096];
	CK_ULONG len = sizeof(signature);
	CK_RV rv = p11->C_SignInit(bench->session, &bench->mechanism, bench->pair[1]);

	return rv == CKR_OK ? p11->C_Sign(bench->session, message, sizeof(message), signature, &len)
			    : rv;
}

static CK_RV
generate(struct bench *bench)
{
	CK_OBJECT_HANDLE pair[2];
	CK_RV rv = pair_make(bench, bench->type, false, pair);

	if (rv == CKR_OK)
		pair_destroy(bench, pair);
	return rv;
}

/* Pairs that stay, which the next ones search. */
static CK_RV
keep(struct bench *bench)
{
	CK_OBJECT_HANDLE pair[2];

	return pair_make(bench, bench->type, true, pair);
}

static CK_RV
find_prepare(struct bench *bench)
{
	CK_RV rv = CKR_OK;

	for (int i = 0; i < KEPT && rv == CKR_OK; i++)
		rv = keep(bench);
	return rv == CKR_OK ? p11->C_SetAttributeValue(bench->session, bench->pair[1],
				  &ATTRIBUTE(CKA_LABEL, "sought", 6), 1)
			    : rv;
}

static CK_RV
find(struct bench *bench)
{
	CK_ATTRIBUTE template[] = { ATTRIBUTE(CKA_LABEL, "sought", 6) };
	CK_OBJECT_HANDLE found;
	CK_ULONG count = 0;
	CK_RV rv = p11->C_FindObjectsInit(bench->session, template, COUNT_OF(template));

	if (rv == CKR_OK)
		rv = p11->C_FindObjects(bench->session, &found, 1, &count);
	(void)p11->C_FindObjectsFinal(bench->session);
	return rv == CKR_OK && count != 1 ? CKR_GENERAL_ERROR : rv;
}

static CK_RV
log_in(struct bench *bench)
{
	CK_RV rv = p11->C_Logout(bench->session);

	return rv == CKR_OK
	    ? p11->C_Login(bench->session, CKU_USER, bench->pin.data, bench->pin.len)
	    : rv;
}

/* --- measuring ------------------------------------------------------------ */

/* The first is what the others are held against. */
static const struct row {
	const char *what, *type;
	CK_MECHANISM_TYPE mechanism;
	CK_RV (*prepare)(struct bench *bench);
	CK_RV (*once)(struct bench *bench);
} rows[] = {
	{ "derive", "ec:p256", CKM_ECDH1_DERIVE, derive_prepare, derive },
	{ "derive", "x25519", CKM_ECDH1_DERIVE, derive_prepare, derive },
	{ "derive", "dh:3072", CKM_DH_PKCS_DERIVE, derive_prepare, derive },
	{ "decap", "ml-kem-768", CKM_ML_KEM, decap_prepare, decap },
	{ "sign", "ec:p256", CKM_ECDSA_SHA256, NULL, sign },
	{ "sign", "ed25519", CKM_EDDSA, NULL, sign },
	{ "sign", "rsa:3072", CKM_SHA256_RSA_PKCS, NULL, sign },
	{ "sign", "ml-dsa-65", CKM_ML_DSA, NULL, sign },
	{ "generate", "ec:p256", 0, NULL, generate },
	{ "generate and keep", "ec:p256", 0, NULL, keep },
	{ "find", "ec:p256", 0, find_prepare, find },
	{ "log in", "ec:p256", 0, NULL, log_in },
};

static long long
now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * NANOSECONDS + time.tv_nsec;
}

/* The mean of as many as it takes to be worth telling, in nanoseconds. */
static CK_RV
measure(struct bench *bench, const struct row *row, double *mean)
{
	const long long begun = now();
	long long count = 0, taken;

	do {
		TRY(row->once(bench));
		count++;
		taken = now() - begun;
	} while (taken < LEAST);
	*mean = (double)taken / (double)count;
	return CKR_OK;
}

/* libcrypto may not have it. */
static bool
is_missing(CK_RV rv)
{
	return rv == CKR_MECHANISM_INVALID;
}

static enum outcome
row_run(struct bench *bench, const struct row *row, double *first, json_t *list)
{
	json_t *item;
	double mean = 0;
	CK_RV rv;

	bench->type = row->type;
	bench->mechanism = (CK_MECHANISM){ row->mechanism, NULL, 0 };
	bytes_release(&bench->peer);
	rv = pair_make(bench, row->type, row->once == find, bench->pair);
	if (is_missing(rv))
		return DONE;
	if (rv == CKR_OK && row->prepare != NULL)
		rv = row->prepare(bench);
	if (rv == CKR_OK)
		rv = measure(bench, row, &mean);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot measure '%s' of %s", row->what, row->type);
	if (row == rows)
		*first = mean;
	item = json_object();
	put_text(item, "operation", row->what);
	put_text(item, "type", row->type);
	put(item, "microseconds", json_real(mean / 1000));
	put(item, "ratio", json_real(mean / *first));
	return json_array_append_new(list, item) == 0 ? DONE : fail_memory();
}

/* With a PIN that costs what the settings say, as that of a token for once does not. */
static enum outcome
begin(struct bench *bench)
{
	const struct pin_source source = { .file = bench->private.pin, .fd = -1 };
	CK_RV rv;

	TRY(private_make("bench", NULL, &bench->private));
	TRY(pin_get(&source, "PIN", &bench->pin));
	TRY(place_find_in(bench->call, NULL, NOBODY, &bench->place));
	bench->session = bench->place.session;
	rv = p11->C_Login(bench->session, CKU_USER, bench->pin.data, bench->pin.len);
	if (rv == CKR_OK)
		rv = p11->C_SetPIN(bench->session, bench->pin.data, bench->pin.len, bench->pin.data,
		    bench->pin.len);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot log in");
}

enum outcome
bench_run(const struct call *call, json_t *data)
{
	RELEASED(bench_release) struct bench bench = { .call = call };
	json_t *list = json_array();
	double first = 1;

	put(data, "operations", list);
	TRY(begin(&bench));
	for (size_t i = 0; i < COUNT_OF(rows) && !signals_wait(); i++) {
		TRY(row_run(&bench, &rows[i], &first, list));
		say_progress(i + 1, COUNT_OF(rows));
	}
	return DONE;
}
