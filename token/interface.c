/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The interfaces: the function lists of PKCS#11 2.40, 3.0 and 3.2, and the three
 * functions that hand them out, which work before C_Initialize.  What a function
 * does is api.c's.
 */
#include <string.h>

#include "token/base/base.h"
#include "token/base/cryptoki.h"

#define ENTRY(name, parameters) .name = name,

/* Read-only once they are relocated, whatever the standard's types would allow their user. */
static const CK_FUNCTION_LIST functions_2_40 = { .version = { 2, 40 }, FUNCTIONS_2_40(ENTRY) };

static const struct pkcs11_function_list_3_0 functions_3_0 = { .version = { 3, 0 },
	FUNCTIONS_2_40(ENTRY) FUNCTIONS_3_0(ENTRY) };

static const struct pkcs11_function_list_3_2 functions_3_2 = { .version = { 3, 2 },
	FUNCTIONS_2_40(ENTRY) FUNCTIONS_3_0(ENTRY) FUNCTIONS_3_2(ENTRY) };

static const CK_UTF8CHAR name[] = "PKCS 11";

#define INTERFACE(functions)                                                                       \
	{                                                                                          \
		(CK_UTF8CHAR *)name, (void *)&(functions), 0                                       \
	}

/* Best first: C_GetInterface without a version gives the first.  None is CKF_INTERFACE_FORK_SAFE: a
 * forked child has to call C_Initialize. */
static const struct pkcs11_interface interfaces[] = {
	INTERFACE(functions_3_2),
	INTERFACE(functions_3_0),
	INTERFACE(functions_2_40),
};

/* Every function list begins with its version. */
static CK_VERSION
version_of(const struct pkcs11_interface *interface)
{
	CK_VERSION version;

	memcpy(&version, interface->function_list, sizeof(version));
	return version;
}

static bool
matches(const struct pkcs11_interface *interface, const CK_UTF8CHAR *wanted,
    const CK_VERSION *version, CK_FLAGS flags)
{
	CK_VERSION here = version_of(interface);

	if (wanted != NULL && strcmp((const char *)wanted, (const char *)name) != 0)
		return false;
	if (version != NULL && (version->major != here.major || version->minor != here.minor))
		return false;
	return (flags & ~interface->flags) == 0;
}

CK_RV
C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR function_list)
{
	if (function_list == NULL)
		return CKR_ARGUMENTS_BAD;
	*function_list = (CK_FUNCTION_LIST *)&functions_2_40;
	return CKR_OK;
}

CK_RV
C_GetInterfaceList(struct pkcs11_interface *list, CK_ULONG_PTR count)
{
	CK_ULONG room;

	if (count == NULL)
		return CKR_ARGUMENTS_BAD;
	room = *count;
	*count = COUNT_OF(interfaces);
	if (list == NULL)
		return CKR_OK;
	if (room < COUNT_OF(interfaces))
		return CKR_BUFFER_TOO_SMALL;
	memcpy(list, interfaces, sizeof(interfaces));
	return CKR_OK;
}

CK_RV
C_GetInterface(CK_UTF8CHAR_PTR interface_name, CK_VERSION_PTR version,
    struct pkcs11_interface **interface, CK_FLAGS flags)
{
	if (interface == NULL)
		return CKR_ARGUMENTS_BAD;
	for (size_t i = 0; i < COUNT_OF(interfaces); i++) {
		if (matches(&interfaces[i], interface_name, version, flags)) {
			*interface = (struct pkcs11_interface *)&interfaces[i];
			return CKR_OK;
		}
	}
	return CKR_ARGUMENTS_BAD;
}
