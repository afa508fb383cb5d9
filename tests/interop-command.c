/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The openssl command as the other party: keys and secrets go through files.
 */
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/command.h"
#include "tests/interop.h"
#include "tests/peer.h"

struct pair {
	const struct group *group;
	char *key; /* a file */
};

static bool
begin(void)
{
	return command("openssl version");
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

	if (!command("openssl pkey -in %s -pubout -outform DER -out public.der", file))
		return false;
	key = peer_spki_public(command_out("public.der"));
	return bytes_copy(
	    value, kind == KIND_DH ? peer_number(key, OSSL_PKEY_PARAM_PUB_KEY) : peer_point(key));
}

static bool
generate(const struct group *group, const char *file, struct bytes *value)
{
	switch (group->kind) {
	case KIND_EC:
		return command("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:%s"
			       " -pkeyopt ec_param_enc:named_curve -out %s",
			   group->name, file) &&
		    public_value(KIND_EC, file, value);
	case KIND_X:
		return generate_x(group->name, file, value);
	case KIND_DH:
		return command("openssl genpkey -algorithm DH -pkeyopt group:%s -out %s",
			   group->name, file) &&
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

	command_in("ours.der", ours->spki);
	/* dh_pad: libcrypto's own default drops leading zeros. */
	return command("openssl pkeyutl -derive -inkey %s -peerkey ours.der -peerform DER %s -out "
		       "secret",
		   pair->key, pair->group->kind == KIND_DH ? "-pkeyopt dh_pad:1" : "") &&
	    bytes_copy(made, command_out("secret"));
}

static void *
rsa_pair(struct bytes *spki)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	check(pair != NULL);
	pair->key = strdup("rsa.pem");
	check(pair->key != NULL);
	if (command("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem") &&
	    command("openssl pkey -in rsa.pem -pubout -outform DER -out public.der") &&
	    bytes_copy(spki, command_out("public.der")))
		return pair;
	release(pair);
	return NULL;
}

/* The options of a transport; MGF1 takes the same hash unless told otherwise. */
static const char *
transport(const char *hash, char options[64])
{
	if (hash == NULL)
		return "-pkeyopt rsa_padding_mode:pkcs1";
	snprintf(options, 64, "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:%s", hash);
	return options;
}

static bool
rsa_seal(const char *hash, struct view spki, struct view plain, struct bytes *sealed)
{
	char options[64];

	command_in("ours.der", spki);
	command_in("plain", plain);
	return command("openssl pkeyutl -encrypt -pubin -keyform DER -inkey ours.der %s"
		       " -in plain -out sealed",
		   transport(hash, options)) &&
	    bytes_copy(sealed, command_out("sealed"));
}

static bool
rsa_open(void *opaque, const char *hash, struct view sealed, struct bytes *plain)
{
	const struct pair *pair = opaque;
	char options[64];

	command_in("sealed", sealed);
	return command("openssl pkeyutl -decrypt -inkey %s %s -in sealed -out plain", pair->key,
		   transport(hash, options)) &&
	    bytes_copy(plain, command_out("plain"));
}

/* `way`: "-e" or "-d".  The IV is what the RFCs have; the command insists on one. */
static bool
aes_wrap(const char *way, struct view kek, bool padded, struct view in, struct bytes *out)
{
	command_in("in", in);
	return command("openssl enc %s %s -K %s -in in -out out", way,
		   padded ? "-id-aes256-wrap-pad -iv A65959A6"
			  : "-id-aes256-wrap -iv A6A6A6A6A6A6A6A6",
		   command_hex(kek)) &&
	    bytes_copy(out, command_out("out"));
}

static bool
aes_seal(struct view kek, bool padded, struct view plain, struct bytes *sealed)
{
	return aes_wrap("-e", kek, padded, plain, sealed);
}

static bool
aes_open(struct view kek, bool padded, struct view sealed, struct bytes *plain)
{
	return aes_wrap("-d", kek, padded, sealed, plain);
}

const struct other interop_command = { .name = "the openssl command",
	.program = true,
	.begin = begin,
	.end = end,
	.knows = knows,
	.pair = make_pair,
	.secret = secret,
	.release = release,
	.rsa_pair = rsa_pair,
	.rsa_seal = rsa_seal,
	.rsa_open = rsa_open,
	.aes_seal = aes_seal,
	.aes_open = aes_open };
