/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plays every vector, and from each the cases that a row does not spell out.
 * Each pair of a row's verb and a case is one test.  Knows no mechanism.
 */
#include "tests/vectors.h"

#include <openssl/evp.h>
#include <stdio.h>

static CK_SLOT_ID slot;
/* Keeps the login while the sessions of a test come and go. */
static CK_SESSION_HANDLE anchor;
static CK_SESSION_HANDLE opened[4];
static size_t opened_count;

/* One test: a row played for one of its verbs. */
struct play {
	const struct vector *row;
	const struct verb *verb;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;
	CK_MECHANISM *mechanism;
	struct view in, out;     /* what goes in and must come out, for this verb */
	CK_ATTRIBUTE *target_is; /* NULL, or what the key that is wrapped has beside its material */
};

/* --- the verbs that process data, under one form ---------------------------- */

/* For a digest the key, and for signing and verifying the output of an update, do not exist. */
struct verb {
	CK_FLAGS flag;
	const char *name;
	CK_OBJECT_CLASS half;
	CK_RV (*init)(CK_SESSION_HANDLE, CK_MECHANISM *, CK_OBJECT_HANDLE);
	CK_RV (*once)(CK_SESSION_HANDLE, struct view, CK_BYTE *, CK_ULONG *);
	CK_RV (*update)(CK_SESSION_HANDLE, struct view, CK_BYTE *, CK_ULONG *);
	CK_RV (*final)(CK_SESSION_HANDLE, CK_BYTE *, CK_ULONG *);
};

#define TRANSFORM(verb)                                                                            \
	static CK_RV verb##_init(CK_SESSION_HANDLE s, CK_MECHANISM *m, CK_OBJECT_HANDLE key)       \
	{                                                                                          \
		return p11->C_##verb##Init(s, m, key);                                             \
	}                                                                                          \
	static CK_RV verb##_once(CK_SESSION_HANDLE s, struct view in, CK_BYTE *out, CK_ULONG *len) \
	{                                                                                          \
		return p11->C_##verb(s, (CK_BYTE *)in.data, in.len, out, len);                     \
	}                                                                                          \
	static CK_RV verb##_final(CK_SESSION_HANDLE s, CK_BYTE *out, CK_ULONG *len)                \
	{                                                                                          \
		return p11->C_##verb##Final(s, out, len);                                          \
	}

#define CIPHER(verb)                                                                               \
	TRANSFORM(verb)                                                                            \
	static CK_RV verb##_update(                                                                \
	    CK_SESSION_HANDLE s, struct view in, CK_BYTE *out, CK_ULONG *len)                      \
	{                                                                                          \
		return p11->C_##verb##Update(s, (CK_BYTE *)in.data, in.len, out, len);             \
	}

/* Updates that give nothing. */
#define SILENT_UPDATE(verb)                                                                        \
	static CK_RV verb##_update(                                                                \
	    CK_SESSION_HANDLE s, struct view in, CK_BYTE *out, CK_ULONG *len)                      \
	{                                                                                          \
		(void)out;                                                                         \
		*len = 0;                                                                          \
		return p11->C_##verb##Update(s, (CK_BYTE *)in.data, in.len);                       \
	}

CIPHER(Encrypt)
CIPHER(Decrypt)
TRANSFORM(Sign)
SILENT_UPDATE(Sign)
SILENT_UPDATE(Verify)
SILENT_UPDATE(Digest)

static CK_RV
Verify_init(CK_SESSION_HANDLE s, CK_MECHANISM *m, CK_OBJECT_HANDLE key)
{
	return p11->C_VerifyInit(s, m, key);
}

/* The "output" of verifying is the signature, which goes in. */
static CK_RV
Verify_once(CK_SESSION_HANDLE s, struct view in, CK_BYTE *signature, CK_ULONG *len)
{
	return p11->C_Verify(s, (CK_BYTE *)in.data, in.len, signature, *len);
}

static CK_RV
Verify_final(CK_SESSION_HANDLE s, CK_BYTE *signature, CK_ULONG *len)
{
	return p11->C_VerifyFinal(s, signature, *len);
}

static CK_RV
Digest_init(CK_SESSION_HANDLE s, CK_MECHANISM *m, CK_OBJECT_HANDLE key)
{
	(void)key;
	return p11->C_DigestInit(s, m);
}

static CK_RV
Digest_once(CK_SESSION_HANDLE s, struct view in, CK_BYTE *out, CK_ULONG *len)
{
	return p11->C_Digest(s, (CK_BYTE *)in.data, in.len, out, len);
}

static CK_RV
Digest_final(CK_SESSION_HANDLE s, CK_BYTE *out, CK_ULONG *len)
{
	return p11->C_DigestFinal(s, out, len);
}

#define STREAM(verb) verb##_init, verb##_once, verb##_update, verb##_final
static const struct verb verbs[] = {
	{ CKF_ENCRYPT, "encrypt", CKO_PUBLIC_KEY, STREAM(Encrypt) },
	{ CKF_DECRYPT, "decrypt", CKO_PRIVATE_KEY, STREAM(Decrypt) },
	{ CKF_DIGEST, "digest", CKO_DATA, STREAM(Digest) },
	{ CKF_SIGN, "sign", CKO_PRIVATE_KEY, STREAM(Sign) },
	{ CKF_VERIFY, "verify", CKO_PUBLIC_KEY, STREAM(Verify) },
	{ CKF_WRAP, "wrap", CKO_PUBLIC_KEY, NULL, NULL, NULL, NULL },
	{ CKF_UNWRAP, "unwrap", CKO_PRIVATE_KEY, NULL, NULL, NULL, NULL },
	{ CKF_DERIVE, "derive", CKO_PRIVATE_KEY, NULL, NULL, NULL, NULL },
	{ CKF_ENCAPSULATE, "encapsulate", CKO_PUBLIC_KEY, NULL, NULL, NULL, NULL },
	{ CKF_DECAPSULATE, "decapsulate", CKO_PRIVATE_KEY, NULL, NULL, NULL, NULL },
	{ CKF_GENERATE, "generate", CKO_DATA, NULL, NULL, NULL, NULL },
	{ CKF_GENERATE_KEY_PAIR, "generate pair", CKO_DATA, NULL, NULL, NULL, NULL },
};

static const struct verb *
verb_of(CK_FLAGS flag)
{
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (verbs[i].flag == flag)
			return &verbs[i];
	}
	return NULL;
}

static bool
is(const struct play *play, CK_FLAGS flags)
{
	return (play->verb->flag & flags) != 0;
}

#define STREAMS (CKF_ENCRYPT | CKF_DECRYPT | CKF_DIGEST | CKF_SIGN | CKF_VERIFY)
#define USERS                                                                                      \
	(CKF_ENCRYPT | CKF_DECRYPT | CKF_SIGN | CKF_VERIFY | CKF_WRAP | CKF_UNWRAP | CKF_DERIVE |  \
	    KEM)
#define GENERATORS (CKF_GENERATE | CKF_GENERATE_KEY_PAIR)
#define INVERSES (CKF_DECRYPT | CKF_VERIFY | CKF_UNWRAP | CKF_DECAPSULATE)

/* --- playing ---------------------------------------------------------------- */

static CK_OBJECT_CLASS
half_of(const struct play *play)
{
	return play->row->key->class == CKO_SECRET_KEY ? CKO_SECRET_KEY : play->verb->half;
}

/* What the row's `in` stands for, as often as it says. */
static struct view
repeated(const struct vector *row)
{
	struct view once = unhex(row->in);
	size_t times = row->repeat != 0 ? row->repeat : 1;
	unsigned char *whole;

	if (times == 1)
		return once;
	whole = scratch(once.len * times);
	for (size_t i = 0; i < times; i++)
		memcpy(whole + i * once.len, once.data, once.len);
	return view_of(whole, once.len * times);
}

/*
 * The signature of a row that has its digest alone, which is made when the row is first
 * played.
 */
static struct view
signature_of(const struct vector *row)
{
	static CK_BYTE signature[65536];
	static const struct vector *last;
	static CK_ULONG len;
	unsigned char digest[32];
	struct view in = repeated(row);

	if (row != last) {
		CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

		len = sizeof(signature);
		ok(p11->C_SignInit(session, vector_mechanism(session, row),
		    vector_key_make(session, row->key, CKO_PRIVATE_KEY, CKF_SIGN, CK_FALSE)));
		ok(p11->C_Sign(session, (CK_BYTE *)in.data, in.len, signature, &len));
		ok(p11->C_CloseSession(session));
		last = row;
	}
	check(EVP_Digest(signature, len, digest, NULL, EVP_sha256(), NULL) == 1);
	same_bytes(view_of(digest, sizeof(digest)), unhex(row->sha256));
	return copy_of(signature, len);
}

/* What the row's `out` stands for. */
static struct view
output_of(const struct vector *row)
{
	return row->sha256 != NULL ? signature_of(row) : unhex(row->out);
}

static struct play
play_begin(const struct vector *row, CK_FLAGS flag)
{
	struct play play = { .row = row, .verb = verb_of(flag) };
	bool inverse = (flag & (CKF_DECRYPT | CKF_UNWRAP | CKF_DECAPSULATE)) != 0;

	check(opened_count < COUNT_OF(opened));
	play.session = opened[opened_count++] = session_open(slot, READ_WRITE);
	play.mechanism = vector_mechanism(play.session, row);
	play.in = inverse ? output_of(row) : repeated(row);
	play.out = inverse ? repeated(row) : output_of(row);
	if (is(&play, USERS))
		play.key = vector_key_make(play.session, row->key, half_of(&play), flag, CK_FALSE);
	return play;
}

/* The play that was begun last is over. */
static void
play_end(void)
{
	ok(p11->C_CloseSession(opened[--opened_count]));
}

static void
start(const struct play *play)
{
	ok(play->verb->init(play->session, play->mechanism, play->key));
}

/* Room for what must come out, of that length and no more; for verifying, the signature. */
static CK_BYTE *
room_for(struct view out)
{
	return (CK_BYTE *)copy_of(out.data, out.len).data;
}

/* Undoes what a random mechanism gave, by the other half of the key. */
static void
check_random(const struct play *play, struct view given)
{
	struct play back = play_begin(play->row, is(play, CKF_ENCRYPT) ? CKF_DECRYPT : CKF_VERIFY);
	CK_ULONG len = is(&back, CKF_VERIFY) ? given.len : play->in.len;
	CK_BYTE *out = is(&back, CKF_VERIFY) ? (CK_BYTE *)given.data : scratch(len);

	start(&back);
	ok(back.verb->once(back.session, is(&back, CKF_VERIFY) ? play->in : given, out, &len));
	if (is(&back, CKF_DECRYPT))
		same_bytes(view_of(out, len), play->in);
	play_end();
}

static void
check_output(const struct play *play, struct view given)
{
	if (play->row->random && is(play, CKF_ENCRYPT | CKF_SIGN)) {
		check(given.len == play->out.len);
		check_random(play, given);
	} else if (!is(play, CKF_VERIFY)) {
		same_bytes(given, play->out);
	}
}

/* --- cases: data ------------------------------------------------------------ */

static void
case_one_call(struct play *play)
{
	CK_ULONG len = play->out.len;
	CK_BYTE *out = room_for(play->out);

	start(play);
	ok(play->verb->once(play->session, play->in, out, &len));
	check_output(play, view_of(out, len));
	/* It is over, also for verifying. */
	len = play->out.len;
	assert_rv(
	    play->verb->once(play->session, play->in, out, &len), CKR_OPERATION_NOT_INITIALIZED);
}

/* Feeds in[from, to) and moves `at` behind the output. */
static void
feed(const struct play *play, size_t from, size_t to, CK_BYTE *out, size_t *at)
{
	CK_ULONG len = play->out.len + 64 - *at;
	struct view part = view_of(play->in.data + from, to - from);

	/* Its own end at an unreadable page; a large input has that at its end at least. */
	if (part.len < 4096)
		part = copy_of(part.data, part.len);

	ok(play->verb->update(play->session, part, out + *at, &len));
	*at += len;
}

static void
finish(const struct play *play, CK_BYTE *out, size_t at)
{
	CK_ULONG len = play->out.len + 64 - at;

	if (is(play, CKF_VERIFY)) {
		len = play->out.len;
		memcpy(out, play->out.data, play->out.len);
	}
	ok(play->verb->final(play->session, out + at, &len));
	check_output(play, view_of(out, at + len));
}

/* In two parts, cut at each place (at some, where there are many). */
static void
case_splits(struct play *play)
{
	CK_BYTE *out = scratch(play->out.len + 64);
	size_t step = 1 + play->in.len / 300;

	for (size_t cut = 0; cut <= play->in.len; cut += cut < 70 ? 1 : step) {
		size_t at = 0;

		start(play);
		feed(play, 0, cut, out, &at);
		feed(play, cut, play->in.len, out, &at);
		finish(play, out, at);
	}
}

static void
case_bytewise(struct play *play)
{
	CK_BYTE *out = scratch(play->out.len + 64);
	size_t step = 1 + play->in.len / 300, at = 0;

	start(play);
	for (size_t i = 0; i < play->in.len; i += step) {
		feed(play, i, i, out, &at);
		feed(play, i, i + step < play->in.len ? i + step : play->in.len, out, &at);
	}
	finish(play, out, at);
}

/* A NULL output asks for the length and changes nothing. */
static void
case_size_query(struct play *play)
{
	CK_BYTE *out = room_for(play->out);
	CK_ULONG len;

	start(play);
	for (int i = 0; i < 2; i++) {
		len = 0;
		ok(play->verb->once(play->session, play->in, NULL, &len));
		check(len >= play->out.len);
	}
	len = play->out.len;
	ok(play->verb->once(play->session, play->in, out, &len));
	check_output(play, view_of(out, len));
}

static void
case_size_query_parts(struct play *play)
{
	CK_BYTE *out = scratch(play->out.len + 64);
	CK_ULONG len = 0;
	size_t at = 0;

	start(play);
	if (is(play, CKF_ENCRYPT | CKF_DECRYPT))
		ok(play->verb->update(play->session, play->in, NULL, &len));
	feed(play, 0, play->in.len, out, &at);
	check(!is(play, CKF_ENCRYPT | CKF_DECRYPT) || len >= at);
	len = 0;
	/* Where nothing is left to give, the query is the end itself (map, section 4). */
	ok(play->verb->final(play->session, NULL, &len));
	check(at + len >= play->out.len);
	if (len != 0)
		finish(play, out, at);
}

/* A buffer too short: the length is told, and nothing consumed. */
static void
case_short_buffer(struct play *play)
{
	CK_BYTE *out = room_for(play->out);
	CK_ULONG len;

	start(play);
	for (size_t room = 0; room < play->out.len; room = room * 2 + 1) {
		len = room;
		assert_rv(play->verb->once(play->session, play->in, scratch(room), &len),
		    CKR_BUFFER_TOO_SMALL);
		check(len >= play->out.len);
	}
	len = play->out.len;
	ok(play->verb->once(play->session, play->in, out, &len));
	check_output(play, view_of(out, len));
}

static void
case_short_buffer_parts(struct play *play)
{
	CK_BYTE *out = scratch(play->out.len + 64);
	CK_ULONG len, room = is(play, CKF_ENCRYPT | CKF_DECRYPT) ? 0 : play->out.len + 64;
	size_t at = 0;
	CK_RV rv;

	start(play);
	for (; room < play->out.len + 64; room++) {
		len = room;
		rv = play->verb->update(play->session, play->in, out, &len);
		if (rv == CKR_OK)
			break;
		assert_rv(rv, CKR_BUFFER_TOO_SMALL);
		check(len > room);
	}
	if (is(play, CKF_ENCRYPT | CKF_DECRYPT))
		at = len;
	else
		feed(play, 0, play->in.len, out, &at);
	if (at < play->out.len) {
		len = play->out.len - at - 1;
		rv = play->verb->final(play->session, out + at, &len);
		assert_rv(rv, CKR_BUFFER_TOO_SMALL);
		check(at + len >= play->out.len);
	}
	finish(play, out, at);
}

/* Output over the input, as the standard lets a caller do, or beginning a little before or behind.
 */
static void
case_in_place(struct play *play)
{
	static const struct {
		size_t in, out;
	} places[] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 16, 0 }, { 0, 17 } };
	size_t room = play->in.len > play->out.len ? play->in.len : play->out.len;

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		CK_BYTE *both = scratch(room + 96);
		CK_BYTE *in = both + places[i].in, *out = both + places[i].out;
		CK_ULONG len = room;

		memcpy(in, play->in.data, play->in.len);
		start(play);
		ok(play->verb->once(play->session, view_of(in, play->in.len), out, &len));
		check_output(play, view_of(out, len));

		memcpy(in, play->in.data, play->in.len);
		start(play);
		len = room;
		ok(play->verb->update(play->session, view_of(in, play->in.len), out, &len));
		finish(play, out, len);
	}
}

/* The signature first, the data after it. */
static void
case_signature_first(struct play *play)
{
	const size_t half = play->in.len / 2;
	CK_BYTE *in = (CK_BYTE *)play->in.data, *signature = (CK_BYTE *)play->out.data;

	ok(p11->C_VerifySignatureInit(
	    play->session, play->mechanism, play->key, signature, play->out.len));
	assert_rv(p11->C_VerifySignatureInit(
		      play->session, play->mechanism, play->key, signature, play->out.len),
	    CKR_OPERATION_ACTIVE);
	ok(p11->C_VerifySignature(play->session, in, play->in.len));
	assert_rv(
	    p11->C_VerifySignature(play->session, in, play->in.len), CKR_OPERATION_NOT_INITIALIZED);

	ok(p11->C_VerifySignatureInit(
	    play->session, play->mechanism, play->key, signature, play->out.len));
	ok(p11->C_VerifySignatureUpdate(play->session, in, half));
	ok(p11->C_VerifySignatureUpdate(play->session, in + half, play->in.len - half));
	ok(p11->C_VerifySignatureFinal(play->session));
	assert_rv(p11->C_VerifySignatureFinal(play->session), CKR_OPERATION_NOT_INITIALIZED);

	signature = room_for(play->out);
	signature[play->out.len / 2] ^= 1;
	ok(p11->C_VerifySignatureInit(
	    play->session, play->mechanism, play->key, signature, play->out.len));
	assert_rv(p11->C_VerifySignature(play->session, in, play->in.len), CKR_SIGNATURE_INVALID);
	ok(p11->C_VerifySignatureInit(
	    play->session, play->mechanism, play->key, signature, play->out.len));
	ok(p11->C_SessionCancel(play->session, CKF_VERIFY));
	assert_rv(p11->C_VerifySignatureFinal(play->session), CKR_OPERATION_NOT_INITIALIZED);
}

/* --- cases: wrap, unwrap, derive ---------------------------------------------- */

/* The key that is wrapped. */
static CK_OBJECT_HANDLE
target_make(const struct play *play)
{
	const struct vector_key *target = play->row->target;
	CK_OBJECT_HANDLE made;

	if (target != NULL)
		made = vector_key_make(play->session, target, target->class, 0, CK_FALSE);
	else
		ok(p11->C_CreateObject(play->session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), YES(CKA_EXTRACTABLE),
			BYTES(CKA_VALUE, repeated(play->row))),
		    &made));
	if (play->target_is != NULL)
		ok(p11->C_SetAttributeValue(play->session, made, play->target_is, 1));
	return made;
}

/* Unwraps to a key that can be read. */
static CK_RV
unwrap(const struct play *play, struct view blob, CK_OBJECT_HANDLE *made)
{
	const struct vector_key *target = play->row->target;

	*made = CK_INVALID_HANDLE;
	return p11->C_UnwrapKey(play->session, play->mechanism, play->key, (CK_BYTE *)blob.data,
	    blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, target != NULL ? target->class : CKO_SECRET_KEY),
		ULONG(CKA_KEY_TYPE, target != NULL ? target->type : CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    made);
}

/* The key that came out has the material that went in, and is not taken for one made here. */
static void
check_unwrapped(const struct play *play, CK_OBJECT_HANDLE made)
{
	CK_ATTRIBUTE material[9];
	CK_ULONG count;

	check(!get_bool(play->session, made, CKA_LOCAL));
	check(!get_bool(play->session, made, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(play->session, made, CKA_NEVER_EXTRACTABLE));
	if (play->row->target == NULL) {
		same_bytes(get_bytes(play->session, made, CKA_VALUE), repeated(play->row));
		return;
	}
	count = vector_template(
	    play->row->target->private, COUNT_OF(play->row->target->private), material);
	for (CK_ULONG i = 0; i < count; i++)
		same_bytes(get_bytes(play->session, made, material[i].type),
		    view_of(material[i].pValue, material[i].ulValueLen));
}

static void
case_wrap(struct play *play)
{
	CK_OBJECT_HANDLE target = target_make(play), made;
	CK_BYTE *out = room_for(play->out);
	CK_ULONG len = 0;

	ok(p11->C_WrapKey(play->session, play->mechanism, play->key, target, NULL, &len));
	check(len >= play->out.len);
	for (len = 0; len + 1 < play->out.len; len = len * 2 + 1) {
		CK_ULONG told = len;

		assert_rv(p11->C_WrapKey(play->session, play->mechanism, play->key, target,
			      scratch(len), &told),
		    CKR_BUFFER_TOO_SMALL);
		check(told >= play->out.len);
	}
	len = play->out.len;
	ok(p11->C_WrapKey(play->session, play->mechanism, play->key, target, out, &len));
	if (play->row->random) {
		struct play back = play_begin(play->row, CKF_UNWRAP);

		ok(unwrap(&back, view_of(out, len), &made));
		check_unwrapped(&back, made);
		play_end();
	} else {
		same_bytes(view_of(out, len), play->out);
	}
}

/* An unextractable key does not leave, and no size is told. */
static void
case_wrap_unextractable(struct play *play)
{
	CK_OBJECT_HANDLE target;
	CK_ULONG len = play->out.len;

	ok(p11->C_CopyObject(
	    play->session, target_make(play), TEMPLATE(NO(CKA_EXTRACTABLE)), &target));
	assert_rv(p11->C_WrapKey(play->session, play->mechanism, play->key, target,
		      scratch(play->out.len), &len),
	    CKR_KEY_UNEXTRACTABLE);
	assert_rv(p11->C_WrapKey(play->session, play->mechanism, play->key, target, NULL, &len),
	    CKR_KEY_UNEXTRACTABLE);
}

static void
case_unwrap(struct play *play)
{
	CK_OBJECT_HANDLE made;

	ok(unwrap(play, play->in, &made));
	check_unwrapped(play, made);
}

static CK_RV
derive(const struct play *play, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE *made)
{
	static const CK_OBJECT_CLASS classes[] = { CKO_SECRET_KEY, CKO_DATA, CKO_PUBLIC_KEY };
	CK_ATTRIBUTE template[] = {
		ULONG(CKA_CLASS, classes[play->row->makes]),
		ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE),
		ULONG(CKA_VALUE_LEN, play->out.len),
	};
	CK_ULONG count = COUNT_OF(template) - (play->row->whole ? 1 : 0);
	CK_RV rv;

	/* Of other classes no more than the class, and the length of data. */
	if (play->row->makes != DERIVED_SECRET) {
		template[1] = template[COUNT_OF(template) - 1];
		count = play->row->makes == DERIVED_DATA && !play->row->whole ? 2 : 1;
	}
	*made = CK_INVALID_HANDLE;
	rv = p11->C_DeriveKey(play->session, (CK_MECHANISM *)mechanism, play->key, template, count,
	    play->row->returned == NULL ? made : NULL);
	if (rv == CKR_OK && play->row->returned != NULL)
		*made = play->row->returned(mechanism);
	return rv;
}

/* What a derivation made, as rows have it. */
static struct view
derived(const struct play *play, CK_OBJECT_HANDLE made)
{
	return get_bytes(play->session, made,
	    play->row->makes == DERIVED_PUBLIC ? CKA_PUBLIC_KEY_INFO : CKA_VALUE);
}

static void
case_derive(struct play *play)
{
	CK_OBJECT_HANDLE made;

	ok(derive(play, play->mechanism, &made));
	same_bytes(derived(play, made), play->out);
	if (play->row->makes == DERIVED_DATA)
		return;
	check(!get_bool(play->session, made, CKA_LOCAL));
	if (play->row->makes != DERIVED_SECRET)
		return;
	check(get_ulong(play->session, made, CKA_VALUE_LEN) == play->out.len);
	check(get_ulong(play->session, made, CKA_KEY_GEN_MECHANISM) == CK_UNAVAILABLE_INFORMATION);
}

/* --- cases: encapsulation ------------------------------------------------------- */

/* The template of a generic secret that can be read, of `len` bytes or as long as it is. */
#define KEM_TEMPLATE(row, len)                                                                     \
	(CK_ATTRIBUTE[]){ ULONG(CKA_CLASS, CKO_SECRET_KEY),                                        \
		ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE),  \
		ULONG(CKA_VALUE_LEN, len) },                                                       \
	    (row)->whole ? 4 : 5

static CK_RV
encapsulate(const struct play *play, CK_BYTE *out, CK_ULONG *len, CK_OBJECT_HANDLE *made)
{
	*made = CK_INVALID_HANDLE;
	return p11->C_EncapsulateKey(play->session, play->mechanism, play->key,
	    KEM_TEMPLATE(play->row, play->in.len), out, len, made);
}

static CK_RV
decapsulate(const struct play *play, struct view ciphertext, CK_OBJECT_HANDLE *made)
{
	*made = CK_INVALID_HANDLE;
	return p11->C_DecapsulateKey(play->session, play->mechanism, play->key,
	    KEM_TEMPLATE(play->row, play->out.len), (CK_BYTE *)ciphertext.data, ciphertext.len,
	    made);
}

/* Not taken for a key that was made here. */
static void
check_transported(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE made)
{
	check(!get_bool(session, made, CKA_LOCAL));
	check(!get_bool(session, made, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, made, CKA_NEVER_EXTRACTABLE));
}

/* The other party finds the same secret in it; asking for its length makes nothing. */
static void
case_encapsulate(struct play *play)
{
	CK_BYTE *out = room_for(play->out);
	CK_OBJECT_HANDLE mine, theirs;
	struct play back;
	CK_ULONG len = 0, before = find(play->session, NO_TEMPLATE, NULL);
	struct view secret;

	ok(encapsulate(play, NULL, &len, &mine));
	check(len == play->out.len && mine == CK_INVALID_HANDLE);
	len = play->out.len - 1;
	assert_rv(encapsulate(play, scratch(len), &len, &mine), CKR_BUFFER_TOO_SMALL);
	check(len == play->out.len && mine == CK_INVALID_HANDLE);
	check(find(play->session, NO_TEMPLATE, NULL) == before);

	ok(encapsulate(play, out, &len, &mine));
	check(len == play->out.len);
	check_transported(play->session, mine);
	secret = get_bytes(play->session, mine, CKA_VALUE);
	check(secret.len == play->in.len);
	back = play_begin(play->row, CKF_DECAPSULATE);
	ok(decapsulate(&back, view_of(out, len), &theirs));
	same_bytes(get_bytes(back.session, theirs, CKA_VALUE), secret);
	play_end();
}

static void
case_decapsulate(struct play *play)
{
	CK_OBJECT_HANDLE made;

	ok(decapsulate(play, play->in, &made));
	same_bytes(get_bytes(play->session, made, CKA_VALUE), play->out);
	check_transported(play->session, made);
}

/* --- cases: generation --------------------------------------------------------- */

static CK_RV
generate(const struct play *play, CK_OBJECT_HANDLE made[2])
{
	CK_ATTRIBUTE template[COUNT_OF(play->row->template) + 2];
	CK_ATTRIBUTE open[] = { NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE) };
	CK_ULONG count =
	    vector_template(play->row->template, COUNT_OF(play->row->template), template);

	made[0] = made[1] = CK_INVALID_HANDLE;
	if (is(play, CKF_GENERATE_KEY_PAIR))
		return p11->C_GenerateKeyPair(play->session, play->mechanism, template, count, open,
		    COUNT_OF(open), &made[0], &made[1]);
	if (play->row->key->class == CKO_SECRET_KEY) {
		memcpy(template + count, open, sizeof(open));
		count += COUNT_OF(open);
	}
	return p11->C_GenerateKey(play->session, play->mechanism, template, count, &made[0]);
}

/* Made here, of the class and type that the row says, with what the template asked for. */
static void
check_generated(const struct play *play, CK_OBJECT_HANDLE made, CK_OBJECT_CLASS class)
{
	check(get_ulong(play->session, made, CKA_CLASS) == class);
	check(get_ulong(play->session, made, CKA_KEY_TYPE) == play->row->key->type);
	check(get_bool(play->session, made, CKA_LOCAL));
	if (class != CKO_DOMAIN_PARAMETERS)
		check(
		    get_ulong(play->session, made, CKA_KEY_GEN_MECHANISM) == play->row->mechanism);
}

static void
check_asked(const struct play *play, CK_OBJECT_HANDLE made)
{
	CK_ATTRIBUTE asked[COUNT_OF(play->row->template)];
	CK_ULONG count = vector_template(play->row->template, COUNT_OF(asked), asked);

	for (CK_ULONG i = 0; i < count; i++)
		same_bytes(get_bytes(play->session, made, asked[i].type),
		    view_of(asked[i].pValue, asked[i].ulValueLen));
}

static void
case_generate(struct play *play)
{
	CK_OBJECT_HANDLE first[2], second[2];
	bool pair = is(play, CKF_GENERATE_KEY_PAIR);
	CK_ATTRIBUTE_TYPE material =
	    play->row->key->type == CKK_RSA ? CKA_PRIVATE_EXPONENT : CKA_VALUE;
	struct view a, b;
	CK_OBJECT_CLASS class = pair ? CKO_PUBLIC_KEY : play->row->key->class;

	ok(generate(play, first));
	check_generated(play, first[0], class);
	check_asked(play, first[0]);
	if (pair)
		check_generated(play, first[1], CKO_PRIVATE_KEY);
	if (class == CKO_DOMAIN_PARAMETERS)
		return;
	if (play->out.len != 0) {
		same_bytes(get_bytes(play->session, first[0], CKA_VALUE), play->out);
		return;
	}
	/* No two are the same. */
	ok(generate(play, second));
	a = get_bytes(play->session, first[pair], material);
	b = get_bytes(play->session, second[pair], material);
	check(a.len > 0 && (a.len != b.len || memcmp(a.data, b.data, a.len) != 0));
}

/* --- cases: what must be refused ---------------------------------------------- */

/* Is it half of a pair, which has no one value? */
static bool
half_wrapped(const struct play *play)
{
	return play->row->target != NULL && play->row->target->class != CKO_SECRET_KEY;
}

/*
 * Plays once, to the first refusal.  `given`: what came out, which may be
 * anything; `room`: the whole of the caller's buffer, also where the call failed.
 */
static CK_RV
attempt(const struct play *play, struct view *given, struct view *room)
{
	size_t most = (play->in.len > play->out.len ? play->in.len : play->out.len) + 512;
	CK_BYTE *out = scratch(most);
	CK_OBJECT_HANDLE made[2] = { CK_INVALID_HANDLE, CK_INVALID_HANDLE };
	CK_ULONG len = most;
	CK_RV rv;

	*room = view_of(out, most);
	switch (play->verb->flag) {
	case CKF_WRAP:
		rv = p11->C_WrapKey(
		    play->session, play->mechanism, play->key, target_make(play), out, &len);
		break;
	case CKF_UNWRAP:
		rv = unwrap(play, play->in, made);
		break;
	case CKF_DERIVE:
		rv = derive(play, play->mechanism, made);
		break;
	case CKF_ENCAPSULATE:
		rv = encapsulate(play, out, &len, made);
		break;
	case CKF_DECAPSULATE:
		rv = decapsulate(play, play->in, made);
		break;
	case CKF_GENERATE:
	case CKF_GENERATE_KEY_PAIR:
		rv = generate(play, made);
		break;
	default:
		if (is(play, CKF_VERIFY)) {
			memcpy(out, play->out.data, play->out.len);
			len = play->out.len;
		}
		rv = play->verb->init(play->session, play->mechanism, play->key);
		if (rv == CKR_OK)
			rv = play->verb->once(play->session, play->in, out, &len);
	}
	*given = view_of(out, len);
	check(rv == CKR_OK || (made[0] == CK_INVALID_HANDLE && made[1] == CK_INVALID_HANDLE));
	if (rv == CKR_OK && is(play, CKF_UNWRAP | CKF_DERIVE | CKF_DECAPSULATE))
		*given = half_wrapped(play) ? VIEW_NONE : derived(play, made[0]);
	return rv;
}

static void
attempt_gives(const struct play *play, CK_RV expected)
{
	struct view given, room;

	assert_rv(attempt(play, &given, &room), expected);
}

/* The same complaint has another name when it is about a wrapping or an unwrapping key. */
static CK_RV
named_for(const struct play *play, CK_RV usual, CK_RV wrapping, CK_RV unwrapping)
{
	if (is(play, CKF_WRAP))
		return wrapping;
	return is(play, CKF_UNWRAP | CKF_DECAPSULATE) ? unwrapping : usual;
}

static CK_RV
handle_invalid(const struct play *play)
{
	return named_for(play, CKR_KEY_HANDLE_INVALID, CKR_WRAPPING_KEY_HANDLE_INVALID,
	    CKR_UNWRAPPING_KEY_HANDLE_INVALID);
}

static void
case_refused(struct play *play)
{
	attempt_gives(play, play->row->rv);
}

/* RFC 9500, 2.3, testECCP256. */
static const struct vector_key ec_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "e6cb5bdd80aa45ae9c95e8c15476679ffec953c16851e711e743939589c64fc1" },
	},
};

/* A key that the mechanism cannot be for; some derive from any secret key. */
static struct vector_key
other_than(const struct play *play)
{
	if (is(play, CKF_DERIVE) && play->row->key->class == CKO_SECRET_KEY)
		return ec_key;
	return play->row->key->type == CKK_AES ? *GENERIC_KEY("000102030405060708090a0b0c0d0e0f")
					       : *AES_KEY("000102030405060708090a0b0c0d0e0f");
}

static void
case_wrong_type(struct play *play)
{
	const struct vector_key other = other_than(play);

	play->key = vector_key_make(play->session, &other, other.class, play->verb->flag, CK_FALSE);
	attempt_gives(play,
	    named_for(play, CKR_KEY_TYPE_INCONSISTENT, CKR_WRAPPING_KEY_TYPE_INCONSISTENT,
		CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT));
}

static void
case_not_permitted(struct play *play)
{
	play->key = vector_key_make(
	    play->session, play->row->key, half_of(play), ~play->verb->flag, CK_FALSE);
	attempt_gives(play, CKR_KEY_FUNCTION_NOT_PERMITTED);
}

static void
case_no_key(struct play *play)
{
	CK_OBJECT_HANDLE key = play->key;

	play->key = CK_INVALID_HANDLE;
	attempt_gives(play, handle_invalid(play));
	play->key = ~(CK_OBJECT_HANDLE)0;
	attempt_gives(play, handle_invalid(play));
	ok(p11->C_DestroyObject(play->session, key));
	play->key = key;
	attempt_gives(play, handle_invalid(play));
}

/* A private key's handle dies at the logout, and what was begun with it ends. */
static void
case_logged_out(struct play *play)
{
	CK_ULONG len = play->out.len;

	play->key = vector_key_make(
	    play->session, play->row->key, half_of(play), play->verb->flag, CK_TRUE);
	if (is(play, STREAMS))
		start(play);
	ok(p11->C_Logout(anchor));
	if (is(play, STREAMS))
		assert_rv(play->verb->once(play->session, play->in, room_for(play->out), &len),
		    CKR_OPERATION_NOT_INITIALIZED);
	attempt_gives(play, handle_invalid(play));
}

/* A parameter shorter or longer than it is, at the edge of readable memory. */
static void
case_parameter_size(struct play *play)
{
	CK_MECHANISM right = *play->mechanism, wrong = right;
	struct play bent = *play;
	size_t lengths[] = { 0, 1, right.ulParameterLen / 2, right.ulParameterLen - 1,
		right.ulParameterLen + 1, right.ulParameterLen + 64 };

	bent.mechanism = &wrong;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		if (lengths[i] == right.ulParameterLen || lengths[i] > right.ulParameterLen + 64)
			continue;
		wrong.ulParameterLen = lengths[i];
		wrong.pParameter = scratch(lengths[i]);
		if (right.ulParameterLen != 0)
			memcpy(wrong.pParameter, right.pParameter,
			    lengths[i] < right.ulParameterLen ? lengths[i] : right.ulParameterLen);
		attempt_gives(&bent, CKR_MECHANISM_PARAM_INVALID);
	}
	wrong.pParameter = NULL;
	wrong.ulParameterLen = right.ulParameterLen != 0 ? right.ulParameterLen : 1;
	attempt_gives(&bent, CKR_MECHANISM_PARAM_INVALID);
}

/* What damage leads to: never what the row says, and nothing at all where that can be told. */
static void
check_damaged(const struct play *play, CK_RV *first)
{
	struct view given, room;
	CK_RV rv = attempt(play, &given, &room);

	if (rv == CKR_OK) {
		check(!play->row->authentic && !is(play, CKF_VERIFY));
		/* Nothing has nothing to tell it from nothing. */
		check(play->out.len == 0 || given.len != play->out.len ||
		    memcmp(given.data, play->out.data, given.len) != 0);
		return;
	}
	/* One code for all damage of one kind, and no plaintext beside it. */
	if (*first == CKR_OK)
		*first = rv;
	assert_rv(rv, *first);
	check(is(play, CKF_VERIFY) || play->out.len < 8 ||
	    memcmp(room.data, play->out.data, play->out.len) != 0);
}

/* The input (for verifying, the signature) with one bit wrong, of another length, or empty. */
static void
case_damaged(struct play *play)
{
	struct view *damaged = is(play, CKF_VERIFY) ? &play->out : &play->in;
	struct view right = *damaged;
	size_t step = 1 + right.len / 80;
	CK_RV bits = CKR_OK, ends = CKR_OK;

	for (size_t i = 0; i < right.len; i += step) {
		if (i != 0 && i == play->row->masked && i % 8 == 7)
			continue;
		*damaged = copy_of(right.data, right.len);
		((CK_BYTE *)damaged->data)[i] ^= (CK_BYTE)(1 << i % 8);
		check_damaged(play, &bits);
	}
	*damaged = view_of(right.data, right.len - 1);
	check_damaged(play, &ends);
	ends = CKR_OK;
	*damaged = copy_of("\0", 0);
	check_damaged(play, &ends);
	if (is(play, CKF_VERIFY) && play->in.len != 0) {
		*damaged = right;
		play->in = copy_of(play->in.data, play->in.len);
		((CK_BYTE *)play->in.data)[play->in.len / 2] ^= 1;
		check_damaged(play, &bits);
	}
}

/* Every byte of the parameter counts: IV, associated data, label, the other party's value. */
static void
case_damaged_parameter(struct play *play)
{
	struct vector changed = *play->row;

	for (size_t i = 0; i < COUNT_OF(changed.parameter.bytes); i++) {
		CK_RV first = CKR_OK;
		const char *right = changed.parameter.bytes[i];
		size_t len = right != NULL ? strlen(right) : 0;

		for (size_t at = 0; at < len; at += 1 + len / 20) {
			char *wrong = memcpy(scratch(len + 1), right, len + 1);

			/* another digit */
			wrong[at] = wrong[at] == '0' ? '1' : wrong[at] == '1' ? '0' : '1';
			changed.parameter.bytes[i] = wrong;
			play->mechanism = vector_mechanism(play->session, &changed);
			check_damaged(play, &first);
		}
		changed.parameter.bytes[i] = right;
	}
}

/* --- cases: policy -------------------------------------------------------------- */

/* Refused so, and there is no more than before. */
static void
attempt_makes_nothing(const struct play *play, CK_RV expected)
{
	CK_ULONG targets = is(play, CKF_WRAP) ? 1 : 0;
	CK_ULONG before = find(play->session, NO_TEMPLATE, NULL);

	attempt_gives(play, expected);
	check(find(play->session, NO_TEMPLATE, NULL) == before + targets);
}

/* The play goes on with its key made once more, and this attribute with it. */
static void
restrict_key(struct play *play, CK_ATTRIBUTE attribute)
{
	play->key = vector_key_make_with(
	    play->session, play->row->key, half_of(play), play->verb->flag, CK_FALSE, &attribute);
}

/* CKA_ALLOWED_MECHANISMS has it, or has another alone. */
static void
case_allowed(struct play *play)
{
	CK_MECHANISM_TYPE allowed[] = { CKM_SHA256, play->row->mechanism };

	restrict_key(play, ATTRIBUTE(CKA_ALLOWED_MECHANISMS, allowed, sizeof(allowed)));
	attempt_gives(play, CKR_OK);
	restrict_key(play, ATTRIBUTE(CKA_ALLOWED_MECHANISMS, allowed, sizeof(allowed[0])));
	attempt_makes_nothing(play, CKR_MECHANISM_INVALID);
}

#define DECREE TEXT(CKA_LABEL, "by decree")

/* A template that adds to what is made, or contradicts what is asked for. */
static void
case_template(struct play *play)
{
	CK_ATTRIBUTE_TYPE type = is(play, CKF_DERIVE) ? CKA_DERIVE_TEMPLATE
	    : is(play, CKF_UNWRAP)                    ? CKA_UNWRAP_TEMPLATE
						      : CKA_DECAPSULATE_TEMPLATE;
	CK_ATTRIBUTE adds[] = { DECREE };
	/* Of other classes than secret and private keys nothing else is asked for. */
	CK_ATTRIBUTE contradicts[] = { DECREE,
		play->row->makes == DERIVED_SECRET ? NO(CKA_EXTRACTABLE)
						   : ULONG(CKA_CLASS, CKO_CERTIFICATE) };

	restrict_key(play, ATTRIBUTE(type, adds, sizeof(adds)));
	check(find(play->session, TEMPLATE(DECREE), NULL) == 0);
	attempt_gives(play, CKR_OK);
	check(find(play->session, TEMPLATE(DECREE), NULL) >= 1);
	restrict_key(play, ATTRIBUTE(type, contradicts, sizeof(contradicts)));
	attempt_makes_nothing(play, CKR_TEMPLATE_INCONSISTENT);
}

/* C_EncapsulateKey's is like that of C_WrapKey: it says which keys may be sent. */
static void
case_encapsulate_template(struct play *play)
{
	CK_ATTRIBUTE fits[] = { YES(CKA_EXTRACTABLE) }, others[] = { NO(CKA_EXTRACTABLE) };

	restrict_key(play, ATTRIBUTE(CKA_ENCAPSULATE_TEMPLATE, fits, sizeof(fits)));
	attempt_gives(play, CKR_OK);
	restrict_key(play, ATTRIBUTE(CKA_ENCAPSULATE_TEMPLATE, others, sizeof(others)));
	attempt_makes_nothing(play, CKR_KEY_HANDLE_INVALID);
}

static void
case_wrap_template(struct play *play)
{
	CK_ATTRIBUTE label[] = { DECREE };

	restrict_key(play, ATTRIBUTE(CKA_WRAP_TEMPLATE, label, sizeof(label)));
	attempt_makes_nothing(play, CKR_KEY_HANDLE_INVALID);
	play->target_is = label;
	attempt_gives(play, CKR_OK);
}

static void
log_in(CK_USER_TYPE who)
{
	ok(p11->C_Logout(anchor));
	if (who == CKU_SO)
		ok(p11->C_Login(anchor, CKU_SO, PIN(SO_PIN)));
	else
		ok(p11->C_Login(anchor, CKU_USER, PIN(USER_PIN)));
}

/* A key that only trusted ones may wrap; and whom to trust the SO says. */
static void
case_wrap_trusted(struct play *play)
{
	play->target_is = &YES(CKA_WRAP_WITH_TRUSTED);
	attempt_makes_nothing(play, CKR_KEY_NOT_WRAPPABLE);
	restrict_key(play, YES(CKA_TOKEN));
	log_in(CKU_SO);
	ok(set_one(play->session, play->key, YES(CKA_TRUSTED)));
	log_in(CKU_USER);
	attempt_gives(play, CKR_OK);
	ok(p11->C_DestroyObject(play->session, play->key));
}

/* --- the list ------------------------------------------------------------------ */

/* Which rows a case is for. */
enum only { ALL_ROWS, WITH_OUTPUT, WITH_BYTES, WITH_SIZE, WITH_USE, ONE_OF_MANY };

static const struct scenario {
	const char *name;
	CK_FLAGS verbs;
	enum only only;
	void (*play)(struct play *);
} scenarios[] = {
	{ "one call", STREAMS, ALL_ROWS, case_one_call },
	{ "every split", STREAMS, ALL_ROWS, case_splits },
	{ "byte by byte", STREAMS, ALL_ROWS, case_bytewise },
	{ "size query", STREAMS & ~CKF_VERIFY, ALL_ROWS, case_size_query },
	{ "size query, in parts", STREAMS & ~CKF_VERIFY, ALL_ROWS, case_size_query_parts },
	{ "short buffer", STREAMS & ~CKF_VERIFY, WITH_OUTPUT, case_short_buffer },
	{ "short buffer, in parts", STREAMS & ~CKF_VERIFY, WITH_OUTPUT, case_short_buffer_parts },
	{ "in place", STREAMS & ~CKF_VERIFY, ALL_ROWS, case_in_place },
	{ "signature first", CKF_VERIFY, ALL_ROWS, case_signature_first },
	{ "whole", CKF_WRAP, ALL_ROWS, case_wrap },
	{ "whole", CKF_UNWRAP, ALL_ROWS, case_unwrap },
	{ "whole", CKF_DERIVE, ALL_ROWS, case_derive },
	{ "whole", GENERATORS, ALL_ROWS, case_generate },
	{ "whole", CKF_ENCAPSULATE, ALL_ROWS, case_encapsulate },
	{ "whole", CKF_DECAPSULATE, ALL_ROWS, case_decapsulate },
	{ "unextractable key", CKF_WRAP, ALL_ROWS, case_wrap_unextractable },
	{ "wrong key type", USERS, ALL_ROWS, case_wrong_type },
	{ "not permitted", USERS, WITH_USE, case_not_permitted },
	{ "allowed mechanisms", USERS, ONE_OF_MANY, case_allowed },
	{ "template of what is made", CKF_DERIVE | CKF_UNWRAP | CKF_DECAPSULATE, ONE_OF_MANY,
	    case_template },
	{ "template of what is sent", CKF_ENCAPSULATE, ONE_OF_MANY, case_encapsulate_template },
	{ "template of what is wrapped", CKF_WRAP, ONE_OF_MANY, case_wrap_template },
	{ "only for trusted keys", CKF_WRAP, ONE_OF_MANY, case_wrap_trusted },
	{ "no such key", USERS, ALL_ROWS, case_no_key },
	{ "logged out", USERS, ALL_ROWS, case_logged_out },
	{ "wrong parameter size", ~0UL, WITH_SIZE, case_parameter_size },
	{ "damaged input", INVERSES, ALL_ROWS, case_damaged },
	{ "damaged parameter", INVERSES | CKF_DERIVE, WITH_BYTES, case_damaged_parameter },
};

static const struct scenario refusal = { "refused", ~0UL, ALL_ROWS, case_refused };

/* A test: a row, a verb, a case. */
struct planned {
	const struct vector *row;
	CK_FLAGS flag;
	const struct scenario *scenario;
	char name[192];
};

static void
test_play(void **state)
{
	const struct planned *planned = *state;
	struct play play = play_begin(planned->row, planned->flag);

	planned->scenario->play(&play);
}

static int
after(void **state)
{
	(void)state;
	while (opened_count > 0)
		play_end();
	if (session_state(anchor) != CKS_RW_USER_FUNCTIONS)
		ok(p11->C_Login(anchor, CKU_USER, PIN(USER_PIN)));
	scratch_release();
	return 0;
}

struct plan {
	struct planned *planned;
	struct CMUnitTest *tests;
	size_t count;
	const struct vector *before; /* the row that was planned last */
};

static void
plan_one(struct plan *plan, const char *family, const struct vector *row, const struct verb *verb,
    const struct scenario *scenario)
{
	struct planned *planned;

	if (plan->planned == NULL) {
		plan->count++; /* the first pass only counts */
		return;
	}
	planned = &plan->planned[plan->count];
	*planned = (struct planned){ row, verb->flag, scenario, "" };
	snprintf(planned->name, sizeof(planned->name), "%s %#lx %s, %s: %s", family, row->mechanism,
	    row->source, verb->name, scenario->name);
	plan->tests[plan->count++] =
	    (struct CMUnitTest){ planned->name, test_play, NULL, after, planned };
}

/* Not the same again but for other bytes. */
static bool
differs(const struct vector *row, const struct vector *before)
{
	return before == NULL || row->mechanism != before->mechanism ||
	    row->verbs != before->verbs || row->makes != before->makes ||
	    (row->key != NULL && row->key->type != before->key->type);
}

static bool
suits(const struct scenario *scenario, const struct vector *row, const struct vector *before)
{
	switch (scenario->only) {
	case ONE_OF_MANY:
		return differs(row, before);
	case WITH_OUTPUT:
		return row->sha256 != NULL || unhex(row->out).len != 0;
	case WITH_BYTES:
		return row->parameter.bytes[0] != NULL || row->parameter.bytes[1] != NULL;
	case WITH_SIZE:
		return !row->parameter.any_length;
	case WITH_USE:
		return !row->unasked;
	default:
		return true;
	}
}

static void
plan_row(const char *family, const struct vector *row, void *context)
{
	struct plan *plan = context;

	if (!vector_plays(row))
		return;
	for (size_t v = 0; v < COUNT_OF(verbs); v++) {
		if ((row->verbs & verbs[v].flag) == 0)
			continue;
		if (row->rv != CKR_OK) {
			plan_one(plan, family, row, &verbs[v], &refusal);
			continue;
		}
		for (size_t i = 0; i < COUNT_OF(scenarios); i++) {
			if ((scenarios[i].verbs & verbs[v].flag) != 0 &&
			    suits(&scenarios[i], row, plan->before))
				plan_one(plan, family, row, &verbs[v], &scenarios[i]);
		}
	}
	if (row->rv == CKR_OK)
		plan->before = row;
}

static int
before_all(void **state)
{
	(void)state;
	slot = token_in_memory("vectors");
	anchor = session_user(slot);
	return 0;
}

int
main(void)
{
	struct plan plan = { NULL, NULL, 0, NULL };
	int failed;

	vectors_each(plan_row, &plan);
	plan.planned = calloc(plan.count + 1, sizeof(*plan.planned));
	plan.tests = calloc(plan.count + 1, sizeof(*plan.tests));
	if (plan.planned == NULL || plan.tests == NULL)
		return 99;
	plan.count = 0;
	plan.before = NULL;
	vectors_each(plan_row, &plan);
	failed = client_run(plan.tests, plan.count, before_all, module_stopped);
	free(plan.planned);
	free(plan.tests);
	return failed;
}
