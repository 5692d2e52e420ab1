/*
 * label: what stands in brackets and names a link reference or a footnote (CommonMark §4.7).
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

/* Length of "[label]" at the start, 0 if there is none. No bracket is in it unless escaped. */
size_t label_len(struct span text);

/*
 * Labels match without regard to case and to how white space is written. ASCII case does to find
 * candidates; cmark decides.
 */
void label_normalise(struct strbuf *out, struct span label);
