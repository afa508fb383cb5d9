/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `doctor`: why is my token not seen?  Looks at everything between a program and a
 * token, and says of each thing whether it is as it should be.  With --fix it puts right
 * what can be put right without a loss: rights that are too wide, and p11-kit's list.
 */
#include <errno.h>
#include <fcntl.h>
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
	unsigned wrong, mendable;
	struct config config;
};

static json_t *PRINTF_LIKE(5, 6) note(
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
	put_text(item, "fix", NULL);
	put_yes(item, "fixed", false);
	(void)json_array_append_new(visit->checks, item);
	visit->wrong += !good;
	return item;
}

/* What was just noted can be mended: `act` does so to this path, and says in words what it is. */
static void
mend(struct visit *visit, json_t *item, const char *words,
    int (*act)(const struct visit *visit, const char *path), const char *path)
{
	const struct options *options = &visit->call->options;
	RELEASED(pointer_release) char *what = NULL;
	int error;

	if (asprintf(&what, "%s %s", words, path) < 0)
		what = NULL;
	put_text(item, "fix", what);
	visit->mendable++;
	if (options->fix == 0 || options->dry_run != 0)
		return;
	error = act(visit, path);
	put_yes(item, "fixed", error == 0);
	if (error == 0) {
		visit->wrong--;
		say_note("done: %s %s", words, path);
	} else
		say_note("cannot %s %s: %s", words, path, strerror(error));
}

/* Takes from others the right to write; an errno, or 0. */
static int
narrow(const struct visit *visit, const char *path)
{
	int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC), error = 0;
	struct stat found;
	char link[64];

	(void)visit;
	if (fd < 0)
		return errno;
	/* Through /proc, since what a path names may be exchanged, and O_PATH has no fchmod. */
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (fstat(fd, &found) != 0 || chmod(link, found.st_mode & 07755) != 0)
		error = errno;
	close(fd);
	return error;
}

/* --- the module ----------------------------------------------------------- */

static bool
look_at_module(struct visit *visit)
{
	const char *path = client_module(visit->call);
	CK_INFO info;

	if (access(path, R_OK) != 0) {
		(void)note(visit, false, "module", "install handfast, or --module FILE", "%s: %s",
		    path, strerror(errno));
		return false;
	}
	if (client_start(visit->call) != DONE || p11->C_GetInfo(&info) != CKR_OK) {
		(void)note(visit, false, "module", "ldd FILE, or the Handfast of this release",
		    "%s cannot be loaded", path);
		return false;
	}
	(void)note(visit, true, "module", NULL, "%s, version %d.%d", path,
	    info.libraryVersion.major, info.libraryVersion.minor);
	(void)note(visit, true, "openssl", NULL, "%s", OpenSSL_version(OPENSSL_VERSION));
	return true;
}

/* Where p11-kit looks for a user's own modules; it does not for root. */
static char *
own_modules(void)
{
	const char *config = secure_getenv("XDG_CONFIG_HOME"), *home = secure_getenv("HOME");
	char *path = NULL;

	if (geteuid() == 0 ||
	    ((config == NULL || config[0] != '/') && (home == NULL || home[0] != '/')))
		return NULL;
	if (config != NULL && config[0] == '/')
		return asprintf(&path, "%s/pkcs11/modules/handfast.module", config) >= 0 ? path
											 : NULL;
	return asprintf(&path, "%s/.config/pkcs11/modules/handfast.module", home) >= 0 ? path
										       : NULL;
}

/* The folders on the way to a file. */
static int
folders_make(const char *path)
{
	RELEASED(pointer_release) char *folder = strdup(path);

	if (folder == NULL)
		return ENOMEM;
	for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return errno;
		*slash = '/';
	}
	return 0;
}

/* Never over a file that is there: somebody may have switched the module off in it. */
static int
list_module(const struct visit *visit, const char *path)
{
	RELEASED(pointer_release) char *module = realpath(client_module(visit->call), NULL);
	int error = module != NULL ? folders_make(path) : errno, fd;
	FILE *file;

	if (error != 0)
		return error;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file == NULL)
		return errno;
	fprintf(file, "module: %s\ncritical: no\n", module);
	return fclose(file) == 0 ? 0 : errno;
}

/* Programs that use p11-kit see what is in its list. */
static void
look_at_p11_kit(struct visit *visit, bool usable)
{
	RELEASED(pointer_release) char *own = own_modules();
	json_t *item;
	CK_FUNCTION_LIST **modules = p11_kit_modules_load(NULL, 0);
	bool listed = false;

	for (size_t i = 0; modules != NULL && modules[i] != NULL; i++) {
		char *file = p11_kit_module_get_filename(modules[i]);

		listed = listed || (file != NULL && strstr(file, "handfast.so") != NULL);
		free(file);
	}
	if (modules != NULL)
		p11_kit_modules_release(modules);
	item = note(visit, listed, "p11-kit",
	    "install handfast, or a line 'module: FILE' in "
	    "~/.config/pkcs11/modules/handfast.module",
	    listed ? "handfast is among its modules" : "handfast is not among its modules");
	if (!listed && usable && own != NULL && access(own, F_OK) != 0)
		mend(visit, item, "name the module in", list_module, own);
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
		(void)note(visit, false, "settings", "doc/configuration.md", "%s",
		    json_string_value(line));
	}
	if (json_array_size(lines) == 0)
		(void)note(visit, true, "settings", NULL, "nothing is wrong with them");
	json_decref(lines);
}

static void
look_at_memory(struct visit *visit)
{
	struct rlimit limit = { 0 };

	(void)getrlimit(RLIMIT_MEMLOCK, &limit);
	(void)note(visit, limit.rlim_cur >= 65536, "memory",
	    "ulimit -l, or LimitMEMLOCK= in the unit",
	    "%llu KiB may be locked, so that keys are not swapped out",
	    (unsigned long long)limit.rlim_cur / 1024);
}

static void
look_at_folder(struct visit *visit)
{
	const char *folder = visit->config.store.folder;
	struct stat found;
	json_t *item;

	if (strcmp(folder, "memory:") == 0) {
		(void)note(
		    visit, true, "store", NULL, "tokens are in memory and end with each program");
		return;
	}
	if (stat(folder, &found) != 0) {
		(void)note(visit, errno == ENOENT, "store",
		    "'store' in the settings, or HANDFAST_STORE", "%s: %s", folder,
		    errno == ENOENT ? "not there yet" : strerror(errno));
		return;
	}
	if ((found.st_mode & 022) != 0 || (found.st_uid != geteuid() && found.st_uid != 0)) {
		item = note(visit, false, "store", "chmod 700, and chown to whoever uses it",
		    "%s belongs to user %u, mode %03o", folder, (unsigned)found.st_uid,
		    (unsigned)found.st_mode & 0777);
		if (found.st_uid == geteuid() && S_ISDIR(found.st_mode))
			mend(visit, item, "take from others the right to write", narrow, folder);
	} else if (access(folder, W_OK) != 0)
		(void)note(visit, true, "store", NULL, "%s can be read, not written", folder);
	else
		(void)note(visit, true, "store", NULL, "%s", folder);
}

/* --- tokens --------------------------------------------------------------- */

/* Its file, if all that is wrong with it may be that others can write it. */
static char *
too_open(const struct visit *visit, const struct token *token)
{
	struct stat found;
	char *path;

	if (asprintf(&path, "%s/%lu.token", visit->config.store.folder, token->slot) < 0)
		return NULL;
	if (lstat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == geteuid() &&
	    found.st_nlink == 1 && (found.st_mode & 022) != 0)
		return path;
	free(path);
	return NULL;
}

static void
look_at_unreadable(struct visit *visit, const struct token *token)
{
	RELEASED(pointer_release) char *path = too_open(visit, token);
	json_t *item = note(visit, false, "token", "handfast fsck --slot NUMBER",
	    "slot %lu: the file is not a token, or not safely yours (owner, mode, link)",
	    token->slot);

	if (path != NULL)
		mend(visit, item, "take from others the right to write", narrow, path);
}

static void
look_at_token(struct visit *visit, const struct token *token)
{
	CK_FLAGS flags = token->info.flags;

	if (!token->readable)
		look_at_unreadable(visit, token);
	else if ((flags & CKF_ERROR_STATE) != 0)
		(void)note(visit, false, "token", "handfast fsck --seals",
		    "'%s': a seal was found wrong", token->label);
	else if ((flags & CKF_USER_PIN_LOCKED) != 0)
		(void)note(visit, false, "token", "handfast token reset-pin",
		    "'%s': the PIN is locked", token->label);
	else if ((flags & CKF_USER_PIN_INITIALIZED) == 0)
		(void)note(visit, false, "token", "handfast token reset-pin",
		    "'%s': there is no PIN yet", token->label);
	else
		(void)note(visit, true, "token", NULL, "'%s' in slot %lu%s", token->label,
		    token->slot, (flags & CKF_WRITE_PROTECTED) != 0 ? ", to be read only" : "");
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
		(void)note(visit, false, "token", "handfast token init LABEL", "there is none yet");
}

static void
visit_release(struct visit *visit)
{
	config_release(&visit->config);
}

enum outcome
doctor_look(const struct call *call, json_t *data)
{
	RELEASED(visit_release) struct visit visit = { .call = call };
	bool usable;

	if (call->options.dry_run != 0 && call->options.fix == 0)
		return fail(MISUSED, "--fix --dry-run", "without --fix nothing is done anyhow");
	visit.checks = json_array();
	put(data, "checks", visit.checks);
	look_at_settings(&visit);
	if (visit.config.store.folder == NULL)
		return fail_memory();
	look_at_folder(&visit);
	look_at_memory(&visit);
	usable = look_at_module(&visit);
	if (usable) {
		look_at_tokens(&visit);
		client_stop();
	}
	look_at_p11_kit(&visit, usable);
	if (call->options.dry_run != 0 && visit.mendable > 0)
		return WOULD_CHANGE;
	if (visit.wrong == 0)
		return DONE;
	return fail(FAILED,
	    visit.mendable > 0 ? "handfast doctor --fix, and what stands beside it"
			       : "what stands beside it",
	    "%u thing%s not as it should be", visit.wrong, visit.wrong == 1 ? " is" : "s are");
}
