# SPDX-License-Identifier: Apache-2.0
# The rows of doc/mechanisms.md for cli/mech.c.
BEGIN { FS = " *[|] *" }
$2 ~ /^`CKM_/ {
	gsub(/`/, "")
	printf "\t{ %sUL, \"%s\", \"%s\", \"%s\", \"%s\" },\n", $3, $2, $4, $6, $7
}
