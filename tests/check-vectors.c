/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holds the mechanism list against the vectors: every mechanism that the module
 * offers has rows, for each of its verbs, and no row is for a mechanism or a
 * verb that it does not offer.
 */
#include "tests/vectors.h"

#include <stdio.h>

/* The flags that stand for functions; the rest tell of hardware, curves and the message interface.
 */
#define VERBS                                                                                      \
	(CKF_ENCRYPT | CKF_DECRYPT | CKF_DIGEST | CKF_SIGN | CKF_VERIFY | CKF_GENERATE |           \
	    CKF_GENERATE_KEY_PAIR | CKF_WRAP | CKF_UNWRAP | CKF_DERIVE | KEM)

/* The verbs that rows with a right answer exercise. */
struct coverage {
	CK_MECHANISM_TYPE mechanism;
	CK_FLAGS verbs;
	bool any;
};

static void
cover(const char *family, const struct vector *row, void *context)
{
	struct coverage *coverage = context;

	(void)family;
	if (row->mechanism != coverage->mechanism)
		return;
	coverage->any = true;
	coverage->verbs |= row->rv == CKR_OK ? row->verbs : 0;
}

/* Says what is wrong with one mechanism; true when nothing is. */
static bool
covered(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism)
{
	struct coverage coverage = { mechanism, 0, false };
	CK_MECHANISM_INFO info;
	CK_FLAGS offered;

	ok(p11->C_GetMechanismInfo(slot, mechanism, &info));
	offered = info.flags & VERBS;
	vectors_each(cover, &coverage);
	if (coverage.verbs == offered)
		return true;
	print_error("# mechanism %#lx: no row plays %#lx, rows play %#lx that is not offered\n",
	    mechanism, offered & ~coverage.verbs, coverage.verbs & ~offered);
	return false;
}

static CK_ULONG
list(CK_SLOT_ID slot, CK_MECHANISM_TYPE *mechanisms, CK_ULONG room)
{
	ok(p11->C_GetMechanismList(slot, mechanisms, &room));
	return room;
}

static void
test_every_mechanism_has_rows(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	CK_MECHANISM_TYPE mechanisms[512];
	CK_ULONG count = list(slot, mechanisms, COUNT_OF(mechanisms)), bad = 0;

	(void)state;
	for (CK_ULONG i = 0; i < count; i++)
		bad += !covered(slot, mechanisms[i]);
	check(count > 0 && bad == 0);
}

/* Ascending without repetition would do too; what matters is that no number is there twice. */
static void
test_no_mechanism_twice(void **state)
{
	CK_MECHANISM_TYPE mechanisms[512];
	CK_ULONG count = list(slot_empty(), mechanisms, COUNT_OF(mechanisms));

	(void)state;
	for (CK_ULONG i = 0; i < count; i++) {
		for (CK_ULONG j = 0; j < i; j++)
			check(mechanisms[i] != mechanisms[j]);
	}
}

/*
 * A row that nobody plays because libcrypto or a slip of the pen removed its
 * mechanism; or one for a libcrypto to come, whose mechanism is offered today.
 */
static void
row_offered(const char *family, const struct vector *row, void *context)
{
	CK_MECHANISM_INFO info;
	CK_ULONG *wrong = context;
	bool offered = p11->C_GetMechanismInfo(slot_empty(), row->mechanism, &info) == CKR_OK;

	if (offered == vector_plays(row) || (offered && row->variant))
		return;
	print_error("# %s: %s is for %#lx, which is%s offered\n", family, row->source,
	    row->mechanism, offered ? "" : " not");
	++*wrong;
}

static void
test_every_row_has_a_mechanism(void **state)
{
	CK_ULONG wrong = 0;

	(void)state;
	vectors_each(row_offered, &wrong);
	check(wrong == 0);
}

/* C_GetMechanismInfo: sizes in order, and a verb for everything in the list. */
static void
test_info_is_sensible(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	CK_MECHANISM_TYPE mechanisms[512];
	CK_MECHANISM_INFO info;
	CK_ULONG count = list(slot, mechanisms, COUNT_OF(mechanisms));

	(void)state;
	for (CK_ULONG i = 0; i < count; i++) {
		ok(p11->C_GetMechanismInfo(slot, mechanisms[i], &info));
		check(info.ulMinKeySize <= info.ulMaxKeySize);
		check((info.flags & VERBS) != 0);
		check((info.flags & CKF_HW) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_running(test_every_mechanism_has_rows),
		test_running(test_no_mechanism_twice),
		test_running(test_every_row_has_a_mechanism),
		test_running(test_info_is_sensible),
	};

	return test_main(tests, NULL, NULL);
}
