/* SPDX-License-Identifier: Apache-2.0 */
/* Configuration files. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "mechanisms/mechanism.h"
#include "token/config.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static char path[100];
	struct config config = { 0 };
	FILE *file;

	if (p11 == NULL) {
		fuzz_up("memory:");
		/* Else the input says where on this machine a log is written. */
		must(setenv("HANDFAST_LOG", "off", 1) == 0);
	}
	snprintf(path, sizeof(path), "%s/handfast.conf", fuzz_folder());
	file = fopen(path, "we");
	must(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
	if (config_load(&config) == CKR_OK)
		mechanisms_limit(&config.limits);
	config_release(&config);
	mechanisms_limit(&(struct limits){ 0 });
	return 0;
}
