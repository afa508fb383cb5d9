/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `token init`.  Through the store: C_InitToken on a slot that another process has
 * just filled would begin that token anew, store_create() never does.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/families.h"
#include "cli/files.h"
#include "cli/pin.h"

/* --- the two PINs --------------------------------------------------------- */

struct pins {
	struct secret user, so;
	bool made; /* the SO's */
	int tty;   /* where it is shown, or -1 */
};

static void
pins_release(struct pins *pins)
{
	secret_clear(&pins->user);
	secret_clear(&pins->so);
	if (pins->tty >= 0)
		close(pins->tty);
}

/*
 * Few people understand two PINs, so the SO's is made unless they have one: it goes
 * into a file, or is shown once on the terminal, and never into output that a log keeps.
 */
static enum outcome
so_pin_settle(const struct call *call, const char *whose, struct pins *pins)
{
	if (pin_given(&call->options.so_pin)) {
		if (call->options.recovery != NULL)
			return fail(MISUSED, NULL, "--recovery is for a PIN that is made");
		return pin_get_new(&call->options.so_pin, whose, &pins->so);
	}
	if (call->options.recovery == NULL) {
		pins->tty = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);
		if (pins->tty < 0)
			return fail(MISUSED, "--recovery FILE, or --so-pin-file FILE",
			    "there is no terminal to show the security officer's PIN on");
	}
	pins->made = true;
	return pin_make(&pins->so);
}

static enum outcome
pins_get(const struct call *call, const char *label, const struct config *config, struct pins *pins)
{
	char whose[80];

	(void)snprintf(whose, sizeof(whose), "security officer's PIN of '%s'", label);
	TRY(so_pin_settle(call, whose, pins));
	(void)snprintf(whose, sizeof(whose), "PIN of '%s'", label);
	TRY(pin_get_new(&call->options.pin, whose, &pins->user));
	if (pins->user.len < config->pin_least || pins->so.len < config->pin_least)
		return fail(REFUSED, "a passphrase", "a PIN has at least %zu bytes (pin-least)",
		    config->pin_least);
	return DONE;
}

/* Before there is a token that nobody could open. */
static enum outcome
recovery_write(const char *path, const struct secret *pin)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool done;

	if (fd < 0)
		return fail_errno(errno, "another file", "cannot make %s", path);
	done = write(fd, pin->data, pin->len) == (ssize_t)pin->len && write(fd, "\n", 1) == 1 &&
	    fsync(fd) == 0;
	if (close(fd) == 0 && done)
		return DONE;
	(void)unlink(path);
	return fail_errno(errno, NULL, "cannot write %s", path);
}

static void
recovery_show(const struct pins *pins)
{
	static const char before[] = "Keep this apart: with it a forgotten or locked PIN is set "
				     "anew (token reset-pin).\n    ";

	if (pins->tty < 0)
		return;
	(void)!write(pins->tty, before, strlen(before));
	(void)!write(pins->tty, pins->so.data, pins->so.len);
	(void)!write(pins->tty, "\n", 1);
}

/* --- the token ------------------------------------------------------------ */

/* The option, or else what the configuration says. */
static enum outcome
policy_settle(const struct call *call, struct config *config)
{
	const char *level = call->options.policy;

	if (level == NULL)
		return DONE;
	if (strcmp(level, "standard") != 0 && strcmp(level, "strict") != 0)
		return fail(MISUSED, NULL, "--policy takes standard or strict, not '%s'", level);
	config->store.policy = strcmp(level, "strict") == 0 ? STORE_STRICT : STORE_STANDARD;
	return DONE;
}

static enum outcome
label_is_new(const struct call *call, const char *label)
{
	RELEASED(tokens_release) struct tokens tokens = { 0 };

	TRY(client_start(call));
	TRY(tokens_list(&tokens));
	client_stop();
	for (size_t i = 0; i < tokens.count; i++)
		if (strcmp(tokens.list[i].label, label) == 0)
			return fail(IN_THE_WAY, "another label, or handfast token rm LABEL first",
			    "there is a token '%s' already", label);
	return DONE;
}

/* In the first slot behind all others; another process may be as fast. */
static enum store_status
create(const struct config *config, const char label[STORE_LABEL_LEN], struct view so_pin,
    uint32_t *slot, struct store **store)
{
	enum store_status status;

	do {
		RELEASED(pointer_release) uint32_t *slots = NULL;
		size_t count;

		TRY(store_slots(&config->store, &slots, &count));
		*slot = count > 0 ? slots[count - 1] + 1 : 0;
		status = store_create(&config->store, *slot, label, so_pin, store);
	} while (status == STORE_CHANGED);
	return status;
}

static enum store_status
populate(const struct config *config, const char *name, const struct pins *pins, uint32_t *slot)
{
	char label[STORE_LABEL_LEN];
	struct store *store;
	enum store_status status;

	memset(label, ' ', sizeof(label));
	memcpy(label, name, strlen(name));
	TRY(create(config, label, secret_view(&pins->so), slot, &store));
	status = store_login(store, STORE_SO, secret_view(&pins->so));
	if (status == STORE_OK)
		status = store_set_user_pin(store, secret_view(&pins->user));
	store_close(store);
	return status;
}

static enum outcome
make(const struct call *call, const char *label, const struct config *config,
    const struct pins *pins, uint32_t *slot)
{
	const char *recovery = call->options.recovery;
	enum store_status status;

	if (recovery != NULL)
		TRY(recovery_write(recovery, &pins->so));
	status = populate(config, label, pins, slot);
	if (status == STORE_OK)
		return DONE;
	if (recovery != NULL)
		(void)unlink(recovery);
	return fail_store(
	    status, NULL, "cannot make the token '%s' in %s", label, config->store.folder);
}

static enum outcome
tell(const struct call *call, uint32_t slot, json_t *data)
{
	RELEASED(tokens_release) struct tokens tokens = { 0 };

	TRY(client_start(call));
	TRY(tokens_list(&tokens));
	for (size_t i = 0; i < tokens.count; i++)
		if (tokens.list[i].slot == slot)
			return token_describe(&tokens.list[i], data);
	return fail(BUSY, "handfast token list", "the token was removed meanwhile");
}

enum outcome
token_init(const struct call *call, json_t *data)
{
	RELEASED(pins_release) struct pins pins = { .tty = -1 };
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(uri_release) P11KitUri *uri = NULL;
	const char *label = call->arguments[0];
	uint32_t slot = 0;

	if (strncmp(label, "pkcs11:", 7) == 0)
		return fail(MISUSED, NULL, "a new token has a label, not a URI");
	TRY(name_token(label, &uri));
	TRY(files_config(&config));
	TRY(policy_settle(call, &config));
	if (strcmp(config.store.folder, "memory:") == 0)
		return fail(REFUSED, "--store FOLDER, or handfast run -- COMMAND",
		    "a token in memory would end with this command");
	TRY(label_is_new(call, label));
	if (call->options.dry_run != 0) {
		put_text(data, "label", label);
		put_text(data, "store", config.store.folder);
		return WOULD_CHANGE;
	}
	TRY(pins_get(call, label, &config, &pins));
	TRY(make(call, label, &config, &pins, &slot));
	recovery_show(&pins);
	say_note("next: handfast key gen NAME --token '%s'", label);
	return tell(call, slot, data);
}
