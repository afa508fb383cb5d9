/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A seed becomes objects: each entry is what `key gen`, `key import` or `cert import`
 * does, and they do it.
 */
#include "cli/seed.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/client.h"
#include "cli/families.h"
#include "cli/pem.h"
#include "cli/stream.h"

#define SCHEMA 1

void
seed_release(struct seed *seed)
{
	json_decref(seed->content);
}

const char *
seed_label(const struct seed *seed)
{
	return json_string_value(json_object_get(seed->content, "label"));
}

const char *
seed_pin(const struct seed *seed)
{
	return json_string_value(json_object_get(seed->content, "pin"));
}

/* --- its form ------------------------------------------------------------- */

/* What may be in an object, each of one JSON type. */
struct member {
	const char *name;
	json_type type;
};
static const struct member whole[] = {
	{ "schema", JSON_INTEGER },
	{ "label", JSON_STRING },
	{ "pin", JSON_STRING },
	{ "objects", JSON_ARRAY },
};
static const struct member entry[] = {
	{ "label", JSON_STRING },
	{ "id", JSON_STRING },
	{ "use", JSON_ARRAY },
	{ "extractable", JSON_TRUE },
	{ "generate", JSON_STRING },
	{ "file", JSON_STRING },
	{ "password-file", JSON_STRING },
	{ "pem", JSON_STRING },
	{ "value", JSON_STRING },
	{ "type", JSON_STRING },
};
/* Of these an entry has one. */
static const char *const origins[] = { "generate", "file", "pem", "value" };

static bool
is_of(json_type type, json_t *value)
{
	return type == JSON_TRUE ? json_is_boolean(value) : json_typeof(value) == type;
}

static enum outcome
members_check(json_t *object, const struct member *members, size_t count)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return fail(MISUSED, NULL, "not an object");
	json_object_foreach(object, name, value)
	{
		size_t i = 0;

		while (i < count && strcmp(members[i].name, name) != 0)
			i++;
		if (i == count)
			return fail(MISUSED, "man 5 handfast-seed", "unknown member '%s'", name);
		if (!is_of(members[i].type, value))
			return fail(
			    MISUSED, "man 5 handfast-seed", "'%s' is of another type", name);
	}
	return DONE;
}

static enum outcome
entry_check(json_t *object)
{
	size_t count = 0;

	TRY(members_check(object, entry, COUNT_OF(entry)));
	for (size_t i = 0; i < COUNT_OF(origins); i++)
		count += json_object_get(object, origins[i]) != NULL;
	if (count != 1)
		return fail(MISUSED, "man 5 handfast-seed",
		    "one of 'generate', 'file', 'pem' and 'value' is wanted, not %zu", count);
	if (json_object_get(object, "value") != NULL && json_object_get(object, "type") == NULL)
		return fail(MISUSED, "man 5 handfast-seed", "a 'value' wants a 'type'");
	return DONE;
}

static enum outcome
seed_check(const struct seed *seed)
{
	json_t *objects, *object;
	enum outcome outcome = members_check(seed->content, whole, COUNT_OF(whole));
	size_t i;

	if (outcome == DONE &&
	    json_integer_value(json_object_get(seed->content, "schema")) != SCHEMA)
		outcome = fail(MISUSED, "man 5 handfast-seed", "'schema' is not %d", SCHEMA);
	if (outcome != DONE)
		return fail_within("%s", seed->path);
	objects = json_object_get(seed->content, "objects");
	json_array_foreach(objects, i, object)
	{
		if (entry_check(object) != DONE)
			return fail_within("%s: object %zu", seed->path, i + 1);
	}
	return DONE;
}

enum outcome
seed_read(const struct call *call, struct seed *seed)
{
	const char *path = call->options.seed;
	RELEASED(secret_clear) struct secret text = { 0 };
	json_error_t why; /* where alone: its text repeats what stands there */

	TRY(stream_read(path, &text));
	seed->call = call;
	seed->path = path;
	seed->content = json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES, &why);
	if (seed->content == NULL)
		return fail(MISUSED, NULL, "%s:%d:%d: not JSON", path, why.line, why.column);
	return seed_check(seed);
}

/* --- objects -------------------------------------------------------------- */

/* One entry as the command line of a verb.  Strings are the seed's, but for those that are freed.
 */
struct planting {
	struct call call;
	const char *arguments[2];
	char *use;      /* a list with commas */
	char *file;     /* what is imported */
	char *password; /* the file with its passphrase */
	bool written;   /* `file` is ours */
};

static void
planting_release(struct planting *planting)
{
	if (planting->written)
		(void)unlink(planting->file);
	free(planting->use);
	free(planting->file);
	free(planting->password);
}

static char *
string_of(json_t *object, const char *name)
{
	return (char *)(uintptr_t)json_string_value(json_object_get(object, name));
}

/* Files are named from where the seed is. */
static char *
beside(const struct seed *seed, const char *name)
{
	const char *slash = strrchr(seed->path, '/');
	char *path;

	if (name[0] == '/' || slash == NULL)
		return strdup(name);
	if (asprintf(&path, "%.*s/%s", (int)(slash - seed->path), seed->path, name) < 0)
		return NULL;
	return path;
}

static enum outcome
uses_join(json_t *list, struct planting *planting)
{
	size_t i, len;
	json_t *use;
	FILE *out = open_memstream(&planting->use, &len);

	if (out == NULL)
		return fail_memory();
	json_array_foreach(list, i, use)
	{
		/* What is no text is no use either, and is refused as such. */
		fprintf(out, "%s%s", i > 0 ? "," : "",
		    json_is_string(use) ? json_string_value(use) : "?");
	}
	if (fclose(out) != 0)
		return fail_memory();
	planting->call.options.use = planting->use;
	return DONE;
}

/* Hexadecimal, which no error repeats: it may be a key. */
static enum outcome
value_read(const char *text, struct secret *value)
{
	const size_t len = strlen(text);
	size_t got;

	if (!secret_alloc(value, len / 2 + 1))
		return fail_memory();
	if (len == 0 || OPENSSL_hexstr2buf_ex(value->data, value->len, &got, text, '\0') != 1)
		return fail(MISUSED, NULL, "the 'value' is not hexadecimal");
	secret_keep_leading(value, got);
	return DONE;
}

/* A key that stands in the seed itself, for the verbs that read files. */
static enum outcome
file_write(const struct private_token *token, json_t *object, struct planting *planting)
{
	const char *pem = string_of(object, "pem");
	RELEASED(secret_clear) struct secret content = { 0 };
	enum outcome outcome;

	if (asprintf(&planting->file, "%s/import", token->folder) < 0) {
		planting->file = NULL;
		return fail_memory();
	}
	if (pem == NULL)
		TRY(value_read(string_of(object, "value"), &content));
	else if (!secret_copy(&content, view_of(pem, strlen(pem))))
		return fail_memory();
	outcome = stream_write(planting->file, false, secret_view(&content));
	planting->written = outcome == DONE;
	return outcome;
}

static enum outcome
options_fill(const struct seed *seed, const struct private_token *token, json_t *object,
    struct planting *planting)
{
	struct options *options = &planting->call.options;
	const char *password = string_of(object, "password-file");
	json_t *use = json_object_get(object, "use");

	*options = (struct options){ .slot = -1, .pin = { .file = (char *)token->pin, .fd = -1 } };
	options->password.fd = -1;
	options->module = seed->call->options.module;
	options->label = string_of(object, "label");
	options->id = string_of(object, "id");
	options->type = string_of(object, "type");
	options->extractable = json_is_true(json_object_get(object, "extractable"));
	if (use != NULL)
		TRY(uses_join(use, planting));
	if (password == NULL)
		return DONE;
	planting->password = beside(seed, password);
	options->password.file = planting->password;
	return planting->password != NULL ? DONE : fail_memory();
}

/* Does the file have a key, or certificates alone? */
static enum outcome
import(const struct call *call, json_t *data)
{
	EVP_PKEY *key = NULL;
	RELEASED(certs_release) STACK_OF(X509) *certs = NULL;
	bool has_key;

	if (call->options.type != NULL)
		return key_import(call, data);
	TRY(pem_private(call, call->arguments[0], &key, &certs));
	has_key = key != NULL;
	EVP_PKEY_free(key);
	return has_key ? key_import(call, data) : cert_import(call, data);
}

static enum outcome
plant(const struct seed *seed, const struct private_token *token, json_t *object, json_t *data)
{
	RELEASED(planting_release) struct planting planting = { 0 };
	struct call *call = &planting.call;
	char *type = string_of(object, "generate"), *file = string_of(object, "file");
	enum outcome outcome;

	call->arguments = planting.arguments;
	call->count = 1;
	TRY(options_fill(seed, token, object, &planting));
	if (type != NULL && call->options.label == NULL)
		return fail(MISUSED, NULL, "a key wants a 'label'");
	if (type != NULL) {
		call->options.type = type;
		planting.arguments[0] = call->options.label;
		outcome = key_gen(call, data);
		client_stop();
		return outcome;
	}
	if (file == NULL)
		TRY(file_write(token, object, &planting));
	else
		planting.file = beside(seed, file);
	if (planting.file == NULL)
		return fail_memory();
	planting.arguments[0] = planting.file;
	outcome = import(call, data);
	client_stop();
	return outcome;
}

enum outcome
seed_fill(const struct seed *seed, const struct private_token *token)
{
	json_t *objects = json_object_get(seed->content, "objects"), *object;
	enum outcome outcome = DONE;
	size_t i;

	/* The verbs have hints for people, who did not call them. */
	say_manner((struct manner){ .quiet = true });
	json_array_foreach(objects, i, object)
	{
		json_t *data = json_object();

		outcome = signals_wait() ? fail(FAILED, NULL, "ended by a signal")
					 : plant(seed, token, object, data);
		json_decref(data);
		if (outcome != DONE)
			break;
	}
	say_manner(seed->call->options.manner);
	return outcome == DONE ? DONE : fail_within("%s: object %zu", seed->path, i + 1);
}
