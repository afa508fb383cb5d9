/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way in: the three function lists and the three functions that hand them
 * out (PKCS#11 3.2, section 5.4), before and after C_Initialize.
 */
#include "tests/client.h"

#include <stdio.h>

static struct pkcs11_interface *
interface_of(unsigned char major, unsigned char minor)
{
	CK_VERSION version = { major, minor };
	struct pkcs11_interface *interface = NULL;
	CK_RV (*get)(CK_UTF8CHAR *, CK_VERSION *, struct pkcs11_interface **, CK_FLAGS);

	*(void **)&get = client_symbol("C_GetInterface");
	ok(get((CK_UTF8CHAR *)"PKCS 11", &version, &interface, 0));
	return interface;
}

/* A client of 2.40 must get a list of 2.40, whatever else there is. */
static void
test_function_list_is_2_40(void **state)
{
	CK_FUNCTION_LIST *list = NULL;
	CK_C_GetFunctionList get;

	(void)state;
	*(void **)&get = client_symbol("C_GetFunctionList");
	ok(get(&list));
	check(list->version.major == 2 && list->version.minor == 40);
	check(list->C_GetFunctionList == get);
	assert_rv(get(NULL), CKR_ARGUMENTS_BAD);
}

static void
test_interface_list(void **state)
{
	static const CK_VERSION versions[] = { { 3, 2 }, { 3, 0 }, { 2, 40 } };
	struct pkcs11_interface list[3];
	CK_ULONG count = 0;

	(void)state;
	ok(p11->C_GetInterfaceList(NULL, &count));
	check(count == 3);
	count = 2;
	assert_rv(p11->C_GetInterfaceList(list, &count), CKR_BUFFER_TOO_SMALL);
	check(count == 3);
	ok(p11->C_GetInterfaceList(list, &count));
	for (size_t i = 0; i < 3; i++) {
		check(strcmp((const char *)list[i].name, "PKCS 11") == 0);
		check(memcmp(list[i].function_list, &versions[i], sizeof(CK_VERSION)) == 0);
		check(list[i].flags == 0);
	}
	assert_rv(p11->C_GetInterfaceList(list, NULL), CKR_ARGUMENTS_BAD);
}

/* Which names, versions and flags match; the best comes when nothing is asked. */
static void
test_interface_matching(void **state)
{
	static const struct {
		const char *name;
		CK_VERSION version;
		CK_FLAGS flags;
		bool any_version;
		CK_VERSION found; /* major 0: none */
	} cases[] = {
		{ NULL, { 0, 0 }, 0, true, { 3, 2 } },
		{ "PKCS 11", { 0, 0 }, 0, true, { 3, 2 } },
		{ "PKCS 11", { 3, 2 }, 0, false, { 3, 2 } },
		{ NULL, { 3, 0 }, 0, false, { 3, 0 } },
		{ NULL, { 2, 40 }, 0, false, { 2, 40 } },
		{ NULL, { 3, 1 }, 0, false, { 0, 0 } },
		{ NULL, { 2, 20 }, 0, false, { 0, 0 } },
		{ NULL, { 4, 0 }, 0, false, { 0, 0 } },
		{ "PKCS 1", { 0, 0 }, 0, true, { 0, 0 } },
		{ "PKCS 11 ", { 0, 0 }, 0, true, { 0, 0 } },
		{ "Vendor", { 0, 0 }, 0, true, { 0, 0 } },
		{ "", { 0, 0 }, 0, true, { 0, 0 } },
		{ NULL, { 0, 0 }, CKF_INTERFACE_FORK_SAFE, true, { 0, 0 } },
		{ "PKCS 11", { 3, 2 }, 0x80000000UL, false, { 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CK_VERSION version = cases[i].version;
		struct pkcs11_interface *found = NULL;
		CK_RV rv = p11->C_GetInterface((CK_UTF8CHAR *)cases[i].name,
		    cases[i].any_version ? NULL : &version, &found, cases[i].flags);

		assert_rv(rv, cases[i].found.major != 0 ? CKR_OK : CKR_ARGUMENTS_BAD);
		check(rv != CKR_OK ||
		    memcmp(found->function_list, &cases[i].found, sizeof(CK_VERSION)) == 0);
	}
	assert_rv(p11->C_GetInterface(NULL, NULL, NULL, 0), CKR_ARGUMENTS_BAD);
}

/* No entry is NULL, and the lists agree where they overlap. */
static void
test_tables_are_full(void **state)
{
	static const struct {
		unsigned char major, minor;
		size_t functions;
	} tables[] = { { 2, 40, 68 }, { 3, 0, 92 }, { 3, 2, 104 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		/* After the version, padded to a pointer's size, come pointers only. */
		void *const *entries =
		    interface_of(tables[i].major, tables[i].minor)->function_list;
		void *const *full = (void *const *)p11;

		for (size_t n = 1; n <= tables[i].functions; n++) {
			check(entries[n] != NULL);
			check(entries[n] == full[n]);
		}
	}
}

/* --- every function with nothing but zeros -------------------------------------- */

#define NAME_OF(name, parameters) { #name, offsetof(struct pkcs11_function_list_3_2, name) },
static const struct {
	const char *name;
	size_t place;
} functions[] = { FUNCTIONS_2_40(NAME_OF) FUNCTIONS_3_0(NAME_OF) FUNCTIONS_3_2(NAME_OF) };

/*
 * No function takes more than ten arguments, and each fits a register or a stack
 * slot, so that zeros can be given to any of them in one way.
 */
static CK_RV
call_with_zeros(size_t place, CK_ULONG first)
{
	typedef CK_RV (*any)(CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG,
	    CK_ULONG, CK_ULONG, CK_ULONG);
	any function;

	memcpy(&function, (const char *)p11 + place, sizeof(function));
	return function(first, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

static bool
is_one_of(const char *name, const char *const *list)
{
	while (*list != NULL && strcmp(name, *list) != 0)
		list++;
	return *list != NULL;
}

static void
assert_zeros(size_t function, CK_RV expected)
{
	CK_RV rv = call_with_zeros(functions[function].place, 0);

	if (rv != expected)
		fprintf(stderr, "%s with zeros:\n", functions[function].name);
	assert_rv(rv, expected);
}

/* G01 */
static void
test_before_initialize(void **state)
{
	static const char *const exempt[] = { "C_Initialize", "C_GetFunctionList",
		"C_GetInterfaceList", "C_GetInterface", NULL };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		if (!is_one_of(functions[i].name, exempt))
			assert_zeros(i, CKR_CRYPTOKI_NOT_INITIALIZED);
	}
}

/* G02 */
static void
test_zeros_after_initialize(void **state)
{
	static const char *const exempt[] = { "C_Initialize", "C_Finalize", "C_CloseAllSessions",
		NULL };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		CK_RV rv;

		if (is_one_of(functions[i].name, exempt))
			continue;
		rv = call_with_zeros(functions[i].place, 0);
		if (rv != CKR_ARGUMENTS_BAD && rv != CKR_SLOT_ID_INVALID &&
		    rv != CKR_FUNCTION_NOT_PARALLEL && rv != CKR_FUNCTION_NOT_SUPPORTED &&
		    rv != CKR_TOKEN_NOT_INITIALIZED)
			assert_zeros(i, CKR_SESSION_HANDLE_INVALID);
	}
}

/*
 * The same with a session that is open.  Some of these mean something: an empty
 * search, the end of an operation that was not begun, no random bytes.
 */
static void
test_zeros_in_a_session(void **state)
{
	/* Those that end it, and those whose first argument is another. */
	static const char *const exempt[] = { "C_Initialize", "C_Finalize", "C_CloseSession",
		"C_CloseAllSessions", "C_GetInfo", "C_GetFunctionList", "C_GetInterfaceList",
		"C_GetInterface", "C_WaitForSlotEvent", NULL };
	CK_SESSION_HANDLE session = session_open(token_make("zeros"), READ_WRITE);
	CK_SESSION_INFO info;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		CK_RV rv;

		if (is_one_of(functions[i].name, exempt))
			continue;
		rv = call_with_zeros(functions[i].place, session);
		if (rv == CKR_GENERAL_ERROR || rv == CKR_FUNCTION_FAILED || rv == CKR_DEVICE_ERROR)
			fprintf(stderr, "%s with zeros in a session:\n", functions[i].name);
		check(
		    rv != CKR_GENERAL_ERROR && rv != CKR_FUNCTION_FAILED && rv != CKR_DEVICE_ERROR);
		ok(p11->C_SessionCancel(session, ~0UL));
	}
	ok(p11->C_GetSessionInfo(session, &info));
	check(info.state == CKS_RW_PUBLIC_SESSION);
}

/* The information text is padded with blanks and not terminated. */
static void
check_padded(const CK_UTF8CHAR *text_, size_t len)
{
	check(memchr(text_, '\0', len) == NULL);
	check(text_[0] != ' ' && text_[len - 1] == ' ');
}

static void
test_info(void **state)
{
	CK_INFO info;

	(void)state;
	memset(&info, 0xff, sizeof(info));
	ok(p11->C_GetInfo(&info));
	check(info.cryptokiVersion.major == 3 && info.cryptokiVersion.minor == 2);
	check(info.flags == 0);
	check_padded(info.manufacturerID, sizeof(info.manufacturerID));
	check_padded(info.libraryDescription, sizeof(info.libraryDescription));
	assert_rv(p11->C_GetInfo(NULL), CKR_ARGUMENTS_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_stopped(test_function_list_is_2_40),
		test_stopped(test_interface_list),
		test_stopped(test_interface_matching),
		test_stopped(test_tables_are_full),
		test_stopped(test_before_initialize),
		test_running(test_zeros_after_initialize),
		test_fresh(test_zeros_in_a_session),
		test_running(test_info),
	};

	return test_main(tests, NULL, NULL);
}
