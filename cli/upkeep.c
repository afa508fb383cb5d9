/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token as a whole: fsck, backup, restore, rekey.
 */
#include <stdio.h>
#include <string.h>

#include "cli/families.h"
#include "cli/files.h"
#include "cli/pin.h"

/* --- what is told on the way ---------------------------------------------- */

static void
found(void *context, const struct finding *finding)
{
	static const char *const flaws[] = {
		[FLAW_DAMAGED] = "damaged",
		[FLAW_ALTERED] = "altered",
		[FLAW_MISSING] = "missing",
		[FLAW_EXTRA] = "extra",
		[FLAW_UNSEALED] = "unsealed",
	};
	static const char *const parts[] = {
		[PART_FILE] = "file",
		[PART_TOKEN] = "token",
		[PART_PIN] = "pin",
		[PART_RECORD] = "record",
		[PART_TAG] = "tag",
	};
	json_t *item = json_object();

	put_text(item, "flaw", flaws[finding->flaw]);
	put_text(item, "part", parts[finding->part]);
	put_number(item, "id", (json_int_t)finding->id);
	put_text(item, "what", finding->what);
	(void)json_array_append_new(context, item);
}

static void
progress(void *context, uint64_t done, uint64_t all)
{
	(void)context;
	say_progress(done, all);
}

/* Findings go into data, where they are told whatever comes of it. */
static struct watcher
watch(json_t *data)
{
	json_t *findings = json_array();

	put(data, "findings", findings);
	return (struct watcher){ found, progress, findings };
}

/* --- fsck ----------------------------------------------------------------- */

static bool
wants_seals(const struct call *call)
{
	return call->options.seals != 0 || call->options.so != 0 || pin_given(&call->options.pin) ||
	    pin_given(&call->options.so_pin);
}

static void
put_report(json_t *data, const struct report *report)
{
	put_number(data, "records", (json_int_t)report->records);
	put_number(data, "unsealed", (json_int_t)report->unsealed);
	put_number(data, "errors", (json_int_t)report->errors);
	put_yes(data, "seals", report->with_keys);
}

/* A backup, or any token's file, by its path. */
static enum outcome
check_backup(const struct call *call, const struct config *config, json_t *data)
{
	const char *path = call->arguments[0];
	const struct token token = { .label = "the backup" };
	const struct watcher watcher = watch(data);
	RELEASED(secret_clear) struct secret pin = { 0 };
	struct upkeep_pin how = { 0 };
	struct report report = { 0 };
	enum store_status status;

	if (wants_seals(call))
		TRY(files_pin(call, &token, &pin, &how));
	status = upkeep_check_file(&config->store, path, how, &watcher, &report);
	put_report(data, &report);
	return status == STORE_OK ? DONE : fail_store(status, NULL, "%s is not sound", path);
}

static enum outcome
check_slot(const struct call *call, const struct config *config, json_t *data)
{
	RELEASED(token_release) struct token token = { 0 };
	RELEASED(secret_clear) struct secret pin = { 0 };
	struct upkeep_pin how = { 0 };
	struct report report = { 0 };
	struct watcher watcher;
	enum store_status status;

	TRY(files_token(call, NULL, &token));
	put_text(data, "token", token.label);
	put_number(data, "slot", (json_int_t)token.slot);
	if (wants_seals(call))
		TRY(files_pin(call, &token, &pin, &how));
	watcher = watch(data);
	status = upkeep_check(&config->store, (uint32_t)token.slot, how, &watcher, &report);
	put_report(data, &report);
	if (status != STORE_OK)
		return fail_store(status, "handfast restore from a backup",
		    "the token '%s' (slot %lu) is not sound", token.label, token.slot);
	if (!report.with_keys)
		say_note("structure only; with --seals and the PIN every seal is checked too");
	return DONE;
}

enum outcome
upkeep_fsck(const struct call *call, json_t *data)
{
	RELEASED(config_release) struct config config = { 0 };

	TRY(files_config(&config));
	return call->count > 0 ? check_backup(call, &config, data)
			       : check_slot(call, &config, data);
}

/* --- backup --------------------------------------------------------------- */

enum outcome
upkeep_make_backup(const struct call *call, json_t *data)
{
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(token_release) struct token token = { 0 };
	const char *path = call->arguments[0];
	struct watcher watcher;
	enum store_status status;

	TRY(files_config(&config));
	TRY(files_token(call, NULL, &token));
	put_text(data, "token", token.label);
	put_text(data, "file", path);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	watcher = watch(data);
	status = upkeep_backup(&config.store, (uint32_t)token.slot, path, &watcher);
	if (status == STORE_CHANGED)
		return fail_store(status, "another file", "cannot write %s", path);
	if (status != STORE_OK)
		return fail_store(status, NULL, "cannot back up '%s' to %s", token.label, path);
	return DONE;
}

/* --- restore -------------------------------------------------------------- */

/* The slot of the token that is to be replaced, the one that was named, or a free one. */
static enum outcome
restore_slot(const struct call *call, const struct config *config, uint32_t *slot)
{
	RELEASED(pointer_release) uint32_t *slots = NULL;
	RELEASED(token_release) struct token token = { 0 };
	enum store_status status;
	size_t count;

	if (call->options.slot >= 0) {
		*slot = (uint32_t)call->options.slot;
		return DONE;
	}
	if (call->options.replace != 0) {
		TRY(files_token(call, NULL, &token));
		*slot = (uint32_t)token.slot;
		return DONE;
	}
	status = store_slots(&config->store, &slots, &count);
	if (status != STORE_OK)
		return fail_store(status, NULL, "cannot look into %s", config->store.folder);
	*slot = count > 0 ? slots[count - 1] + 1 : 0;
	return DONE;
}

static enum outcome
restore_into(const struct call *call, const struct config *config, uint32_t slot, json_t *data)
{
	const char *path = call->arguments[0];
	const struct token of_backup = { .label = "the backup" };
	RELEASED(secret_clear) struct secret pin = { 0 };
	RELEASED(pointer_release) char *aside = NULL;
	const struct watcher watcher = watch(data);
	struct upkeep_pin how = { 0 };
	enum store_status status;

	if (wants_seals(call))
		TRY(files_pin(call, &of_backup, &pin, &how));
	status = upkeep_restore(
	    &config->store, slot, path, call->options.replace != 0, how, &watcher, &aside);
	put_text(data, "aside", aside);
	if (status == STORE_CHANGED)
		return fail_store(status, "--replace, which keeps it aside, or another --slot",
		    "cannot restore %s into slot %u", path, slot);
	if (status != STORE_OK)
		return fail_store(
		    status, "another backup", "cannot restore %s into slot %u", path, slot);
	return DONE;
}

/* A copy beside the token that it is of, as programs that look for one do not expect. */
static void
twice_tell(const struct call *call, uint32_t slot)
{
	RELEASED(tokens_release) struct tokens tokens = { 0 };
	const struct token *fresh = NULL;

	if (client_start(call) != DONE || tokens_list(&tokens) != DONE)
		return;
	for (size_t i = 0; i < tokens.count; i++)
		if (tokens.list[i].slot == slot && tokens.list[i].readable)
			fresh = &tokens.list[i];
	for (size_t i = 0; fresh != NULL && i < tokens.count; i++)
		if (&tokens.list[i] != fresh && strcmp(tokens.list[i].serial, fresh->serial) == 0)
			say_note("'%s' is there twice now, in slots %lu and %lu; next: handfast "
				 "token rm --slot NUMBER (with --replace it is there once)",
			    fresh->label, tokens.list[i].slot, fresh->slot);
}

enum outcome
upkeep_put_back(const struct call *call, json_t *data)
{
	RELEASED(config_release) struct config config = { 0 };
	uint32_t slot = 0;

	TRY(files_config(&config));
	TRY(restore_slot(call, &config, &slot));
	put_text(data, "file", call->arguments[0]);
	put_number(data, "slot", (json_int_t)slot);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	TRY(restore_into(call, &config, slot, data));
	twice_tell(call, slot);
	return DONE;
}

/* --- rekey ---------------------------------------------------------------- */

static enum outcome
take_new_keys(
    const struct call *call, const struct config *config, const struct token *token, json_t *data)
{
	RELEASED(secret_clear) struct secret user = { 0 }, so = { 0 };
	struct watcher watcher;
	enum store_status status;
	char whose[80];

	(void)snprintf(whose, sizeof(whose), "security officer's PIN of '%s'", token->label);
	TRY(pin_get(&call->options.so_pin, whose, &so));
	(void)snprintf(whose, sizeof(whose), "PIN of '%s'", token->label);
	if ((token->info.flags & CKF_USER_PIN_INITIALIZED) != 0)
		TRY(pin_get(&call->options.pin, whose, &user));
	watcher = watch(data);
	status = upkeep_rekey(
	    &config->store, (uint32_t)token->slot, secret_view(&user), secret_view(&so), &watcher);
	return status == STORE_OK
	    ? DONE
	    : fail_store(status, NULL, "cannot give '%s' a new master key", token->label);
}

enum outcome
upkeep_new_keys(const struct call *call, json_t *data)
{
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(token_release) struct token token = { 0 };

	TRY(files_config(&config));
	TRY(files_token(call, NULL, &token));
	put_text(data, "token", token.label);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	return take_new_keys(call, &config, &token, data);
}
