/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for lines of shell and their files.  Knows no key. */
#include "tests/command.h"

#include <stdio.h>

bool
command(const char *format, ...)
{
	char line[2048];
	va_list arguments;
	int len, status;

	len = snprintf(line, sizeof(line), "cd '%s' && { ", client_path(""));
	va_start(arguments, format);
	len += vsnprintf(line + len, sizeof(line) - (size_t)len, format, arguments);
	va_end(arguments);
	check(len < (int)sizeof(line));
	len += snprintf(line + len, sizeof(line) - (size_t)len, "; } </dev/null >command.log 2>&1");
	check(len < (int)sizeof(line));
	status = system(line);
	if (status != 0)
		print_message("# failed: %s\n", line);
	return status == 0;
}

struct view
command_out(const char *name)
{
	FILE *file = fopen(client_path(name), "re");
	unsigned char data[65536];
	size_t len;

	check(file != NULL);
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	check(len < sizeof(data));
	return copy_of(data, len);
}

void
command_in(const char *name, struct view data)
{
	FILE *file = fopen(client_path(name), "we");

	check(file != NULL);
	check(fwrite(data.data, 1, data.len, file) == data.len);
	check(fclose(file) == 0);
}

const char *
command_hex(struct view data)
{
	char *hex = scratch(2 * data.len + 1);

	for (size_t i = 0; i < data.len; i++)
		snprintf(hex + 2 * i, 3, "%02x", data.data[i]);
	return hex;
}
