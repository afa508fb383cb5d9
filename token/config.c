/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configuration: where it is looked for, and what each key takes.  Must not know
 * what the rest does with it.
 */
#define _GNU_SOURCE
#include "token/config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "token/base/fd.h"
#include "token/base/log.h"
#include "token/pinsource.h"

#define SYSTEM_FILE "/etc/handfast/handfast.conf"
#define SYSTEM_STORE "/var/lib/handfast"
#define SYSTEM_KEPT "/run/handfast"
#define MEMORY_STORE "memory:"

/* N = 2^14 keeps a guess at 16 MiB, N = 2^18 at 256 MiB, with r = 8. */
#define KDF_COST_LEAST 14
#define KDF_COST_MOST 18
#define TRIES_MOST 255

/* A file being read: inih does not tell lines to its handler, so the reader counts them. */
struct reading {
	FILE *file;
	const char *name;
	int line;
	struct config *config;
	bool out_of_memory;
};

/* An environment variable; an empty one counts for none, as the XDG specification has it. */
static const char *
environment(const char *name)
{
	const char *value = secure_getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* What the keys take */

enum answer { ANSWER_TAKEN, ANSWER_WRONG, ANSWER_NO_MEMORY };

static enum answer
set_string(const char **string, const char *value)
{
	char *copy = text_copy(value);

	if (copy == NULL)
		return ANSWER_NO_MEMORY;
	free((void *)*string);
	*string = copy;
	return ANSWER_TAKEN;
}

static enum answer
set_yes(bool *yes, const char *value)
{
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return ANSWER_WRONG;
	*yes = value[0] == 'y';
	return ANSWER_TAKEN;
}

/* Digits only: strtoul would let signs, blanks and other bases through. */
static enum answer
set_number(unsigned *number, const char *value, unsigned least, unsigned most)
{
	unsigned parsed = 0;

	for (const char *digit = value; *digit != '\0'; digit++) {
		if (*digit < '0' || *digit > '9' || parsed > most)
			return ANSWER_WRONG;
		parsed = parsed * 10 + (unsigned)(*digit - '0');
	}
	if (value[0] == '\0' || parsed < least || parsed > most)
		return ANSWER_WRONG;
	*number = parsed;
	return ANSWER_TAKEN;
}

static enum answer
set_store(struct config *config, const char *value)
{
	if (value[0] != '/' && strcmp(value, MEMORY_STORE) != 0)
		return ANSWER_WRONG;
	return set_string(&config->store.folder, value);
}

static enum answer
set_pepper(struct config *config, const char *value)
{
	return value[0] == '/' ? set_string(&config->store.pepper, value) : ANSWER_WRONG;
}

static enum answer
set_log(struct config *config, const char *value)
{
	const char *named = environment("HANDFAST_LOG");

	(void)config;
	/* The environment has the last word, and had the first. */
	if (named != NULL && named[0] != '+')
		return ANSWER_TAKEN;
	return log_target(value) ? ANSWER_TAKEN : ANSWER_WRONG;
}

static enum answer
set_empty_slot(struct config *config, const char *value)
{
	return set_yes(&config->empty_slot, value);
}

static enum answer
set_public_writes(struct config *config, const char *value)
{
	return set_yes(&config->public_writes, value);
}

static enum answer
set_derived_secrets(struct config *config, const char *value)
{
	if (strcmp(value, "default") != 0 && strcmp(value, "sensitive") != 0)
		return ANSWER_WRONG;
	config->derived_sensitive = value[0] == 's';
	return ANSWER_TAKEN;
}

static enum answer
set_policy(struct config *config, const char *value)
{
	if (strcmp(value, "standard") != 0 && strcmp(value, "strict") != 0)
		return ANSWER_WRONG;
	config->store.policy = strcmp(value, "strict") == 0 ? STORE_STRICT : STORE_STANDARD;
	return ANSWER_TAKEN;
}

static enum answer
set_pin_least(struct config *config, const char *value)
{
	unsigned least;
	enum answer answer = set_number(&least, value, 1, PIN_MOST);

	if (answer == ANSWER_TAKEN)
		config->pin_least = least;
	return answer;
}

static enum answer
set_tries(struct config *config, const char *value)
{
	return set_number(&config->store.tries, value, 1, TRIES_MOST);
}

static enum answer
set_kdf_cost(struct config *config, const char *value)
{
	return set_number(&config->store.kdf.log2_n, value, KDF_COST_LEAST, KDF_COST_MOST);
}

static enum answer
set_der_points(struct config *config, const char *value)
{
	return set_string(&config->der_points, value);
}

/* What is known of the names is taken; of a list that has none, nothing. */
static enum answer
set_mechanisms(const char **list, const char *value)
{
	char unknown[MECHANISM_NAME_MOST];
	enum answer answer = ANSWER_TAKEN;

	if (mechanisms_named(value, unknown))
		answer = set_string(list, value);
	else if (unknown[0] == '\0')
		return ANSWER_WRONG;
	if (unknown[0] != '\0' && answer == ANSWER_TAKEN) {
		log_warning("there is no mechanism %s", unknown);
		answer = ANSWER_WRONG;
	}
	return answer;
}

static enum answer
set_mechanisms_allow(struct config *config, const char *value)
{
	return set_mechanisms(&config->limits.allow, value);
}

static enum answer
set_mechanisms_deny(struct config *config, const char *value)
{
	return set_mechanisms(&config->limits.deny, value);
}

static enum answer
set_rsa_least(struct config *config, const char *value)
{
	return set_number(&config->limits.rsa_least, value, 1024, 16384);
}

static enum answer
set_ec_least(struct config *config, const char *value)
{
	return set_number(&config->limits.ec_least, value, 224, 521);
}

static enum answer
set_dh_least(struct config *config, const char *value)
{
	return set_number(&config->limits.dh_least, value, 2048, 8192);
}

#define TEXT_OF(number) #number
#define RANGE(least, most) "a number from " TEXT_OF(least) " to " TEXT_OF(most)

#define MECHANISMS "names of mechanisms, with commas between, in which * stands for any characters"

static const struct setting {
	const char *name;
	enum answer (*set)(struct config *config, const char *value);
	const char *takes;
} settings[] = {
	{ "store", set_store, "an absolute path or memory:" },
	{ "log", set_log, "syslog, journal, off or an absolute path" },
	{ "empty-slot", set_empty_slot, "yes or no" },
	{ "public-writes", set_public_writes, "yes or no" },
	{ "derived-secrets", set_derived_secrets, "default or sensitive" },
	{ "policy", set_policy, "standard or strict" },
	{ "pin-least", set_pin_least, RANGE(1, PIN_MOST) },
	{ "tries", set_tries, RANGE(1, TRIES_MOST) },
	{ "kdf-cost", set_kdf_cost, RANGE(KDF_COST_LEAST, KDF_COST_MOST) },
	{ "pepper", set_pepper, "an absolute path" },
	{ "der-points", set_der_points, "labels of tokens, with commas between, or *" },
	{ "mechanisms-allow", set_mechanisms_allow, MECHANISMS },
	{ "mechanisms-deny", set_mechanisms_deny, MECHANISMS },
	{ "rsa-least", set_rsa_least, RANGE(1024, 16384) },
	{ "ec-least", set_ec_least, RANGE(224, 521) },
	{ "dh-least", set_dh_least, RANGE(2048, 8192) },
};

static enum answer
set_pin_source(struct config_token *token, const char *value)
{
	return pinsource_possible(value) ? set_string(&token->pin_source, value) : ANSWER_WRONG;
}

static enum answer
set_auto_login(struct config_token *token, const char *value)
{
	return set_yes(&token->auto_login, value);
}

static const struct token_setting {
	const char *name;
	enum answer (*set)(struct config_token *token, const char *value);
	const char *takes;
} token_settings[] = {
	{ "pin-source", set_pin_source, "file:/PATH, credential:NAME, fd:NUMBER or fd:VARIABLE" },
	{ "auto-login", set_auto_login, "yes or no" },
};

/* The token that a section is about; NULL: no memory. */
static struct config_token *
token_named(struct config *config, const char *name)
{
	struct config_token *token = config->tokens;

	while (token != NULL && strcmp(token->name, name) != 0)
		token = token->next;
	if (token != NULL)
		return token;
	token = calloc(1, sizeof(*token));
	if (token == NULL || set_string(&token->name, name) != ANSWER_TAKEN) {
		free(token);
		return NULL;
	}
	token->next = config->tokens;
	config->tokens = token;
	return token;
}

/* Files */

/* What came of a key is told or remembered here. */
static void
note_answer(struct reading *reading, enum answer answer, const char *name, const char *takes,
    const char *value)
{
	if (answer == ANSWER_WRONG)
		log_warning("%s:%d: '%s' takes %s, not '%s'", reading->name, reading->line, name,
		    takes, value);
	if (answer == ANSWER_NO_MEMORY)
		reading->out_of_memory = true;
}

static void
take_token_key(struct reading *reading, const char *section, const char *name, const char *value)
{
	struct config_token *token;
	size_t i = 0;

	while (i < COUNT_OF(token_settings) && strcmp(token_settings[i].name, name) != 0)
		i++;
	if (i == COUNT_OF(token_settings)) {
		log_warning("%s:%d: unknown key '%s' of the token [%s]", reading->name,
		    reading->line, name, section);
		return;
	}
	token = token_named(reading->config, section);
	note_answer(reading, token == NULL ? ANSWER_NO_MEMORY : token_settings[i].set(token, value),
	    name, token_settings[i].takes, value);
}

/* One key.  inih's handler: always content, since a mistake is told here and passed over. */
static int
take_key(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	size_t i = 0;

	if (section[0] != '\0') {
		take_token_key(reading, section, name, value);
		return 1;
	}
	while (i < COUNT_OF(settings) && strcmp(settings[i].name, name) != 0)
		i++;
	if (i == COUNT_OF(settings)) {
		log_warning("%s:%d: unknown key '%s'", reading->name, reading->line, name);
		return 1;
	}
	note_answer(
	    reading, settings[i].set(reading->config, value), name, settings[i].takes, value);
	return 1;
}

/* Reads to the end of a line that was longer than the reader's room. */
static void
skip_line(FILE *file)
{
	int c;

	do
		c = getc_unlocked(file);
	while (c != '\n' && c != EOF);
}

/*
 * inih's reader of lines.  A line that does not fit would reach inih in pieces, of
 * which the second may look like a key; an indented one would continue the key
 * before.
 */
static char *
read_line(char *line, int room, void *stream)
{
	struct reading *reading = stream;
	size_t len;

	if (fgets(line, room, reading->file) == NULL)
		return NULL;
	reading->line++;
	len = strlen(line);
	if (len + 1 == (size_t)room && line[len - 1] != '\n') {
		log_warning("%s:%d: longer than the %d bytes a line may have", reading->name,
		    reading->line, room - 2);
		skip_line(reading->file);
		line[0] = '\0';
	}
	len = strspn(line, " \t");
	memmove(line, line + len, strlen(line + len) + 1);
	return line;
}

/* Opens a configuration file; NULL, with a word in the log unless it may simply not be there. */
static FILE *
file_open(const char *name, bool expected)
{
	int fd = fd_beyond(open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
	struct stat status;
	FILE *file = NULL;

	if (fd < 0) {
		if (expected || (errno != ENOENT && errno != ENOTDIR))
			log_warning("%s: %m", name);
		return NULL;
	}
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		log_warning("%s: not a file", name);
	else
		file = fdopen(fd, "r");
	if (file == NULL)
		close(fd);
	return file;
}

static CK_RV
file_read(struct config *config, const char *name, bool expected)
{
	struct reading reading = {
		.file = file_open(name, expected),
		.name = name,
		.config = config,
	};
	int wrong;

	if (reading.file == NULL)
		return CKR_OK;
	wrong = ini_parse_stream(read_line, &reading, take_key, &reading);
	fclose(reading.file);
	if (wrong > 0)
		log_warning("%s:%d: neither 'key = value' nor a comment", name, wrong);
	return wrong == -2 || reading.out_of_memory ? CKR_HOST_MEMORY : CKR_OK;
}

/* Places */

/* Services have "/" for one, or a folder that must not be there: nothing is to be made in them. */
static bool
is_home(const char *path)
{
	struct stat found, root;

	return stat(path, &found) == 0 && S_ISDIR(found.st_mode) &&
	    (stat("/", &root) != 0 || found.st_ino != root.st_ino || found.st_dev != root.st_dev);
}

/* The user's home, as a string to be freed.  NULL and CKR_OK: there is none. */
static CK_RV
home_find(char **home)
{
	const char *named = environment("HOME");
	RELEASED(pointer_release) char *room = NULL;
	size_t size = 1024;
	struct passwd entry, *found = NULL;
	int error;

	if (named == NULL) {
		do {
			free(room);
			size *= 2;
			room = malloc(size);
			if (room == NULL)
				return CKR_HOST_MEMORY;
			error = getpwuid_r(geteuid(), &entry, room, size, &found);
		} while (error == ERANGE && size < 1024 * 1024);
		if (found == NULL)
			return CKR_OK;
		named = found->pw_dir;
	}
	if (named[0] != '/' || !is_home(named))
		return CKR_OK;
	*home = text_copy(named);
	return *home != NULL ? CKR_OK : CKR_HOST_MEMORY;
}

/*
 * A path under a folder of the XDG Base Directory Specification: $variable/rest,
 * or ~/otherwise/rest where the variable is not set to an absolute path.  NULL and
 * CKR_OK: there is no home either.
 */
static CK_RV
xdg_path(const char *variable, const char *otherwise, const char *rest, char **path)
{
	const char *folder = environment(variable);
	RELEASED(pointer_release) char *home = NULL;

	if (folder != NULL && folder[0] == '/') {
		*path = text_print("%s/%s", folder, rest);
	} else {
		TRY(home_find(&home));
		if (home == NULL)
			return CKR_OK;
		*path = text_print("%s/%s/%s", home, otherwise, rest);
	}
	return *path != NULL ? CKR_OK : CKR_HOST_MEMORY;
}

static CK_RV
files_read(struct config *config)
{
	const char *instead = environment("HANDFAST_CONF");
	RELEASED(pointer_release) char *own = NULL;

	if (instead != NULL)
		return file_read(config, instead, true);
	TRY(file_read(config, SYSTEM_FILE, false));
	TRY(xdg_path("XDG_CONFIG_HOME", ".config", "handfast/handfast.conf", &own));
	return own != NULL ? file_read(config, own, false) : CKR_OK;
}

/* HANDFAST_STORE, or what the files said, or the user's own folder, or, for a user without a home,
 * the system's. */
static CK_RV
store_choose(struct config *config)
{
	const char *named = environment("HANDFAST_STORE");
	RELEASED(pointer_release) char *own = NULL;
	enum answer answer = ANSWER_TAKEN;

	if (named != NULL)
		answer = set_store(config, named);
	if (answer == ANSWER_WRONG)
		log_warning("HANDFAST_STORE takes an absolute path or memory:, not '%s'", named);
	if (answer != ANSWER_NO_MEMORY && config->store.folder == NULL) {
		TRY(xdg_path("XDG_DATA_HOME", ".local/share", "handfast", &own));
		answer = set_string(&config->store.folder, own != NULL ? own : SYSTEM_STORE);
	}
	return answer == ANSWER_NO_MEMORY ? CKR_HOST_MEMORY : CKR_OK;
}

static void
log_choose(void)
{
	const char *named = environment("HANDFAST_LOG");
	const bool besides = named != NULL && named[0] == '+';

	(void)log_target("syslog");
	(void)log_also(NULL);
	if (named != NULL && !(besides ? log_also(named + 1) : log_target(named)))
		log_warning("HANDFAST_LOG takes syslog, journal, off or an absolute path, before "
			    "which may be a +, not '%s'",
		    named);
}

/*
 * Where the system keeps what a session needs and forgets it at the end; for root and the
 * services of the system store, a folder of its own in what the package makes; for other
 * services, what systemd makes for them.
 */
char *
config_kept(void)
{
	const char *session = environment("XDG_RUNTIME_DIR"),
		   *service = environment("RUNTIME_DIRECTORY");

	return text_print("%s:" SYSTEM_KEPT "/%lu:%s", session != NULL ? session : "",
	    (unsigned long)geteuid(), service != NULL ? service : "");
}

static bool
keep_choose(void)
{
	RELEASED(pointer_release) char *folders = config_kept();

	return folders != NULL && log_keep(folders);
}

static CK_RV
config_read(struct config *config)
{
	log_choose();
	/* What is wrong with the settings is told at each start, and is no refused call. */
	(void)log_keep(NULL);
	TRY(files_read(config));
	TRY(store_choose(config));
	return keep_choose() ? CKR_OK : CKR_HOST_MEMORY;
}

CK_RV
config_load(struct config *config)
{
	CK_RV rv;

	*config = (struct config){
		.empty_slot = true,
		.public_writes = true,
		.pin_least = PIN_LEAST_DEFAULT,
	};
	rv = config_read(config);
	if (rv != CKR_OK)
		config_release(config);
	return rv;
}

void
config_release(struct config *config)
{
	free((void *)config->store.folder);
	free((void *)config->store.pepper);
	free((void *)config->der_points);
	free((void *)config->limits.allow);
	free((void *)config->limits.deny);
	while (config->tokens != NULL) {
		struct config_token *token = config->tokens;

		config->tokens = token->next;
		free((void *)token->name);
		free((void *)token->pin_source);
		free(token);
	}
	*config = (struct config){ 0 };
}

static struct view
without_blanks(struct view text)
{
	while (text.len > 0 && text.data[0] == ' ')
		text = view_of(text.data + 1, text.len - 1);
	while (text.len > 0 && text.data[text.len - 1] == ' ')
		text.len--;
	return text;
}

bool
config_names(const char *list, struct view label)
{
	while (list != NULL) {
		const size_t len = strcspn(list, ",");
		struct view name = without_blanks(view_of(list, len));

		if (view_equal(name, without_blanks(label)) || view_equal(name, view_of("*", 1)))
			return true;
		list = list[len] == ',' ? list + len + 1 : NULL;
	}
	return false;
}

const struct config_token *
config_of_token(const struct config *config, struct view serial, struct view label)
{
	const struct config_token *by_label = NULL;

	for (const struct config_token *token = config->tokens; token != NULL;
	     token = token->next) {
		struct view name = view_of(token->name, strlen(token->name));

		if (view_equal(name, serial))
			return token;
		if (view_equal(without_blanks(name), without_blanks(label)))
			by_label = token;
	}
	return by_label;
}
