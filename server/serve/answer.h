/*
 * answer: from an acceptable request to the response that is queued.
 *
 * Looks the path up in the current edition and goes through what RFC 9110 asks for in its order:
 * the method, the form that suits the client, preconditions, ranges. What is in memory is answered
 * with the edition's own response objects; files, ranges, redirections and what is computed make
 * new ones.
 */
#pragma once

#include "serve/request.h"

enum MHD_Result answer_request(struct service *service, struct connection *connection,
                               struct MHD_Connection *mhd);

/* With the page for this status, whatever was asked for. */
enum MHD_Result answer_refuse(struct service *service, struct connection *connection,
                              struct MHD_Connection *mhd, unsigned status);
