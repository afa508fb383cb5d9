/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where PINs come from.  Must not know what they open.
 */
#include "cli/pin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <termios.h>
#include <unistd.h>

#include "token/config.h"

#define HINT "--pin-file FILE, --pin-fd NUMBER, --pin-env NAME or --pin-credential NAME"

/* --- files ---------------------------------------------------------------- */

static enum outcome
finish(struct secret *pin, size_t len, const char *whose)
{
	if (len == 0)
		return fail(MISUSED, NULL, "the %s is empty", whose);
	if (len > PIN_MOST)
		return fail(MISUSED, NULL, "the %s is longer than %d bytes", whose, PIN_MOST);
	secret_keep_leading(pin, len);
	return DONE;
}

/* One line, read byte by byte: the next may be another PIN. */
static enum outcome
read_line(int fd, const char *whose, struct secret *pin)
{
	size_t len = 0;
	ssize_t got;

	if (!secret_alloc(pin, PIN_MOST + 1))
		return fail_memory();
	while (len < pin->len) {
		got = read(fd, pin->data + len, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(errno, NULL, "cannot read the %s", whose);
		if (got == 0 || pin->data[len] == '\n')
			break;
		len++;
	}
	return finish(pin, len, whose);
}

/* A whole file: a PIN may have any bytes.  The line's end that editors put last is none of it. */
static enum outcome
read_whole(int fd, const char *whose, struct secret *pin)
{
	size_t len = 0;
	ssize_t got;

	if (!secret_alloc(pin, PIN_MOST + 2))
		return fail_memory();
	while ((got = read(fd, pin->data + len, pin->len - len)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(errno, NULL, "cannot read the %s", whose);
		len += (size_t)got;
	}
	if (len > 0 && pin->data[len - 1] == '\n')
		len--;
	return finish(pin, len, whose);
}

static enum outcome
from_file(const char *path, const char *whose, struct secret *pin)
{
	enum outcome outcome;
	int fd;

	if (strcmp(path, "-") == 0)
		return read_line(STDIN_FILENO, whose, pin);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(errno, HINT, "cannot open %s for the %s", path, whose);
	outcome = read_whole(fd, whose, pin);
	close(fd);
	return outcome;
}

static enum outcome
from_environment(const char *name, const char *whose, struct secret *pin)
{
	const char *value = secure_getenv(name);

	if (value == NULL)
		return fail(NOT_FOUND, HINT, "no environment variable %s for the %s", name, whose);
	if (!secret_copy(pin, view_of(value, strlen(value))))
		return fail_memory();
	return finish(pin, pin->len, whose);
}

/* systemd.exec(5), LoadCredential=. */
static enum outcome
from_credential(const char *name, const char *whose, struct secret *pin)
{
	const char *folder = secure_getenv("CREDENTIALS_DIRECTORY");
	RELEASED(pointer_release) char *path = NULL;

	if (folder == NULL)
		return fail(NOT_FOUND, "LoadCredential= in the unit",
		    "no credentials here for the %s (CREDENTIALS_DIRECTORY)", whose);
	if (strchr(name, '/') != NULL)
		return fail(MISUSED, NULL, "'%s' is not the name of a credential", name);
	if (asprintf(&path, "%s/%s", folder, name) < 0) {
		path = NULL;
		return fail_memory();
	}
	return from_file(path, whose, pin);
}

/* --- the terminal --------------------------------------------------------- */

#define CONTROL_C 3
#define CONTROL_D 4
#define CONTROL_U 21
#define BACKSPACE 8
#define DELETE 127

/* Edits what is typed; false when it is complete, with *given_up where there is none. */
static bool
type(struct secret *pin, size_t *len, unsigned char key, bool *given_up)
{
	switch (key) {
	case '\r':
	case '\n':
		return false;
	case CONTROL_C:
	case CONTROL_D:
		*given_up = true;
		return false;
	case CONTROL_U:
		*len = 0;
		return true;
	case BACKSPACE:
	case DELETE:
		*len -= *len > 0;
		return true;
	default:
		if (*len < pin->len)
			pin->data[(*len)++] = key;
		return true;
	}
}

/*
 * Nothing is echoed, from before the prompt on.  The terminal sends no signals meanwhile: Control-C
 * comes as a byte, so that there is no handler to put it back into its old state.
 */
static enum outcome
read_terminal(int fd, const char *prompt, const char *whose, struct secret *pin)
{
	struct termios before, raw;
	unsigned char key = 0;
	bool given_up = false;
	size_t len = 0;

	if (!secret_alloc(pin, PIN_MOST + 1))
		return fail_memory();
	if (tcgetattr(fd, &before) != 0)
		return fail_errno(errno, HINT, "cannot ask for the %s", whose);
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	if (tcsetattr(fd, TCSAFLUSH, &raw) != 0)
		return fail_errno(errno, HINT, "cannot ask for the %s", whose);
	(void)dprintf(fd, "%s%s: ", prompt, whose);
	do {
		if (read(fd, &key, 1) != 1)
			key = CONTROL_D;
	} while (type(pin, &len, key, &given_up));
	key = 0;
	(void)tcsetattr(fd, TCSAFLUSH, &before);
	(void)!write(fd, "\n", 1);
	return given_up ? fail(FAILED, NULL, "given up") : finish(pin, len, whose);
}

static enum outcome
from_terminal(const char *prompt, const char *whose, struct secret *pin)
{
	enum outcome outcome;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return fail(MISUSED, HINT, "there is no terminal to ask for the %s", whose);
	outcome = read_terminal(fd, prompt, whose, pin);
	close(fd);
	return outcome;
}

/* --- all of them ---------------------------------------------------------- */

static unsigned
sources(const struct pin_source *source)
{
	return (unsigned)(source->file != NULL) + (source->env != NULL) +
	    (source->credential != NULL) + (source->fd >= 0);
}

bool
pin_given(const struct pin_source *source)
{
	return sources(source) > 0;
}

enum outcome
pin_get(const struct pin_source *source, const char *whose, struct secret *pin)
{
	if (sources(source) > 1)
		return fail(MISUSED, NULL, "more than one place is named for the %s", whose);
	if (source->file != NULL)
		return from_file(source->file, whose, pin);
	if (source->env != NULL)
		return from_environment(source->env, whose, pin);
	if (source->credential != NULL)
		return from_credential(source->credential, whose, pin);
	if (source->fd >= 0)
		return read_line(source->fd, whose, pin);
	return from_terminal("", whose, pin);
}

enum outcome
pin_get_new(const struct pin_source *source, const char *whose, struct secret *pin)
{
	RELEASED(secret_clear) struct secret again = { 0 };

	TRY(pin_get(source, whose, pin));
	if (pin_given(source))
		return DONE;
	TRY(from_terminal("Again, ", whose, &again));
	if (secret_equal(secret_view(pin), secret_view(&again)))
		return DONE;
	return fail(FAILED, "the same command again", "these were two different PINs");
}

#define MADE_LEN 29

enum outcome
pin_make(struct secret *pin)
{
	/* Without l, o, 0 and 1, which look alike. */
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	_Static_assert(sizeof(letters) == 33, "five bits each");

	if (!secret_alloc(pin, MADE_LEN))
		return fail_memory();
	if (getrandom(pin->data, pin->len, 0) != MADE_LEN)
		return fail_errno(errno, NULL, "no random numbers");
	for (size_t i = 0; i < pin->len; i++)
		pin->data[i] = i % 6 == 5 ? '-' : (unsigned char)letters[pin->data[i] % 32];
	return DONE;
}

enum outcome
confirm(const struct call *call, const char *question)
{
	char answer[8] = "";
	ssize_t len;
	int fd;

	if (call->options.yes != 0)
		return DONE;
	fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail(MISUSED, "--yes", "%s There is no terminal to ask", question);
	(void)dprintf(fd, "%s Type yes: ", question);
	len = read(fd, answer, sizeof(answer) - 1);
	close(fd);
	if (len == 4 && strncmp(answer, "yes\n", 4) == 0)
		return DONE;
	return fail(FAILED, NULL, "nothing was done");
}
