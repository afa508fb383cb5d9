/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HANDFAST_HUSH_H
#define HANDFAST_HUSH_H

#include <signal.h>

#include "base.h"

/*
 * While a thread writes: a file that outgrows RLIMIT_FSIZE is an error to be
 * returned, not a SIGXFSZ that ends the host.
 */
struct hush {
	sigset_t before;
	bool pending; /* one that was there already is the host's */
};
void hush_begin(struct hush *hush);
void hush_end(const struct hush *hush);

#endif
