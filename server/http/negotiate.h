/*
 * negotiate: which form of a resource a client gets (RFC 9110 §12).
 *
 * The highest weight wins; among equal ones the smallest form does. A coding that the client does
 * not name and that no asterisk covers is refused, except identity, which comes last then, and is
 * refused only by weight 0. A list element that is malformed counts as not written.
 */
#pragma once

#include "http/coding.h"
#include "http/fields.h"

#include <stdbool.h>
#include <stddef.h>

#define NEGOTIATE_ABSENT ((size_t)-1) /* the size of a form that does not exist */

/*
 * Chooses by Accept-Encoding (§12.5.3) among forms of these sizes; without the field it is
 * identity. False: the client refuses all that there is (406).
 */
bool negotiate_coding(const struct fields *fields, const size_t sizes[CODING_COUNT],
                      enum coding *ret_coding);

/* Whether Accept (§12.5.1) admits text/html; without the field it does. */
bool negotiate_html(const struct fields *fields);
