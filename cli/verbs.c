/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of verbs.  A new one is a row here and a function in its family's file.
 */
#include "cli/families.h"

#define TOKEN_COLUMNS "label,slot,serial,pin,so_pin,uri"
#define LIST_COLUMNS "label,class,type,id,use"
#define KEY_COLUMNS LIST_COLUMNS ",uri"
#define CERT_COLUMNS "label,id,uri"
#define FINDING_COLUMNS "flaw,part,id,what"
#define WRITES TAKES_DRY_RUN
#define TAKES_TRAITS (TAKES_USE | TAKES_ID | TAKES_EXTRACTABLE)
#define ON_TOKEN (TAKES_TOKEN | TAKES_PIN)

const struct verb verbs[] = {
	{ "token", "init", "LABEL", 1, 1, "Make a token and its PINs",
	    WRITES | TAKES_PIN | TAKES_SO_PIN | TAKES_RECOVERY, NULL, token_init },
	{ "token", "list", "", 0, 0, "List the tokens", 0, TOKEN_COLUMNS, token_list },
	{ "token", "show", "[TOKEN]", 0, 1, "Show a token: URI, state of its PINs", TAKES_SLOT,
	    NULL, token_show },
	{ "token", "passwd", "[TOKEN]", 0, 1, "Change a token's PIN",
	    WRITES | TAKES_PIN | TAKES_SO_PIN | TAKES_NEW_PIN | TAKES_SO, NULL, token_passwd },
	{ "token", "reset-pin", "[TOKEN]", 0, 1,
	    "Set a forgotten or locked PIN, with the security officer's",
	    WRITES | TAKES_SO_PIN | TAKES_NEW_PIN, NULL, token_reset_pin },
	{ "token", "rename", "TOKEN LABEL", 2, 2, "Give a token another label",
	    WRITES | TAKES_PIN | TAKES_SO_PIN | TAKES_SO, NULL, token_rename },
	{ "token", "rm", "[TOKEN]", 0, 1, "Remove a token and all in it",
	    WRITES | TAKES_YES | TAKES_SLOT, NULL, token_rm },
	{ "key", "gen", "LABEL", 1, 1, "Make a key pair or a secret key",
	    WRITES | ON_TOKEN | TAKES_KIND | TAKES_TRAITS, NULL, key_gen },
	{ "key", "list", "", 0, 0, "List the keys", ON_TOKEN, LIST_COLUMNS, key_list },
	{ "key", "show", "KEY", 1, 1, "Show a key, both halves of a pair", ON_TOKEN, KEY_COLUMNS,
	    key_show },
	{ "key", "rename", "KEY LABEL", 2, 2, "Give a key another label", WRITES | ON_TOKEN,
	    KEY_COLUMNS, key_rename },
	{ "key", "rm", "KEY", 1, 1, "Remove a key, both halves of a pair",
	    WRITES | ON_TOKEN | TAKES_YES, KEY_COLUMNS, key_rm },
	{ "key", "derive", "KEY", 1, 1, "Agree on a secret with another party",
	    WRITES | ON_TOKEN | TAKES_PEER | TAKES_OUT | TAKES_DERIVED | TAKES_EXTRACTABLE |
		TAKES_USE,
	    NULL, key_agree },
	{ "key", "encap", "[KEY]", 0, 1, "Make a secret and a ciphertext for its owner",
	    WRITES | ON_TOKEN | TAKES_PEER | TAKES_CIPHERTEXT | TAKES_OUT | TAKES_DERIVED |
		TAKES_EXTRACTABLE | TAKES_USE,
	    NULL, key_encap },
	{ "key", "decap", "KEY", 1, 1, "Open such a ciphertext",
	    WRITES | ON_TOKEN | TAKES_CIPHERTEXT | TAKES_OUT | TAKES_DERIVED | TAKES_EXTRACTABLE |
		TAKES_USE,
	    NULL, key_decap },
	{ "key", "wrap", "KEY", 1, 1, "Write an extractable key, sealed under another",
	    ON_TOKEN | TAKES_WITH | TAKES_PEER | TAKES_OUT, NULL, key_seal },
	{ "key", "unwrap", "FILE", 1, 1, "Bring in a key that was sealed under another",
	    WRITES | ON_TOKEN | TAKES_WITH | TAKES_LABEL | TAKES_KIND | TAKES_TRAITS, NULL,
	    key_unseal },
	{ "key", "uri", "KEY", 1, 1, "Print the URI of a key, of a pair that of the private half",
	    ON_TOKEN | TAKES_URI_FILE | TAKES_OUT, NULL, key_uri },
	{ "key", "set", "KEY", 1, 1, "Change a key's id, uses or secrecy, of both halves of a pair",
	    WRITES | ON_TOKEN | TAKES_ID | TAKES_USE | TAKES_HARDER, KEY_COLUMNS, key_set },
	{ "key", "export", "KEY", 1, 1, "Write the public half of a pair",
	    TAKES_TOKEN | TAKES_OUT | TAKES_FORM, NULL, key_export },
	{ "key", "import", "FILE", 1, 1,
	    "Bring in a private key (PEM, DER, PKCS#12 with its certificates) or a secret one",
	    WRITES | ON_TOKEN | TAKES_LABEL | TAKES_PASSWORD | TAKES_KIND | TAKES_TRAITS,
	    KEY_COLUMNS, key_import },
	{ "cert", "import", "FILE", 1, 1, "Bring in a certificate and its chain",
	    WRITES | ON_TOKEN | TAKES_LABEL | TAKES_PASSWORD | TAKES_ID, CERT_COLUMNS,
	    cert_import },
	{ "cert", "list", "", 0, 0, "List the certificates", TAKES_TOKEN, CERT_COLUMNS, cert_list },
	{ "cert", "export", "CERT", 1, 1, "Write a certificate",
	    TAKES_TOKEN | TAKES_OUT | TAKES_FORM, NULL, cert_export },
	{ "cert", "rm", "CERT", 1, 1, "Remove a certificate", WRITES | ON_TOKEN | TAKES_YES,
	    CERT_COLUMNS, cert_rm },
	{ "cert", "csr", "KEY", 1, 1, "Write a request for a certificate (PKCS#10)",
	    ON_TOKEN | TAKES_SUBJECT | TAKES_OUT | TAKES_FORM, NULL, cert_csr },
	{ "cert", "self-sign", "KEY", 1, 1, "Make a certificate that the key signs itself",
	    WRITES | ON_TOKEN | TAKES_SUBJECT | TAKES_DAYS | TAKES_LABEL, NULL, cert_self_sign },
	{ "mech", "list", "", 0, 0, "List the mechanisms", 0, "name,keys,least,most,does",
	    mech_list },
	{ "mech", "explain", "NAME", 1, 1, "Tell what a mechanism is for", 0, NULL, mech_explain },
	{ "", "fsck", "[FILE]", 0, 1, "Look a token, or a backup, over for damage",
	    ON_TOKEN | TAKES_SO_PIN | TAKES_SO | TAKES_SLOT | TAKES_SEALS, FINDING_COLUMNS,
	    upkeep_fsck },
	{ "", "backup", "FILE", 1, 1, "Copy a token, sealed as it is, while it is used",
	    WRITES | TAKES_TOKEN | TAKES_SLOT, FINDING_COLUMNS, upkeep_make_backup },
	{ "", "restore", "FILE", 1, 1, "Put a backup into a slot, looked over first",
	    WRITES | ON_TOKEN | TAKES_SO_PIN | TAKES_SO | TAKES_SLOT | TAKES_REPLACE | TAKES_SEALS,
	    FINDING_COLUMNS, upkeep_put_back },
	{ "", "migrate", "[TOKEN]", 0, 1, "Bring in what is in a token of SoftHSM 2",
	    WRITES | ON_TOKEN | TAKES_FROM, "label,class,type,id,why", token_migrate },
	{ "", "rekey", "", 0, 0, "Seal a token anew under a new master key",
	    WRITES | ON_TOKEN | TAKES_SO_PIN, FINDING_COLUMNS, upkeep_new_keys },
	{ "", "run", "-- COMMAND [ARGUMENT...]", 1, ANY_NUMBER,
	    "Run a program with a token of its own, gone afterwards", TAKES_LABEL, NULL,
	    run_program },
	{ "", "why", "", 0, 0, "Tell which calls were refused lately, and why", TAKES_LAST,
	    "when,program,times,what", why_refused },
	{ "", "doctor", "", 0, 0, "Look why a token is not seen", 0, "ok,check,what,try",
	    doctor_look },
	{ 0 },
};
