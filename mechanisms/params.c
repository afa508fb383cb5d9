/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for mechanism parameters once they are ours: reading the caller's
 * structure, keeping copies, wiping them.  Knows no mechanism's own structure.
 *
 * Copies lie in the arena, since a parameter can be a password (CKM_PKCS5_PBKD2)
 * and this file cannot tell, unless the mechanism says that anyone may see it.
 */
#include <stdalign.h>
#include <string.h>

#include "mechanisms/mechanism.h"

struct params_block {
	struct params_block *next;
	alignas(max_align_t) unsigned char bytes[];
};

/* Zeroed; NULL when there is no memory. */
static void *
block_new(struct params *params, size_t size)
{
	struct params_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = arena_alloc(sizeof(*block) + size);
	if (block == NULL)
		return NULL;
	block->next = params->blocks;
	params->blocks = block;
	return block->bytes;
}

void *
params_new(struct params *params, size_t size)
{
	params->data = block_new(params, size);
	return params->data;
}

void *
params_new_public(struct params *params, size_t size)
{
	params->data = size <= sizeof(params->room) ? params->room : NULL;
	return params->data;
}

CK_RV
params_keep(struct params *params, const void *data, CK_ULONG len, struct view *out)
{
	void *copy;

	*out = VIEW_NONE;
	if (len == 0)
		return CKR_OK;
	/* Bytes end where the address space does. */
	if (data == NULL || (uintptr_t)data + len < (uintptr_t)data)
		return CKR_MECHANISM_PARAM_INVALID;
	copy = block_new(params, len);
	if (copy == NULL)
		return CKR_HOST_MEMORY;
	memcpy(copy, data, len);
	*out = view_of(copy, len);
	return CKR_OK;
}

CK_RV
params_read(const CK_MECHANISM *mechanism, void *out, size_t size)
{
	if (mechanism->pParameter == NULL || mechanism->ulParameterLen != size)
		return CKR_MECHANISM_PARAM_INVALID;
	memcpy(out, mechanism->pParameter, size);
	return CKR_OK;
}

CK_RV
params_products(struct params *params, size_t count)
{
	if (count > PRODUCTS_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	if (count == 0)
		return CKR_OK;
	params->products = block_new(params, count * sizeof(*params->products));
	if (params->products == NULL)
		return CKR_HOST_MEMORY;
	params->product_count = count;
	for (size_t i = 0; i < count; i++)
		params->products[i].type = ANY_KEY;
	return CKR_OK;
}

void
params_deliver(const struct params *params, size_t n, size_t end)
{
	for (; n < end; n++) {
		const struct delivery *delivery = &params->deliveries[n];

		if (delivery->len != 0)
			memcpy(delivery->to, delivery->from, delivery->len);
	}
}

void
params_release(struct params *params)
{
	attrs_release(&params->defaults);
	for (size_t i = 0; i < params->product_count; i++)
		attrs_release(&params->products[i].defaults);
	while (params->blocks != NULL) {
		struct params_block *block = params->blocks;

		params->blocks = block->next;
		arena_free(block);
	}
	*params = (struct params){ 0 };
}

CK_RV
parse_none(const CK_MECHANISM *mechanism, struct params *params)
{
	(void)params;
	return mechanism->ulParameterLen == 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}
