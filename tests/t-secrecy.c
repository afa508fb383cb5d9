/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the store leaves on disk for somebody without a PIN: every byte of every
 * file of the store, of the folder for temporary files and of the log is looked
 * through, in whatever state writers, killed writers, and changes of objects, PINs
 * and tokens leave them.  Nothing of a private object may be found, nor key
 * material of a public one, nor a PIN, nor a master key.
 */
#define _GNU_SOURCE /* nftw, memmem */
#include "tests/client.h"
#include "tests/master.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/* --- the search ----------------------------------------------------------- */

#define TOKEN_LABEL "label-of-the-token"
#define PUBLIC_LABEL "label-of-a-public-object"
/* In every label, id, application, subject and value that must not be seen. */
#define HIDDEN "hidden-9b1c44e0"

/* What is searched for; whatever is random is added when it is made. */
static struct wanted {
	struct view bytes;
	const char *name;
	bool found;
} wanted[64];
static size_t wanted_count;

static void
want(const char *name, struct view bytes)
{
	check(wanted_count < COUNT_OF(wanted) && bytes.len >= 8);
	wanted[wanted_count++] = (struct wanted){ bytes, name, false };
}

static int
search_file(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	RELEASED(bytes_release) struct bytes bytes = { 0 };
	ssize_t len;
	int fd;

	(void)place;
	if (kind != FTW_F || !S_ISREG(status->st_mode))
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	/* SQLite's and ours come and go. */
	if (fd < 0)
		return 0;
	/* Room for what was added since. */
	check(bytes_alloc(&bytes, (size_t)status->st_size + 65536));
	len = read(fd, bytes.data, bytes.len);
	close(fd);
	for (size_t i = 0; len > 0 && i < wanted_count; i++)
		if (memmem(bytes.data, (size_t)len, wanted[i].bytes.data, wanted[i].bytes.len) !=
		    NULL)
			wanted[i].found = true;
	return 0;
}

/*
 * The first two that are wanted are controls: they are public, and if they are not
 * found the search is no good.  The second only while there is such an object.
 */
#define CONTROLS 2
static void
assert_hidden(const char *when, bool with_public)
{
	for (size_t i = 0; i < wanted_count; i++)
		wanted[i].found = false;
	/* The store, TMPDIR and the log are all in here. */
	check(nftw(client_path(""), search_file, 8, FTW_PHYS) == 0);
	check(wanted[0].found && (wanted[1].found || !with_public));
	for (size_t i = CONTROLS; i < wanted_count; i++)
		if (wanted[i].found)
			fail_msg("%s: %s is to be seen", when, wanted[i].name);
}

/* --- a token with something of everything --------------------------------- */

/* What the user's PIN leads to, while it is USER_PIN. */
static void
want_keys(CK_SLOT_ID slot)
{
	struct master master;

	master_open(slot, MASTER_USER, text(USER_PIN), &master);
	want("a stretched PIN", copy_of(master.stretched, sizeof(master.stretched)));
	want("the key of a PIN", copy_of(master.pin_key, sizeof(master.pin_key)));
	want("the master key", copy_of(master.key, sizeof(master.key)));
}

#define SECRET_VALUE "key-" HIDDEN "-material"
#define PUBLIC_SECRET "key-material-of-a-public-object"
#define NEW_PIN "another user pin"
#define THIRD_PIN "a third user pin"

static void
make_data(CK_SESSION_HANDLE session, CK_BBOOL is_private, const char *label)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), BOOL(CKA_PRIVATE, is_private),
		TEXT(CKA_LABEL, label), TEXT(CKA_APPLICATION, is_private ? HIDDEN "-app" : "app"),
		TEXT(CKA_OBJECT_ID, is_private ? HIDDEN "-oid" : "oid"),
		TEXT(CKA_VALUE, is_private ? HIDDEN "-value" : "value")),
	    &object));
}

static CK_OBJECT_HANDLE
make_secret(CK_SESSION_HANDLE session, CK_BBOOL is_private, const char *label, const char *value)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_TOKEN), BOOL(CKA_PRIVATE, is_private), NO(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE), TEXT(CKA_LABEL, label),
		TEXT(CKA_ID, is_private ? HIDDEN "-id" : "id"), TEXT(CKA_VALUE, value)),
	    &object));
	return object;
}

/* A certificate whose every name is to be hidden, in DER; and its subject. */
static struct view
certificate_der(struct view *subject)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *certificate = X509_new();
	X509_NAME *name = X509_get_subject_name(certificate);
	unsigned char *der = NULL, *name_der = NULL;
	struct view out;
	int len;

	check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
		  (const unsigned char *)HIDDEN "-subject", -1, -1, 0) == 1);
	check(X509_set_issuer_name(certificate, name) == 1);
	check(X509_gmtime_adj(X509_getm_notBefore(certificate), 0) != NULL);
	check(X509_gmtime_adj(X509_getm_notAfter(certificate), 86400) != NULL);
	check(X509_set_pubkey(certificate, key) == 1);
	check(X509_sign(certificate, key, EVP_sha256()) > 0);
	len = i2d_X509_NAME(name, &name_der);
	*subject = copy_of(name_der, (size_t)len);
	len = i2d_X509(certificate, &der);
	out = copy_of(der, (size_t)len);
	OPENSSL_free(der);
	OPENSSL_free(name_der);
	X509_free(certificate);
	EVP_PKEY_free(key);
	return out;
}

static void
make_certificate(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE object;
	struct view subject, der = certificate_der(&subject);

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), ULONG(CKA_CERTIFICATE_TYPE, CKC_X_509),
		YES(CKA_TOKEN), YES(CKA_PRIVATE), TEXT(CKA_LABEL, HIDDEN "-label"),
		TEXT(CKA_ID, HIDDEN "-id"), BYTES(CKA_SUBJECT, subject), BYTES(CKA_VALUE, der)),
	    &object));
	want("a private certificate", der);
	want("its subject", subject);
}

/* The public half, for which nobody asked for secrecy, has none of the names of the other. */
static void
make_pair(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE mechanism, CK_ATTRIBUTE parameter,
    CK_OBJECT_HANDLE *key)
{
	CK_OBJECT_HANDLE public;

	ok(p11->C_GenerateKeyPair(session, MECHANISM(mechanism), &parameter, 1,
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_PRIVATE), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE),
		TEXT(CKA_LABEL, HIDDEN "-label"), TEXT(CKA_ID, HIDDEN "-id"),
		TEXT(CKA_SUBJECT, "\x30\x17" HIDDEN "-subject")),
	    &public, key));
}

static void
make_pairs(CK_SESSION_HANDLE session)
{
	static const CK_ATTRIBUTE_TYPE parts[] = { CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2,
		CKA_EXPONENT_1, CKA_EXPONENT_2, CKA_COEFFICIENT };
	CK_OBJECT_HANDLE key;

	make_pair(session, CKM_EC_KEY_PAIR_GEN, BYTES(CKA_EC_PARAMS, p256), &key);
	want("an EC private value", get_bytes(session, key, CKA_VALUE));
	make_pair(session, CKM_RSA_PKCS_KEY_PAIR_GEN, ULONG(CKA_MODULUS_BITS, 2048), &key);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		want("a part of an RSA private key", get_bytes(session, key, parts[i]));
}

static void
make_aes(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_VALUE_LEN, 32), NO(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE), TEXT(CKA_LABEL, HIDDEN "-label")),
	    &key));
	want("an AES key", get_bytes(session, key, CKA_VALUE));
}

static CK_SLOT_ID
token_populated(void)
{
	CK_SLOT_ID slot = token_make(TOKEN_LABEL);
	CK_SESSION_HANDLE session = session_user(slot);

	wanted_count = 0;
	want("the token's label", text(TOKEN_LABEL));
	want("a public label", text(PUBLIC_LABEL));
	want("something of a private object", text(HIDDEN));
	want("the key in a public object", text(PUBLIC_SECRET));
	want("the user's PIN", text(USER_PIN));
	want("the SO's PIN", text(SO_PIN));
	want("a new PIN", text(NEW_PIN));
	want("a third PIN", text(THIRD_PIN));
	want_keys(slot);
	make_data(session, CK_TRUE, HIDDEN "-label");
	make_data(session, CK_FALSE, PUBLIC_LABEL);
	make_secret(session, CK_TRUE, HIDDEN "-label", SECRET_VALUE);
	make_secret(session, CK_FALSE, "another public label", PUBLIC_SECRET);
	make_certificate(session);
	make_pairs(session);
	make_aes(session);
	return slot;
}

/* --- between the calls ---------------------------------------------------- */

static CK_OBJECT_HANDLE
only(CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, const char *label)
{
	CK_OBJECT_HANDLE object;

	check(
	    find(session, TEMPLATE(ULONG(CKA_CLASS, class), TEXT(CKA_LABEL, label)), &object) > 0);
	return object;
}

static void
change_objects(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE data = only(session, CKO_DATA, HIDDEN "-label"), copy;
	CK_OBJECT_HANDLE key = only(session, CKO_SECRET_KEY, "another public label");

	ok(set_one(session, data, TEXT(CKA_LABEL, HIDDEN "-changed")));
	assert_hidden("an attribute changed", true);
	ok(p11->C_CopyObject(session, data, TEMPLATE(TEXT(CKA_LABEL, HIDDEN "-copy")), &copy));
	assert_hidden("an object copied", true);
	/* What was public may be remembered by anybody; what it becomes is not seen any more. */
	ok(p11->C_CopyObject(
	    session, key, TEMPLATE(YES(CKA_PRIVATE), TEXT(CKA_LABEL, HIDDEN "-copy")), &copy));
	assert_hidden("a public key copied to a private one", true);
	ok(p11->C_DestroyObject(session, copy));
	ok(p11->C_DestroyObject(session, data));
	ok(p11->C_DestroyObject(session, key));
	assert_hidden("objects destroyed", true);
}

static void
change_pins(CK_SLOT_ID slot, CK_SESSION_HANDLE session)
{
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN(NEW_PIN)));
	assert_hidden("the PIN changed", true);
	ok(p11->C_Logout(session));
	refused(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	assert_hidden("a wrong PIN tried", true);
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	ok(p11->C_InitPIN(session, PIN(THIRD_PIN)));
	assert_hidden("the PIN set by the SO", true);
	ok(p11->C_CloseAllSessions(slot));
}

static void
test_states(void **state)
{
	CK_SLOT_ID slot = token_populated();
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_UTF8CHAR label[32];

	(void)state;
	assert_hidden("made", true);
	change_objects(session);
	change_pins(slot, session);
	ok(p11->C_Finalize(NULL));
	assert_hidden("finalized", true);
	ok(p11->C_Initialize(NULL));
	memset(label, ' ', sizeof(label));
	memcpy(label, TOKEN_LABEL, strlen(TOKEN_LABEL));
	ok(p11->C_InitToken(slot, PIN(SO_PIN), label));
	assert_hidden("initialised anew", false);
	check(find(session_open(slot, READ_ONLY), TEMPLATE(TEXT(CKA_LABEL, PUBLIC_LABEL)), NULL) ==
	    0);
	/* Neither that, nor is it still in the file: a destroyed object is overwritten. */
	check(!wanted[1].found);
}

/* --- in the middle of a write --------------------------------------------- */

static void
write_for_ever(void *slot)
{
	const char *pins[] = { USER_PIN, NEW_PIN };
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key, copy;

	ok(p11->C_Initialize(NULL));
	session = session_user(*(CK_SLOT_ID *)slot);
	for (int i = 0;; i = 1 - i) {
		make_data(session, CK_TRUE, HIDDEN "-label");
		key = make_secret(session, CK_TRUE, HIDDEN "-label", SECRET_VALUE);
		ok(set_one(session, key, TEXT(CKA_LABEL, HIDDEN "-changed")));
		ok(p11->C_CopyObject(session, key, TEMPLATE(TEXT(CKA_ID, HIDDEN "-id")), &copy));
		ok(p11->C_DestroyObject(session, key));
		key = make_secret(session, CK_FALSE, "public", PUBLIC_SECRET);
		ok(p11->C_DestroyObject(session, key));
		ok(p11->C_SetPIN(session, PIN(pins[i]), PIN(pins[1 - i])));
	}
}

static bool
journal_in_use(CK_SLOT_ID slot)
{
	struct stat found;
	char path[300];

	snprintf(path, sizeof(path), "%s-journal", master_path(slot));
	return stat(path, &found) == 0 && found.st_size > 0;
}

/* Stops the writer, in two rounds of three in the middle of a change. */
static void
stop_writer(CK_SLOT_ID slot, pid_t child, unsigned *seed)
{
	int status, round = rand_r(seed) % 3;

	usleep((useconds_t)rand_r(seed) % 20000);
	for (int i = 0; round > 0 && i < 100000 && !journal_in_use(slot); i++)
		;
	check(kill(child, SIGSTOP) == 0);
	check(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
}

static int
rounds(int few, int many)
{
	return getenv("HANDFAST_SOAK") != NULL ? many : few;
}

static void
test_during_writes(void **state)
{
	CK_SLOT_ID slot = token_populated();
	unsigned seed = 1;
	int in_change = 0;
	pid_t child;

	(void)state;
	ok(p11->C_Finalize(NULL));
	child = child_start(write_for_ever, &slot);
	for (int i = 0; i < rounds(40, 2000); i++) {
		stop_writer(slot, child, &seed);
		in_change += journal_in_use(slot);
		assert_hidden("during a write", true);
		check(kill(child, SIGCONT) == 0);
	}
	check(in_change > rounds(4, 200));
	check(kill(child, SIGKILL) == 0 && child_result(child, 10) == 128 + SIGKILL);
}

/* Killed in the middle of a change: before and after somebody undid it. */
static void
test_after_crashes(void **state)
{
	CK_SLOT_ID slot = token_populated();
	unsigned seed = 2;
	int hot = 0;

	(void)state;
	ok(p11->C_Finalize(NULL));
	for (int i = 0; i < rounds(6, 300); i++) {
		pid_t child = child_start(write_for_ever, &slot);
		CK_SESSION_HANDLE session;

		usleep(100000);
		stop_writer(slot, child, &seed);
		check(kill(child, SIGKILL) == 0 && child_result(child, 10) == 128 + SIGKILL);
		hot += journal_in_use(slot);
		assert_hidden("after a crash", true);
		ok(p11->C_Initialize(NULL));
		session = session_open(slot, READ_WRITE);
		if (p11->C_Login(session, CKU_USER, PIN(USER_PIN)) != CKR_OK) {
			ok(p11->C_Login(session, CKU_USER, PIN(NEW_PIN)));
			ok(p11->C_SetPIN(session, PIN(NEW_PIN), PIN(USER_PIN)));
		}
		check((token_flags(slot) & CKF_ERROR_STATE) == 0);
		make_data(session, CK_TRUE, HIDDEN "-label");
		check(!journal_in_use(slot));
		assert_hidden("after what a crash left was undone", true);
		ok(p11->C_Finalize(NULL));
	}
	check(hot > 0);
}

static int
with_temporary_folder(void **state)
{
	const char *temporary = client_path("tmp");

	(void)state;
	check(mkdir(temporary, 0700) == 0 && setenv("TMPDIR", temporary, 1) == 0);
	check(setenv("SQLITE_TMPDIR", temporary, 1) == 0);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_states),
		test_fresh(test_during_writes),
		test_fresh(test_after_crashes),
	};

	return test_main(tests, with_temporary_folder, NULL);
}
