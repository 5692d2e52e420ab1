#include "serve/record.h"

#include "base/clock.h"
#include "serve/access_log.h"
#include "serve/metrics.h"

static struct span header_value(struct MHD_Connection *mhd, const char *name)
{
    return span_of(MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, name));
}

void record_request(struct service *service, const struct connection *connection,
                    struct MHD_Connection *mhd, bool complete)
{
    struct access_entry entry;

    if (connection->outcome.status == 0)
        return;
    counters_count(&service->counters[connection->lane], &connection->outcome, complete);
    if (!service->log)
        return;
    entry = (struct access_entry){
        .client = connection_client(connection),
        .method = span_of(connection->method_text),
        .target = connection->target_text,
        .version = span_of(connection->version),
        .outcome = connection->outcome,
        .complete = complete,
        .referer = header_value(mhd, MHD_HTTP_HEADER_REFERER),
        .agent = header_value(mhd, MHD_HTTP_HEADER_USER_AGENT),
        .nanoseconds = clock_monotonic_ns() - connection->started,
    };
    access_log_append(service->log, connection->lane, &entry);
}
