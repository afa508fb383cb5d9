/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the table of verbs calls: one file for each family.
 */
#ifndef HANDFAST_CLI_FAMILIES_H
#define HANDFAST_CLI_FAMILIES_H

#include "cli/verb.h"

/* init.c */
enum outcome token_init(const struct call *call, json_t *data);
/* token.c */
enum outcome token_list(const struct call *call, json_t *data);
enum outcome token_show(const struct call *call, json_t *data);
enum outcome token_passwd(const struct call *call, json_t *data);
enum outcome token_reset_pin(const struct call *call, json_t *data);
enum outcome token_rename(const struct call *call, json_t *data);
enum outcome token_rm(const struct call *call, json_t *data);
/* keygen.c */
enum outcome key_gen(const struct call *call, json_t *data);
/* key.c */
enum outcome key_list(const struct call *call, json_t *data);
enum outcome key_show(const struct call *call, json_t *data);
enum outcome key_rename(const struct call *call, json_t *data);
enum outcome key_rm(const struct call *call, json_t *data);
enum outcome key_set(const struct call *call, json_t *data);
enum outcome cert_list(const struct call *call, json_t *data);
enum outcome cert_rm(const struct call *call, json_t *data);
/* derive.c */
enum outcome key_agree(const struct call *call, json_t *data);
/* kem.c */
enum outcome key_encap(const struct call *call, json_t *data);
enum outcome key_decap(const struct call *call, json_t *data);
/* wrap.c */
enum outcome key_seal(const struct call *call, json_t *data);
enum outcome key_unseal(const struct call *call, json_t *data);
/* export.c */
enum outcome key_uri(const struct call *call, json_t *data);
enum outcome key_export(const struct call *call, json_t *data);
enum outcome cert_export(const struct call *call, json_t *data);
/* import.c */
enum outcome key_import(const struct call *call, json_t *data);
enum outcome cert_import(const struct call *call, json_t *data);
/* sign.c */
enum outcome cert_csr(const struct call *call, json_t *data);
enum outcome cert_self_sign(const struct call *call, json_t *data);
/* mech.c */
enum outcome mech_list(const struct call *call, json_t *data);
enum outcome mech_explain(const struct call *call, json_t *data);
/* upkeep.c */
enum outcome upkeep_fsck(const struct call *call, json_t *data);
enum outcome upkeep_make_backup(const struct call *call, json_t *data);
enum outcome upkeep_put_back(const struct call *call, json_t *data);
enum outcome upkeep_new_keys(const struct call *call, json_t *data);
/* migrate.c */
enum outcome token_migrate(const struct call *call, json_t *data);
/* why.c */
enum outcome why_refused(const struct call *call, json_t *data);
/* bench.c */
enum outcome bench_run(const struct call *call, json_t *data);
/* run.c */
enum outcome run_program(const struct call *call, json_t *data);
/* doctor.c */
enum outcome doctor_look(const struct call *call, json_t *data);

#endif
