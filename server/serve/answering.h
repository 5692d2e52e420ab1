/*
 * answering: a request that is being answered, and the ways to answer it.
 *
 * Whatever is sent goes through here, so that what all answers have in common is in one place:
 * what is remembered of them (connection.h), and the headers that depend on how the client came.
 */
#pragma once

#include "http/range.h"
#include "serve/request.h"
#include "serve/response.h"

#include <time.h>

struct edition;

/* On the stack of answer.c, while a lane is held. */
struct answering {
    struct service *service;
    struct connection *connection;
    struct MHD_Connection *mhd;
    const struct edition *edition;
    bool strict; /* says that clients shall come by HTTPS only */
    time_t now;
    uint64_t begun; /* clock_monotonic_ns, where answers say how long they took; else 0 */
};

/* What goes into the body, for the record; nothing unless this is called. */
void answering_note_body(const struct answering *a, enum coding coding, uint64_t bytes);

/* Queues a response that was made for this request only, and destroys it. */
enum MHD_Result answering_send_once(const struct answering *a, unsigned status,
                                    struct MHD_Response *response);

/* Queues a form of a resource in memory as the edition has it, or its 304. */
enum MHD_Result answering_send_whole(const struct answering *a, unsigned status,
                                     const struct resource *resource, enum coding coding);
enum MHD_Result answering_send_not_modified(const struct answering *a,
                                            const struct resource *resource, enum coding coding);

/* The page for a status; with one more header unless `name` is NULL. */
enum MHD_Result answering_send_error(const struct answering *a, unsigned status, const char *name,
                                     const char *value);

/* 416, for a body of that size. */
enum MHD_Result answering_send_unsatisfiable(const struct answering *a, uint64_t size);

/* What of a form is wanted; only GET has ranges (RFC 9110 §14.2). */
enum range_result answering_wanted(const struct answering *a, const struct response_meta *meta,
                                   uint64_t size, struct byte_ranges *ranges);

/* The 206 for one or more ranges. Takes the source's file. */
struct MHD_Response *answering_parts(const struct answering *a, const struct resource *resource,
                                     const struct response_meta *meta, const struct source *source,
                                     const struct byte_ranges *ranges);
