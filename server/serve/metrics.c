#include "serve/metrics.h"

#include "base/mem.h"
#include "base/version.h"
#include "serve/access_log.h"
#include "serve/edition.h"
#include "serve/request.h"
#include "site/search_index.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct counters *counters_new(unsigned lanes)
{
    return mem_aligned(METRICS_CACHE_LINE, lanes, sizeof(struct counters));
}

/* There is one writer, so this is an addition. */
static void add(atomic_uint_fast64_t *counter, uint64_t number)
{
    uint64_t before = atomic_load_explicit(counter, memory_order_relaxed);

    atomic_store_explicit(counter, before + number, memory_order_relaxed);
}

void counters_count(struct counters *counters, const struct outcome *outcome, bool complete)
{
    if (outcome->status < METRICS_STATUS_MIN || outcome->status > METRICS_STATUS_MAX)
        return;
    add(&counters->requests[outcome->status - METRICS_STATUS_MIN], 1);
    if (complete)
        add(&counters->bytes[outcome->coding], outcome->bytes);
    else
        add(&counters->aborted, 1);
}

static uint64_t sum(const struct service *service, size_t place)
{
    uint64_t total = 0;

    for (unsigned i = 0; i < service->lanes; i++) {
        const char *lane = (const char *)&service->counters[i];

        total += atomic_load_explicit((const atomic_uint_fast64_t *)(const void *)(lane + place),
                                      memory_order_relaxed);
    }
    return total;
}

/* With this status. */
static uint64_t count_requests(const struct service *service, unsigned status)
{
    return sum(service, offsetof(struct counters, requests) +
                            (status - METRICS_STATUS_MIN) * sizeof(atomic_uint_fast64_t));
}

uint64_t counters_requests(const struct service *service)
{
    uint64_t total = 0;

    for (unsigned status = METRICS_STATUS_MIN; status <= METRICS_STATUS_MAX; status++)
        total += count_requests(service, status);
    return total;
}

static void begin(struct strbuf *out, const char *name, const char *type, const char *help)
{
    strbuf_append_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void single(struct strbuf *out, const char *name, const char *type, const char *help,
                   uint64_t value)
{
    begin(out, name, type, help);
    strbuf_append_format(out, "%s %" PRIu64 "\n", name, value);
}

static void single_real(struct strbuf *out, const char *name, const char *type, const char *help,
                        double value)
{
    begin(out, name, type, help);
    strbuf_append_format(out, "%s %.6f\n", name, value);
}

static void labelled(struct strbuf *out, const char *name, const char *label, const char *of,
                     uint64_t value)
{
    strbuf_append_format(out, "%s{%s=\"%s\"} %" PRIu64 "\n", name, label, of, value);
}

static void render_requests(struct strbuf *out, const struct service *service)
{
    static const char requests[] = "decksd_http_requests_total";
    static const char bytes[] = "decksd_http_response_body_bytes_total";

    begin(out, requests, "counter", "Requests answered, by class and status code.");
    for (unsigned status = METRICS_STATUS_MIN; status <= METRICS_STATUS_MAX; status++) {
        uint64_t count = count_requests(service, status);

        if (count > 0)
            strbuf_append_format(out, "%s{class=\"%uxx\",code=\"%u\"} %" PRIu64 "\n", requests,
                                 status / 100, status, count);
    }
    begin(out, bytes, "counter", "Bytes of bodies sent whole, by content coding.");
    for (unsigned coding = 0; coding < CODING_COUNT; coding++)
        labelled(
            out, bytes, "encoding", coding_name((enum coding)coding),
            sum(service, offsetof(struct counters, bytes) + coding * sizeof(atomic_uint_fast64_t)));
    single(out, "decksd_http_requests_aborted_total", "counter",
           "Requests whose client went away, or was shut out, before all was sent.",
           sum(service, offsetof(struct counters, aborted)));
}

static void render_connections(struct strbuf *out, struct service *service)
{
    static const char refused[] = "decksd_connections_refused_total";
    static const char shut[] = "decksd_connections_shut_total";
    struct connections *connections = &service->connections;
    uint64_t admissions[ADMISSION_COUNT], shuttings[SHUTTING_COUNT];
    size_t count;

    pthread_mutex_lock(&connections->lock);
    count = connections->count;
    memcpy(admissions, connections->admissions, sizeof admissions);
    memcpy(shuttings, connections->shuttings, sizeof shuttings);
    pthread_mutex_unlock(&connections->lock);

    single(out, "decksd_connections", "gauge", "Connections that are open.", count);
    single(out, "decksd_connections_limit", "gauge", "Connections that may be open.",
           connections->limits.connections);
    single(out, "decksd_connections_accepted_total", "counter", "Connections taken in.",
           admissions[ADMITTED]);
    begin(out, refused, "counter", "Connections turned away, by the limit that was reached.");
    labelled(out, refused, "limit", "connections", admissions[REFUSED_FULL]);
    labelled(out, refused, "limit", "address", admissions[REFUSED_ADDRESS]);
    labelled(out, refused, "limit", "descriptors", admissions[REFUSED_DESCRIPTORS]);
    begin(out, shut, "counter", "Connections shut for what their clients did.");
    labelled(out, shut, "reason", "deadline", shuttings[SHUT_LATE]);
    labelled(out, shut, "reason", "slow", shuttings[SHUT_SLOW]);
    labelled(out, shut, "reason", "gone", shuttings[SHUT_GONE]);
    labelled(out, shut, "reason", "file_cut", shuttings[SHUT_FILE]);
    single(out, "decksd_access_log_dropped_total", "counter",
           "Lines of the access log that could not be kept.",
           service->log ? access_log_dropped(service->log) : 0);
}

static void render_edition(struct strbuf *out, const struct edition *edition)
{
    static const char problems[] = "decksd_problems";
    static const char *const names[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"};
    const struct site *site = edition_site(edition);
    uint64_t counts[SEVERITY_NOTE + 1] = {0};

    vec_each (&site_problems(site)->list, problem)
        counts[problem->severity]++;
    single(out, "decksd_decks", "gauge", "Decks served.", site_deck_count(site));
    single(out, "decksd_slides", "gauge", "Slides served.", site_slide_count(site));
    begin(out, problems, "gauge", "Problems of the decks, as --check lists them.");
    for (int i = 0; i <= SEVERITY_NOTE; i++)
        labelled(out, problems, "severity", names[i], counts[i]);
    labelled(out, problems, "severity", "not_shown", site_problems(site)->dropped);
    single(out, "decksd_representation_bytes", "gauge", "Bytes of what is kept ready to be sent.",
           site_bytes(site));
    single(out, "decksd_edition", "gauge", "Number of the edition served: 1 was loaded at start.",
           edition_number(edition));
    single_real(out, "decksd_edition_age_seconds", "gauge", "Time since it took its place.",
                edition_age(edition));
    single_real(out, "decksd_load_seconds", "gauge", "Time that it took to load.",
                (double)site_load_ns(site) / 1e9);
}

/* Pages, of what /proc/self/statm counts second. */
static uint64_t resident_pages(int statm)
{
    char text[128];
    ssize_t len = pread(statm, text, sizeof text - 1, 0);
    uint64_t pages = 0;

    if (len <= 0)
        return 0;
    text[len] = '\0';
    return sscanf(text, "%*u %" SCNu64, &pages) == 1 ? pages : 0;
}

static void render_process(struct strbuf *out, const struct service *service)
{
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    single(out, "decksd_search_memory_bytes", "gauge",
           "Memory for searching: the index, and what its readers and writers need.",
           search_index_memory());
    single(out, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.",
           resident_pages(service->statm) * (uint64_t)sysconf(_SC_PAGESIZE));
    single_real(out, "process_cpu_seconds_total", "counter",
                "Total user and system CPU time spent in seconds.",
                (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    single(out, "process_start_time_seconds", "gauge",
           "Start time of the process since unix epoch in seconds.", (uint64_t)service->started);
}

void metrics_render(struct strbuf *out, struct service *service, const struct edition *edition)
{
    begin(out, "decksd_build_info", "gauge", "What runs.");
    strbuf_append_text(out, "decksd_build_info{version=\"" DECKSD_VERSION "\"} 1\n");
    render_requests(out, service);
    render_connections(out, service);
    render_edition(out, edition);
    render_process(out, service);
}
