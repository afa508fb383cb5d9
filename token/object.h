/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects and their handles: session objects, which live in memory only, and
 * token objects, which the store keeps, seen as one.
 *
 * A `struct object` never changes once it is published; a change makes a new one
 * under the old handle.  So whoever holds a reference may read without a lock,
 * and an operation goes on with the key it began with.
 */
#ifndef HANDFAST_OBJECT_H
#define HANDFAST_OBJECT_H

#include <stdatomic.h>

#include "mechanisms/mechanism.h"
#include "token/schema.h"
#include "token/session.h"

struct object {
	atomic_uint references;
	CK_OBJECT_HANDLE handle;
	uint64_t id;             /* in the store; 0: a session object */
	uint64_t version;        /* in the store */
	CK_SESSION_HANDLE owner; /* of a session object */
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE key_type; /* of a certificate its CKA_CERTIFICATE_TYPE */
	bool is_private;
	bool always_authenticates;
	struct view allowed; /* CKA_ALLOWED_MECHANISMS, in `meta`; NULL: any */
	bool has_material;   /* key material belongs to it ... */
	bool complete;       /* ... and is here */
	bool trustworthy;    /* its seal was checked, or it never left this process */
	struct attrs meta;
	struct attrs secret;
	struct key key; /* what mechanisms see of it */
};

struct object_table *object_table_new(struct token *token);
/* Drops every object; only when no call is left. */
void object_table_free(struct object_table *table);
/* Logout: handles of private objects die, private session objects are destroyed. */
void object_table_forget_private(struct object_table *table);
/* A session's own objects end with it. */
void object_table_forget_session(struct object_table *table, CK_SESSION_HANDLE session);
/* Login: what was read unchecked is read again when next asked for; handles stay. */
void object_table_reopen(struct object_table *table);
/* Every handle dies: the token was taken away, or its last session closed. */
void object_table_forget_all(struct object_table *table);

/* The object of a handle, as this session sees it.  CKR_OBJECT_HANDLE_INVALID, CKR_DEVICE_ERROR. */
CK_RV object_get(struct session *session, CK_OBJECT_HANDLE handle, struct object **out) MUST_CHECK;
/* The same with its key material. */
CK_RV object_get_whole(
    struct session *session, CK_OBJECT_HANDLE handle, struct object **out) MUST_CHECK;
/* The same for use as a key: CKR_KEY_HANDLE_INVALID instead. */
CK_RV object_get_key(
    struct session *session, CK_OBJECT_HANDLE handle, struct object **out) MUST_CHECK;
void object_release(struct object **object);

/* What is to become an object: its attributes, complete, and where its handle goes. */
struct draft {
	struct template attributes;
	CK_OBJECT_HANDLE handle;
};
#define DRAFT_EMPTY                                                                                \
	{                                                                                          \
		.attributes = TEMPLATE_EMPTY                                                       \
	}

/*
 * Makes all the objects or none, token objects in one transaction; fills in the
 * handles.  Takes the drafts' attributes.  Checks what the session may make
 * (CKR_SESSION_READ_ONLY, CKR_USER_NOT_LOGGED_IN).
 */
CK_RV object_create_all(struct session *session, struct draft drafts[], size_t count) MUST_CHECK;

/* The functions of the standard, with its arguments and answers. */
CK_RV object_create(struct session *session, const CK_ATTRIBUTE *attributes, CK_ULONG count,
    CK_OBJECT_HANDLE *out) MUST_CHECK;
CK_RV object_copy(struct session *session, CK_OBJECT_HANDLE handle, const CK_ATTRIBUTE *attributes,
    CK_ULONG count, CK_OBJECT_HANDLE *out) MUST_CHECK;
CK_RV object_destroy(struct session *session, CK_OBJECT_HANDLE handle) MUST_CHECK;
CK_RV object_size(struct session *session, CK_OBJECT_HANDLE handle, CK_ULONG *size) MUST_CHECK;
CK_RV object_read(struct session *session, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE *attributes,
    CK_ULONG count) MUST_CHECK;
CK_RV object_change(struct session *session, CK_OBJECT_HANDLE handle,
    const CK_ATTRIBUTE *attributes, CK_ULONG count) MUST_CHECK;

/*
 * Is this the CKA_EC_POINT of a Montgomery or Edwards curve?  Since PKCS#11 3.1 that
 * is the bytes of the point, and is kept so; in 3.0 it was an OCTET STRING of them.
 */
bool object_point_is_bare(const struct object *object, CK_ATTRIBUTE_TYPE type);
/* The longest of them (Ed448), and what an OCTET STRING of one begins with: tag and length. */
#define BARE_POINT_MOST 57
#define BARE_POINT_HEADER 2
/* The bytes in what may be an OCTET STRING of them; VIEW_NONE for anything else. */
struct view object_bare_point(struct view der);

/* C_FindObjectsInit, C_FindObjects, C_FindObjectsFinal. */
CK_RV search_start(
    struct session *session, const CK_ATTRIBUTE *attributes, CK_ULONG count) MUST_CHECK;
CK_RV search_next(
    struct session *session, CK_OBJECT_HANDLE *out, CK_ULONG most, CK_ULONG *count) MUST_CHECK;
CK_RV search_end(struct session *session) MUST_CHECK;

#endif
