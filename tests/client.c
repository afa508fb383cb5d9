/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client that all tests are: see client.h.  Knows nothing of the module's
 * inside; what it needs to be told (store, configuration) goes through the
 * environment and a file, as for any user.
 */
#define _GNU_SOURCE /* nftw */
#include "tests/client.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const struct pkcs11_function_list_3_2 *p11;

static char folder[64];
static void *module;
/* The process that runs the list of tests; a forked child is another. */
static pid_t home;

/* --- the program ---------------------------------------------------------- */

/*
 * The cheapest PIN derivation that may be asked for: what it costs is no business
 * of these tests.  The log tells what a failed test was about.
 */
void
client_configure(const char *lines)
{
	FILE *file = fopen(client_path("handfast.conf"), "we");

	check(file != NULL);
	fprintf(file, "kdf-cost = 14\nlog = %s\n%s", client_path("log"), lines);
	check(fclose(file) == 0);
}

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

/* The store that whoever runs the tests asks for. */
static const char *
asked_store(const char *otherwise)
{
	const char *asked = getenv("HANDFAST_TEST_STORE");

	return asked != NULL ? asked : otherwise;
}

static void
folder_make(void)
{
	const char *parent = getenv("TMPDIR");

	snprintf(folder, sizeof(folder), "%s/handfast-test-XXXXXX", parent ? parent : "/tmp");
	check(mkdtemp(folder) != NULL);
	check(setenv("HANDFAST_STORE", asked_store(client_store()), 1) == 0);
	check(setenv("HANDFAST_CONF", client_path("handfast.conf"), 1) == 0);
	client_configure("");
}

/* A module that has nothing newer than 2.40: its functions, and NULL for the rest. */
static const struct pkcs11_function_list_3_2 *
list_2_40(void)
{
	static struct pkcs11_function_list_3_2 widened;
	CK_FUNCTION_LIST *list;
	CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(module, "C_GetFunctionList");

	if (get == NULL || get(&list) != CKR_OK)
		return NULL;
	memcpy(&widened, list, sizeof(*list));
	return &widened;
}

/* What the module gives a client that asks for the best it has. */
static const struct pkcs11_function_list_3_2 *
best_list(void)
{
	typedef CK_RV (*get_interface)(
	    CK_UTF8CHAR *, CK_VERSION *, struct pkcs11_interface **, CK_FLAGS);
	struct pkcs11_interface *interface;
	get_interface get = (get_interface)dlsym(module, "C_GetInterface");

	if (get == NULL || get(NULL, NULL, &interface, 0) != CKR_OK)
		return list_2_40();
	return interface->function_list;
}

bool
client_load(void)
{
	const char *path = getenv("HANDFAST_MODULE");

	module = dlopen(path != NULL ? path : ".libs/handfast.so", RTLD_NOW | RTLD_LOCAL);
	if (module == NULL)
		fprintf(stderr, "%s\n", dlerror());
	p11 = module != NULL ? best_list() : NULL;
	return p11 != NULL;
}

void
client_unload(void)
{
	check(dlclose(module) == 0);
	module = NULL;
	p11 = NULL;
}

int
client_run(const struct CMUnitTest *tests, size_t count, CMFixtureFunction setup,
    CMFixtureFunction teardown)
{
	int failed;

	home = getpid();
	/* Whole lines, or what a failed test says on stderr comes in the middle of one. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	folder_make();
	if (!client_load())
		return 99; /* the test drivers' "hard error" */
	failed = _cmocka_run_group_tests("", tests, count, setup, teardown);
	nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	return failed == 0 ? 0 : 1;
}

void *
client_symbol(const char *name)
{
	void *symbol = dlsym(module, name);

	check(symbol != NULL);
	return symbol;
}

const char *
client_path(const char *name)
{
	size_t len = strlen(folder) + strlen(name) + 2;
	char *path = scratch(len);

	snprintf(path, len, "%s/%s", folder, name);
	return path;
}

const char *
client_store(void)
{
	return client_path("store");
}

size_t
client_descriptors(void)
{
	DIR *list = opendir("/proc/self/fd");
	size_t count = 0;

	check(list != NULL);
	while (readdir(list) != NULL)
		count++;
	closedir(list);
	return count;
}

/* --- assertions ----------------------------------------------------------- */

#define NAMED(rv)                                                                                  \
	{                                                                                          \
		rv, #rv                                                                            \
	}
static const struct {
	CK_RV rv;
	const char *name;
} rv_names[] = {
	NAMED(CKR_OK),
	NAMED(CKR_CANCEL),
	NAMED(CKR_HOST_MEMORY),
	NAMED(CKR_SLOT_ID_INVALID),
	NAMED(CKR_GENERAL_ERROR),
	NAMED(CKR_FUNCTION_FAILED),
	NAMED(CKR_ARGUMENTS_BAD),
	NAMED(CKR_NO_EVENT),
	NAMED(CKR_NEED_TO_CREATE_THREADS),
	NAMED(CKR_CANT_LOCK),
	NAMED(CKR_ATTRIBUTE_READ_ONLY),
	NAMED(CKR_ATTRIBUTE_SENSITIVE),
	NAMED(CKR_ATTRIBUTE_TYPE_INVALID),
	NAMED(CKR_ATTRIBUTE_VALUE_INVALID),
	NAMED(CKR_ACTION_PROHIBITED),
	NAMED(CKR_DATA_INVALID),
	NAMED(CKR_DATA_LEN_RANGE),
	NAMED(CKR_DEVICE_ERROR),
	NAMED(CKR_DEVICE_MEMORY),
	NAMED(CKR_DEVICE_REMOVED),
	NAMED(CKR_ENCRYPTED_DATA_INVALID),
	NAMED(CKR_ENCRYPTED_DATA_LEN_RANGE),
	NAMED(CKR_AEAD_DECRYPT_FAILED),
	NAMED(CKR_FUNCTION_CANCELED),
	NAMED(CKR_FUNCTION_NOT_PARALLEL),
	NAMED(CKR_FUNCTION_NOT_SUPPORTED),
	NAMED(CKR_KEY_HANDLE_INVALID),
	NAMED(CKR_KEY_SIZE_RANGE),
	NAMED(CKR_KEY_TYPE_INCONSISTENT),
	NAMED(CKR_KEY_NOT_NEEDED),
	NAMED(CKR_KEY_CHANGED),
	NAMED(CKR_KEY_NEEDED),
	NAMED(CKR_KEY_INDIGESTIBLE),
	NAMED(CKR_KEY_FUNCTION_NOT_PERMITTED),
	NAMED(CKR_KEY_NOT_WRAPPABLE),
	NAMED(CKR_KEY_UNEXTRACTABLE),
	NAMED(CKR_MECHANISM_INVALID),
	NAMED(CKR_MECHANISM_PARAM_INVALID),
	NAMED(CKR_OBJECT_HANDLE_INVALID),
	NAMED(CKR_OPERATION_ACTIVE),
	NAMED(CKR_OPERATION_NOT_INITIALIZED),
	NAMED(CKR_PIN_INCORRECT),
	NAMED(CKR_PIN_INVALID),
	NAMED(CKR_PIN_LEN_RANGE),
	NAMED(CKR_PIN_EXPIRED),
	NAMED(CKR_PIN_LOCKED),
	NAMED(CKR_SESSION_CLOSED),
	NAMED(CKR_SESSION_COUNT),
	NAMED(CKR_SESSION_HANDLE_INVALID),
	NAMED(CKR_SESSION_PARALLEL_NOT_SUPPORTED),
	NAMED(CKR_SESSION_READ_ONLY),
	NAMED(CKR_SESSION_EXISTS),
	NAMED(CKR_SESSION_READ_ONLY_EXISTS),
	NAMED(CKR_SESSION_READ_WRITE_SO_EXISTS),
	NAMED(CKR_SIGNATURE_INVALID),
	NAMED(CKR_SIGNATURE_LEN_RANGE),
	NAMED(CKR_TEMPLATE_INCOMPLETE),
	NAMED(CKR_TEMPLATE_INCONSISTENT),
	NAMED(CKR_TOKEN_NOT_PRESENT),
	NAMED(CKR_TOKEN_NOT_RECOGNIZED),
	NAMED(CKR_TOKEN_WRITE_PROTECTED),
	NAMED(CKR_UNWRAPPING_KEY_HANDLE_INVALID),
	NAMED(CKR_UNWRAPPING_KEY_SIZE_RANGE),
	NAMED(CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT),
	NAMED(CKR_USER_ALREADY_LOGGED_IN),
	NAMED(CKR_USER_NOT_LOGGED_IN),
	NAMED(CKR_USER_PIN_NOT_INITIALIZED),
	NAMED(CKR_USER_TYPE_INVALID),
	NAMED(CKR_USER_ANOTHER_ALREADY_LOGGED_IN),
	NAMED(CKR_USER_TOO_MANY_TYPES),
	NAMED(CKR_WRAPPED_KEY_INVALID),
	NAMED(CKR_WRAPPED_KEY_LEN_RANGE),
	NAMED(CKR_WRAPPING_KEY_HANDLE_INVALID),
	NAMED(CKR_WRAPPING_KEY_SIZE_RANGE),
	NAMED(CKR_WRAPPING_KEY_TYPE_INCONSISTENT),
	NAMED(CKR_RANDOM_SEED_NOT_SUPPORTED),
	NAMED(CKR_RANDOM_NO_RNG),
	NAMED(CKR_DOMAIN_PARAMS_INVALID),
	NAMED(CKR_CURVE_NOT_SUPPORTED),
	NAMED(CKR_BUFFER_TOO_SMALL),
	NAMED(CKR_SAVED_STATE_INVALID),
	NAMED(CKR_INFORMATION_SENSITIVE),
	NAMED(CKR_STATE_UNSAVEABLE),
	NAMED(CKR_CRYPTOKI_NOT_INITIALIZED),
	NAMED(CKR_CRYPTOKI_ALREADY_INITIALIZED),
	NAMED(CKR_PUBLIC_KEY_INVALID),
	NAMED(CKR_FUNCTION_REJECTED),
	NAMED(CKR_OPERATION_CANCEL_FAILED),
	NAMED(CKR_SESSION_ASYNC_NOT_SUPPORTED),
	NAMED(CKR_TOKEN_NOT_INITIALIZED),
	NAMED(CKR_PARAMETER_SET_NOT_SUPPORTED),
};

const char *
rv_name(CK_RV rv)
{
	static __thread char number[32];

	for (size_t i = 0; i < COUNT_OF(rv_names); i++) {
		if (rv_names[i].rv == rv)
			return rv_names[i].name;
	}
	snprintf(number, sizeof(number), "CK_RV %#lx", rv);
	return number;
}

/* Ends the test; in a forked child, the child. */
static void
give_up(const char *file, int line)
{
	if (getpid() != home)
		_exit(1);
	_fail(file, line);
}

void
client_assert_rv(CK_RV rv, CK_RV expected, const char *call, const char *file, int line)
{
	if (rv == expected)
		return;
	fprintf(stderr, "%s:%d: %s\n\tgave %s", file, line, call, rv_name(rv));
	fprintf(stderr, ", not %s\n", rv_name(expected));
	give_up(file, line);
}

void
client_assert_refused(CK_RV rv, const char *call, const char *file, int line)
{
	if (rv != CKR_OK)
		return;
	fprintf(stderr, "%s:%d: %s\n\twas not refused\n", file, line, call);
	give_up(file, line);
}

void
client_assert(bool holds, const char *what, const char *file, int line)
{
	if (holds)
		return;
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	give_up(file, line);
}

static void
print_bytes(struct view bytes)
{
	fprintf(stderr, "\t");
	for (size_t i = 0; i < bytes.len && i < 64; i++)
		fprintf(stderr, "%02x", bytes.data[i]);
	fprintf(stderr, "%s (%zu bytes)\n", bytes.len > 64 ? "..." : "", bytes.len);
}

void
client_assert_same(struct view a, struct view b, const char *what, const char *file, int line)
{
	if (a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0))
		return;
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	print_bytes(a);
	print_bytes(b);
	give_up(file, line);
}

void
skip_because(const char *reason)
{
	print_message("# skipped: %s\n", reason);
	skip();
}

/* --- bytes ---------------------------------------------------------------- */

static struct region {
	void *start;
	size_t len;
	struct region *next;
} * regions;

void *
scratch(size_t len)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = (len + page - 1) / page * page;
	struct region *region = malloc(sizeof(*region));
	unsigned char *start =
	    mmap(NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	check(region != NULL && start != MAP_FAILED);
	check(mprotect(start + whole, page, PROT_NONE) == 0);
	*region = (struct region){ start, whole + page, regions };
	regions = region;
	return start + whole - len;
}

void
scratch_release(void)
{
	while (regions != NULL) {
		struct region *region = regions;

		regions = region->next;
		munmap(region->start, region->len);
		free(region);
	}
}

static int
digit(char c)
{
	const char *digits = "0123456789abcdef", *found = strchr(digits, c | 0x20);

	return c != '\0' && found != NULL ? (int)(found - digits) : -1;
}

struct view
unhex(const char *hex)
{
	size_t len = 0;
	unsigned char *bytes;

	for (const char *c = hex; c != NULL && *c != '\0'; c++)
		len += digit(*c) >= 0;
	check(len % 2 == 0);
	bytes = scratch(len / 2);
	for (size_t i = 0; i < len; hex++) {
		if (digit(*hex) < 0) {
			check(*hex == ' ' || *hex == '\n');
			continue;
		}
		bytes[i / 2] = (unsigned char)(bytes[i / 2] << 4 | digit(*hex));
		i++;
	}
	return view_of(bytes, len / 2);
}

struct view
copy_of(const void *data, size_t len)
{
	void *bytes = scratch(len);

	if (len != 0)
		memcpy(bytes, data, len);
	return view_of(bytes, len);
}

struct view
joined(struct view a, struct view b)
{
	CK_BYTE *both = scratch(a.len + b.len);

	memcpy(both, a.data, a.len);
	memcpy(both + a.len, b.data, b.len);
	return view_of(both, a.len + b.len);
}

struct view
text(const char *string)
{
	return copy_of(string, strlen(string));
}

/* --- slots, tokens, sessions ----------------------------------------------- */

int
module_started(void **state)
{
	(void)state;
	ok(p11->C_Initialize(NULL));
	return 0;
}

int
module_fresh(void **state)
{
	static int n;
	char name[32];

	snprintf(name, sizeof(name), "store-%d", n++);
	check(setenv("HANDFAST_STORE", asked_store(client_path(name)), 1) == 0);
	return module_started(state);
}

int
module_stopped(void **state)
{
	CK_RV rv = p11->C_Finalize(NULL);

	(void)state;
	check(rv == CKR_OK || rv == CKR_CRYPTOKI_NOT_INITIALIZED);
	client_configure("");
	scratch_release();
	return 0;
}

CK_SLOT_ID
slot_empty(void)
{
	CK_SLOT_ID slots[64];
	CK_ULONG count = COUNT_OF(slots);
	CK_TOKEN_INFO info;

	ok(p11->C_GetSlotList(CK_FALSE, slots, &count));
	for (CK_ULONG i = 0; i < count; i++) {
		if (p11->C_GetTokenInfo(slots[i], &info) != CKR_OK ||
		    (info.flags & CKF_TOKEN_INITIALIZED) == 0)
			return slots[i];
	}
	client_assert(false, "there is an empty slot", __FILE__, __LINE__);
	return 0;
}

/* A token label: 32 bytes, padded with blanks. */
static CK_UTF8CHAR *
padded(const char *label)
{
	CK_UTF8CHAR *name = scratch(32);

	memset(name, ' ', 32);
	memcpy(name, label, strlen(label));
	return name;
}

CK_SLOT_ID
token_make(const char *label)
{
	CK_SLOT_ID slot = slot_empty();
	CK_SESSION_HANDLE session;

	ok(p11->C_InitToken(slot, PIN(SO_PIN), padded(label)));
	session = session_so(slot);
	ok(p11->C_InitPIN(session, PIN(USER_PIN)));
	ok(p11->C_Logout(session));
	ok(p11->C_CloseSession(session));
	return slot;
}

CK_SLOT_ID
token_in_memory(const char *label)
{
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	ok(p11->C_Initialize(NULL));
	return token_make(label);
}

CK_SESSION_HANDLE
session_open(CK_SLOT_ID slot, CK_FLAGS flags)
{
	CK_SESSION_HANDLE session = CK_INVALID_HANDLE;

	ok(p11->C_OpenSession(slot, flags, NULL, NULL, &session));
	check(session != CK_INVALID_HANDLE);
	return session;
}

CK_SESSION_HANDLE
session_user(CK_SLOT_ID slot)
{
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	return session;
}

CK_SESSION_HANDLE
session_so(CK_SLOT_ID slot)
{
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	return session;
}

CK_STATE
session_state(CK_SESSION_HANDLE session)
{
	CK_SESSION_INFO info;

	ok(p11->C_GetSessionInfo(session, &info));
	return info.state;
}

CK_FLAGS
token_flags(CK_SLOT_ID slot)
{
	CK_TOKEN_INFO info;

	ok(p11->C_GetTokenInfo(slot, &info));
	return info.flags;
}

/* --- objects --------------------------------------------------------------- */

CK_BBOOL
get_bool(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_BBOOL value = 2;
	CK_ATTRIBUTE attribute = { type, &value, sizeof(value) };

	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	check(attribute.ulValueLen == sizeof(value) && value <= CK_TRUE);
	return value;
}

CK_ULONG
get_ulong(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_ULONG value = 0;
	CK_ATTRIBUTE attribute = { type, &value, sizeof(value) };

	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	check(attribute.ulValueLen == sizeof(value));
	return value;
}

struct view
get_bytes(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_ATTRIBUTE attribute = { type, NULL, 0 };

	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	attribute.pValue = scratch(attribute.ulValueLen);
	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	return view_of(attribute.pValue, attribute.ulValueLen);
}

CK_RV
get_rv(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_ATTRIBUTE attribute = { type, NULL, 0 };

	return p11->C_GetAttributeValue(session, object, &attribute, 1);
}

CK_RV
set_one(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE attribute)
{
	return p11->C_SetAttributeValue(session, object, &attribute, 1);
}

CK_ULONG
find(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *first)
{
	CK_OBJECT_HANDLE some[16];
	CK_ULONG found, all = 0;

	if (first != NULL)
		*first = CK_INVALID_HANDLE;
	ok(p11->C_FindObjectsInit(session, template, count));
	do {
		ok(p11->C_FindObjects(session, some, COUNT_OF(some), &found));
		if (all == 0 && found != 0 && first != NULL)
			*first = some[0];
		all += found;
	} while (found != 0);
	ok(p11->C_FindObjectsFinal(session));
	return all;
}

CK_OBJECT_HANDLE
key_aes(CK_SESSION_HANDLE session, CK_BBOOL token)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), BOOL(CKA_TOKEN, token)), &key));
	return key;
}

CK_OBJECT_HANDLE
key_generic(CK_SESSION_HANDLE session, struct view value)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), BYTES(CKA_VALUE, value)),
	    &key));
	return key;
}

CK_OBJECT_HANDLE
data_object(CK_SESSION_HANDLE session, CK_BBOOL token, const char *label)
{
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), BOOL(CKA_TOKEN, token), TEXT(CKA_LABEL, label),
		TEXT(CKA_VALUE, "some data")),
	    &object));
	return object;
}

/* RFC 5480: the object identifiers of secp256r1, secp384r1 and secp521r1. */
#define OID(...)                                                                                   \
	{                                                                                          \
		(const unsigned char[]){ __VA_ARGS__ }, sizeof((unsigned char[]){ __VA_ARGS__ })   \
	}
const struct view p256 = OID(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07);
const struct view p384 = OID(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22);
const struct view p521 = OID(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23);

void
key_pair_ec(CK_SESSION_HANDLE session, struct view curve, bool open, CK_OBJECT_HANDLE pair[2])
{
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, curve), YES(CKA_VERIFY)),
	    TEMPLATE(BOOL(CKA_SENSITIVE, !open), BOOL(CKA_EXTRACTABLE, open), YES(CKA_DERIVE),
		YES(CKA_SIGN)),
	    &pair[0], &pair[1]));
}

void
key_pair_rsa(CK_SESSION_HANDLE session, CK_ULONG bits, CK_OBJECT_HANDLE pair[2])
{
	static CK_BYTE f4[] = { 1, 0, 1 };

	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, bits), ATTRIBUTE(CKA_PUBLIC_EXPONENT, f4, sizeof(f4)),
		YES(CKA_ENCRYPT), YES(CKA_VERIFY), YES(CKA_WRAP)),
	    TEMPLATE(YES(CKA_DECRYPT), YES(CKA_SIGN), YES(CKA_UNWRAP)), &pair[0], &pair[1]));
}

/* --- processes ------------------------------------------------------------- */

pid_t
child_start(void (*body)(void *), void *argument)
{
	pid_t child;

	fflush(NULL);
	child = fork();
	check(child >= 0);
	if (child == 0) {
		body(argument);
		_exit(0);
	}
	return child;
}

int
child_result(pid_t child, unsigned seconds)
{
	const struct timespec pause = { 0, 2000000 };
	int status = 0;

	for (unsigned long waited = 0; waitpid(child, &status, WNOHANG) == 0; waited++) {
		if (waited > seconds * 500UL) {
			kill(child, SIGKILL);
			waitpid(child, &status, 0);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int
in_child(void (*body)(void *), void *argument, unsigned seconds)
{
	return child_result(child_start(body, argument), seconds);
}
