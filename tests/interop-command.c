/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The openssl command as the other party: keys and secrets go through files.
 */
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/interop.h"
#include "tests/peer.h"

struct pair {
	const struct group *group;
	char *key; /* a file */
};

/* Runs a line of shell whose files are in the program's temporary folder. */
static bool run(const char *format, ...) PRINTF_LIKE(1, 2);

static bool
run(const char *format, ...)
{
	char line[512];
	va_list arguments;
	int len, status;

	len = snprintf(line, sizeof(line), "cd '%s' && { ", client_path(""));
	va_start(arguments, format);
	len += vsnprintf(line + len, sizeof(line) - (size_t)len, format, arguments);
	va_end(arguments);
	len += snprintf(line + len, sizeof(line) - (size_t)len, "; } >command.log 2>&1");
	check(len < (int)sizeof(line));
	status = system(line);
	if (status != 0)
		print_message("# failed: %s\n", line);
	return status == 0;
}

static struct view
read_file(const char *name)
{
	FILE *file = fopen(client_path(name), "re");
	unsigned char data[4096];
	size_t len;

	check(file != NULL);
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	check(len < sizeof(data));
	return copy_of(data, len);
}

static void
write_file(const char *name, struct view data)
{
	FILE *file = fopen(client_path(name), "we");

	check(file != NULL);
	check(fwrite(data.data, 1, data.len, file) == data.len);
	check(fclose(file) == 0);
}

static bool
begin(void)
{
	return run("openssl version");
}

static void
end(void)
{
}

static bool
knows(const struct group *group)
{
	(void)group;
	return true;
}

static void
release(void *opaque)
{
	struct pair *pair = opaque;

	remove(client_path(pair->key));
	free(pair->key);
	free(pair);
}

/* Of X25519 the test wants hundreds; those the command's library makes without it. */
static bool
generate_x(const char *curve, const char *file, struct bytes *value)
{
	PEER_KEY key = peer_x(curve);
	FILE *out = fopen(client_path(file), "we");
	bool written;

	check(out != NULL);
	written = PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1 &&
	    bytes_copy(value, peer_point(key));
	fclose(out);
	return written;
}

/* What the file with the key has, as PKCS#11 writes it. */
static bool
public_value(enum kind kind, const char *file, struct bytes *value)
{
	PEER_KEY key = NULL;
	struct view spki;

	if (!run("openssl pkey -in %s -pubout -outform DER -out public.der", file))
		return false;
	spki = read_file("public.der");
	key = d2i_PUBKEY(NULL, &(const unsigned char *){ spki.data }, (long)spki.len);
	check(key != NULL);
	return bytes_copy(
	    value, kind == KIND_DH ? peer_number(key, OSSL_PKEY_PARAM_PUB_KEY) : peer_point(key));
}

static bool
generate(const struct group *group, const char *file, struct bytes *value)
{
	switch (group->kind) {
	case KIND_EC:
		return run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:%s"
			   " -pkeyopt ec_param_enc:named_curve -out %s",
			   group->name, file) &&
		    public_value(KIND_EC, file, value);
	case KIND_X:
		return generate_x(group->name, file, value);
	case KIND_DH:
		return run("openssl genpkey -algorithm DH -pkeyopt group:%s -out %s", group->name,
			   file) &&
		    public_value(KIND_DH, file, value);
	}
	return false;
}

static void *
make_pair(const struct group *group, struct bytes *value)
{
	static unsigned count;
	struct pair *pair = calloc(1, sizeof(*pair));
	char name[32];

	check(pair != NULL);
	snprintf(name, sizeof(name), "key-%u.pem", count++);
	pair->group = group;
	pair->key = strdup(name);
	check(pair->key != NULL);
	if (generate(group, name, value))
		return pair;
	release(pair);
	return NULL;
}

static bool
secret(void *opaque, const struct told *ours, struct bytes *made)
{
	const struct pair *pair = opaque;

	write_file("ours.der", ours->spki);
	/* dh_pad: libcrypto's own default drops leading zeros. */
	return run("openssl pkeyutl -derive -inkey %s -peerkey ours.der -peerform DER %s -out "
		   "secret",
		   pair->key, pair->group->kind == KIND_DH ? "-pkeyopt dh_pad:1" : "") &&
	    bytes_copy(made, read_file("secret"));
}

static void *
rsa_pair(struct bytes *spki)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	check(pair != NULL);
	pair->key = strdup("rsa.pem");
	check(pair->key != NULL);
	if (run("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem") &&
	    run("openssl pkey -in rsa.pem -pubout -outform DER -out public.der") &&
	    bytes_copy(spki, read_file("public.der")))
		return pair;
	release(pair);
	return NULL;
}

/* MGF1 takes the same hash unless told otherwise. */
#define OAEP "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:%s"

static bool
rsa_seal(const char *hash, struct view spki, struct view plain, struct bytes *sealed)
{
	write_file("ours.der", spki);
	write_file("plain", plain);
	return run("openssl pkeyutl -encrypt -pubin -keyform DER -inkey ours.der " OAEP
		   " -in plain -out sealed",
		   hash) &&
	    bytes_copy(sealed, read_file("sealed"));
}

static bool
rsa_open(void *opaque, const char *hash, struct view sealed, struct bytes *plain)
{
	const struct pair *pair = opaque;

	write_file("sealed", sealed);
	return run("openssl pkeyutl -decrypt -inkey %s " OAEP " -in sealed -out plain", pair->key,
		   hash) &&
	    bytes_copy(plain, read_file("plain"));
}

const struct other interop_command = { "the openssl command", begin, end, knows, make_pair, secret,
	release, rsa_pair, rsa_seal, rsa_open };
