#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# doc/clients/README.md, from the logs that the tests of clients left in each FOLDER:
#
#     tests/clients/table.sh FOLDER... > doc/clients/README.md
set -eu

cat <<'END'
# Handfast in other programs

Each page tells how a program is made to keep its private key in Handfast. What they say is tried by
`make check-clients`, with Debian's packages, on a token in a temporary store; each job is done with the module alone and
again through OpenSC's pkcs11-spy, whose log shows that the token was asked. `make check-clients-broken` sees each job
fail: on a token whose private keys are gone, or, where a job makes its own or only lists, without the token. What the
browsers showed is kept in the build folder, `tests/clients/pages`. The table is made from those tests' results
(`make doc-clients`).

END

for folder in "$@"; do
	ls "$folder"/*.log
done | grep -v test-suite | awk -F / '{ print $NF, $0 }' | sort -s -k 1,1 | cut -d ' ' -f 2 |
	xargs awk '
	function row() {
		if (client == "" || number == 0)
			return
		systems[++rows] = system_name
		if (!(client in page))
			order[++clients] = client
		page[client] = file
		versions[client] = versions[client] sep[client] system_name ": " version
		results[client] = results[client] sep[client] system_name ": " good " of " number
		sep[client] = "<br>"
	}
	# Told once, with the systems it holds for.
	function add(list, name, where) {
		key = client SUBSEP name
		if (!(key in list))
			names[client] = names[client] (names[client] == "" ? "" : "\034") name
		list[key] = list[key] (list[key] == "" ? "" : ", ") where
	}
	FNR == 1 {
		row()
		file = FILENAME
		sub(/.*\//, "", file)
		sub(/\.log$/, "", file)
		client = version = system_name = ""
		number = good = 0
	}
	/^# client: / { client = substr($0, 11) }
	/^# version: / {
		sub(/-[^-]*$/, "", $4)
		sub(/^[0-9]*:/, "", $4)
		version = version (version == "" ? "" : ", ") $3 " " $4
	}
	/^# system: / { system_name = substr($0, 11) }
	/^(not )?ok [0-9]+ / {
		name = $0
		sub(/^(not )?ok [0-9]+ - /, "", name)
		why = ""
		if (match(name, / # (TODO|SKIP) /)) {
			why = substr(name, RSTART + 8)
			name = substr(name, 1, RSTART - 1)
		}
		if (why == "" && /^ok/) {
			number++
			good++
			add(works, name, system_name)
		} else if (/# TODO/) {
			number++
			add(fails, name ". " why, system_name)
		} else if (/# SKIP/) {
			add(fails, name " (not tried): " why, system_name)
		} else {
			number++
			add(fails, name ". **Not explained**", system_name)
		}
	}
	END {
		row()
		print "| client | versions | jobs done | what does not work, and whose fault it is |"
		print "|---|---|---|---|"
		for (i = 1; i <= clients; i++) {
			client = order[i]
			faults = ""
			count = split(names[client], list, "\034")
			for (j = 1; j <= count; j++)
				if ((client, list[j]) in fails)
					faults = faults (faults == "" ? "" : "<br>") list[j] \
						" (" fails[client, list[j]] ")"
			printf "| [%s](%s.md) | %s | %s | %s |\n", client, page[client], versions[client],
				results[client], faults == "" ? "nothing that was tried" : faults
		}
		print "\n## What was tried"
		for (i = 1; i <= clients; i++) {
			client = order[i]
			print "\n" client ":\n"
			count = split(names[client], list, "\034")
			for (j = 1; j <= count; j++)
				if ((client, list[j]) in works)
					print "- " list[j] " (" works[client, list[j]] ")"
		}
	}'
