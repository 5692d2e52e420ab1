#include "serve/vitals.h"

#include "base/mem.h"
#include "serve/metrics.h"
#include "serve/response.h"

#include <string.h>

/* Takes the text. */
static struct vitals text_answer(unsigned status, struct strbuf *text, const char *type)
{
    struct vitals vitals = {.status = status, .size = text->len};
    char *data = strbuf_detach(text, NULL);

    vitals.response = MHD_create_response_from_buffer(vitals.size, data, MHD_RESPMEM_MUST_FREE);
    if (!vitals.response)
        mem_exhausted();
    response_add(vitals.response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    response_add(vitals.response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    response_add(vitals.response, "X-Content-Type-Options", "nosniff");
    return vitals;
}

/* A proxy on this machine speaks for others, and says so in one of these. */
static bool is_forwarded(struct MHD_Connection *mhd)
{
    static const char *const names[] = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, names[i]))
            return true;
    return false;
}

static bool may_have_metrics(const struct service *service, const struct connection *connection,
                             struct MHD_Connection *mhd)
{
    switch (service->metrics) {
    case AUDIENCE_ALL:
        return true;
    case AUDIENCE_LOOPBACK:
        return peer_is_loopback(&connection->peer) && !is_forwarded(mhd);
    case AUDIENCE_NOBODY:
    default:
        return false;
    }
}

bool vitals_answer(struct service *service, const struct connection *connection,
                   struct MHD_Connection *mhd, const struct edition *edition, struct span path,
                   struct vitals *ret_vitals)
{
    struct strbuf text = STRBUF_INIT;

    if (span_is(path, "/_/health")) {
        bool stopping = atomic_load_explicit(&service->stopping, memory_order_relaxed);

        strbuf_append_text(&text, stopping ? "stopping\n" : "ok\n");
        *ret_vitals = text_answer(stopping ? MHD_HTTP_SERVICE_UNAVAILABLE : MHD_HTTP_OK, &text,
                                  "text/plain; charset=utf-8");
        return true;
    }
    if (!span_is(path, "/_/metrics") || !may_have_metrics(service, connection, mhd))
        return false;
    metrics_render(&text, service, edition);
    *ret_vitals = text_answer(MHD_HTTP_OK, &text, "text/plain; version=0.0.4; charset=utf-8");
    return true;
}
