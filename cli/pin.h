/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PINs: from where the user said, else from the terminal.  They are read straight
 * into the secret arena and are nowhere else.
 */
#ifndef HANDFAST_CLI_PIN_H
#define HANDFAST_CLI_PIN_H

#include "cli/verb.h"

/* Did the user say where it is? */
bool pin_given(const struct pin_source *source);
/* `whose` is "PIN of demo", for the prompt and for errors. */
enum outcome pin_get(
    const struct pin_source *source, const char *whose, struct secret *pin) MUST_CHECK;
/* The same of one that is to be set: typed twice. */
enum outcome pin_get_new(
    const struct pin_source *source, const char *whose, struct secret *pin) MUST_CHECK;
/* A random one that a person can type: 25 letters and digits in groups, 125 bits. */
enum outcome pin_make(struct secret *pin) MUST_CHECK;

/* Asks a person to say yes; MISUSED where there is nobody to ask. */
enum outcome confirm(const struct call *call, const char *question) MUST_CHECK;

#endif
