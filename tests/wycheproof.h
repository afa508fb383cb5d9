/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the files of tests/wycheproof, whose form import.py there describes, case
 * by case.  Knows the lines and the words in them, not what the fields mean.
 */
#ifndef HANDFAST_TESTS_WYCHEPROOF_H
#define HANDFAST_TESTS_WYCHEPROOF_H

#include <stdio.h>

#include "tests/client.h"

enum wycheproof_result { WYCHEPROOF_VALID, WYCHEPROOF_INVALID, WYCHEPROOF_ACCEPTABLE };

struct wycheproof_field {
	char *name;
	char *word;
};

/* A file, and of its cases the one that wycheproof_next read last. */
struct wycheproof {
	FILE *from;
	char *line;
	size_t room;
	struct wycheproof_field fields[16]; /* those of a case first */
	size_t field_count, case_field_count;
	unsigned long cases_left;
	unsigned long number;
	enum wycheproof_result result;
	char *flags; /* of an acceptable case, with commas */
	bool whole;  /* it has its fields: there is something to hand to a token */
};

/* By its name without the ending.  Fails the test where there is none. */
void wycheproof_open(struct wycheproof *file, const char *name);
/* False when there are no more.  Fails the test where there should be. */
bool wycheproof_next(struct wycheproof *file);
void wycheproof_close(struct wycheproof *file);

/* Is this among the flags of an acceptable case? */
bool wycheproof_flagged(const struct wycheproof *file, const char *flag);
/* A field as it stands there; good until the next case.  Fails the test where it has no such. */
const char *wycheproof_word(const struct wycheproof *file, const char *name);
CK_ULONG wycheproof_number(const struct wycheproof *file, const char *name);
/* The bytes, from scratch. */
struct view wycheproof_bytes(const struct wycheproof *file, const char *name);

#endif
