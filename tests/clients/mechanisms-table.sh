#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# doc/clients/p11-kit-mechanisms.md, from the logs that p11-kit.sh left in each FOLDER:
#
#     tests/clients/mechanisms-table.sh FOLDER... > doc/clients/p11-kit-mechanisms.md
set -eu

cat <<'END'
# What passes through p11-kit's server

`p11-kit server` hands on the mechanisms whose parameters its protocol can carry. The table is made from the results of
`make check-clients` (`make doc-clients`): the list of a token itself, beside the list that a client of the server sees.
What the OpenSSL of a system does not have yet is left blank. The proxy (`p11-kit-proxy.so`) hands on everything.

END

for folder in "$@"; do
	echo "$folder/p11-kit.log"
done | xargs awk '
	FNR == 1 { column++ }
	/^# version: p11-kit / { sub(/-[^-]*$/, "", $4); title[column] = $4 }
	/^# system: / { where[column] = substr($0, 11) }
	/^# mechanism: / {
		if (!($3 in known)) {
			known[$3] = 1
			order[++names] = $3
		}
		answer[$3, column] = $4 == "yes" ? "yes" : "no"
		passed[column] += $4 == "yes"
		all[column]++
	}
	END {
		head = "| mechanism |"
		rule = "|---|"
		sum = "| **of the mechanisms of the system** |"
		for (c = 1; c <= column; c++) {
			head = head " " title[c] " (" where[c] ") |"
			rule = rule "---|"
			sum = sum " **" passed[c] " of " all[c] "** |"
		}
		print head "\n" rule "\n" sum
		for (i = 1; i <= names; i++) {
			line = "| `" order[i] "` |"
			for (c = 1; c <= column; c++)
				line = line " " answer[order[i], c] " |"
			print line
		}
	}'
