# SPDX-License-Identifier: Apache-2.0
#
# From `nm -D --undefined-only` of the module and the command, which has what is done to a
# whole token: what they call of libcrypto and SQLite and what that call returns when it
# fails, as rows of tests/fault-calls.c.

# What cannot fail: releases, comparisons, getters, and what returns a structure.
function cannot(name) {
	return name ~ /_free$|_cleanse$|_unload$|_reset$|_memcmp$|_modified$|_locate_const$/ ||
	    name ~ /^ERR_|^OSSL_PARAM_construct_|^BN_(is_|cmp|CTX_(start|end)|get_word|num_bits|swap|value_one)/ ||
	    name ~ /_get0_(r|s|order|cipher|md|name|provider_ctx)$|_order_bits$|_is_encrypting$/ ||
	    name ~ /_get_(block_size|size|flags|X509_PUBKEY)$|_set_padding$|_query_operation$|_settable_/ ||
	    name ~ /^sqlite3_(column_(bytes|int64|type)|clear_bindings|close|errmsg|finalize|free)$/ ||
	    name ~ /^sqlite3_(get_autocommit|db_readonly|limit|system_errno)$/ ||
	    name == "EVP_CipherFinal_ex" || # allocates nothing; its 0 says that the tag is wrong
	    name == "OPENSSL_init_crypto" # asked whether libcrypto is still up
}
# Where 0 is an answer: "no, it is not", and an error is less.
function asks(name) {
	return name ~ /_verify$|Verify$|_check$|_eq$|_check_prime$/
}

{
	name = $NF
	crypto = sub(/@OPENSSL_.*/, "", name)
	if (cannot(name) || seen[name]++)
		next
	if (name == "BN_kronecker")
		print "CRYPTO(" name ", -2)"
	else if (name == "BN_mod_word" || (crypto && asks(name)))
		print "CRYPTO(" name ", -1)"
	else if (crypto && name !~ /_it$/)
		print "CRYPTO(" name ", 0)"
	else if (name ~ /^sqlite3_(mprintf|serialize|column_(blob|text))$/)
		print "SQLITE(" name ", 0)"
	else if (name ~ /^sqlite3_/)
		print "SQLITE(" name ", fault_sqlite_code)"
}
