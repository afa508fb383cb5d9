/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library's life: C_Initialize to C_Finalize, forks, and the calls in
 * between, which are counted so that C_Finalize takes nothing from under one.
 */
#ifndef HANDFAST_LIBRARY_H
#define HANDFAST_LIBRARY_H

#include "token/session.h"

CK_RV library_start(const CK_C_INITIALIZE_ARGS *arguments) MUST_CHECK;
CK_RV library_stop(void) MUST_CHECK;

/*
 * A call in progress and what it holds, let go on every way out:
 * RELEASED(call_leave) struct call call = { 0 };
 */
struct call {
	bool inside; /* counted */
	bool marked; /* libcrypto's error queue */
	struct session *session;
};

/* CKR_CRYPTOKI_NOT_INITIALIZED before C_Initialize, after C_Finalize and in a forked child. */
CK_RV call_enter(struct call *call) MUST_CHECK;
/* The same, and the session of a handle. */
CK_RV call_enter_session(struct call *call, CK_SESSION_HANDLE handle) MUST_CHECK;
void call_leave(struct call *call);

/* What C_GetInfo tells. */
void library_info(CK_INFO *info);

#endif
