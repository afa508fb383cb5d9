#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/wycheproof/NAME.txt from Project Wycheproof's NAME.json.

    import.py FOLDER [NAME...]

FOLDER is the testvectors_v1 of a checkout of https://github.com/C2SP/wycheproof; without
names, all files of the table at the end.  Run by hand, when a file is added or Wycheproof
has new figures; needs nothing but python3.

Here is all that is known of the JSON.  What comes out is read by tests/wycheproof.c, line
by line and word by word, which are between blanks:

    # ...                  a remark
    cases NUMBER           how many there are
    case NAME...           the fields of the cases that follow, in their order
    with NAME WORD         one more field, of all cases from here until it is said anew
    NUMBER RESULT WORD...  a case: Wycheproof's number, valid or invalid or
                           acceptable:FLAG,FLAG..., and its fields

A field is bytes in hexadecimal, or a number or a name where the player expects that; "-"
is no bytes, "=" the same as in the case before.  A case with fewer words than fields
has none that could be handed to a token: the public key, which is a SubjectPublicKeyInfo
there, is not one (see public_key).

What no player reads is left out, and what a player only compares with may be a SHA-256
of it.  To add a file, add it to the table; if it is of a new kind, write the function
that makes the fields of a case from the group and the test, and a player for
tests/t-wycheproof.c.
"""

import hashlib
import json
import os
import sys


def sha256(figure):
    return hashlib.sha256(bytes.fromhex(figure)).hexdigest()


# --- public keys ------------------------------------------------------------------


def element(der, tag):
    """The content of the DER element that the bytes begin with, and what follows it."""
    if len(der) < 2 or der[0] != tag:
        raise ValueError
    length, start = der[1], 2
    if length > 0x80:
        start += length - 0x80
        length = int.from_bytes(der[2:start], "big")
        # X.690, 10.1: in as few bytes as it takes.
        if start > 6 or length < 0x80 or der[2] == 0:
            raise ValueError
    elif length == 0x80:
        raise ValueError
    if start + length > len(der):
        raise ValueError
    return der[start : start + length], der[start + length :]


ID_EC_PUBLIC_KEY = bytes.fromhex("2a8648ce3d0201")


def public_key(figure):
    """The parameters and the point of a SubjectPublicKeyInfo (RFC 5480, 2), or nothing.

    A client takes it apart before a token sees any of it.  As little as possible is
    judged here: the parameters are whatever there is beside the algorithm's name.
    """
    try:
        info, behind = element(bytes.fromhex(figure), 0x30)
        algorithm, bits = element(info, 0x30)
        name, parameters = element(algorithm, 0x06)
        point, after = element(bits, 0x03)
        if behind or after or name != ID_EC_PUBLIC_KEY or not point or point[0] != 0:
            return []
    except ValueError:
        return []
    return [parameters.hex(), point[1:].hex()]


# CKA_EC_PARAMS: SEC 2, version 2, appendix A; RFC 5639, 4.1; RFC 8410, 3.
CURVES = {
    "secp224r1": "06052b81040021",
    "secp256r1": "06082a8648ce3d030107",
    "secp384r1": "06052b81040022",
    "secp521r1": "06052b81040023",
    "brainpoolP256r1": "06092b2403030208010107",
    "curve25519": "06032b656e",
    "edwards25519": "06032b6570",
}

# --- kinds of files: the fields of all cases of a group, and of each ----------------


def number(figure):
    """A big integer without the sign bit's byte."""
    return figure[2:] if figure.startswith("00") and len(figure) > 2 else figure


def ecdh_group(source, group):
    return {"curve": CURVES[group["curve"]]}


def ecdh_case(group, test):
    words = public_key(test["public"])
    return {"private": test["private"], "params": words[0], "point": words[1],
            "shared": test["shared"]} if words else None


def agreement_case(group, test):
    return {"private": test["private"], "point": test["public"], "shared": test["shared"]}


def hkdf_group(source, group):
    return {"hash": source["algorithm"].removeprefix("HKDF-")}


def hkdf_case(group, test):
    return {"ikm": test["ikm"], "salt": test["salt"], "info": test["info"],
            "size": str(test["size"]), "okm": test["okm"]}


def pbkdf2_case(group, test):
    return {"password": test["password"], "salt": test["salt"],
            "iterations": str(test["iterationCount"]), "size": str(test["dkLen"]),
            "dk": test["dk"]}


def wrap_case(group, test):
    return {"key": test["key"], "msg": test["msg"], "ct": test["ct"]}


def iv_case(group, test):
    return {"key": test["key"], "iv": test["iv"], "msg": test["msg"], "ct": test["ct"]}


def aead_group(source, group):
    return {"tag": str(group["tagSize"] // 8)}


def aead_case(group, test):
    return {"key": test["key"], "iv": test["iv"], "aad": test["aad"], "msg": test["msg"],
            "ct": test["ct"] + test["tag"]}


def mac_case(group, test):
    return {"key": test["key"], "msg": test["msg"], "code": test["tag"]}


def rsa_group(source, group):
    key = group["privateKey"]
    return {"modulus": number(key["modulus"]), "e": key["publicExponent"],
            "d": number(key["privateExponent"]), "p": number(key["prime1"]),
            "q": number(key["prime2"]), "dp": number(key["exponent1"]),
            "dq": number(key["exponent2"]), "qinv": number(key["coefficient"])}


def oaep_group(source, group):
    return {"hash": group["sha"], "mgf": group["mgfSha"], **rsa_group(source, group)}


def oaep_case(group, test):
    return {"label": test["label"], "msg": test["msg"], "ct": test["ct"]}


def pkcs1_case(group, test):
    return {"msg": test["msg"], "ct": test["ct"]}


def rsa_public_group(source, group):
    key = group["publicKey"]
    return {"hash": group["sha"], "modulus": number(key["modulus"]), "e": key["publicExponent"]}


def pss_group(source, group):
    return {"mgf": group["mgfSha"], "salt": str(group["sLen"]), **rsa_public_group(source, group)}


def ecdsa_group(source, group):
    key = group["publicKey"]
    return {"hash": group["sha"], "params": CURVES[key["curve"]], "point": key["uncompressed"]}


def eddsa_group(source, group):
    key = group["publicKey"]
    return {"params": CURVES[key["curve"]], "point": key["pk"]}


def signature_case(group, test):
    return {"msg": test["msg"], "sig": test["sig"]}


def mldsa_seed_group(source, group):
    public_key = group["publicKey"]
    return {"seed": group["privateSeed"] or "-",
            "pk_sha256": sha256(public_key) if public_key else "-"}


def mldsa_sign_case(group, test):
    return {"ctx": test.get("ctx", ""), "msg": test["msg"], "sig_sha256": sha256(test["sig"])}


def mldsa_public_group(source, group):
    return {"pk": group["publicKey"]}


def mldsa_verify_case(group, test):
    return {"ctx": test.get("ctx", ""), "msg": test["msg"], "sig": test["sig"]}


def mlkem_keygen_case(group, test):
    return {"seed": test["seed"], "ek_sha256": sha256(test["ek"]), "dk_sha256": sha256(test["dk"])}


def mlkem_encaps_case(group, test):
    # The token chooses the randomness, so that neither ciphertext nor secret can be compared.
    return {"ek": test["ek"]}


def mlkem_case(group, test):
    return {"seed": test["seed"], "c": test["c"], "K": test["K"]}


def nothing(source, group):
    return {}


ECDH = (ecdh_group, ecdh_case, ["private", "params", "point", "shared"])
AGREEMENT = (ecdh_group, agreement_case, ["private", "point", "shared"])
HKDF = (hkdf_group, hkdf_case, ["ikm", "salt", "info", "size", "okm"])
PBKDF2 = (nothing, pbkdf2_case, ["password", "salt", "iterations", "size", "dk"])
WRAP = (nothing, wrap_case, ["key", "msg", "ct"])
BLOCK = (nothing, iv_case, ["key", "iv", "msg", "ct"])
AEAD = (aead_group, aead_case, ["key", "iv", "aad", "msg", "ct"])
MAC = (nothing, mac_case, ["key", "msg", "code"])
OAEP = (oaep_group, oaep_case, ["label", "msg", "ct"])
PSS = (pss_group, signature_case, ["msg", "sig"])
ECDSA = (ecdsa_group, signature_case, ["msg", "sig"])
PKCS1 = (rsa_group, pkcs1_case, ["msg", "ct"])

FILES = {
    "aes_cbc_pkcs5_test": BLOCK,
    "aes_ccm_test": AEAD,
    "aes_cmac_test": MAC,
    "aes_gcm_test": AEAD,
    "aes_kwp_test": WRAP,
    "aes_wrap_test": WRAP,
    "chacha20_poly1305_test": AEAD,
    "ecdh_brainpoolP256r1_test": ECDH,
    "ecdh_secp224r1_test": ECDH,
    "ecdh_secp256r1_ecpoint_test": AGREEMENT,
    "ecdh_secp256r1_test": ECDH,
    "ecdh_secp521r1_ecpoint_test": AGREEMENT,
    "ecdsa_secp256r1_sha256_p1363_test": ECDSA,
    "ecdsa_secp384r1_sha384_p1363_test": ECDSA,
    "ed25519_test": (eddsa_group, signature_case, ["msg", "sig"]),
    "hkdf_sha1_test": HKDF,
    "hkdf_sha256_test": HKDF,
    "hmac_sha256_test": MAC,
    "hmac_sha3_256_test": MAC,
    "mldsa_65_sign_seed_test": (mldsa_seed_group, mldsa_sign_case, ["ctx", "msg", "sig_sha256"]),
    "mldsa_65_verify_test": (mldsa_public_group, mldsa_verify_case, ["ctx", "msg", "sig"]),
    "mlkem_768_encaps_test": (nothing, mlkem_encaps_case, ["ek"]),
    "mlkem_768_keygen_seed_test": (nothing, mlkem_keygen_case, ["seed", "ek_sha256", "dk_sha256"]),
    "mlkem_768_test": (nothing, mlkem_case, ["seed", "c", "K"]),
    "pbkdf2_hmacsha256_test": PBKDF2,
    "rsa_oaep_2048_sha256_mgf1sha1_test": OAEP,
    "rsa_oaep_2048_sha256_mgf1sha256_test": OAEP,
    "rsa_oaep_misc_test": OAEP,
    "rsa_pkcs1_2048_test": PKCS1,
    "rsa_pss_2048_sha256_mgf1_32_test": PSS,
    "rsa_pss_misc_test": PSS,
    "rsa_signature_2048_sha256_test": (rsa_public_group, signature_case, ["msg", "sig"]),
    "x25519_test": AGREEMENT,
}

# --- one file -----------------------------------------------------------------------


def result_of(test):
    if test["result"] != "acceptable":
        return test["result"]
    return "acceptable:" + ",".join(test["flags"])


def played(test):
    """Not of ML-DSA's inner function, which takes a hash of the message and its randomness."""
    return "rnd" not in test and ("mu" not in test or "msg" in test)


def lines_of(name, source):
    group_fields, case_fields, names = FILES[name]
    groups = [{**group, "tests": [test for test in group["tests"] if played(test)]}
              for group in source["testGroups"]]
    count = sum(len(group["tests"]) for group in groups)
    shared, before = {}, {}
    yield "# SPDX-License-Identifier: Apache-2.0"
    yield "# Figures of Project Wycheproof, Apache-2.0: https://github.com/C2SP/wycheproof,"
    yield f"# testvectors_v1/{name}.json.  Made by import.py."
    yield f"cases {count}"
    yield "case " + " ".join(names)
    for group in groups:
        if not group["tests"]:
            continue
        for field, word in group_fields(source, group).items():
            if shared.get(field) != word:
                yield f"with {field} {word}"
            shared[field] = word
        for test in group["tests"]:
            fields = case_fields(group, test)
            if fields is None and test["result"] == "valid":
                sys.exit(f"{name} {test['tcId']}: a valid key was not understood")
            words = [str(test["tcId"]), result_of(test)]
            for field in names if fields is not None else []:
                word = fields[field] or "-"
                words.append("=" if word != "-" and word == before.get(field) else word)
                before[field] = word
            yield " ".join(words)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[2:] or FILES:
        with open(os.path.join(sys.argv[1], name + ".json"), encoding="utf-8") as file:
            source = json.load(file)
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".txt")
        with open(path, "w", encoding="ascii") as file:
            file.writelines(line + "\n" for line in lines_of(name, source))


main()
