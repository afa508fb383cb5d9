/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps one signal from the host, the one that a write of ours can raise. */
#include "token/base/hush.h"

#include <errno.h>
#include <time.h>

void
hush_begin(struct hush *hush)
{
	sigset_t signals;

	sigpending(&signals);
	hush->pending = sigismember(&signals, SIGXFSZ) == 1;
	sigemptyset(&signals);
	sigaddset(&signals, SIGXFSZ);
	pthread_sigmask(SIG_BLOCK, &signals, &hush->before);
}

void
hush_end(const struct hush *hush)
{
	const struct timespec at_once = { 0, 0 };
	int kept = errno;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGXFSZ);
	if (!hush->pending)
		while (sigtimedwait(&signals, NULL, &at_once) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &hush->before, NULL);
	errno = kept;
}
