/*
 * blob: immutable bytes, shared by reference.
 *
 * What is sent to many clients is held once. The bytes never change after creation; the count is
 * atomic, so any thread may take and drop references. The last one frees.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stddef.h>

struct blob;

struct blob *blob_new_copy(const void *data, size_t len);
struct blob *blob_new_static(const void *data, size_t len); /* data outlives the process */
struct blob *blob_new_strbuf(struct strbuf *buf);           /* takes the memory; buf is empty */
struct blob *blob_ref(struct blob *blob);
void blob_unref(struct blob *blob); /* NULL is fine */

const char *blob_data(const struct blob *blob);
size_t blob_size(const struct blob *blob);
struct span blob_span(const struct blob *blob);
