/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the log goes: what reaches the sockets of syslog and of systemd's journal, which
 * stand here in the system's place, and files.
 */
#include "tests/client.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* The last datagram that the module sent, and how many there were. */
static char sent_to[sizeof(((struct sockaddr_un *)0)->sun_path)], sent[8192];
static unsigned sent_count;

/* In the place of the C library's: the module's call comes here (-Wl,--export-dynamic). */
ssize_t
sendto(int fd, const void *data, size_t len, int flags, const struct sockaddr *address,
    socklen_t address_len)
{
	(void)fd, (void)flags, (void)address_len;
	if (len >= sizeof(sent))
		return -1;
	memcpy(sent_to, ((const struct sockaddr_un *)address)->sun_path, sizeof(sent_to));
	memcpy(sent, data, len);
	sent[len] = '\0';
	sent_count++;
	return (ssize_t)len;
}

static void
be_refused(void)
{
	CK_SESSION_HANDLE session = session_user(0);

	assert_rv(p11->C_DigestInit(session, MECHANISM(CKM_ECDSA)), CKR_MECHANISM_INVALID);
}

static void
begin(const char *settings)
{
	if (p11->C_Finalize(NULL) == CKR_OK)
		memset(sent_to, 0, sizeof(sent_to));
	client_configure(settings);
	sent_count = 0;
	ok(p11->C_Initialize(NULL));
}

/* RFC 5424, 6.2.1: facility 10 and severity 6 are 86; warnings have 4. */
static void
test_syslog(void **state)
{
	char expected[200];

	(void)state;
	(void)token_make("log");
	begin("log = syslog\n");
	be_refused();
	check(sent_count == 1 && strcmp(sent_to, "/dev/log") == 0);
	(void)snprintf(expected, sizeof(expected),
	    "<86>handfast[%ld]: refused CKM_ECDSA: it is not for what it was called for",
	    (long)getpid());
	assert_string_equal(sent, expected);
	begin("log = syslog\nno-such-key = 1\n");
	check(sent_count == 1 && strncmp(sent, "<84>handfast[", 13) == 0);
	check(strstr(sent, "handfast.conf:4: unknown key 'no-such-key'") != NULL);
}

/* systemd's JOURNAL_NATIVE_PROTOCOL: KEY=value, a field a line. */
static void
test_journal(void **state)
{
	(void)state;
	(void)token_make("log");
	begin("log = journal\n");
	be_refused();
	check(sent_count == 1 && strcmp(sent_to, "/run/systemd/journal/socket") == 0);
	assert_string_equal(sent,
	    "PRIORITY=6\nSYSLOG_FACILITY=10\nSYSLOG_IDENTIFIER=handfast\n"
	    "MESSAGE=refused CKM_ECDSA: it is not for what it was called for\n");
}

static void
test_elsewhere(void **state)
{
	char settings[600];
	struct stat found;

	(void)state;
	(void)token_make("log");
	begin("log = off\n");
	be_refused();
	check(sent_count == 0);
	(void)snprintf(settings, sizeof(settings), "log = %s\n", client_path("log"));
	begin(settings);
	be_refused();
	check(sent_count == 0);
	check(stat(client_path("log"), &found) == 0 && (found.st_mode & 07777) == 0600);
	check(found.st_size > 0);
	/* A label does not forge a second line, nor a field of the journal. */
	begin("log = journal\n");
	{
		CK_SESSION_HANDLE session = session_user(0);
		CK_OBJECT_HANDLE key = data_object(session, CK_FALSE, "x\nPRIORITY=0\n");

		assert_rv(
		    p11->C_DeriveKey(session, MECHANISM(CKM_ECDH1_DERIVE), key, NO_TEMPLATE, &key),
		    CKR_KEY_HANDLE_INVALID);
		assert_rv(
		    set_one(session, key, ULONG(CKA_CLASS, CKO_DATA)), CKR_ATTRIBUTE_READ_ONLY);
	}
	check(strstr(sent, "'x\\x0aPRIORITY=0\\x0a'\n") != NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_syslog),
		test_fresh(test_journal),
		test_fresh(test_elsewhere),
	};

	return test_main(tests, NULL, NULL);
}
