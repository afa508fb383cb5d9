/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `migrate`: what is in a token of another module, SoftHSM 2's for one or that of NSS,
 * brought into one of ours.  The other module is asked as any client asks it: a key that
 * must not leave its token does not, and is told of.  Must not know how that module keeps
 * them.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/answers.h"
#include "cli/branch.h"
#include "cli/families.h"
#include "cli/kinds.h"
#include "cli/pin.h"
#include "cli/pkcs12.h"

#define SOFTHSM "/usr/lib/softhsm/libsofthsm2.so"
#define SOFTOKN "libsoftokn3.so"
#define NSS_TOKEN "NSS Certificate DB"
#define CARRIER_LEN 32
#define OBJECTS_MOST 4096

struct migration {
	const struct call *call;
	struct branch branch;
	struct place_in place; /* in that, unless nothing is to be written */
	CK_FUNCTION_LIST *other;
	bool started;
	const char *databases;     /* the folder of NSS's, or NULL */
	CK_SESSION_HANDLE session; /* in the other token */
	/* One key that is in both tokens while this lasts, and seals the others on their way. */
	CK_OBJECT_HANDLE carrier, carrier_there;
	CK_OBJECT_HANDLE found[OBJECTS_MOST];
	CK_ULONG found_count;
	CK_OBJECT_HANDLE made[OBJECTS_MOST];
	size_t made_count;
	json_t *objects, *left;
	CK_OBJECT_HANDLE seen[OBJECTS_MOST];
	size_t here;    /* already: so many are seen */
	size_t movable; /* of --dry-run */
};

static void
migration_release(struct migration *migration)
{
	place_in_release(&migration->place);
	if (migration->started)
		(void)migration->other->C_Finalize(NULL);
	branch_release(&migration->branch);
}

/* --- the other token ------------------------------------------------------ */

/* NSS's module is told in words where its databases are, by what the standard reserves. */
static CK_RV
softokn_start(struct migration *migration)
{
	RELEASED(pointer_release) char *words = NULL;
	CK_C_INITIALIZE_ARGS arguments = { .flags = CKF_OS_LOCKING_OK };

	/* Nothing in them quotes a quote. */
	if (strpbrk(migration->databases, "'\"\\") != NULL)
		return CKR_ARGUMENTS_BAD;
	if (asprintf(&words,
		"configdir='sql:%s' certPrefix='' keyPrefix='' secmod='secmod.db' flags=readOnly",
		migration->databases) < 0) {
		words = NULL;
		return CKR_HOST_MEMORY;
	}
	arguments.pReserved = words;
	return migration->other->C_Initialize(&arguments);
}

/* It would make them where there are none. */
static enum outcome
databases_check(const char *folder)
{
	RELEASED(pointer_release) char *keys = NULL;

	if (asprintf(&keys, "%s/key4.db", folder) < 0) {
		keys = NULL;
		return fail_memory();
	}
	return access(keys, R_OK) == 0 ? DONE
				       : fail(NOT_FOUND, "--from FOLDER",
					     "there are no NSS databases (key4.db) in %s", folder);
}

static enum outcome
other_load(struct migration *migration)
{
	const char *path = migration->call->options.from;
	CK_C_GetFunctionList get;
	struct stat found;
	void *module;
	CK_RV rv;

	if (path != NULL && stat(path, &found) == 0 && S_ISDIR(found.st_mode)) {
		TRY(databases_check(path));
		migration->databases = path;
		path = SOFTOKN;
	}
	if (path == NULL)
		path = SOFTHSM;
	module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (module == NULL)
		return fail(NOT_FOUND, "--from MODULE", "cannot load the module: %s", dlerror());
	get = (CK_C_GetFunctionList)dlsym(module, "C_GetFunctionList");
	if (get == NULL || get(&migration->other) != CKR_OK)
		return fail(REFUSED, "--from MODULE", "%s is no PKCS#11 module", path);
	rv = migration->databases != NULL ? softokn_start(migration)
					  : migration->other->C_Initialize(NULL);
	migration->started = rv == CKR_OK;
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot start %s", path);
}

static bool
label_is(const CK_TOKEN_INFO *info, const char *label)
{
	size_t len = sizeof(info->label);

	while (len > 0 && info->label[len - 1] == ' ')
		len--;
	return strlen(label) == len && memcmp(info->label, label, len) == 0;
}

static enum outcome
other_slot(struct migration *migration, CK_SLOT_ID *slot, bool *locked)
{
	const char *label = migration->call->count > 0 ? migration->call->arguments[0]
	    : migration->databases != NULL             ? NSS_TOKEN
						       : NULL;
	CK_SLOT_ID slots[256];
	CK_ULONG count = COUNT_OF(slots), fit = 0;
	CK_RV rv = migration->other->C_GetSlotList(CK_TRUE, slots, &count);

	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "the other module does not tell its tokens");
	for (CK_ULONG i = 0; i < count; i++) {
		CK_TOKEN_INFO info;

		if (migration->other->C_GetTokenInfo(slots[i], &info) != CKR_OK ||
		    (info.flags & CKF_TOKEN_INITIALIZED) == 0 ||
		    (label != NULL && !label_is(&info, label)))
			continue;
		*slot = slots[i];
		*locked = (info.flags & CKF_LOGIN_REQUIRED) != 0;
		fit++;
	}
	if (fit == 1)
		return DONE;
	return fit == 0 ? fail(NOT_FOUND, "SOFTHSM2_CONF, which says where they are",
			      "the other module has no such token")
			: fail(IN_THE_WAY, "its label", "the other module has %lu tokens", fit);
}

static enum outcome
other_open(struct migration *migration)
{
	RELEASED(secret_clear) struct secret pin = { 0 };
	CK_SLOT_ID slot = 0;
	bool locked = true;
	CK_RV rv;

	TRY(other_load(migration));
	TRY(other_slot(migration, &slot, &locked));
	/* NSS has databases without a password. */
	if (locked)
		TRY(pin_get(&migration->call->options.from_pin, "PIN of the other token", &pin));
	rv = migration->other->C_OpenSession(
	    slot, CKF_SERIAL_SESSION, NULL, NULL, &migration->session);
	if (rv == CKR_OK && locked)
		rv = migration->other->C_Login(
		    migration->session, CKU_USER, pin.data, (CK_ULONG)pin.len);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot log in to the other token");
}

static enum outcome
other_search(struct migration *migration)
{
	CK_ATTRIBUTE template[] = { YES(CKA_TOKEN) };
	CK_RV rv =
	    migration->other->C_FindObjectsInit(migration->session, template, COUNT_OF(template));

	if (rv == CKR_OK) {
		rv = migration->other->C_FindObjects(
		    migration->session, migration->found, OBJECTS_MOST, &migration->found_count);
		(void)migration->other->C_FindObjectsFinal(migration->session);
	}
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot search the other token");
	return migration->found_count < OBJECTS_MOST
	    ? DONE
	    : fail(REFUSED, NULL, "the other token has %d objects or more", OBJECTS_MOST);
}

/* --- the carrier ---------------------------------------------------------- */

static enum outcome
carrier_make(struct migration *migration)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	const CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	const CK_KEY_TYPE type = CKK_AES;
	struct template template = { 0 };
	CK_RV rv;

	if (!secret_alloc(&value, CARRIER_LEN))
		return fail_memory();
	rv = p11->C_GenerateRandom(migration->place.session, value.data, value.len);
	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&template, ATTRIBUTE(CKA_KEY_TYPE, &type, sizeof(type)));
	template_add(&template, NO(CKA_TOKEN));
	template_add(&template, YES(CKA_SENSITIVE));
	template_add(&template, YES(CKA_WRAP));
	template_add(&template, YES(CKA_UNWRAP));
	template_add(&template, ATTRIBUTE(CKA_VALUE, value.data, value.len));
	if (rv == CKR_OK)
		rv = p11->C_CreateObject(
		    migration->place.session, template.list, template.count, &migration->carrier);
	if (rv == CKR_OK)
		rv = migration->other->C_CreateObject(
		    migration->session, template.list, template.count, &migration->carrier_there);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot make a key for the migration");
}

/* --- one object ----------------------------------------------------------- */

/* What an object says of itself; values are owned here. */
#define PARTS_MOST 32
struct parts {
	struct bytes values[PARTS_MOST];
	struct template template;
};

static void
parts_release(struct parts *parts)
{
	for (CK_ULONG i = 0; i < parts->template.count; i++)
		bytes_release(&parts->values[i]);
}

static enum outcome
part_read(struct migration *migration, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type,
    struct parts *parts)
{
	CK_ATTRIBUTE part = { type, NULL, 0 };
	struct bytes *value = &parts->values[parts->template.count];

	if (parts->template.count == PARTS_MOST ||
	    migration->other->C_GetAttributeValue(migration->session, object, &part, 1) != CKR_OK ||
	    part.ulValueLen == 0 || part.ulValueLen == CK_UNAVAILABLE_INFORMATION)
		return DONE;
	if (!bytes_alloc(value, part.ulValueLen))
		return fail_memory();
	part.pValue = value->data;
	if (migration->other->C_GetAttributeValue(migration->session, object, &part, 1) == CKR_OK)
		template_add(&parts->template, part);
	else
		bytes_release(value);
	return DONE;
}

static CK_ULONG
part_find(const struct parts *parts, CK_ATTRIBUTE_TYPE type)
{
	CK_ULONG i = 0;

	while (i < parts->template.count && parts->template.list[i].type != type)
		i++;
	return i;
}

static void
part_drop(struct parts *parts, CK_ULONG i)
{
	const CK_ULONG last = --parts->template.count;

	bytes_release(&parts->values[i]);
	parts->values[i] = parts->values[last];
	parts->template.list[i] = parts->template.list[last];
	parts->values[last] = (struct bytes){ 0 };
}

static bool
is_text(const struct bytes *bytes)
{
	json_t *text = json_stringn((const char *)bytes->data, bytes->len);

	json_decref(text);
	return text != NULL;
}

/*
 * NSS has no labels for keys, or their public values for labels, and calls the certificate
 * instead: the key then gets the certificate's.
 */
static enum outcome
label_settle(struct migration *migration, struct parts *parts)
{
	const CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	CK_ATTRIBUTE template[] = { ATTRIBUTE(CKA_CLASS, &class, sizeof(class)), { 0 } };
	CK_ULONG i = part_find(parts, CKA_LABEL), count = 0;
	CK_OBJECT_HANDLE cert;

	if (i < parts->template.count && is_text(&parts->values[i]))
		return DONE;
	if (i < parts->template.count)
		part_drop(parts, i);
	i = part_find(parts, CKA_ID);
	if (i == parts->template.count)
		return DONE;
	template[1] = parts->template.list[i];
	if (migration->other->C_FindObjectsInit(migration->session, template, 2) != CKR_OK)
		return DONE;
	(void)migration->other->C_FindObjects(migration->session, &cert, 1, &count);
	(void)migration->other->C_FindObjectsFinal(migration->session);
	return count == 1 ? part_read(migration, cert, CKA_LABEL, parts) : DONE;
}

static const CK_ATTRIBUTE_TYPE *
parts_of(CK_OBJECT_CLASS class)
{
	static const CK_ATTRIBUTE_TYPE certificate[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE,
		CKA_LABEL, CKA_ID, CKA_CERTIFICATE_TYPE, CKA_SUBJECT, CKA_ISSUER, CKA_SERIAL_NUMBER,
		CKA_VALUE, CK_UNAVAILABLE_INFORMATION };
	static const CK_ATTRIBUTE_TYPE public[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_ID, CKA_KEY_TYPE, CKA_ENCRYPT, CKA_VERIFY, CKA_WRAP, CKA_DERIVE, CKA_MODULUS,
		CKA_PUBLIC_EXPONENT, CKA_EC_PARAMS, CKA_EC_POINT, CKA_PRIME, CKA_BASE, CKA_VALUE,
		CK_UNAVAILABLE_INFORMATION };
	static const CK_ATTRIBUTE_TYPE own[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_ID, CKA_KEY_TYPE, CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_DECRYPT, CKA_SIGN,
		CKA_UNWRAP, CKA_DERIVE, CK_UNAVAILABLE_INFORMATION };
	static const CK_ATTRIBUTE_TYPE secret[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_ID, CKA_KEY_TYPE, CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_ENCRYPT, CKA_DECRYPT,
		CKA_SIGN, CKA_VERIFY, CKA_WRAP, CKA_UNWRAP, CKA_DERIVE,
		CK_UNAVAILABLE_INFORMATION };

	static const CK_ATTRIBUTE_TYPE data[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_APPLICATION, CKA_OBJECT_ID, CKA_VALUE, CK_UNAVAILABLE_INFORMATION };

	switch (class) {
	case CKO_CERTIFICATE:
		return certificate;
	case CKO_PUBLIC_KEY:
		return public;
	case CKO_PRIVATE_KEY:
		return own;
	case CKO_SECRET_KEY:
		return secret;
	case CKO_DATA:
		return data;
	default:
		return NULL;
	}
}

static CK_RV
seal_there(struct migration *migration, CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE object,
    struct bytes *sealed, CK_ULONG *len)
{
	CK_MECHANISM mechanism = { type, NULL, 0 };
	CK_RV rv;

	*len = 0;
	rv = migration->other->C_WrapKey(
	    migration->session, &mechanism, migration->carrier_there, object, NULL, len);
	/* NSS tells how long the key is, without what the wrap adds. */
	*len += 16;
	if (rv == CKR_OK && !bytes_alloc(sealed, *len))
		return CKR_HOST_MEMORY;
	return rv == CKR_OK ? migration->other->C_WrapKey(migration->session, &mechanism,
				  migration->carrier_there, object, sealed->data, len)
			    : rv;
}

/* RFC 5649, which SoftHSM 2 calls by the elder name; in NSS that is something else. */
static CK_RV
carry(struct migration *migration, CK_OBJECT_HANDLE object, struct parts *parts,
    CK_OBJECT_HANDLE *made)
{
	RELEASED(bytes_release) struct bytes sealed = { 0 };
	CK_MECHANISM here = { CKM_AES_KEY_WRAP_KWP, NULL, 0 };
	CK_ULONG len;
	CK_RV rv = seal_there(migration, CKM_AES_KEY_WRAP_KWP, object, &sealed, &len);

	if (rv == CKR_MECHANISM_INVALID)
		rv = seal_there(migration, CKM_AES_KEY_WRAP_PAD, object, &sealed, &len);
	return rv == CKR_OK
	    ? p11->C_UnwrapKey(migration->place.session, &here, migration->carrier, sealed.data,
		  len, parts->template.list, parts->template.count, made)
	    : rv;
}

static CK_ULONG
class_there(struct migration *migration, CK_OBJECT_HANDLE object)
{
	CK_ULONG class = CK_UNAVAILABLE_INFORMATION;
	CK_ATTRIBUTE part = { CKA_CLASS, &class, sizeof(class) };

	(void)migration->other->C_GetAttributeValue(migration->session, object, &part, 1);
	return class;
}

/* Was it made by this migration, or found to be one that an earlier one made? */
static bool
counted(const struct migration *migration, CK_OBJECT_HANDLE object)
{
	for (size_t i = 0; i < migration->made_count; i++)
		if (migration->made[i] == object)
			return true;
	for (size_t i = 0; i < migration->here; i++)
		if (migration->seen[i] == object)
			return true;
	return false;
}

/*
 * One of this class, label and id, as an earlier migration left it.  Each counts for one:
 * the other token may have two that are called the same.
 */
static enum outcome
is_here(struct migration *migration, const struct parts *parts, bool *here)
{
	RELEASED(found_release) struct found found = { 0 };
	struct template template = { 0 };
	size_t i = 0;

	for (CK_ULONG part = 0; part < parts->template.count; part++) {
		CK_ATTRIBUTE_TYPE type = parts->template.list[part].type;

		if (type == CKA_CLASS || type == CKA_TOKEN || type == CKA_LABEL || type == CKA_ID)
			template_add(&template, parts->template.list[part]);
	}
	TRY(objects_search(migration->place.session, &template, &found));
	while (i < found.count && counted(migration, found.list[i]))
		i++;
	*here = i < found.count;
	if (*here)
		migration->seen[migration->here++] = found.list[i];
	return DONE;
}

#define STAYS "it may not leave its token"

/* What stays there: its label, what it is, and the reason. */
static enum outcome
leave(struct migration *migration, const struct parts *parts, CK_ULONG class, const char *why)
{
	const CK_ULONG i = part_find(parts, CKA_LABEL);
	json_t *item = json_object(), *label = NULL;

	if (item == NULL || json_array_append_new(migration->left, item) != 0)
		return fail_memory();
	if (i < parts->template.count)
		label = json_stringn(
		    (const char *)parts->values[i].data, parts->template.list[i].ulValueLen);
	put(item, "label", label != NULL ? label : json_null());
	put_text(item, "class", class_name(class));
	put_text(item, "why", why);
	return DONE;
}

static enum outcome
tell(struct migration *migration, CK_OBJECT_HANDLE made)
{
	json_t *item = json_object();

	if (item == NULL || json_array_append_new(migration->objects, item) != 0)
		return fail_memory();
	return object_describe(&migration->place, made, item);
}

/* Without writing it is known only what the other token does not give. */
static enum outcome
would_move(
    struct migration *migration, CK_OBJECT_HANDLE object, const struct parts *parts, CK_ULONG class)
{
	CK_BBOOL open = CK_TRUE;
	CK_ATTRIBUTE extractable = { CKA_EXTRACTABLE, &open, sizeof(open) };

	if (class == CKO_PRIVATE_KEY || class == CKO_SECRET_KEY)
		(void)migration->other->C_GetAttributeValue(
		    migration->session, object, &extractable, 1);
	migration->movable += open == CK_TRUE;
	return open == CK_TRUE ? DONE : leave(migration, parts, class, STAYS);
}

static enum outcome
object_move(struct migration *migration, CK_OBJECT_HANDLE object)
{
	RELEASED(parts_release) struct parts parts = { 0 };
	const CK_ULONG class = class_there(migration, object);
	const CK_ATTRIBUTE_TYPE *types = parts_of(class);
	CK_OBJECT_HANDLE made;
	bool here;
	CK_RV rv;

	/* What only the other module has, such as what NSS trusts whom for. */
	if (class >= CKO_VENDOR_DEFINED)
		return DONE;
	if (types == NULL)
		return leave(migration, &parts, class, "no such objects are migrated");
	for (; *types != CK_UNAVAILABLE_INFORMATION; types++)
		TRY(part_read(migration, object, *types, &parts));
	TRY(label_settle(migration, &parts));
	TRY(is_here(migration, &parts, &here));
	if (here)
		return DONE;
	if (migration->call->options.dry_run != 0)
		return would_move(migration, object, &parts, class);
	if (class == CKO_PRIVATE_KEY || class == CKO_SECRET_KEY)
		rv = carry(migration, object, &parts, &made);
	else
		rv = p11->C_CreateObject(
		    migration->place.session, parts.template.list, parts.template.count, &made);
	if (rv != CKR_OK)
		return leave(migration, &parts, class,
		    rv == CKR_KEY_UNEXTRACTABLE ? STAYS : answer_of_rv(rv)->why);
	migration->made[migration->made_count++] = made;
	return tell(migration, made);
}

/* --- the verb ------------------------------------------------------------- */

static enum outcome
all_move(struct migration *migration)
{
	for (CK_ULONG i = 0; i < migration->found_count; i++) {
		TRY(object_move(migration, migration->found[i]));
		TRY(branch_undisturbed());
		say_progress(i + 1, migration->found_count);
	}
	return DONE;
}

static enum outcome
move(struct migration *migration)
{
	TRY(other_open(migration));
	TRY(other_search(migration));
	if (migration->call->options.dry_run != 0) {
		TRY(place_find_in(migration->call, NULL, USER, &migration->place));
		return all_move(migration);
	}
	TRY(branch_begin(migration->call, &migration->branch, &migration->place));
	TRY(carrier_make(migration));
	TRY(all_move(migration));
	return branch_join(&migration->branch);
}

enum outcome
token_migrate(const struct call *call, json_t *data)
{
	RELEASED(migration_release) struct migration migration = { .call = call };
	size_t left;

	if (call->options.from != NULL && pkcs12_at(call->options.from))
		return pkcs12_migrate(call, data);
	/* Taken over by the data, which outlives this. */
	migration.objects = json_array();
	migration.left = json_array();
	put(data, "objects", migration.objects);
	put(data, "left", migration.left);
	TRY(move(&migration));
	put_number(data, "here", (json_int_t)migration.here);
	left = json_array_size(migration.left);
	if (call->options.dry_run != 0) {
		put_number(data, "movable", (json_int_t)migration.movable);
		return WOULD_CHANGE;
	}
	return left == 0
	    ? DONE
	    : fail(REFUSED, "make those anew here: handfast key gen",
		  "%zu of %lu objects stay where they are", left, migration.found_count);
}
