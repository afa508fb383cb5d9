/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The openssl command as the other party: lines of shell, and the files that keys
 * and messages go through.
 */
#ifndef HANDFAST_TESTS_COMMAND_H
#define HANDFAST_TESTS_COMMAND_H

#include "tests/client.h"

/* Runs a line of shell whose files are in the program's temporary folder; false if it failed. */
bool command(const char *format, ...) PRINTF_LIKE(1, 2);
/* A file there: what it has, under 64 KiB, and what it is to have. */
struct view command_out(const char *name);
void command_in(const char *name, struct view data);
/* For a line of shell. */
const char *command_hex(struct view data);

#endif
