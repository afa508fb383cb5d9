/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that keys come from and go to; "-" is the standard input or output.
 */
#ifndef HANDFAST_CLI_STREAM_H
#define HANDFAST_CLI_STREAM_H

#include "cli/say.h"

/* A whole file of at most a mebibyte.  It may be a private key, so it lies in the arena. */
enum outcome stream_read(const char *path, struct secret *content) MUST_CHECK;
/* A new file, never over another; `open` to all, else the owner's alone. */
enum outcome stream_write(const char *path, bool open, struct view content) MUST_CHECK;

#endif
