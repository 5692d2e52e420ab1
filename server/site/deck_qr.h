/*
 * deck_qr: DECK/about/qr.svg, the deck's address for the phones of the audience.
 *
 * Where the site knows its own address, the code holds the deck's below it. Else the page that asks
 * may say in `address` how it was reached, as only it knows that behind all proxies; nothing but an
 * address of this very deck is drawn, so that nobody's link wears our name. Without that, it is
 * what the client calls the site.
 */
#pragma once

#include "site/computed.h"

#define DECK_QR "about/qr.svg"

/* The context is the struct talk. */
bool deck_qr_compute(const void *talk, const struct query *query, struct computed *answer);
