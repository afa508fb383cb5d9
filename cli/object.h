/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects in a token: found by what the user calls them, told about, read.
 */
#ifndef HANDFAST_CLI_OBJECT_H
#define HANDFAST_CLI_OBJECT_H

#include "cli/client.h"

#define ATTRIBUTE(type, value, len) ((CK_ATTRIBUTE){ (type), (void *)(uintptr_t)(value), (len) })
#define ULONG(type, value) ATTRIBUTE(type, &(CK_ULONG){ (value) }, sizeof(CK_ULONG))
/* For templates that outlive the block. */
extern const CK_BBOOL object_yes, object_no;
#define YES(type) ATTRIBUTE(type, &object_yes, sizeof(object_yes))
#define NO(type) ATTRIBUTE(type, &object_no, sizeof(object_no))

/* A template that grows; values are borrowed. */
#define TEMPLATE_MOST 32
struct template
{
	CK_ATTRIBUTE list[TEMPLATE_MOST];
	CK_ULONG count;
};
void template_add(struct template *template, CK_ATTRIBUTE attribute);
/* `open`: the value may be seen and leave the token; else neither. */
void template_secrecy(struct template *template, bool open);

/* --- finding -------------------------------------------------------------- */

#define ANY_CLASS ((CK_ULONG)-1)

/* Where an object is: a token and a session in it. */
struct place_in {
	struct token token;
	CK_SESSION_HANDLE session;
};
void place_in_release(struct place_in *place);

struct found {
	CK_OBJECT_HANDLE *list;
	size_t count;
};
void found_release(struct found *found);

/* Finds the token that `name` (may be NULL), an object's, or --token names, and opens a session. */
enum outcome place_find_in(
    const struct call *call, const char *name, enum login login, struct place_in *place) MUST_CHECK;
/* All that a template fits; none is no error. */
enum outcome objects_search(
    CK_SESSION_HANDLE session, struct template *template, struct found *found) MUST_CHECK;
/* All token objects of this name (NULL: any) and class; none is no error. */
enum outcome objects_find(
    const struct place_in *place, const char *name, CK_ULONG class, struct found *found) MUST_CHECK;
/* The one; NOT_FOUND, or IN_THE_WAY where several fit. */
enum outcome object_find(const struct place_in *place, const char *name, CK_ULONG class,
    CK_OBJECT_HANDLE *object) MUST_CHECK;
/* IN_THE_WAY where something has this label already. */
enum outcome label_free(const struct place_in *place, const char *label) MUST_CHECK;
/* NOT_FOUND for a name that no object has. */
enum outcome not_found(const struct place_in *place, const char *name);

/* --- reading -------------------------------------------------------------- */

/* A value anyone may see; empty where there is none. */
enum outcome object_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
    CK_ATTRIBUTE_TYPE type, struct bytes *value) MUST_CHECK;
/* `otherwise` where there is none. */
CK_ULONG object_ulong(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, CK_ULONG otherwise);
bool object_bool(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
/* "private", "cert" and the like. */
const char *class_name(CK_ULONG class);
/* What `key list` and `key show` tell of it. */
enum outcome object_describe(
    const struct place_in *place, CK_OBJECT_HANDLE object, json_t *data) MUST_CHECK;

/* Hexadecimal, to be freed; NULL when there is no memory. */
char *hex_of(struct view bytes);
/* MISUSED for what is not hexadecimal. */
enum outcome hex_read(const char *text, struct bytes *bytes) MUST_CHECK;

#endif
