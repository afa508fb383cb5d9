/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of a secret that two parties agreed on: it goes into a file (--out),
 * only a hash of it is shown (--digest), or it becomes a key in the token (--keep).
 */
#ifndef HANDFAST_CLI_AGREED_H
#define HANDFAST_CLI_AGREED_H

#include "cli/object.h"

struct agreed {
	const struct call *call;
	const struct place_in *place;
	/* Makes the secret an object of this template. */
	enum outcome (*make)(void *how, struct template *template, CK_OBJECT_HANDLE *made);
	void *how;
};

/* MISUSED unless the options say one of the three. */
enum outcome agreed_wish(const struct call *call) MUST_CHECK;
/* IN_THE_WAY where what is to be kept has a label that is taken. */
enum outcome agreed_room(const struct agreed *agreed) MUST_CHECK;
enum outcome agreed_give(const struct agreed *agreed, json_t *data) MUST_CHECK;

#endif
