/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `doctor`: why is my token not seen?  Looks at everything between a program and a
 * token, changes nothing, and says of each thing whether it is as it should be.
 */
#include <errno.h>
#include <openssl/crypto.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/families.h"
#include "cli/files.h"

/* After token/base/cryptoki.h, as all of p11-kit's headers. */
#include <p11-kit/p11-kit.h>

/* What was looked at so far. */
struct visit {
	const struct call *call;
	json_t *checks;
	unsigned wrong;
	struct config config;
};

static void PRINTF_LIKE(5, 6) note(
    struct visit *visit, bool good, const char *check, const char *hint, const char *format, ...)
{
	json_t *item = json_object();
	char what[1024];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	put_yes(item, "ok", good);
	put_text(item, "check", check);
	put_text(item, "what", what);
	put_text(item, "try", good ? NULL : hint);
	(void)json_array_append_new(visit->checks, item);
	visit->wrong += !good;
}

/* --- the module ----------------------------------------------------------- */

static bool
look_at_module(struct visit *visit)
{
	const char *path = client_module(visit->call);
	CK_INFO info;

	if (access(path, R_OK) != 0) {
		note(visit, false, "module", "make install, or --module FILE", "%s: %s", path,
		    strerror(errno));
		return false;
	}
	if (client_start(visit->call) != DONE || p11->C_GetInfo(&info) != CKR_OK) {
		note(visit, false, "module", "ldd FILE, or the Handfast of this release",
		    "%s cannot be loaded", path);
		return false;
	}
	note(visit, true, "module", NULL, "%s, version %d.%d", path, info.libraryVersion.major,
	    info.libraryVersion.minor);
	note(visit, true, "openssl", NULL, "%s", OpenSSL_version(OPENSSL_VERSION));
	return true;
}

/* Programs that use p11-kit see what is in its list. */
static void
look_at_p11_kit(struct visit *visit)
{
	CK_FUNCTION_LIST **modules = p11_kit_modules_load(NULL, 0);
	bool listed = false;

	for (size_t i = 0; modules != NULL && modules[i] != NULL; i++) {
		char *file = p11_kit_module_get_filename(modules[i]);

		listed = listed || (file != NULL && strstr(file, "handfast.so") != NULL);
		free(file);
	}
	if (modules != NULL)
		p11_kit_modules_release(modules);
	note(visit, listed, "p11-kit",
	    "make install, or a line 'module: FILE' in ~/.config/pkcs11/modules/handfast.module",
	    listed ? "handfast is among its modules" : "handfast is not among its modules");
}

/* --- settings and store --------------------------------------------------- */

static void
look_at_settings(struct visit *visit)
{
	json_t *lines = json_array();
	size_t i;
	json_t *line;

	if (files_config(&visit->config) == DONE)
		say_logged(lines);
	json_array_foreach(lines, i, line)
	{
		note(visit, false, "settings", "doc/configuration.md", "%s",
		    json_string_value(line));
	}
	if (json_array_size(lines) == 0)
		note(visit, true, "settings", NULL, "nothing is wrong with them");
	json_decref(lines);
}

static void
look_at_memory(struct visit *visit)
{
	struct rlimit limit = { 0 };

	(void)getrlimit(RLIMIT_MEMLOCK, &limit);
	note(visit, limit.rlim_cur >= 65536, "memory", "ulimit -l, or LimitMEMLOCK= in the unit",
	    "%llu KiB may be locked, so that keys are not swapped out",
	    (unsigned long long)limit.rlim_cur / 1024);
}

static void
look_at_folder(struct visit *visit)
{
	const char *folder = visit->config.store.folder;
	struct stat found;

	if (strcmp(folder, "memory:") == 0) {
		note(visit, true, "store", NULL, "tokens are in memory and end with each program");
		return;
	}
	if (stat(folder, &found) != 0) {
		note(visit, errno == ENOENT, "store", "'store' in the settings, or HANDFAST_STORE",
		    "%s: %s", folder, errno == ENOENT ? "not there yet" : strerror(errno));
		return;
	}
	if ((found.st_mode & 022) != 0 || (found.st_uid != geteuid() && found.st_uid != 0))
		note(visit, false, "store", "chmod 700, and chown to whoever uses it",
		    "%s belongs to user %u, mode %03o", folder, (unsigned)found.st_uid,
		    (unsigned)found.st_mode & 0777);
	else if (access(folder, W_OK) != 0)
		note(visit, true, "store", NULL, "%s can be read, not written", folder);
	else
		note(visit, true, "store", NULL, "%s", folder);
}

/* --- tokens --------------------------------------------------------------- */

static void
look_at_token(struct visit *visit, const struct token *token)
{
	CK_FLAGS flags = token->info.flags;

	if (!token->readable)
		note(visit, false, "token", "handfast fsck --slot NUMBER",
		    "slot %lu: the file is not a token, or not safely yours (owner, mode, link)",
		    token->slot);
	else if ((flags & CKF_ERROR_STATE) != 0)
		note(visit, false, "token", "handfast fsck --seals", "'%s': a seal was found wrong",
		    token->label);
	else if ((flags & CKF_USER_PIN_LOCKED) != 0)
		note(visit, false, "token", "handfast token reset-pin", "'%s': the PIN is locked",
		    token->label);
	else if ((flags & CKF_USER_PIN_INITIALIZED) == 0)
		note(visit, false, "token", "handfast token reset-pin", "'%s': there is no PIN yet",
		    token->label);
	else
		note(visit, true, "token", NULL, "'%s' in slot %lu%s", token->label, token->slot,
		    (flags & CKF_WRITE_PROTECTED) != 0 ? ", to be read only" : "");
}

static void
look_at_tokens(struct visit *visit)
{
	RELEASED(tokens_release) struct tokens tokens = { 0 };

	if (tokens_list(&tokens) != DONE)
		return;
	for (size_t i = 0; i < tokens.count; i++)
		look_at_token(visit, &tokens.list[i]);
	if (tokens.count == 0)
		note(visit, false, "token", "handfast token init LABEL", "there is none yet");
}

static void
visit_release(struct visit *visit)
{
	config_release(&visit->config);
}

enum outcome
doctor_look(const struct call *call, json_t *data)
{
	RELEASED(visit_release) struct visit visit = { .call = call, .checks = json_array() };

	put(data, "checks", visit.checks);
	look_at_settings(&visit);
	if (visit.config.store.folder == NULL)
		return fail_memory();
	look_at_folder(&visit);
	look_at_memory(&visit);
	if (look_at_module(&visit)) {
		look_at_tokens(&visit);
		client_stop();
	}
	look_at_p11_kit(&visit);
	if (visit.wrong == 0)
		return DONE;
	return fail(FAILED, "what stands beside it", "%u thing%s not as it should be", visit.wrong,
	    visit.wrong == 1 ? " is" : "s are");
}
