/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One table each for CK_RV and enum store_status.  Must not know who asks.
 */
#include "cli/answers.h"

#define RESET "handfast token reset-pin LABEL (with the security officer's PIN)"
#define SOUND "handfast fsck, and handfast restore from a backup if it finds damage"

#define ANSWER(rv, outcome, why, hint)                                                             \
	{                                                                                          \
		rv,                                                                                \
		{                                                                                  \
			outcome, #rv, why, hint                                                    \
		}                                                                                  \
	}
static const struct {
	CK_RV rv;
	struct answer answer;
} answers[] = {
	ANSWER(CKR_HOST_MEMORY, FAILED, "out of memory", NULL),
	ANSWER(CKR_GENERAL_ERROR, FAILED, "an error in Handfast", NULL),
	ANSWER(CKR_FUNCTION_FAILED, BUSY, "others kept the token busy, or changed it meanwhile",
	    "the same command again"),
	ANSWER(CKR_ARGUMENTS_BAD, FAILED, "the module did not take the arguments", NULL),
	ANSWER(CKR_ACTION_PROHIBITED, REFUSED,
	    "the object does not allow it (CKA_MODIFIABLE, CKA_DESTROYABLE, CKA_COPYABLE)", NULL),
	ANSWER(CKR_ATTRIBUTE_READ_ONLY, REFUSED, "an attribute cannot be set here", NULL),
	ANSWER(CKR_ATTRIBUTE_SENSITIVE, REFUSED,
	    "the key is sensitive or not extractable: its value stays in the token", NULL),
	ANSWER(CKR_ATTRIBUTE_TYPE_INVALID, REFUSED, "the object has no such attribute", NULL),
	ANSWER(
	    CKR_ATTRIBUTE_VALUE_INVALID, REFUSED, "a value is not one that the token takes", NULL),
	ANSWER(CKR_CURVE_NOT_SUPPORTED, REFUSED, "this OpenSSL does not have the curve", NULL),
	ANSWER(CKR_DATA_INVALID, FAILED, "the data is not valid", NULL),
	ANSWER(CKR_DEVICE_ERROR, UNSOUND, "the token's file is damaged or cannot be read", SOUND),
	ANSWER(CKR_DEVICE_MEMORY, FAILED, "no space left for the token's file", "df, and room"),
	ANSWER(CKR_DEVICE_REMOVED, BUSY, "the token was exchanged or removed meanwhile",
	    "handfast token list"),
	ANSWER(CKR_DOMAIN_PARAMS_INVALID, REFUSED, "the group's parameters are not valid", NULL),
	ANSWER(CKR_FUNCTION_NOT_SUPPORTED, REFUSED, "the module does not support it", NULL),
	ANSWER(CKR_KEY_FUNCTION_NOT_PERMITTED, REFUSED, "the key may not be used for this",
	    "handfast key show LABEL, which lists its uses"),
	ANSWER(CKR_KEY_HANDLE_INVALID, REFUSED, "the key cannot be used for this", NULL),
	ANSWER(CKR_KEY_NOT_WRAPPABLE, REFUSED, "the key may not leave its token in this way", NULL),
	ANSWER(CKR_KEY_SIZE_RANGE, REFUSED, "the key cannot have this length", NULL),
	ANSWER(CKR_KEY_TYPE_INCONSISTENT, REFUSED, "keys of this type cannot do it", NULL),
	ANSWER(CKR_KEY_UNEXTRACTABLE, REFUSED, "the key is not extractable", NULL),
	ANSWER(CKR_MECHANISM_INVALID, REFUSED, "this OpenSSL or this release lacks the mechanism",
	    "handfast mech list"),
	ANSWER(CKR_MECHANISM_PARAM_INVALID, REFUSED, "the peer's value has the wrong form", NULL),
	ANSWER(
	    CKR_PARAMETER_SET_NOT_SUPPORTED, REFUSED, "the parameter set is not supported", NULL),
	ANSWER(CKR_PIN_EXPIRED, PIN_LOCKED, "the PIN has to be changed first", NULL),
	ANSWER(CKR_PIN_INCORRECT, PIN_WRONG, "the PIN is wrong",
	    "handfast token show LABEL, which tells how many tries are left"),
	ANSWER(CKR_PIN_INVALID, REFUSED, "the PIN cannot be used", NULL),
	ANSWER(CKR_PIN_LEN_RANGE, REFUSED, "the PIN is too short or too long", NULL),
	ANSWER(CKR_PIN_LOCKED, PIN_LOCKED, "the PIN is locked after too many wrong ones", RESET),
	ANSWER(CKR_PUBLIC_KEY_INVALID, REFUSED, "the peer's public key is not a valid one", NULL),
	ANSWER(CKR_SESSION_READ_ONLY, REFUSED, "the token is write-protected", NULL),
	ANSWER(CKR_TEMPLATE_INCOMPLETE, REFUSED, "something that the key needs is missing", NULL),
	ANSWER(CKR_TEMPLATE_INCONSISTENT, REFUSED, "attributes contradict each other", NULL),
	ANSWER(CKR_TOKEN_NOT_PRESENT, NOT_FOUND, "there is no token", "handfast token init LABEL"),
	ANSWER(CKR_TOKEN_NOT_RECOGNIZED, UNSOUND,
	    "the file is not a token of this release, or not safely yours (owner, mode, link)",
	    "handfast doctor"),
	ANSWER(CKR_TOKEN_WRITE_PROTECTED, REFUSED, "the token's file or folder cannot be written",
	    "handfast doctor"),
	ANSWER(CKR_USER_NOT_LOGGED_IN, PIN_WRONG, "it needs the PIN", "--pin-file FILE"),
	ANSWER(CKR_USER_PIN_NOT_INITIALIZED, PIN_LOCKED, "the user has no PIN yet", RESET),
	ANSWER(CKR_WRAPPED_KEY_INVALID, REFUSED, "the token does not take this key", NULL),
	ANSWER(
	    CKR_WRAPPED_KEY_LEN_RANGE, REFUSED, "the key has a length that it cannot have", NULL),
};
static const struct answer unknown = { FAILED, NULL, "the module answered an unexpected code",
	"handfast doctor" };

static const struct answer of_store[] = {
	[STORE_OK] = { DONE, NULL, "", NULL },
	[STORE_ABSENT] = { NOT_FOUND, NULL, "there is no such file or token",
	    "handfast token list" },
	[STORE_CHANGED] = { IN_THE_WAY, NULL, "there is one already", NULL },
	[STORE_PIN_WRONG] = { PIN_WRONG, NULL, "the PIN is wrong",
	    "handfast token show LABEL, which tells how many tries are left" },
	[STORE_PIN_LOCKED] = { PIN_LOCKED, NULL, "the PIN is locked after too many wrong ones",
	    RESET },
	[STORE_PIN_UNSET] = { PIN_LOCKED, NULL, "the user has no PIN yet", RESET },
	[STORE_CLOSED] = { PIN_WRONG, NULL, "it needs the PIN", "--pin-file FILE" },
	[STORE_READ_ONLY] = { REFUSED, NULL, "the file or its folder cannot be written",
	    "handfast doctor" },
	[STORE_FULL] = { FAILED, NULL, "no space left", "df, and room" },
	[STORE_BUSY] = { BUSY, NULL, "others kept it busy", "the same command again" },
	[STORE_NO_MEMORY] = { FAILED, NULL, "out of memory", NULL },
	[STORE_IO] = { FAILED, NULL, "a file cannot be read or written", "handfast doctor" },
	[STORE_DAMAGED] = { UNSOUND, NULL, "it is damaged or was altered", SOUND },
	[STORE_FOREIGN] = { UNSOUND, NULL,
	    "the file is not a token, or not safely yours (owner, mode, link)", "handfast doctor" },
	[STORE_NEWER] = { REFUSED, NULL, "a newer release wrote it", "that release" },
	[STORE_REPLACED] = { BUSY, NULL, "it was exchanged or removed meanwhile",
	    "handfast token list" },
};

const struct answer *
answer_of_rv(CK_RV rv)
{
	for (size_t i = 0; i < COUNT_OF(answers); i++)
		if (answers[i].rv == rv)
			return &answers[i].answer;
	return &unknown;
}

const struct answer *
answer_of_store(enum store_status status)
{
	return (size_t)status < COUNT_OF(of_store) ? &of_store[status] : &unknown;
}
