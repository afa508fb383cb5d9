/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log: why a call was refused, in a person's words.  Never a secret, never
 * a PIN, never the host's stdout or stderr.  Nothing is opened until there is
 * something to say.  Labels of keys are in it, private ones too.
 */
#ifndef HANDFAST_LOG_H
#define HANDFAST_LOG_H

#include "base.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO };

/*
 * Where lines go: "syslog" (a datagram to the system's log socket; the default),
 * "journal" (one to systemd's journal), "off", or the absolute path of a file, appended to, made
 * 0600, not followed if a link.  False when the target is none of these; the log is then unchanged.
 */
bool log_target(const char *target);

/* A file, as above, that gets the lines too, whatever the target is; NULL: none. */
bool log_also(const char *path);

/*
 * Folders, with colons between, in the first of which that can be used the newest lines are kept
 * too, unless the target is "off", for `handfast why`; NULL: nowhere.  They are in LOG_KEPT, and
 * those before them in LOG_KEPT_BEFORE, either at most about LOG_KEPT_MOST bytes long.  A folder
 * can be used if it is the caller's own, nobody else can write it, and it is in memory: the lines
 * have labels that no disk is to have.  One that is not there is made, but nothing above it.
 */
bool log_keep(const char *folders);
#define LOG_KEPT "handfast-refused"
#define LOG_KEPT_BEFORE "handfast-refused.before"
#define LOG_KEPT_MOST 65536

void log_error(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *format, ...) PRINTF_LIKE(1, 2);
void log_info(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
