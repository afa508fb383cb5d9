/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the command leaves in its memory: it is stopped as its process ends, when all
 * that it would release has been released, and looked through for the PINs, keys and
 * secrets that went through it.
 */
#include "tests/client.h"
#include "tests/peer.h"
#include "tests/planted.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

enum secret {
	PIN_USER,
	PIN_SO,
	PIN_NEW,
	PIN_WRONG,
	PASSPHRASE,
	AES,
	EC_D,
	X_D,
	RSA_D,
	RSA_P,
	RSA_Q,
	AGREED,
	SECRETS
};

static struct planted *secrets;

/* --- files --------------------------------------------------------------------- */

static void
put_file(const char *name, struct view bytes)
{
	FILE *file = fopen(client_path(name), "we");

	check(file != NULL && fwrite(bytes.data, 1, bytes.len, file) == bytes.len);
	check(fclose(file) == 0);
}

static void
put_planted(const char *name, enum secret secret)
{
	put_file(name, view_of(bared(&secrets[secret]), secrets[secret].len));
}

static void
put_pem(const char *name, EVP_PKEY *key, const EVP_CIPHER *cipher)
{
	FILE *file = fopen(client_path(name), "we");

	check(file != NULL);
	check(PEM_write_PKCS8PrivateKey(file, key, cipher,
		  cipher != NULL ? bared(&secrets[PASSPHRASE]) : NULL,
		  cipher != NULL ? (int)secrets[PASSPHRASE].len : 0, NULL, NULL) == 1);
	check(fclose(file) == 0);
}

static void
put_der(const char *name, EVP_PKEY *key)
{
	unsigned char *der = NULL;
	int len = i2d_PrivateKey(key, &der);

	check(len > 0);
	put_file(name, view_of(der, (size_t)len));
	OPENSSL_free(der);
}

static void
put_pkcs12(const char *name, EVP_PKEY *key)
{
	struct view der = peer_certificate(key, "traces");
	X509 *certificate = d2i_X509(NULL, &(const unsigned char *){ der.data }, (long)der.len);
	char passphrase[128];
	FILE *file = fopen(client_path(name), "we");
	PKCS12 *pack;

	snprintf(passphrase, sizeof(passphrase), "%.*s", (int)secrets[PASSPHRASE].len,
	    (const char *)bared(&secrets[PASSPHRASE]));
	pack = PKCS12_create(passphrase, "traces", key, certificate, NULL, 0, 0, 0, 0, 0);
	check(pack != NULL && file != NULL && i2d_PKCS12_fp(file, pack) == 1);
	check(fclose(file) == 0);
}

/* In a child, so that this process never has what it looks for. */
static void
make_files(void *unused)
{
	EVP_PKEY *ec = peer_ec("P-256"), *peer = peer_ec("P-256"), *rsa = peer_rsa(2048);
	EVP_PKEY *x25519 = peer_x("X25519");

	(void)unused;
	plant(&secrets[EC_D], "EC d", peer_number_padded(ec, OSSL_PKEY_PARAM_PRIV_KEY, 32));
	plant(&secrets[X_D], "X25519's scalar", peer_octets(x25519, OSSL_PKEY_PARAM_PRIV_KEY));
	plant(&secrets[AGREED], "an agreed secret", peer_secret(ec, peer));
	plant(&secrets[RSA_D], "RSA d", peer_number(rsa, OSSL_PKEY_PARAM_RSA_D));
	plant(&secrets[RSA_P], "RSA p", peer_number(rsa, OSSL_PKEY_PARAM_RSA_FACTOR1));
	plant(&secrets[RSA_Q], "RSA q", peer_number(rsa, OSSL_PKEY_PARAM_RSA_FACTOR2));
	put_pem("ec.pem", ec, NULL);
	put_pem("rsa.pem", rsa, NULL);
	put_pem("x25519.pem", x25519, NULL);
	put_pem("sealed.pem", rsa, EVP_aes_256_cbc());
	put_der("ec.der", ec);
	put_pkcs12("ec.p12", ec);
	put_file("peer.der", peer_spki(peer));
	put_planted("aes", AES);
	put_planted("pin", PIN_USER);
	put_planted("so-pin", PIN_SO);
	put_planted("new-pin", PIN_NEW);
	put_planted("wrong-pin", PIN_WRONG);
	put_planted("passphrase", PASSPHRASE);
}

/* --- the command ----------------------------------------------------------------- */

/* Words with blanks between, in the folder of the files; stopped at its end. */
static void
become_command(void *line)
{
	char *words[32] = { getenv("HANDFAST_COMMAND") }, *rest = line;
	size_t count = 1;

	while (count < COUNT_OF(words) - 1 && (words[count] = strtok_r(rest, " ", &rest)) != NULL)
		count++;
	check(words[0] != NULL && chdir(client_path("")) == 0);
	check(freopen("out", "w", stdout) != NULL);
	check(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
	execv(words[0], words);
	_exit(127);
}

/* Its exit status; `secrets` say what was in its memory when it had done all else. */
static int
run(const char *line)
{
	pid_t child = child_start(become_command, strdup(line));
	int status;

	check(waitpid(child, &status, 0) == child && WIFSTOPPED(status));
	check(ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL) == 0);
	check(ptrace(PTRACE_CONT, child, NULL, NULL) == 0);
	for (;;) {
		int signal;

		check(waitpid(child, &status, 0) == child);
		if (!WIFSTOPPED(status))
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		signal = WSTOPSIG(status);
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
			planted_search(secrets, SECRETS, child);
			signal = 0;
		}
		check(ptrace(PTRACE_CONT, child, NULL, signal) == 0);
	}
}

static void
leaves_nothing(const char *line, int expected)
{
	unsigned sum = 0;
	int status = run(line);

	if (status != expected)
		fprintf(stderr, "%s: ended with %d\n", line, status);
	check(status == expected);
	for (enum secret i = 0; i < SECRETS; i++) {
		unsigned seen = secrets[i].loose + secrets[i].guarded;

		if (seen != 0)
			fprintf(stderr, "%s: %s is there %u times, %u of them on the stack\n", line,
			    secrets[i].name, seen, secrets[i].stack);
		sum += seen;
	}
	check(sum == 0);
}

/* --- tests ----------------------------------------------------------------------- */

static int
begin(void **state)
{
	(void)state;
	secrets = planted_room(SECRETS);
	plant_random_text(&secrets[PIN_USER], "the user's PIN", 40);
	plant_random_text(&secrets[PIN_SO], "the SO's PIN", 40);
	plant_random_text(&secrets[PIN_NEW], "a new PIN", 40);
	plant_random_text(&secrets[PIN_WRONG], "a wrong PIN", 40);
	plant_random_text(&secrets[PASSPHRASE], "a passphrase", 40);
	plant_random(&secrets[AES], "an AES key", 32);
	check(in_child(make_files, NULL, 60) == 0);
	return 0;
}

static void
test_pins(void **state)
{
	(void)state;
	leaves_nothing("token init traces --pin-file pin --so-pin-file so-pin", 0);
	leaves_nothing("key list --token traces --pin-file pin", 0);
	leaves_nothing("key list --token traces --pin-file wrong-pin", 4);
	leaves_nothing("token passwd traces --pin-file pin --new-pin-file new-pin", 0);
	leaves_nothing("token reset-pin traces --so-pin-file so-pin --new-pin-file pin", 0);
	leaves_nothing("fsck --token traces --pin-file pin", 0);
	leaves_nothing("rekey --token traces --pin-file pin --so-pin-file so-pin", 0);
}

#define ON " --token traces --pin-file pin"

static void
test_keys(void **state)
{
	(void)state;
	leaves_nothing("key import ec.pem --label ec" ON, 0);
	leaves_nothing("key import ec.pem --label ec" ON, 6);
	leaves_nothing("key import ec.der --label ec-der" ON, 0);
	leaves_nothing("key import rsa.pem --label rsa" ON, 0);
	leaves_nothing("key import x25519.pem --label x25519 --extractable" ON, 0);
	leaves_nothing("key import sealed.pem --label sealed --password-file passphrase" ON, 0);
	leaves_nothing("key import sealed.pem --label sealed-2 --password-file wrong-pin" ON, 4);
	leaves_nothing("key import ec.p12 --label packed --password-file passphrase" ON, 0);
	leaves_nothing("key import aes --type aes:256 --label aes --use unwrap" ON, 0);
	leaves_nothing("key derive ec --peer peer.der --out agreed" ON, 0);
	leaves_nothing("key derive ec --peer peer.der --keep agreed" ON, 0);
	leaves_nothing("key wrap x25519 --with aes --out wrapped" ON, 0);
	leaves_nothing("key unwrap wrapped --with aes --type x25519 --label back" ON, 0);
	leaves_nothing("key encap --peer peer.der --ciphertext sent --keep theirs" ON, 0);
}

static void
test_not_under_a_sanitizer(void **state)
{
	(void)state;
	skip_because("a sanitizer keeps what was freed, and shadows of all memory");
}

int
main(void)
{
	const char *sanitizer = getenv("SANITIZER_PRELOAD");
	const struct CMUnitTest skipped[] = { cmocka_unit_test(test_not_under_a_sanitizer) };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pins),
		cmocka_unit_test(test_keys),
	};

	if (sanitizer != NULL && *sanitizer != '\0')
		return test_main(skipped, NULL, NULL);
	return test_main(tests, begin, NULL);
}
