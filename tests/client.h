/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client of the module as any other: it loads the built .so, asks for the
 * function list, makes tokens in a store of its own, logs in, makes keys.  All
 * tests are written on top of this.  It knows the standard's interface and
 * nothing of the module's inside.
 */
#ifndef HANDFAST_TESTS_CLIENT_H
#define HANDFAST_TESTS_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#include "token/base/base.h"
#include "token/base/cryptoki.h"

/* The module under test: HANDFAST_MODULE.  Set by test_main. */
extern const struct pkcs11_function_list_3_2 *p11;

/*
 * Runs cmocka tests as one TAP program, with a temporary folder that holds the
 * store (HANDFAST_STORE; HANDFAST_TEST_STORE is taken instead where it is set, as by
 * t-memory.sh) and the configuration (HANDFAST_CONF).  `setup` and
 * `teardown` are cmocka's, for the group; NULL for none.  Returns main's result.
 */
#define test_main(tests, setup, teardown)                                                          \
	client_run((tests), sizeof(tests) / sizeof((tests)[0]), (setup), (teardown))
int client_run(const struct CMUnitTest *tests, size_t count, CMFixtureFunction setup,
    CMFixtureFunction teardown);

/* Loads the module, for a program that test_main does not run; and dlclose. */
bool client_load(void);
void client_unload(void);
/* A symbol of the module, by its name. */
void *client_symbol(const char *name);
/* A path in the program's temporary folder; good until the end of the test. */
const char *client_path(const char *name);
/* The store folder that HANDFAST_STORE named at the start. */
const char *client_store(void);
/* Replaces the configuration by these lines, from the next C_Initialize on, until the test ends. */
void client_configure(const char *lines);
/* Open descriptors of this process. */
size_t client_descriptors(void);

/*
 * Fixtures around a test: C_Initialize before it, and after it C_Finalize, where
 * the test has not done so, and the end of what scratch made.
 */
int module_started(void **state);
int module_stopped(void **state);
#define test_running(function)                                                                     \
	cmocka_unit_test_setup_teardown(function, module_started, module_stopped)
/* The same with a store of its own, so that tokens and locks do not carry over. */
int module_fresh(void **state);
#define test_fresh(function) cmocka_unit_test_setup_teardown(function, module_fresh, module_stopped)
/* The test calls C_Initialize itself. */
#define test_stopped(function) cmocka_unit_test_teardown(function, module_stopped)

/*
 * Assertions that also hold in a forked child, where cmocka's would jump back
 * into the parent's list of tests: there they say why on stderr and end the child.
 */
#define assert_rv(call, expected) client_assert_rv((call), (expected), #call, __FILE__, __LINE__)
#define ok(call) assert_rv(call, CKR_OK)
/* Refused, whatever the code. */
#define refused(call) client_assert_refused((call), #call, __FILE__, __LINE__)
#define check(condition) client_assert((condition), #condition, __FILE__, __LINE__)
#define same_bytes(a, b) client_assert_same((a), (b), #a " is " #b, __FILE__, __LINE__)
void client_assert_rv(CK_RV rv, CK_RV expected, const char *call, const char *file, int line);
void client_assert_refused(CK_RV rv, const char *call, const char *file, int line);
void client_assert(bool holds, const char *what, const char *file, int line);
void client_assert_same(struct view a, struct view b, const char *what, const char *file, int line);
const char *rv_name(CK_RV rv);
/* Says why on a line of its own and skips the test. */
void skip_because(const char *reason);

/* Bytes.  All from scratch: they last until the test ends, and the page behind is not readable. */
void *scratch(size_t len);
/* Ends that; module_stopped does it too. */
void scratch_release(void);
struct view unhex(const char *hex);
struct view copy_of(const void *data, size_t len);
struct view joined(struct view a, struct view b);
struct view text(const char *string);

/* Templates: ok(p11->C_CreateObject(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ...), &object)).
 */
#define ATTRIBUTE(type, value, len) ((CK_ATTRIBUTE){ (type), (void *)(value), (len) })
#define ULONG(type, value) ATTRIBUTE(type, &(CK_ULONG){ (value) }, sizeof(CK_ULONG))
#define BOOL(type, value) ATTRIBUTE(type, &(CK_BBOOL){ (value) }, sizeof(CK_BBOOL))
#define YES(type) BOOL(type, CK_TRUE)
#define NO(type) BOOL(type, CK_FALSE)
#define BYTES(type, view) ATTRIBUTE(type, (view).data, (view).len)
#define TEXT(type, string) ATTRIBUTE(type, string, strlen(string))
#define TEMPLATE(...)                                                                              \
	(CK_ATTRIBUTE[]){ __VA_ARGS__ },                                                           \
	    sizeof((CK_ATTRIBUTE[]){ __VA_ARGS__ }) / sizeof(CK_ATTRIBUTE)
#define NO_TEMPLATE NULL, 0
/* A mechanism without a parameter. */
#define MECHANISM(type) (&(CK_MECHANISM){ (type), NULL, 0 })
#define MECHANISM_WITH(type, parameter)                                                            \
	(&(CK_MECHANISM){ (type), (parameter), sizeof(*(parameter)) })

/* Slots, tokens and sessions. */
#define SO_PIN "test so pin"
#define USER_PIN "test user pin"
#define PIN(string) (CK_UTF8CHAR *)(string), strlen(string)
CK_SLOT_ID slot_empty(void);
/* In the empty slot: a token with both PINs set and nobody logged in. */
CK_SLOT_ID token_make(const char *label);
/* Starts the module without a file, for mechanisms that have no business with the store. */
CK_SLOT_ID token_in_memory(const char *label);
CK_SESSION_HANDLE session_open(CK_SLOT_ID slot, CK_FLAGS flags);
#define READ_WRITE (CKF_SERIAL_SESSION | CKF_RW_SESSION)
#define READ_ONLY CKF_SERIAL_SESSION
/* A read-write session with the user logged in. */
CK_SESSION_HANDLE session_user(CK_SLOT_ID slot);
CK_SESSION_HANDLE session_so(CK_SLOT_ID slot);
CK_STATE session_state(CK_SESSION_HANDLE session);
CK_FLAGS token_flags(CK_SLOT_ID slot);

/* Objects. */
CK_BBOOL get_bool(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
CK_ULONG get_ulong(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
struct view get_bytes(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
/* What C_GetAttributeValue answers for this one. */
CK_RV get_rv(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
/* C_SetAttributeValue of one attribute. */
CK_RV set_one(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE attribute);
/* How many objects match; `first` (may be NULL) is one of them or CK_INVALID_HANDLE. */
CK_ULONG find(
    CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *first);

/* Keys, as session objects unless `token`; uses are those that the module gives by default. */
CK_OBJECT_HANDLE key_aes(CK_SESSION_HANDLE session, CK_BBOOL token);
/* A generic secret that can be read and wrapped. */
CK_OBJECT_HANDLE key_generic(CK_SESSION_HANDLE session, struct view value);
CK_OBJECT_HANDLE data_object(CK_SESSION_HANDLE session, CK_BBOOL token, const char *label);
/* CKA_EC_PARAMS of the NIST curves. */
extern const struct view p256, p384, p521;
/* [0] the public, [1] the private half; the private one readable if `open`. */
void key_pair_ec(CK_SESSION_HANDLE session, struct view curve, bool open, CK_OBJECT_HANDLE pair[2]);
void key_pair_rsa(CK_SESSION_HANDLE session, CK_ULONG bits, CK_OBJECT_HANDLE pair[2]);

/* Processes. */
/* Runs `body` in a forked child; its exit status, or 128 + signal, or -1 after `seconds`. */
int in_child(void (*body)(void *), void *argument, unsigned seconds);
/* The same without waiting; child_result waits. */
pid_t child_start(void (*body)(void *), void *argument);
int child_result(pid_t child, unsigned seconds);

#endif
