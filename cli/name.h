/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that users give: pkcs11: URIs (RFC 7512) or plain labels, which become the
 * same thing; and the URIs that they are told.
 */
#ifndef HANDFAST_CLI_NAME_H
#define HANDFAST_CLI_NAME_H

#include "cli/say.h"

#include <p11-kit/uri.h>

/* For RELEASED. */
void uri_release(P11KitUri **uri);
/* A token's name.  MISUSED for a URI that is none, or has a PIN in it. */
enum outcome name_token(const char *text, P11KitUri **uri) MUST_CHECK;
/* An object's; a URI may name its token too. */
enum outcome name_object(const char *text, P11KitUri **uri) MUST_CHECK;
/* Does it say anything about the token? */
bool names_token(P11KitUri *uri);

/* The file that pin-source names, to be freed; NULL where there is none. */
enum outcome name_pin_file(P11KitUri *uri, char **path) MUST_CHECK;

/* The URI of a token and, unless `count` is 0, of an object on it by these attributes (class,
 * label, id), into data. */
enum outcome put_uri(json_t *data, const char *key, const CK_TOKEN_INFO *token,
    CK_ATTRIBUTE *attributes, size_t count) MUST_CHECK;

#endif
