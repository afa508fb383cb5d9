/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HANDFAST_FD_H
#define HANDFAST_FD_H

#include <stdbool.h>

/*
 * What is opened gets another number than the standard channels have: a host that closed
 * them and prints or reads all the same must not do so in a file of ours.  Takes `fd`, which
 * may be -1; gives the one to use, or -1 and errno.
 */
int fd_beyond(int fd);

/* Is it on a file system that has nothing on any disk? */
bool fd_in_memory(int fd);

#endif
